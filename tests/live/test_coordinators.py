"""An ended coordinatorship ends in open tabs: the next event is refused, and what was shown is taken away (11.1)."""

import asyncio
from dataclasses import dataclass

import pytest
from sqlalchemy import Engine

from mps_app.core.actor import SYSTEM
from mps_app.core.work import begin
from mps_app.models import Institution
from mps_app.services import institutions
from mps_app.views.coordinators import EndForm
from tests.conftest import Live
from tests.event_client import EventClient, event_name
from tests.factories import make_coordinator, make_employment, make_institution, make_person
from tests.marks import rule
from tests.strangers.conftest import SignedIn, sign_in, tab

SEARCH, REFRESH = (
    event_name("mps_app.state.institution", "InstitutionState", name)
    for name in (
        "mps_app___state___coordinators____coordinators_state.search",
        "mps_app___state___coordinators____coordinators_state.refresh",
    )
)
LED_AWAY = "_redirect"
PUSHED_WITHIN = 5  # seconds


@dataclass(frozen=True)
class Case:
    """A coordinator who sits at an open page."""

    institution_id: int
    coordinator_id: int
    speaker: SignedIn

    def end(self) -> None:
        """The school ends it, elsewhere."""
        with begin(SYSTEM) as work:
            form = EndForm(coordinator_id=self.coordinator_id, reference="Rīkojums Nr. 9")
            institutions.end_as_school(work, form)


@pytest.fixture
def case(live_engine: Engine) -> Case:
    with begin(SYSTEM) as work:
        institution = make_institution(work, name="Atvērto logu iestāde")
        speaker = make_person(work, name="Lolita Logs", email="lolita@logs.example")
        colleague = make_person(work, name="Kārlis Kolēģis", email="karlis@logs.example")
        for person in (speaker, colleague):
            make_employment(work, person, institution)
        coordinator = make_coordinator(work, speaker, institution)
        found = (institution.key, coordinator.key, speaker.key)
    return Case(*found[:2], sign_in(found[2]))


async def _opened(client: EventClient) -> None:
    await client.open("/iestade/koordinatori")
    await client.settle()
    assert [row["name"] for row in client.var("CoordinatorsState.page")["speaking"]] == ["Lolita Logs"]


async def _told(client: EventClient) -> None:
    """Wait until the server has asked the browser to look again."""
    for _ in range(PUSHED_WITHIN * 10):
        if REFRESH in [answer["name"] for answer in client.answers]:
            return
        await asyncio.sleep(0.1)
    pytest.fail("the tab was not told")


@rule("11.1")
@pytest.mark.live
async def test_the_next_event_after_the_end_is_refused_and_the_page_emptied(
    live: Live, live_engine: Engine, case: Case
) -> None:
    async with tab(live, case.speaker) as client:
        await _opened(client)
        await client.call(SEARCH, until="CoordinatorsState.choices", words="kārlis")
        assert [one["name"] for one in client.var("CoordinatorsState.choices")] == ["Kārlis Kolēģis"]
        case.end()
        before = len(client.deltas)
        await client.send(SEARCH, words="kolēģis")
        await client.settle(1)
        assert "Kārlis" not in str(client.deltas[before:])
        assert LED_AWAY in [answer["name"] for answer in client.answers]
        assert client.var("CoordinatorsState.page")["speaking"] == []
        assert client.var("CoordinatorsState.choices") == []


@rule("11.1")
@pytest.mark.live
async def test_an_open_tab_is_told_of_the_end_by_itself(live: Live, live_engine: Engine, case: Case) -> None:
    async with tab(live, case.speaker) as client:
        await _opened(client)
        case.end()
        await _told(client)
        await client.send(REFRESH)  # what a browser does with it
        await client.settle(1)
        assert LED_AWAY in [answer["name"] for answer in client.answers]
        assert client.var("CoordinatorsState.page")["speaking"] == []


@rule("11.1")
@pytest.mark.live
async def test_another_tab_of_the_institution_sees_the_end_by_itself(
    live: Live, live_engine: Engine, case: Case
) -> None:
    with begin(SYSTEM) as work:
        second = make_person(work, name="Sanita Sēž", email="sanita@logs.example")
        institution = work.db.get_one(Institution, case.institution_id)
        make_coordinator(work, second, institution)
        second_id = second.key
    async with tab(live, sign_in(second_id)) as client:
        await client.open("/iestade/koordinatori")
        await client.settle()
        case.end()
        await _told(client)
        await client.call(REFRESH, until="CoordinatorsState.page")
        page = client.var("CoordinatorsState.page")
        assert [row["name"] for row in page["speaking"]] == ["Sanita Sēž"]
        assert [row["end_text"] for row in page["ended"]] == ["Rīkojums Nr. 9"]
