"""A network holds only so many sockets, counted by who really calls (1.6)."""

from collections.abc import Iterator
from typing import Any, cast

import pytest
import reflex as rx
from reflex.app import EventNamespace
from reflex_base.config import get_config

from mps_app.core.settings import settings
from mps_app.state import guard
from mps_app.state.guard import BoundNamespace
from mps_app.state.rates import Crowds
from tests.marks import rule

TOKEN = "token=" + "t" * 36


@pytest.fixture(autouse=True)
def two_proxies(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("MPS_PROXY_HOPS", "2")
    monkeypatch.setattr(get_config(), "trusted_proxy_hops", 2)
    settings.cache_clear()
    yield
    monkeypatch.undo()
    settings.cache_clear()


@pytest.fixture
def namespace(monkeypatch: pytest.MonkeyPatch) -> BoundNamespace:
    """The namespace with room for two sockets of a network; what Reflex does with them is left out."""

    async def let_in(self: EventNamespace, sid: str, environ: dict[str, Any], auth: Any = None) -> None:
        self._static_router_data[sid] = self._build_static_router_data(sid, environ)

    monkeypatch.setattr(EventNamespace, "on_connect", let_in)
    monkeypatch.setattr(EventNamespace, "on_disconnect", lambda *_: None)
    monkeypatch.setattr(guard, "NETWORK_SOCKETS", 2)
    made = BoundNamespace("/_event", cast("rx.App", None), b"key")
    made._open.is_open = lambda _: True
    return made


async def come(namespace: BoundNamespace, sid: str, *lines: str, peer: str = "10.0.0.2") -> bool:
    """Connect a socket as proxies forward it; tell whether it was let in."""
    headers = [(b"host", b"skola.example"), *((b"x-forwarded-for", line.encode()) for line in lines)]
    environ = {"QUERY_STRING": TOKEN, "asgi.scope": {"headers": headers, "client": (peer, 5)}}
    return await namespace.on_connect(sid, environ) is not False


@rule("1.6")
async def test_a_network_gets_so_many_sockets_and_others_theirs(
    namespace: BoundNamespace, caplog: pytest.LogCaptureFixture
) -> None:
    ministry, home = "198.51.100.7, 10.0.0.1", "203.0.113.5, 10.0.0.1"
    assert [await come(namespace, sid, ministry) for sid in "abcd"] == [True, True, False, False]
    assert caplog.messages == ["198.51.100.7 holds 2 sockets open and got no more"]
    assert await come(namespace, "e", home)
    namespace.on_disconnect("d")  # was never let in
    assert not await come(namespace, "f", ministry)
    namespace.on_disconnect("a")
    assert await come(namespace, "g", ministry)


@rule("1.6")
async def test_our_own_machine_gets_as_many_as_it_wants(namespace: BoundNamespace) -> None:
    assert [await come(namespace, sid, peer="127.0.0.1") for sid in "abcd"] == [True] * 4


@rule("1.6")
async def test_a_socket_refused_by_an_error_is_not_counted(
    namespace: BoundNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(EventNamespace, "on_connect", fail)
    for sid in "abc":
        with pytest.raises(RuntimeError):
            await come(namespace, sid, "198.51.100.7, 10.0.0.1")
    assert not namespace._open._networks


@rule("1.6")
@pytest.mark.parametrize(
    ("lines", "caller"),
    [
        (["203.0.113.66, 198.51.100.7, 10.0.0.1"], "198.51.100.7"),
        (["203.0.113.66, 198.51.100.7", "10.0.0.1"], "198.51.100.7"),  # the second proxy wrote a line of its own
        (["203.0.113.66", "198.51.100.7", "10.0.0.1"], "198.51.100.7"),
        (["198.51.100.7"], "10.0.0.2"),
        ([], "10.0.0.2"),
    ],
)
async def test_events_know_who_called_by_all_lines_of_the_proxies(
    namespace: BoundNamespace, lines: list[str], caller: str
) -> None:
    await come(namespace, "a", *lines)
    assert namespace._static_router_data["a"]["ip"] == caller
    assert namespace._open._networks == {"a": caller}


def test_sockets_that_went_without_a_word_make_room() -> None:
    there = {"a", "b"}
    crowds = Crowds(2, there.__contains__)
    assert [crowds.enter(sid, "ministry") for sid in "abc"] == [True, True, False]
    there.remove("a")
    assert crowds.enter("c", "ministry")
    there.add("c")
    crowds.leave("a")
    assert not crowds.enter("d", "ministry")
