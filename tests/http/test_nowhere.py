"""An address that no page could have is answered as any other that leads nowhere: in words (17.4)."""

from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.testclient import TestClient

from mps_app import http
from tests.marks import rule


@pytest.fixture
def site(tmp_path: Path) -> TestClient:
    """The site as Reflex puts it together, with built pages that know nothing."""
    (tmp_path / "404.html").write_text("the built page")
    pages = StaticFiles(directory=tmp_path, html=True)
    doors, *around = http.transformers()
    assert isinstance(doors, Starlette)
    doors.router.routes.append(Mount("", pages))
    app = doors
    for wrap in around:
        app = wrap(app)  # type: ignore[operator, assignment]  # ASGI
    return TestClient(app)


@rule("17.2", "17.4")
@pytest.mark.parametrize("path", ["/kurss/%00", "/parbaude/%00", "/%00", f"/kurss/{'ā' * 200}", "/kurss/%00.jsonld"])
def test_what_no_page_can_be_called_is_answered_in_words(site: TestClient, path: str) -> None:
    answer = site.get(path)
    assert answer.status_code == 404
    assert "Meklētais nav atrasts." in answer.text
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    english = site.get(path, headers={"Cookie": "mps_language=en"})
    assert "This could not be found." in english.text


@rule("17.4")
def test_everything_else_is_answered_as_before(site: TestClient) -> None:
    assert site.get("/tadas/lapas/nav").text == "the built page"
