"""The repository speaks of the product alone, and installs from wherever one's own settings say."""

import json
import re
import subprocess

import pytest

from tests.architecture.sources import ROOT

LOCKS = ("requirements.lock", "requirements-dev.lock", "reflex.lock/package-lock.json")
PROMISES = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|raise NotImplementedError")
MACHINE = re.compile(r"/(?:home|Users)/[a-z]|\.\./shared")


def tracked() -> list[str]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout
    return [file for file in listed.splitlines() if (ROOT / file).is_file()]


@pytest.mark.parametrize("lock", LOCKS)
def test_locks_name_versions_and_hashes_but_no_place(lock: str) -> None:
    content = (ROOT / lock).read_text()
    assert "://" not in re.sub(r'"(?:url|funding)": .*', "", content)
    assert "sha" in content


def test_every_npm_package_is_locked_by_its_content() -> None:
    lock = json.loads((ROOT / "reflex.lock/package-lock.json").read_text())
    loose = [place for place, package in lock["packages"].items() if place and "integrity" not in package]
    assert not loose, loose


def test_no_unkept_promise_and_no_machine_is_named() -> None:
    found = [
        f"{file}:{number}"
        for file in tracked()
        if file.endswith((".py", ".md", ".toml", ".css", ".jinja", ".html", ".po", "Makefile"))
        and file != "tests/architecture/test_repository.py"
        for number, line in enumerate((ROOT / file).read_text().splitlines(), 1)
        if PROMISES.search(line) or MACHINE.search(line)
    ]
    assert not found, found


def test_nothing_large_is_kept() -> None:
    large = {file: size for file in tracked() if (size := (ROOT / file).stat().st_size) > 500_000}
    assert not large, large
