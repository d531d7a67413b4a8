"""The stairs for screens: one event asks one service, as whoever holds the connection's session."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache, partial
from typing import Any, Concatenate, ParamSpec, TypeVar

import reflex as rx
from reflex_base.utils.form import FORM_DATA_ENTRIES_KEY

from mps_app.adapters.connection import Connection, current_connection, opens_page, resolved
from mps_app.core.actor import NOBODY, Actor
from mps_app.core.errors import NotAllowed, NotForYou, NotFound, SignInNeeded
from mps_app.core.settings import settings
from mps_app.core.work import Work, begin, does_only_read
from mps_app.services import drafts, identity

P = ParamSpec("P")
R = TypeVar("R")


@lru_cache(maxsize=1)
def _threads() -> ThreadPoolExecutor:
    """Return the services' own threads, half as many as the database pool has connections."""
    return ThreadPoolExecutor(settings().service_threads, thread_name_prefix="service")


def _serve(connection: Connection, known: Actor | None, service: Callable[[Work], R], *, reads: bool) -> R:
    """Run one service in one unit of work; look the actor up in it unless the guard has done so."""
    with begin(NOBODY, reads=reads) as work:
        work.actor = known or identity.actor_of(work, connection.token, connection.network_address, connection.language)
        return service(work)


async def ask(service: Callable[Concatenate[Work, P], R], *args: P.args, **kw: P.kwargs) -> R:
    """Run a service in a thread, never on the event loop; its refusals rise to ``mps_app.tell``.

    What is refused while a page opens closes the page, alike for what is foreign and for what never was.
    """

    def call(work: Work) -> R:
        return service(work, *args, **kw)

    step = partial(_serve, current_connection(), resolved.get(), call, reads=does_only_read(service))
    try:
        return await asyncio.get_running_loop().run_in_executor(_threads(), step)
    except (NotAllowed, NotFound) as refusal:
        if opens_page.get() and not isinstance(refusal, SignInNeeded):
            raise NotForYou from refusal
        raise


class PageState(rx.State, mixin=True):
    """What every page's state can do: ask a service, take up what was typed before a session ended."""

    async def _ask(self, service: Callable[Concatenate[Work, P], R], *args: P.args, **kw: P.kwargs) -> R:
        return await ask(service, *args, **kw)

    async def _draft(self, form: str) -> dict[str, Any]:
        """Return the arguments of the refused event of a form (``allow(..., keeps=form)``), once."""
        return {name: _form_data(value) for name, value in (await ask(drafts.take, form)).items()}


def page_path(state: Any) -> str:  # Any: Reflex's states
    """Return the path a tab is on as links write it: who types an address is led to the one with a slash behind."""
    return str(state.router.url.path).rstrip("/")


def pages_under(state: Any) -> list[Any]:  # Any: Reflex's classes of states
    """Return all states that stem from one."""
    return [page for child in state.get_substates() for page in (child, *pages_under(child))]


def _form_data(value: Any) -> Any:  # Any: an argument as a browser sent it
    """Return a form's fields by name; a refused event kept them as the pairs in which browsers send them."""
    pairs = value.get(FORM_DATA_ENTRIES_KEY) if isinstance(value, dict) else None
    if not isinstance(pairs, list):
        return value
    return {str(pair[0]): pair[1] for pair in pairs if isinstance(pair, list) and len(pair) == 2}  # a pair
