"""From a bare Python to an environment the system runs in; uses nothing but the standard library.

``python3 mps_app/launch/bootstrap.py run|dev|lock``
"""

import ctypes.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCKS = {"run": "requirements.lock", "dev": "requirements-dev.lock"}
OLDEST, NEWEST = (3, 11), (3, 13)
# what the system needs: how each package manager calls it
VENV_PACKAGES = {"apt-get": ["python3-venv"], "dnf": ["python3-pip"], "apk": ["py3-pip"], "zypper": ["python3-pip"]}
PANGO_PACKAGES = {
    "apt-get": ["libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"],
    "dnf": ["pango"],
    "zypper": ["libpango-1_0-0"],
    "apk": ["pango"],
    "brew": ["pango"],
}
INSTALL = {
    "apt-get": ["apt-get", "install", "-y", "--no-install-recommends"],
    "dnf": ["dnf", "install", "-y"],
    "zypper": ["zypper", "--non-interactive", "install"],
    "apk": ["apk", "add"],
    "brew": ["brew", "install"],
}


def main(purpose: str) -> None:
    """Make the environment for running or developing, or lock its versions anew."""
    _require_python()
    if purpose == "lock":
        _lock()
        return
    if not _works(PYTHON):
        _make_environment()
    _install(purpose)
    _write_command()
    if ctypes.util.find_library("pango-1.0") is None and not _has_homebrew_pango():
        _install_from_system("Pango, which draws certificates and invoices", PANGO_PACKAGES, required=False)
    (VENV / "run").touch()
    if purpose == "dev":
        (VENV / "dev").touch()


def _say(line: str) -> None:
    print(f"setup │ {line}", flush=True)  # noqa: T201  # the answer to the operator


def _require_python() -> None:
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        found = ".".join(map(str, sys.version_info[:2]))
        sys.exit(f"setup: Python 3.11, 3.12 or 3.13 is needed, {sys.executable} is {found}")


def _works(python: Path) -> bool:
    if not python.exists():
        return False
    tried = subprocess.run([python, "-m", "pip", "--version"], capture_output=True, check=False)
    return tried.returncode == 0


def _make_environment() -> None:
    """Make ``.venv``; Debian ships Python without the part that does it, so fetch that first."""
    _say("making .venv …")
    shutil.rmtree(VENV, ignore_errors=True)
    make = [sys.executable, "-m", "venv", str(VENV)]
    if subprocess.run(make, capture_output=True, check=False).returncode == 0:
        return
    exact = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    packages = {**VENV_PACKAGES, "apt-get": ["python3-venv", exact]}
    _install_from_system("the part of Python that makes environments (venv)", packages, required=True)
    shutil.rmtree(VENV, ignore_errors=True)
    subprocess.run(make, check=True)


def _install(purpose: str) -> None:
    lock = LOCKS[purpose]
    wanted = sum("==" in line for line in (ROOT / lock).read_text().splitlines())
    _say(f"installing {wanted} packages named by {lock}; the first time this takes a few minutes …")
    # the lock names everything there is to install: a pip older than 23.3 that resolves anew would refuse a package
    # asked for with an extra as soon as a newer release of it than the locked one appears
    command = [
        str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--progress-bar", "off",
        "--no-deps", "--require-hashes", "--only-binary", ":all:", "-r", str(ROOT / lock),
    ]  # fmt: skip
    said: list[str] = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as pip:
        for line in pip.stdout or ():
            said.append(line)
            _show_progress(said, wanted)
    if pip.returncode != 0:
        sys.exit(f"{''.join(said[-40:])}\nsetup: the packages could not be installed; what pip said stands above")
    _say("the packages are in place")


def _show_progress(said: list[str], wanted: int) -> None:
    """Say every tenth package, and when pip begins to unpack them."""
    met = sum(line.startswith("Collecting ") for line in said)
    if said[-1].startswith("Collecting ") and met % 10 == 0:
        _say(f"{met} of {wanted}: {said[-1].split()[1].partition('==')[0]}")
    elif said[-1].startswith("Installing collected"):
        _say("unpacking …")


def _write_command() -> None:
    """Put ``mps`` beside ``python``, so that the code is run where it lies."""
    script = VENV / "bin" / "mps"
    script.write_text(f'#!/bin/sh\ncd "{ROOT}" && exec "{PYTHON}" -m mps_app.cli "$@"\n')
    script.chmod(0o755)


def _has_homebrew_pango() -> bool:
    return any(Path(prefix, "lib/libpango-1.0.dylib").exists() for prefix in ("/opt/homebrew", "/usr/local"))


def _install_from_system(what: str, packages: dict[str, list[str]], *, required: bool) -> None:
    """Install with the system's package manager where we may; else say the exact command."""
    manager = next((name for name in packages if shutil.which(name)), None)
    if manager is None:
        _missing(what, "install it with the package manager of this system", required=required)
        return
    command = [*INSTALL[manager], *packages[manager]]
    prefix = _privilege(manager)
    remedy = f"run: {'' if manager == 'brew' else 'sudo '}{' '.join(command)}"
    if prefix is None:
        _missing(what, remedy, required=required)
        return
    _say(f"installing {what}: {' '.join([*prefix, *command])}")
    if manager == "apt-get":
        subprocess.run([*prefix, "apt-get", "update", "-qq"], check=False)
    if subprocess.run([*prefix, *command], stdout=subprocess.DEVNULL, check=False).returncode != 0:
        _missing(what, remedy, required=required)


def _privilege(manager: str) -> list[str] | None:
    """Return what stands before a command that installs, or nothing when we may not."""
    if os.geteuid() == 0 or manager == "brew":
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0:
        return [sudo, "-n"]
    return None


def _missing(what: str, remedy: str, *, required: bool) -> None:
    line = f"{what} is missing; {remedy}"
    if required:
        sys.exit(f"setup: {line}")
    _say(f"{line}. The school runs without it, documents do not.")


def _lock() -> None:
    """Compile both lock files with uv from the registry, in an environment of its own."""
    tool = ROOT / "var" / "lock-tool"
    subprocess.run([sys.executable, "-m", "venv", tool], check=True)
    subprocess.run([tool / "bin" / "pip", "install", "--quiet", "uv"], check=True)
    for purpose, lock in LOCKS.items():
        extra = ["--extra", "dev"] if purpose == "dev" else []
        subprocess.run(
            [tool / "bin" / "uv", "pip", "compile", "--universal", "--upgrade", "--generate-hashes",
             "--no-emit-index-url", "--no-emit-find-links", *extra, "pyproject.toml", "-o", lock],
            cwd=ROOT, check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        _say(f"{lock} written")


if __name__ == "__main__":
    main(sys.argv[1])
