"""A page that is not for its reader says so, whatever stands behind its address, and nothing of it stays (1.4, 11.1)."""

import pytest
from sqlalchemy import Engine, text

from mps_app.core.actor import SYSTEM
from mps_app.core.work import begin
from mps_app.services import institutions
from mps_app.views.coordinators import EndForm
from tests.conftest import Live
from tests.event_client import ON_LOAD, EventClient
from tests.factories import make_coordinator, make_institution, make_person
from tests.marks import rule
from tests.strangers.conftest import SignedIn, attacker, sign_in, tab, victim

__all__ = ["attacker", "victim"]

CLOSED = "SignedInState.is_turned_away"


async def _visit(client: EventClient, path: str) -> None:
    """Go to another page of the app, as its links do."""
    client.path = path
    await client.send(ON_LOAD)
    await client.settle()


def _foreign(engine: Engine, victim: SignedIn, table: str) -> int:
    asked = f"""SELECT max(i.id) FROM {table} i JOIN application a ON a.id = i.application_id
        WHERE a.person_id = :id"""
    with engine.connect() as connection:
        return int(connection.execute(text(asked), {"id": victim.person_id}).scalar_one())


@rule("7.1")
@rule("8.1")
@rule("11.1")
@pytest.mark.live
@pytest.mark.parametrize(
    "path", ["/iestade/darbinieki", "/iestade/koordinatori", "/skola/koordinatori", "/anketa/{id}", "/tests/{test}"]
)
async def test_every_page_that_is_not_for_its_reader_says_the_same(
    live: Live, live_engine: Engine, victim: SignedIn, attacker: SignedIn, path: str
) -> None:
    async with tab(live, attacker) as client:
        questionnaire = _foreign(live_engine, victim, "evaluation_invitation")
        test = _foreign(live_engine, victim, "exam_invitation")
        for ids in ({"id": questionnaire, "test": test}, {"id": 999_999_999, "test": 999_999_999}):
            await client.open("/profils")
            assert client.var(CLOSED) is False
            await _visit(client, path.format_map(ids))
            assert client.var(CLOSED) is True
            assert not client.var("NoticeState.notice")["text"]
            assert "_redirect" not in [answer["name"] for answer in client.answers]
        await _visit(client, "/profils")
        assert client.var(CLOSED) is False
        assert client.var("ProfileState.is_loaded") is True


@rule("11.1")
@pytest.mark.live
async def test_what_a_lost_role_has_shown_does_not_stay_behind_the_page(live: Live, live_engine: Engine) -> None:
    with begin(SYSTEM) as work:
        institution = make_institution(work, name="Aizvērto lapu iestāde")
        speaker = make_person(work, name="Aija Aizvērta", email="aija@aizverta.example")
        coordinator, person_id = make_coordinator(work, speaker, institution).key, speaker.key
    async with tab(live, sign_in(person_id)) as client:
        await client.open("/iestade/koordinatori")
        assert [row["name"] for row in client.var("CoordinatorsState.page")["speaking"]] == ["Aija Aizvērta"]
        await _visit(client, "/palidziba")
        with begin(SYSTEM) as work:
            institutions.end_as_school(work, EndForm(coordinator_id=coordinator, reference="Rīkojums Nr. 9"))
        await _visit(client, "/iestade/koordinatori")
        assert client.var(CLOSED) is True
        assert client.var("CoordinatorsState.page")["speaking"] == []
        assert client.var("InstitutionState.desk")["id"] == 0
