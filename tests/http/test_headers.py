"""What every answer carries, whoever gives it."""

from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from mps_app.core.settings import settings
from mps_app.http.headers import SecurityHeaders, content_policy


def said(_request: Request) -> PlainTextResponse:
    return PlainTextResponse("ok")


@pytest.fixture
def behind_tls(monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """A site whose proxy speaks TLS to people and plain HTTP to us."""
    monkeypatch.setenv("MPS_PUBLIC_URL", "https://macibas.skola.example")
    settings.cache_clear()
    content_policy.cache_clear()
    app = SecurityHeaders(Starlette(routes=[Route("/katalogs/", said)]))
    yield TestClient(app, base_url="http://macibas.skola.example", follow_redirects=False)
    monkeypatch.undo()
    settings.cache_clear()
    content_policy.cache_clear()


def test_no_answer_leads_from_tls_to_plain_http(behind_tls: TestClient) -> None:
    answer = behind_tls.get("/katalogs?q=x")
    assert answer.headers["location"] == "https://macibas.skola.example/katalogs/?q=x"


def test_every_answer_carries_the_headers(behind_tls: TestClient) -> None:
    for path in ("/katalogs/", "/nowhere"):
        headers = behind_tls.get(path).headers
        assert headers["strict-transport-security"].startswith("max-age=")
        assert "unsafe-eval" not in headers["content-security-policy"]
        assert headers["x-frame-options"] == "DENY"
