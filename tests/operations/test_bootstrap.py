"""From a bare machine: what is missing is installed where we may, else the exact command is said."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from mps_app.launch import bootstrap

WITHOUT_SUDO = {"apt-get": "/usr/bin/apt-get"}


@pytest.fixture
def ordered(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What would have been run on a Debian machine; nothing is."""
    commands: list[list[str]] = []

    def note(command: list[str], **_named: object) -> SimpleNamespace:
        commands.append([str(word) for word in command])
        return SimpleNamespace(returncode=0)

    monkeypatch.setattr(shutil, "which", WITHOUT_SUDO.get)
    monkeypatch.setattr(subprocess, "run", note)
    return commands


def test_root_installs_what_is_missing(ordered: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 0)
    bootstrap._install_from_system("Pango", bootstrap.PANGO_PACKAGES, required=False)
    assert ordered[-1] == [*bootstrap.INSTALL["apt-get"], *bootstrap.PANGO_PACKAGES["apt-get"]]


def test_others_are_told_the_exact_command(
    ordered: list[list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    bootstrap._install_from_system("Pango", bootstrap.PANGO_PACKAGES, required=False)
    assert ordered == []
    assert "sudo apt-get install -y --no-install-recommends libpango-1.0-0" in capsys.readouterr().out


def test_what_cannot_be_done_without_ends_the_set_up(ordered: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    with pytest.raises(SystemExit, match="sudo apt-get install -y --no-install-recommends python3-venv"):
        bootstrap._install_from_system("venv", bootstrap.VENV_PACKAGES, required=True)
    assert ordered == []


def test_the_set_up_needs_nothing_but_the_standard_library() -> None:
    code = ast.parse(Path(bootstrap.__file__).read_text())
    imported = {
        name.partition(".")[0]
        for node in ast.walk(code)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names])
    }
    assert imported <= set(sys.stdlib_module_names)


def test_the_lock_alone_is_a_whole_environment() -> None:
    asked = subprocess.run([sys.executable, "-m", "pip", "check"], capture_output=True, text=True, check=False)
    assert asked.returncode == 0, asked.stdout
