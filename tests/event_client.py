"""A browser tab without a browser: speaks the event socket's own protocol (Engine.IO 4, Socket.IO 5).

One process can play hundreds of people, as any role and with forged input. There is no correlation
between an event and its answer on the wire, so callers wait for a var, or for quiet.
"""

import asyncio
import json
import re
import uuid
from collections.abc import Callable, Mapping
from typing import Any, Self
from urllib.parse import parse_qsl, quote, urlsplit

import aiohttp

ROOT = "reflex___state____state"
HYDRATE = f"{ROOT}.hydrate_and_load"
ON_LOAD = f"{ROOT}.reflex___state____on_load_internal_state.on_load_internal"
UPDATE_VARS = f"{ROOT}.reflex___state____update_vars_internal_state.update_vars_internal"
SUFFIX = "_rx_state_"
NAMESPACE = "/_event"

Delta = dict[str, dict[str, Any]]
State = Mapping[str, Any]


def _snake(name: str) -> str:
    first = re.sub(r"(.)([A-Z][a-z]+)", r"\1_\2", name)
    return re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", first).lower()


def event_name(module: str, state: str, handler: str) -> str:
    """Return the wire name of a handler: ``event_name("mps_app.state.profile", "ProfileState", "load")``."""
    return f"{ROOT}.{_snake(module.replace('.', '___') + '___' + state)}.{handler}"


