"""The site's own HTTP doors, served over real HTTP with the demo's provider behind them."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from mps_app import demo, http
from mps_app.core.settings import settings
from mps_app.core.work import House
from mps_app.demo import signing_key
from tests.serving import free_port, serving


@pytest.fixture
def site(house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of the doors; the demo's provider signs in whoever is chosen."""
    port = free_port()
    monkeypatch.setenv("MPS_PORT", str(port))
    monkeypatch.setenv("MPS_VAR_DIR", str(tmp_path))
    settings.cache_clear()
    signing_key.signing_key.cache_clear()
    with serving(Starlette(routes=[*http.routes(), *demo.routes()]), port) as address:
        yield address
    monkeypatch.undo()
    settings.cache_clear()
    signing_key.signing_key.cache_clear()


@pytest.fixture
def browser(site: str) -> Iterator[httpx.Client]:
    """A browser without scripts: it keeps cookies and follows nothing by itself."""
    with httpx.Client(base_url=site, headers={"User-Agent": "Firefox/140.0 (Windows)"}) as client:
        yield client


@pytest.fixture
def another_browser(site: str) -> Iterator[httpx.Client]:
    """A second one, with cookies of its own."""
    with httpx.Client(base_url=site) as client:
        yield client
