"""The stairs for screens: one event asks one service, as whoever holds the connection's session."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import Any, Concatenate, ParamSpec, TypeVar

import reflex as rx

from mps_app.core.actor import NOBODY
from mps_app.core.settings import settings
from mps_app.core.work import Work, begin
from mps_app.services import drafts, identity
from mps_app.state.connection import Connection, current_connection, resolved

P = ParamSpec("P")
R = TypeVar("R")


@lru_cache(maxsize=1)
def _threads() -> ThreadPoolExecutor:
    """Return the services' own threads, as many as the database pool has connections."""
    return ThreadPoolExecutor(settings().service_threads, thread_name_prefix="service")


def _serve(
    connection: Connection, service: Callable[Concatenate[Work, P], R], *args: P.args, **kw: P.kwargs
) -> R:
    """Run one service in one transaction, resolving the actor in it unless the guard has done so."""
    with begin(NOBODY) as work:
        known = resolved_here.get(None)
        work.actor = known or identity.actor_of(
            work, connection.token, connection.network_address, connection.language
        )
        return service(work, *args, **kw)


resolved_here = resolved


async def ask(service: Callable[Concatenate[Work, P], R], *args: P.args, **kw: P.kwargs) -> R:
    """Run a service in a thread, never on the event loop, and return its answer."""
    ...
