"""The roster through the event sockets of the live system: live, and never for another institution (11.1, 11.4, 11.5)."""

import asyncio
import io
import time
from collections.abc import Callable
from dataclasses import dataclass

import aiohttp
import openpyxl
import pytest
from sqlalchemy import Engine, text

from mps_app.core.actor import SYSTEM
from mps_app.core.work import begin
from mps_app.models import Course, CourseGroup, Person
from tests.conftest import Live
from tests.event_client import EventClient, event_name
from tests.factories import (
    make_application,
    make_coordinator,
    make_course,
    make_employment,
    make_group,
    make_institution,
    make_person,
    make_session,
)
from tests.marks import rule
from tests.strangers.conftest import SignedIn, sign_in, tab

PATH = "/iestade/darbinieki"
SEARCH, TOGGLE, KEY, PAGE, VALUE = (
    event_name("mps_app.state.institution", "InstitutionState", f"mps_app___state___roster____roster_state.{name}")
    for name in ("search", "toggle", "key", "toggle_page", "choose_value")
)


@dataclass(frozen=True)
class Case:
    """Two institutions; Aija works for both."""

    ours: int
    theirs: int
    course_id: int
    group_id: int
    aija_id: int
    coordinator: SignedIn
    other: SignedIn

    def row(self, client: EventClient) -> dict[str, object]:
        """Aija's row on a screen."""
        return next(row for row in client.var("RosterState.rows") if row["name"] == "Aija Divdarbe")


@pytest.fixture
def case(live_engine: Engine) -> Case:
    with begin(SYSTEM) as work:
        ours = make_institution(work, name="Dzīvā saraksta iestāde")
        theirs = make_institution(work, name="Blakus iestāde")
        speakers = [make_person(work, name=name) for name in ("Kārlis Koordinētājs", "Otra Koordinētāja")]
        for speaker, institution in zip(speakers, (ours, theirs), strict=True):
            make_coordinator(work, speaker, institution)
        aija = make_person(work, name="Aija Divdarbe")
        make_employment(work, aija, ours, unit="Kanceleja")
        make_employment(work, aija, theirs, unit="Slepenā daļa", position="Slepena amatpersona")
        for number in range(4):
            make_employment(work, make_person(work, name=f"Bruno {'ABCD'[number]}"), ours, unit="Arhīvs")
            make_employment(work, make_person(work, name=f"Svešs {'ABCD'[number]}"), theirs, unit="Slepenā daļa")
        course = make_course(work)
        group = make_group(work, course)
        make_session(work, group)
        keys = (ours.key, theirs.key, course.key, group.key, aija.key)
        people = [speaker.key for speaker in speakers]
    return Case(*keys, sign_in(people[0]), sign_in(people[1]))


def _apply(case: Case, institution_id: int) -> None:
    with begin(SYSTEM) as work:
        person = work.db.get_one(Person, case.aija_id)
        group = work.db.get_one(CourseGroup, case.group_id)
        course = work.db.get_one(Course, case.course_id)
        sides = {"payer_kind": "institution", "payer_institution_id": institution_id, "group": group}
        make_application(work, person, course, **sides)


async def _as_a_browser(client: EventClient, until: Callable[[], bool]) -> float:
    """Do what the server asks a browser to do until something is true; return how long that took."""
    began = time.monotonic()
    async with asyncio.timeout(20):
        while not until():
            while client.answers:
                event = client.answers.pop(0)
                if event["name"].endswith((".refresh", ".put_away")):
                    await client.send(event["name"], **event["payload"])
            await asyncio.sleep(0.02)
    return time.monotonic() - began


def _standing(case: Case, client: EventClient) -> str:
    return str(case.row(client)["standing_text"])


@rule("11.4")
@pytest.mark.live
async def test_anothers_application_appears_by_itself_and_what_was_chosen_stays(live: Live, case: Case) -> None:
    async with tab(live, case.coordinator) as client:
        await client.open(f"{PATH}?kurss={case.course_id}&grupa={case.group_id}")
        assert len(client.var("RosterState.rows")) == 5
        assert "Var pieteikt" in _standing(case, client) or "Nav e-pasta" in _standing(case, client)
        await client.call(TOGGLE, until="RosterState.rows", row="1", is_shift=False)
        await asyncio.to_thread(_apply, case, case.ours)
        await _as_a_browser(client, lambda: _standing(case, client) == "Jau grupā")
        assert [row["is_chosen"] for row in client.var("RosterState.rows")] == [False, True, False, False, False]
        assert client.var("RosterState.chosen_count") == 1


