"""Every event handler of the app, called by a visitor and by another participant with forged arguments.

Nothing changes that is not the caller's own, and nothing foreign comes back (invariant 8). A handler
without a row in ``HANDLERS`` fails here: decide who may call it, then write it down.
"""

import asyncio
import inspect
from collections.abc import Iterator
from typing import Any

import pytest
from reflex_base.registry import RegistrationContext
from sqlalchemy import Engine, text

from mps_app.core.callers import ANYONE, SIGNED_IN, callers_of
from mps_app.state.guard import is_framework_event
from tests.conftest import Live
from tests.strangers.conftest import SignedIn, contents, tab
from tests.strangers.table import HANDLERS

FOREIGN = ("Anna", "Paraudziņa", "110190")
IDS = ("id", "application_id", "group_id", "person_id", "course_id", "sign_in_id", "institution_id")
TOGETHER = 40  # sockets at once


def registered() -> dict[str, Any]:  # Any: Reflex's handlers
    """Return the app's own handlers by wire name."""
    import mps_app.mps_app  # noqa: F401  # hangs every page, so that every state is known

    return {
        name: entry.handler.fn
        for name, entry in RegistrationContext.get().event_handlers.items()
        if not is_framework_event(name) and not name.endswith(".setvar") and "mps_app___" in name
    }


def short(name: str) -> str:
    """Return ``ProfileState.save`` for a wire name."""
    state, _, handler = name.rpartition(".")
    snake = state.rpartition("____")[2]
    return "".join(part.title() for part in snake.split("_")) + "." + handler


def forgeries(handler: Any, victim_ids: list[int]) -> Iterator[dict[str, Any]]:  # Any: Reflex's handlers
    """Yield argument sets: the victim's ids, wrong types, hostile text, far too much."""
    names = [name for name in inspect.signature(handler).parameters if name != "self"]
    hostile = ("<script>alert(1)</script>", "'; DROP TABLE person; --", "\u202eabc", "x" * 5_000, "😀")
    values = (*victim_ids, None, -1, 2**70, [], {"a": [1]}, True, *hostile)
    for value in values if names else (None,):
        yield dict.fromkeys(names, value)
    if names:
        form = dict.fromkeys(IDS, victim_ids[0])
        yield dict.fromkeys(names, form)
        yield {**dict.fromkeys(names, victim_ids[0]), "unknown": 1}


def test_every_handler_has_a_row_and_says_what_the_row_says() -> None:
    handlers = {short(name): callers_of(handler) for name, handler in registered().items()}
    assert handlers == {name: frozenset(callers) for name, callers in HANDLERS.items()}


@pytest.fixture
def victim_ids(live_engine: Engine, victim: SignedIn) -> list[int]:
    """Ids of Anna's that a forger would name."""
    with live_engine.connect() as connection:
        found = connection.execute(
            text("""
                SELECT id FROM (
                  (SELECT id FROM application WHERE person_id = :anna ORDER BY id DESC LIMIT 3)
                  UNION ALL (SELECT id FROM sign_in WHERE person_id = :anna ORDER BY id DESC LIMIT 2)
                  UNION ALL SELECT :anna) ids
            """),
            {"anna": victim.person_id},
        ).scalars()
        return list(dict.fromkeys(found))


async def _attack(
    live: Live, who: SignedIn | None, name: str, handler: Any, victim_ids: list[int]
) -> str:  # Any: Reflex's handlers
    """Call one handler with every forgery and return all that came back."""
    async with tab(live, who) as socket:
        await socket.open("/")
        for payload in forgeries(handler, victim_ids):
            await socket.send(name, **payload)
        await socket.finish()
        await socket.settle(0.5)
        return socket.everything()


async def _attack_all(live: Live, who: SignedIn | None, victim_ids: list[int]) -> dict[str, str]:
    gate = asyncio.Semaphore(TOGETHER)

    async def one(name: str, handler: Any) -> tuple[str, str]:  # Any: Reflex's handlers
        async with gate:
            return short(name), await _attack(live, who, name, handler, victim_ids)

    return dict(await asyncio.gather(*(one(name, handler) for name, handler in registered().items())))


@pytest.mark.usefixtures("still")
@pytest.mark.timeout(240)
async def test_a_visitor_changes_nothing_and_learns_nothing(
    live: Live, live_engine: Engine, victim: SignedIn, victim_ids: list[int]
) -> None:
    before = contents(live_engine)
    heard = await _attack_all(live, None, victim_ids)
    assert contents(live_engine) == before
    for handler, everything in heard.items():
        assert not [word for word in FOREIGN if word in everything], handler
        if SIGNED_IN in HANDLERS[handler]:
            assert "/pieslegties" in everything, handler


@pytest.mark.usefixtures("still")
@pytest.mark.timeout(240)
async def test_another_participant_reaches_nothing_of_the_victim(
    live: Live, live_engine: Engine, victim: SignedIn, attacker: SignedIn, victim_ids: list[int]
) -> None:
    before = contents(live_engine, of=victim)
    heard = await _attack_all(live, attacker, victim_ids)
    assert contents(live_engine, of=victim) == before
    for handler, everything in heard.items():
        assert not [word for word in FOREIGN if word in everything], handler


def test_no_handler_is_open_by_omission() -> None:
    assert ANYONE not in {caller for name, callers in HANDLERS.items() if "save" in name for caller in callers}
