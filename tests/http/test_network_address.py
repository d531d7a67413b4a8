"""Who called: what a request claims about itself counts only behind proxies that we were told of (1.6)."""

from collections.abc import Iterator

import pytest
from starlette.requests import Request

from mps_app.core.settings import settings
from mps_app.http.base import network_address
from tests.marks import rule


@pytest.fixture(autouse=True)
def fresh_settings(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    settings.cache_clear()
    yield
    monkeypatch.undo()
    settings.cache_clear()


@rule("1.6")
@pytest.mark.parametrize(
    ("proxies", "forwarded", "caller"),
    [
        (0, "198.51.100.7", "192.0.2.1"),
        (0, "", "192.0.2.1"),
        (1, "198.51.100.7", "198.51.100.7"),
        (1, "203.0.113.66, 198.51.100.7", "198.51.100.7"),
        (2, "203.0.113.66, 198.51.100.7, 10.0.0.1", "198.51.100.7"),
        (2, "198.51.100.7", "192.0.2.1"),
        (1, "203.0.113.66\n198.51.100.7", "198.51.100.7"),  # two lines: the caller's, and the proxy's below it
        (2, "203.0.113.66, 198.51.100.7\n10.0.0.1", "198.51.100.7"),
    ],
)
def test_a_forwarded_address_is_believed_as_far_as_our_proxies_reach(
    monkeypatch: pytest.MonkeyPatch, proxies: int, forwarded: str, caller: str
) -> None:
    monkeypatch.setenv("MPS_PROXY_HOPS", str(proxies))
    settings.cache_clear()
    headers = [(b"x-forwarded-for", line) for line in forwarded.encode().splitlines()]
    request = Request({"type": "http", "headers": headers, "client": ("192.0.2.1", 1)})
    assert network_address(request) == caller