@rule("11.5")
@pytest.mark.live
async def test_what_happens_at_another_institution_tells_nobody_here(live: Live, case: Case) -> None:
    async with tab(live, case.coordinator) as client:
        await client.open(PATH)
        client.answers.clear()
        deltas = len(client.deltas)
        await asyncio.to_thread(_apply, case, case.theirs)
        await client.settle(2)
        assert not [event for event in client.answers if event["name"].endswith(".refresh")]
        assert len(client.deltas) == deltas


@rule("11.5")
@pytest.mark.live
async def test_no_address_filter_or_argument_shows_another_institution(live: Live, case: Case) -> None:
    _apply(case, case.theirs)
    async with tab(live, case.coordinator) as client:
        for address in ("?q=slepen", "?q=svess", "?struktura=Slepen%C4%81%20da%C4%BCa", f"?macibas={case.course_id}",
                        f"?macibu_grupa={case.group_id}", "?karto=-position", "?iestade=1"):  # fmt: skip
            await client.open(PATH + address)
            await client.settle(0.2)
        for query in ("slep", "divdarbe", "sve"):
            await client.call(SEARCH, until="RosterState.rows", text=query)
        await client.call(VALUE, until="RosterState.rows", field="unit", value="Slepenā daļa")
        assert client.var("RosterState.rows") == []
        assert not [word for word in ("amatpersona", "Svešs", "Blakus iestāde") if word in client.everything()]


@rule("11.1")
@pytest.mark.live
async def test_the_end_of_a_coordinatorship_empties_an_open_tab(live: Live, live_engine: Engine, case: Case) -> None:
    async with tab(live, case.coordinator) as client:
        await client.open(PATH)
        await client.call(PAGE, until="RosterState.rows")
        await asyncio.to_thread(_end, live_engine, case.ours)
        await _as_a_browser(client, lambda: client.var("RosterState.rows") == [])
        for var in ("rows", "found", "choices", "panel", "chosen_count", "address"):
            assert "Aija" not in str(client.var(f"RosterState.{var}"))
        assert client.var("RosterState.chosen_count") == 0
        assert client.var("InstitutionState.desk")["name"] == ""
        await _as_a_browser(client, lambda: client.var("NoticeState.notice")["tone"] == "bad")
        await client.send(SEARCH, text="a")
        await client.settle(1)
        assert client.var("RosterState.rows") == []


def _end(engine: Engine, institution_id: int) -> None:
    with engine.begin() as connection:
        ended = text(
            "UPDATE coordinator SET ended_on = current_date - 1, from_on = current_date - 9 WHERE institution_id = :id"
        )
        connection.execute(ended, {"id": institution_id})


@rule("11.4")
@pytest.mark.live
async def test_keys_choose_ranges_and_all_who_were_found(live: Live, case: Case) -> None:
    async with tab(live, case.coordinator) as client:
        await client.open(PATH)
        await client.call(TOGGLE, until="RosterState.rows", row="1", is_shift=False)
        await client.call(KEY, until="RosterState.rows", key="ArrowDown", row="1")
        await client.call(TOGGLE, until="RosterState.rows", row="4", is_shift=True)
        assert client.var("RosterState.chosen_count") == 4
        await client.call(SEARCH, until="RosterState.rows", text="divdarbe")
        assert client.var("RosterState.chosen_count") == 4
        await client.call(KEY, until="RosterState.rows", key="a", row="0")
        assert client.var("RosterState.chosen_count") == 5


@rule("11.4")
@pytest.mark.live
async def test_the_spreadsheet_is_for_the_institutions_own_coordinator(live: Live, case: Case) -> None:
    async def ask(who: SignedIn, institution_id: int) -> tuple[int, bytes]:
        url = f"{live.address}/iestade/{institution_id}/darbinieki.xlsx?q=arhivs&slejas=unit"
        async with aiohttp.ClientSession(headers={"Cookie": who.cookie}) as http, http.get(url) as answer:
            return answer.status, await answer.read()

    status, book = await ask(case.coordinator, case.ours)
    rows = [[cell.value for cell in row] for row in openpyxl.load_workbook(io.BytesIO(book)).worksheets[0].iter_rows()]
    assert (status, len(rows), rows[1]) == (200, 5, ["Bruno A", "Arhīvs"])
    refusals = [
        await ask(case.other, case.ours),
        await ask(case.coordinator, case.theirs),
        await ask(case.coordinator, 10**15),
    ]
    assert {status for status, _ in refusals} == {403}
