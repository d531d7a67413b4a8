"""The last places, wanted by many at the same moment, through the event sockets of the live system (4.3)."""

import asyncio
from collections import Counter
from dataclasses import dataclass

import pytest
from sqlalchemy import Engine, text

from mps_app.core.actor import SYSTEM
from mps_app.core.work import begin
from mps_app.services import catalogue
from tests.conftest import Live
from tests.event_client import EventClient, event_name
from tests.factories import make_course, make_crowd, make_group, make_institution, make_session
from tests.marks import rule
from tests.strangers.conftest import SignedIn, sign_in, tab

CONFIRM = event_name("mps_app.state.apply", "ApplyState", "confirm")
RECEIPT = "ApplyState.receipt"
PEOPLE, PLACES = 200, 10


@dataclass(frozen=True)
class Rush:
    """A group with few places and the many who want them."""

    course_id: int
    group_id: int
    institution_id: int
    people: list[SignedIn]


@pytest.fixture
def rush(live_engine: Engine) -> Rush:
    """200 employees with sessions, and an open group with 10 places."""
    with begin(SYSTEM) as work:
        institution = make_institution(work, name="Steigas iestāde")
        course = make_course(work)
        group = make_group(work, course, maximum=PLACES, minimum=5)
        make_session(work, group)
        crowd = [person.key for person in make_crowd(work, PEOPLE, institution)]
        catalogue.touched(work, [course.key])
        found = Rush(course.key, group.key, institution.key, [])
    found.people.extend(sign_in(person_id) for person_id in crowd)
    return found


def form(rush: Rush) -> dict[str, object]:
    """Return what the dialog sends."""
    return {
        "course_id": str(rush.course_id),
        "group_id": str(rush.group_id),
        "payer": "institution",
        "institution_id": str(rush.institution_id),
        "agreed": "on",
    }


async def _connected(live: Live, people: list[SignedIn]) -> list[EventClient]:
    """Open one tab for each, a few at a time, as they would drop in before the hour."""
    gate = asyncio.Semaphore(10)

    async def one(who: SignedIn) -> EventClient:
        async with gate:
            client = await tab(live, who).__aenter__()
            return await client.open("/pieteikumi")

    return list(await asyncio.gather(*(one(who) for who in people)))


@rule("4.2")
@rule("4.3")
@rule("4.6")
@pytest.mark.timeout(180)
async def test_two_hundred_at_once_get_exactly_ten_places(live: Live, live_engine: Engine, rush: Rush) -> None:
    tabs = await _connected(live, rush.people)
    try:
        receipts = await asyncio.gather(
            *(one.call(CONFIRM, until=RECEIPT, form=form(rush), timeout=60) for one in tabs)
        )
        # the same again from everybody: a double click changes nothing
        await asyncio.gather(*(one.send(CONFIRM, form=form(rush)) for one in tabs[:40]))
        await asyncio.gather(*(one.settle() for one in tabs[:40]))
    finally:
        await asyncio.gather(*(one.__aexit__() for one in tabs))
    assert len(receipts) == PEOPLE
    outcomes = Counter(one.var(RECEIPT)["outcome"] for one in tabs)
    assert outcomes == {"registered": PLACES, "waitlisted": PEOPLE - PLACES}
    with live_engine.connect() as connection:
        rows = connection.execute(
            text(
                "SELECT status, person_id, line_number FROM application WHERE group_id = :id ORDER BY line_number, id"
            ),
            {"id": rush.group_id},
        ).all()
    assert Counter(row.status for row in rows) == outcomes
    assert len({row.person_id for row in rows}) == PEOPLE
    positions = sorted(one.var(RECEIPT)["position"] for one in tabs if one.var(RECEIPT)["outcome"] == "waitlisted")
    assert positions == list(range(1, PEOPLE - PLACES + 1))
