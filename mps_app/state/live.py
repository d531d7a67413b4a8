"""Open tabs of an institution hear of changes within two seconds of the commit (11.4), a session's of its end (1.4).

Only *that* something changed is pushed: the tab then calls its page's ``refresh`` like any other event, so
what it gets is asked for under its own session, guard and policy. Each web process tells its own sockets.
"""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import time as day_time
from datetime import timedelta
from typing import Generic, TypeVar

import reflex as rx
from reflex.state import StateUpdate
from reflex_base.constants import SocketEvent
from reflex_base.event import Event, EventHandler

from mps_app.adapters.connection import current_socket
from mps_app.adapters.listener import heard
from mps_app.core import riga
from mps_app.core.settings import settings
from mps_app.core.work import house

CHANNEL = "institution"
ENDS = "sign_in_end"  # tells the hashes of the tokens of sessions that have ended
SOON, GAP = 0.1, 1.0  # seconds: one act may be many commits; a tab is told at most once a second

Tell = Callable[[str, EventHandler], Awaitable[None]]
K = TypeVar("K", int, str)


@dataclass
class Tabs(Generic[K]):
    """Which socket belongs to what (an institution, a session), and what it calls when that changes."""

    tell: Tell
    _open: dict[str, tuple[K, EventHandler]] = field(default_factory=dict)
    _told_at: dict[K, float] = field(default_factory=dict)
    _due: dict[K, asyncio.Task[None]] = field(default_factory=dict)

    def watch(self, socket: str, key: K, refresh: EventHandler) -> None:
        """Remember what a socket belongs to."""
        self._open[socket] = (key, refresh)

    def forget(self, socket: str) -> None:
        """Forget a socket: it shows something else, or is gone."""
        self._open.pop(socket, None)

    def changed(self, key: K) -> None:
        """Have the tabs told soon that belong to what has changed; changes until then are told with it."""
        if key not in self._due and key in self._keys():
            self._due[key] = asyncio.get_running_loop().create_task(self._tell_all(key))

    def all_changed(self) -> None:
        """Have every tab told: a change may have been missed."""
        for key in self._keys():
            self.changed(key)

    def _keys(self) -> set[K]:
        return {key for key, _ in self._open.values()}

    async def _tell_all(self, changed: K) -> None:
        since = time.monotonic() - self._told_at.get(changed, 0.0)
        await asyncio.sleep(max(SOON, GAP - since))
        del self._due[changed]
        keys = self._keys()
        self._told_at = {key: at for key, at in self._told_at.items() if key in keys} | {changed: time.monotonic()}
        for socket, (key, refresh) in list(self._open.items()):
            if key == changed:
                with contextlib.suppress(ConnectionError):
                    await self.tell(socket, refresh)


_tabs: list[Tabs[int]] = []
_sessions: list[Tabs[str]] = []


def watch(institution_id: int, refresh: EventHandler) -> None:
    """Have the tab whose event this is call ``refresh`` whenever something of the institution has changed."""
    for tabs in _tabs:
        tabs.watch(current_socket(), institution_id, refresh)


def leave(socket: str = "") -> None:
    """Tell a tab of nothing any more: the one whose event this is, unless a socket is named."""
    for tabs in _tabs:
        tabs.forget(socket or current_socket())


def hold(socket: str, session: str, end: EventHandler) -> None:
    """Have a socket call ``end`` when the session that it came with has ended; ``session`` is its token's hash."""
    for sessions in _sessions:
        sessions.watch(socket, session, end)


def let_go(socket: str) -> None:
    """Forget all about a socket: it is gone."""
    leave(socket)
    for sessions in _sessions:
        sessions.forget(socket)


@contextlib.asynccontextmanager
async def following(app: rx.App) -> AsyncIterator[None]:
    """Follow the database's word for as long as the process serves."""
    namespace = app.event_namespace
    if namespace is None:
        message = "the app has no event namespace"
        raise RuntimeError(message)

    async def tell(socket: str, refresh: EventHandler) -> None:
        update = StateUpdate(events=Event.from_event_type(refresh))
        await namespace.emit(str(SocketEvent.EVENT), update, to=socket)

    tabs, sessions = Tabs[int](tell), Tabs[str](tell)
    _tabs[:], _sessions[:] = [tabs], [sessions]
    jobs = [asyncio.create_task(job) for job in (_hear(tabs), _hear_ends(sessions), _keep_days(tabs))]
    yield
    for job in jobs:
        job.cancel()
    await asyncio.gather(*jobs, return_exceptions=True)


async def _hear(tabs: Tabs[int]) -> None:
    async for payload in heard(settings().database_url, CHANNEL):
        if payload.isdigit():
            tabs.changed(int(payload))
        else:
            tabs.all_changed()


async def _hear_ends(sessions: Tabs[str]) -> None:
    async for session in heard(settings().database_url, ENDS):
        if session:
            sessions.changed(session)
        else:
            sessions.all_changed()


async def _keep_days(tabs: Tabs[int]) -> None:
    """Tell every tab when a day begins in Riga: employments and deputies begin and end with it (2.5, 11.7)."""
    while True:
        now = house().clock()
        midnight = riga.at_riga(riga.today(now) + timedelta(days=1), day_time())
        await asyncio.sleep((midnight - now).total_seconds() + 1)
        tabs.all_changed()