class EventClient:
    """One tab: connect, open a page, call handlers, read the merged state."""

    def __init__(
        self, address: str, *, cookie: str = "", token: str = "", origin: str | None = "", headers: State | None = None
    ) -> None:
        self.address = address.rstrip("/")
        self.token = token or str(uuid.uuid4())
        self.path = "/"
        self.state: Delta = {}
        self.deltas: list[Delta] = []
        self.answers: list[dict[str, Any]] = []  # events the server asked the browser to run
        self.received_bytes = 0
        self._headers = {str(name): str(value) for name, value in (headers or {}).items()}
        if cookie:
            self._headers["Cookie"] = cookie
        if origin is not None:
            self._headers["Origin"] = origin or self.address
        self._waiting: list[tuple[Callable[[Delta], bool], asyncio.Future[Delta]]] = []

    async def __aenter__(self) -> Self:
        self._http = aiohttp.ClientSession()
        return self

    async def __aexit__(self, *_: object) -> None:
        if hasattr(self, "_reader"):
            self._reader.cancel()
            await self._socket.close()
        await self._http.close()

    async def open(self, path: str = "/", *, storage: State | None = None, timeout: float = 20) -> Self:
        """Connect as a browser does and run the page's on_load handlers; raises ``ConnectionError`` if refused."""
        self.path = path
        boot = {"name": HYDRATE, "payload": {"vars": dict(storage or {})}, "router_data": self.router_data()}
        hydrated = self.expect(_is_hydrated)
        await self.connect({"event": boot}, timeout=timeout)
        await asyncio.wait_for(hydrated, timeout)
        return self

    async def connect(self, auth: State | None = None, *, timeout: float = 20) -> None:
        """Open the socket and join the namespace; raises ``ConnectionError`` if refused."""
        address = self.address.replace("http", "ws", 1)
        url = f"{address}{NAMESPACE}/?token={quote(self.token)}&EIO=4&transport=websocket"
        try:
            self._socket = await self._http.ws_connect(url, headers=self._headers, max_msg_size=0)
        except aiohttp.WSServerHandshakeError as error:
            raise ConnectionError(error.status) from error
        await self._socket.receive_str(timeout=timeout)
        await self._socket.send_str(f"40{NAMESPACE},{json.dumps(auth) if auth else ''}")
        self._accepted: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._reader = asyncio.create_task(self._read())
        await asyncio.wait_for(self._accepted, timeout)

    async def _read(self) -> None:
        prefix = f"42{NAMESPACE},"
        async for message in self._socket:
            text = str(message.data)
            self.received_bytes += len(text)
            if text == "2":
                await self._socket.send_str("3")
            elif text.startswith(prefix):
                self._take(json.loads(text[len(prefix) :]))
            elif text.startswith(f"40{NAMESPACE}") and not self._accepted.done():
                self._accepted.set_result(None)
            elif text.startswith("44") and not self._accepted.done():
                self._accepted.set_exception(ConnectionError(text))
        self._fail(ConnectionError("the server closed the socket"))

    def _fail(self, error: Exception) -> None:
        futures = [self._accepted, *(future for _, future in self._waiting)]
        for future in futures:
            if not future.done():
                future.set_exception(error)

    def _take(self, message: list[Any]) -> None:
        if message[0] != "event":
            return
        delta: Delta = message[1].get("delta") or {}
        self.answers += message[1].get("events") or []
        for name, values in delta.items():
            self.state.setdefault(name, {}).update(values)
        self.deltas.append(delta)
        for waiting in [pair for pair in self._waiting if pair[0](delta)]:
            self._waiting.remove(waiting)
            if not waiting[1].done():
                waiting[1].set_result(delta)

    def router_data(self, path: str | None = None) -> dict[str, Any]:
        """Return what a browser says about its address."""
        where = path or self.path
        return {
            "pathname": urlsplit(where).path,
            "asPath": where,
            "query": dict(parse_qsl(urlsplit(where).query)),
        }

    async def send(self, name: str, router_data: State | None = None, /, **payload: Any) -> None:
        """Send one event and do not wait."""
        event = {"name": name, "payload": payload, "router_data": router_data or self.router_data()}
        await self.send_raw(event)

    async def send_raw(self, data: Any) -> None:
        """Send anything as an event."""
        await self._socket.send_str(f"42{NAMESPACE},{json.dumps(['event', data])}")

    def expect(self, matches: Callable[[Delta], bool]) -> asyncio.Future[Delta]:
        """Return a future for the next delta that matches."""
        future: asyncio.Future[Delta] = asyncio.get_running_loop().create_future()
        self._waiting.append((matches, future))
        return future

    async def call(self, name: str, *, until: str, timeout: float = 20, **payload: Any) -> Delta:
        """Send an event and wait for the delta that carries the var ``until`` (``State.var`` or ``var``)."""
        answered = self.expect(lambda delta: bool(_values(delta, until)))
        await self.send(name, **payload)
        return await asyncio.wait_for(answered, timeout)

    async def finish(self, timeout: float = 60) -> None:
        """Wait until all that was sent has been handled: the events of a tab are, one after the other."""
        end = f"That was all: {uuid.uuid4()}"
        told = self.expect(lambda delta: any(one["text"] == end for one in _values(delta, "NoticeState.notice")))
        await self.send(event_name("mps_app.state.notice", "NoticeState", "tell"), text=end)
        await asyncio.wait_for(told, timeout)

    async def settle(self, quiet: float = 0.3) -> None:
        """Wait until the server has been silent for ``quiet`` seconds."""
        seen = -1
        while seen != self.received_bytes:
            seen = self.received_bytes
            await asyncio.sleep(quiet)

    def var(self, name: str) -> Any:
        """Return a var of the merged state by ``State.var`` or ``var``; None when it never came."""
        found = _values(self.state, name)
        return found[0] if found else None

    def everything(self) -> str:
        """Return all that ever came over this socket, to search for what must not be in it."""
        return json.dumps([self.deltas, self.answers], ensure_ascii=False)


def _values(delta: Delta, name: str) -> list[Any]:
    state, _, var = name.rpartition(".")
    tail = _snake(state)
    return [
        values[var + SUFFIX]
        for full, values in delta.items()
        if var + SUFFIX in values and (not tail or full.endswith((f"____{tail}", f".{tail}")))
    ]


def _is_hydrated(delta: Delta) -> bool:
    return delta.get(ROOT, {}).get("is_hydrated" + SUFFIX) is True
