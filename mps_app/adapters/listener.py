"""Hears what the database tells after each commit (LISTEN), for as long as the process lives."""

import asyncio
import logging
from collections.abc import AsyncIterator

import psycopg
from psycopg import sql

log = logging.getLogger(__name__)

_PAUSE_SECONDS = 1.0  # before trying again when the database went away


async def heard(url: str, channel: str) -> AsyncIterator[str]:
    """Yield every payload told on a channel; an empty one whenever something may have been missed.

    Holds one connection of its own. When that is lost, connects again and says so with an empty payload.
    """
    while True:
        async for payload in _until_lost(url, channel):
            yield payload
        await asyncio.sleep(_PAUSE_SECONDS)


async def _until_lost(url: str, channel: str) -> AsyncIterator[str]:
    try:
        async for payload in _while_connected(url, channel):
            yield payload
    except psycopg.OperationalError as error:
        log.warning("the database tells nothing at the moment: %s", type(error).__name__)


async def _while_connected(url: str, channel: str) -> AsyncIterator[str]:
    async with await psycopg.AsyncConnection.connect(url, autocommit=True, application_name="mps-live") as connection:
        await connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(channel)))
        yield ""
        async for notice in connection.notifies():
            yield notice.payload
