"""Tabs are told that their institution changed: once for many changes, and nobody else's (11.4)."""

import asyncio
from collections.abc import Callable

import pytest
from reflex_base.event import EventHandler
from sqlalchemy import Engine, text

from mps_app.adapters.listener import heard
from mps_app.state import live
from mps_app.state.institution import InstitutionState
from tests.marks import rule

REFRESH: EventHandler = InstitutionState.put_away  # any handler will do


class Sockets:
    """Remembers which sockets were told."""

    def __init__(self) -> None:
        self.told: list[str] = []

    async def __call__(self, socket: str, _refresh: EventHandler) -> None:
        self.told.append(socket)


@pytest.fixture
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "SOON", 0.01)
    monkeypatch.setattr(live, "GAP", 0.05)


async def _until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not true():
            await asyncio.sleep(0.01)


@rule("11.4")
async def test_many_changes_are_told_once_and_only_to_that_institutions_tabs(quickly: None) -> None:
    tabs = live.Tabs(sockets := Sockets())
    tabs.watch("a", 1, REFRESH)
    tabs.watch("b", 1, REFRESH)
    tabs.watch("foreign", 2, REFRESH)
    for _ in range(100):
        tabs.changed(1)
    await _until(lambda: len(sockets.told) > 1)
    await asyncio.sleep(0.1)
    assert sockets.told == ["a", "b"]


@rule("11.4")
async def test_a_change_after_the_telling_is_told_again(quickly: None) -> None:
    tabs = live.Tabs(sockets := Sockets())
    tabs.watch("a", 1, REFRESH)
    tabs.changed(1)
    await _until(lambda: sockets.told == ["a"])
    tabs.changed(1)
    await _until(lambda: sockets.told == ["a", "a"])


async def test_a_tab_that_left_is_told_nothing(quickly: None) -> None:
    tabs = live.Tabs(sockets := Sockets())
    tabs.watch("a", 1, REFRESH)
    tabs.watch("b", 1, REFRESH)
    tabs.changed(1)
    tabs.forget("a")
    await _until(lambda: sockets.told == ["b"])


@rule("11.4")
async def test_what_is_missed_while_the_database_is_away_is_made_up_for(database: Engine, database_url: str) -> None:
    told: list[str] = []

    async def listen() -> None:
        async for payload in heard(database_url, "institution"):
            told.append(payload)  # noqa: PERF401  # as it comes, not at the end that never comes

    listening = asyncio.create_task(listen())
    await _until(lambda: told == [""])
    _say(database, "SELECT pg_notify('institution', '7')")
    await _until(lambda: told == ["", "7"])
    _say(database, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'mps-live'")
    await _until(lambda: told == ["", "7", ""])
    _say(database, "SELECT pg_notify('institution', '8')")
    await _until(lambda: told[-1] == "8")
    listening.cancel()


def _say(engine: Engine, statement: str) -> None:
    with engine.begin() as connection:
        connection.execute(text(statement))
