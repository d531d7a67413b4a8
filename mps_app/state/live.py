"""Open tabs of an institution hear of changes within two seconds of the commit (11.4).

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
SOON, GAP = 0.1, 1.0  # seconds: one act may be many commits; a tab is told at most once a second

Tell = Callable[[str, EventHandler], Awaitable[None]]


@dataclass
class Tabs:
    """Which socket shows a page of which institution, and what it is to call when that changes."""

    tell: Tell
    _open: dict[str, tuple[int, EventHandler]] = field(default_factory=dict)
    _told_at: dict[int, float] = field(default_factory=dict)
    _due: dict[int, asyncio.Task[None]] = field(default_factory=dict)

    def watch(self, socket: str, institution_id: int, refresh: EventHandler) -> None:
        """Remember what a socket shows."""
        self._open[socket] = (institution_id, refresh)

    def forget(self, socket: str) -> None:
        """Forget a socket: it shows something else, or is gone."""
        self._open.pop(socket, None)

    def changed(self, institution_id: int) -> None:
        """Have the institution's tabs told soon; changes until then are told with it."""
        if institution_id not in self._due and any(shown == institution_id for shown, _ in self._open.values()):
            self._due[institution_id] = asyncio.get_running_loop().create_task(self._tell_all(institution_id))

    def all_changed(self) -> None:
        """Have every tab told: a change may have been missed."""
        for institution_id in {shown for shown, _ in self._open.values()}:
            self.changed(institution_id)

    async def _tell_all(self, institution_id: int) -> None:
        since = time.monotonic() - self._told_at.get(institution_id, 0.0)
        await asyncio.sleep(max(SOON, GAP - since))
        del self._due[institution_id]
        self._told_at[institution_id] = time.monotonic()
        for socket, (shown, refresh) in list(self._open.items()):
            if shown == institution_id:
                with contextlib.suppress(ConnectionError):
                    await self.tell(socket, refresh)


_tabs: list[Tabs] = []


def watch(institution_id: int, refresh: EventHandler) -> None:
    """Have the tab whose event this is call ``refresh`` whenever something of the institution has changed."""
    for tabs in _tabs:
        tabs.watch(current_socket(), institution_id, refresh)


def leave(socket: str = "") -> None:
    """Tell a tab of nothing any more: the one whose event this is, unless a socket is named."""
    for tabs in _tabs:
        tabs.forget(socket or current_socket())


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

    tabs = Tabs(tell)
    _tabs[:] = [tabs]
    jobs = [asyncio.create_task(_hear(tabs)), asyncio.create_task(_keep_days(tabs))]
    yield
    for job in jobs:
        job.cancel()
    await asyncio.gather(*jobs, return_exceptions=True)


async def _hear(tabs: Tabs) -> None:
    async for payload in heard(settings().database_url, CHANNEL):
        if payload.isdigit():
            tabs.changed(int(payload))
        else:
            tabs.all_changed()


async def _keep_days(tabs: Tabs) -> None:
    """Tell every tab when a day begins in Riga: employments and deputies begin and end with it (2.5, 11.7)."""
    while True:
        now = house().clock()
        midnight = riga.at_riga(riga.today(now) + timedelta(days=1), day_time())
        await asyncio.sleep((midnight - now).total_seconds() + 1)
        tabs.all_changed()
