"""The built front end: named by its content, baked for a port without building again."""

import gzip
from pathlib import Path

import pytest
from reflex.utils import frontend_skeleton

from mps_app.core.settings import settings
from mps_app.launch import frontend


@pytest.fixture
def builds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A build directory with one finished build in it."""
    monkeypatch.setenv("MPS_BUILD_DIR", str(tmp_path))
    settings.cache_clear()
    client = tmp_path / "abc" / "build" / "client"
    client.mkdir(parents=True)
    baked = f'{{"EVENT":"http://localhost:{frontend.BAKED_PORT}/_event"}}'
    (client / "env.js").write_text(baked)
    (client / "env.js.gz").write_bytes(gzip.compress(baked.encode()))
    (client / "page.html").write_text("<p>65535</p>")
    yield tmp_path
    settings.cache_clear()


def sources(root: Path) -> Path:
    (root / "mps_app" / "pages").mkdir(parents=True)
    (root / "mps_app" / "pages" / "home.py").write_text("home")
    (root / "rxconfig.py").write_text("config")
    return root


def test_a_changed_page_makes_another_build(tmp_path: Path) -> None:
    before = frontend.fingerprint(sources(tmp_path))
    assert frontend.fingerprint(tmp_path) == before
    (tmp_path / "mps_app" / "pages" / "home.py").write_text("another home")
    assert frontend.fingerprint(tmp_path) != before


def test_what_no_browser_sees_makes_no_other_build(tmp_path: Path) -> None:
    before = frontend.fingerprint(sources(tmp_path))
    (tmp_path / "mps_app" / "services").mkdir()
    (tmp_path / "mps_app" / "services" / "groups.py").write_text("a service")
    assert frontend.fingerprint(tmp_path) == before


def test_each_port_gets_its_address_and_shares_the_rest(builds: Path) -> None:
    place = frontend.web_directory("abc", 3456) / "build" / "client"
    assert "http://localhost:3456/_event" in (place / "env.js").read_text()
    assert b"localhost:3456" in gzip.decompress((place / "env.js.gz").read_bytes())
    assert (place / "page.html").samefile(builds / "abc" / "build" / "client" / "page.html")


def test_the_build_itself_stays_as_it_was(builds: Path) -> None:
    frontend.web_directory("abc", 3456)
    kept = (builds / "abc" / "build" / "client" / "env.js").read_text()
    assert f"localhost:{frontend.BAKED_PORT}" in kept


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clone with a committed npm manifest, and a workspace in which npm wrote the same in its own form."""
    monkeypatch.setattr(frontend, "ROOT", tmp_path)
    (tmp_path / "reflex.lock").mkdir()
    (tmp_path / "workspace").mkdir()
    for name in ("package.json", "package-lock.json"):
        (tmp_path / "reflex.lock" / name).write_text('{"name": "mps", "type": "module"}')
        (tmp_path / "workspace" / name).write_text('{"type":"module","name":"mps"}')
    return tmp_path


def test_the_same_packages_in_another_form_leave_a_clone_clean(clone: Path) -> None:
    frontend._take_lock(clone / "workspace")
    assert (clone / "reflex.lock" / "package.json").read_text() == '{"name": "mps", "type": "module"}'


def test_other_packages_are_locked_beside_the_sources(clone: Path) -> None:
    (clone / "workspace" / "package-lock.json").write_text('{"name":"mps","packages":{}}')
    frontend._take_lock(clone / "workspace")
    assert (clone / "reflex.lock" / "package-lock.json").read_text() == '{"name":"mps","packages":{}}'


def test_a_build_under_way_writes_nothing_into_a_clone(clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever ends it, and however many there are: Reflex would write the manifest at once."""
    monkeypatch.setattr(frontend_skeleton, "sync_web_lockfiles_to_root", frontend_skeleton.sync_web_lockfiles_to_root)
    monkeypatch.chdir(clone)
    monkeypatch.setenv("REFLEX_WEB_WORKDIR", str(clone / "workspace"))
    frontend._hold_lock()
    frontend_skeleton.initialize_web_directory()
    assert (clone / "reflex.lock" / "package.json").read_text() == '{"name": "mps", "type": "module"}'
