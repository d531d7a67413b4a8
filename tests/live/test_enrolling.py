"""Two coordinators enrol the same forty people into the last thirty places, through the live sockets (4.3, 11.3)."""

import asyncio
from collections import Counter
from dataclasses import dataclass

import pytest
from sqlalchemy import Engine, text

from mps_app.core.actor import SYSTEM
from mps_app.core.work import begin
from tests.conftest import Live
from tests.event_client import EventClient, event_name
from tests.factories import (
    make_coordinator,
    make_course,
    make_crowd,
    make_group,
    make_institution,
    make_person,
    make_session,
)
from tests.marks import rule
from tests.strangers.conftest import SignedIn, sign_in, tab

ROSTER = "mps_app___state___roster____roster_state"
KEY, CONFIRM, UNDO = (
    event_name("mps_app.state.institution", "InstitutionState", f"{ROSTER}.{name}")
    for name in ("key", *(f"mps_app___state___enrol____enrol_state.{act}" for act in ("confirm", "undo")))
)
RECEIPT = "EnrolState.receipt"
PEOPLE, PLACES = 40, 30


@dataclass(frozen=True)
class Rush:
    """A group with few places, and two who speak for the same institution."""

    course_id: int
    group_id: int
    coordinators: list[SignedIn]

    @property
    def path(self) -> str:
        """The roster with the group chosen."""
        return f"/iestade/darbinieki?kurss={self.course_id}&grupa={self.group_id}"


@pytest.fixture
def rush(live_engine: Engine) -> Rush:
    with begin(SYSTEM) as work:
        institution = make_institution(work, name="Divu koordinatoru iestāde")
        course = make_course(work)
        group = make_group(work, course, maximum=PLACES, minimum=5)
        make_session(work, group)
        make_crowd(work, PEOPLE, institution)
        speakers = [make_person(work, name=name) for name in ("Pirmā Koordinētāja", "Otrais Koordinētājs")]
        for speaker in speakers:
            make_coordinator(work, speaker, institution)
        keys = [speaker.key for speaker in speakers]
    return Rush(course.key, group.key, [sign_in(key) for key in keys])


async def _ready(live: Live, rush: Rush, who: SignedIn) -> EventClient:
    client = await tab(live, who).__aenter__()
    await client.open(rush.path)
    await client.call(KEY, until="RosterState.panel", key="a", row="0")
    assert client.var("RosterState.chosen_count") == PEOPLE
    assert client.var("RosterState.panel")["can"] == PLACES
    return client


@rule("4.3")
@rule("11.3")
@pytest.mark.timeout(180)
async def test_thirty_taken_nobody_twice_and_both_told_the_truth(live: Live, live_engine: Engine, rush: Rush) -> None:
    tabs = [await _ready(live, rush, who) for who in rush.coordinators]
    try:
        await asyncio.gather(*(one.call(CONFIRM, until=RECEIPT, timeout=60) for one in tabs))
        await asyncio.gather(*(one.send(CONFIRM) for one in tabs))  # a double click of both
        await asyncio.gather(*(one.settle() for one in tabs))
        with live_engine.connect() as connection:
            asked = text("SELECT person_id, status FROM application WHERE group_id = :id")
            rows = connection.execute(asked, {"id": rush.group_id}).all()
            taken = connection.execute(
                text("SELECT places_taken FROM course_group WHERE id = :id"), {"id": rush.group_id}
            ).scalar_one()
        assert Counter(row.status for row in rows) == {"registered": PLACES}
        assert len({row.person_id for row in rows}) == taken == PLACES
        assert all(one.var("RosterState.panel")["added"] == 0 for one in tabs)
        assert {one.var("RosterState.chosen_count") for one in tabs} == {PEOPLE - PLACES}
        told = [Counter(row["outcome"] for row in one.var(RECEIPT)["people"]) for one in tabs]
        assert Counter(enrolled=PLACES, no_place=PEOPLE - PLACES) in told
        assert Counter(already=PLACES, no_place=PEOPLE - PLACES) in told
        winner = next(one for one in tabs if one.var(RECEIPT)["application_ids"])
        await winner.call(UNDO, until=RECEIPT, timeout=60)
        with live_engine.connect() as connection:
            rows = connection.execute(asked, {"id": rush.group_id}).all()
        assert Counter(row.status for row in rows) == {"cancelled": PLACES}
    finally:
        await asyncio.gather(*(one.__aexit__() for one in tabs))
