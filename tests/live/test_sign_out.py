"""A session that ends, ends in every tab that has it: they are told, emptied and led to the sign-in (1.4)."""

import asyncio

import pytest
from sqlalchemy import Engine

from mps_app.core.actor import SYSTEM, Actor
from mps_app.core.work import begin
from mps_app.services import identity
from tests.conftest import Live
from tests.event_client import EventClient, event_name
from tests.factories import make_person
from tests.marks import rule
from tests.strangers.conftest import SignedIn, sign_in, tab

END = event_name("mps_app.state.signed_in", "SignedInState", "end")
TOLD_WITHIN = 5  # seconds
EMAIL = "ivars@iziet.example"


@pytest.fixture
def sessions(live_engine: Engine) -> tuple[SignedIn, SignedIn]:
    """Two sessions of one person."""
    with begin(SYSTEM) as work:
        person_id = make_person(work, name="Ivars Izietošais", email=EMAIL).key
    return sign_in(person_id), sign_in(person_id)


def _sign_out(who: SignedIn) -> None:
    """End the session, as its person does in another tab."""
    with begin(SYSTEM) as work:
        actor: Actor = identity.actor_of(work, who.token)
    with begin(actor) as work:
        identity.sign_out(work)


async def _opened(client: EventClient) -> None:
    await client.open("/profils")
    assert EMAIL in str(client.state)


async def _is_told(client: EventClient) -> bool:
    for _ in range(TOLD_WITHIN * 10):
        if END in [answer["name"] for answer in client.answers]:
            return True
        await asyncio.sleep(0.1)
    return False


@rule("1.4")
@pytest.mark.live
async def test_signing_out_empties_the_other_tabs_and_leads_them_to_the_sign_in(
    live: Live, sessions: tuple[SignedIn, SignedIn]
) -> None:
    ended, other = sessions
    async with tab(live, ended) as client, tab(live, other) as elsewhere:
        await _opened(client)
        await _opened(elsewhere)
        await asyncio.to_thread(_sign_out, ended)
        assert await _is_told(client)
        await client.send(END)  # what a browser does with it
        await client.settle(1)
        assert EMAIL not in str(client.state)
        assert "Ivars" not in str(client.state)
        assert client.answers[-1]["payload"]["path"] == "/pieslegties?uz=%2Fprofils&beigusies=citur"
        assert END not in [answer["name"] for answer in elsewhere.answers]


@rule("1.4")
@pytest.mark.live
async def test_a_tab_that_was_not_connected_meanwhile_shows_nothing_when_it_comes_back(
    live: Live, sessions: tuple[SignedIn, SignedIn]
) -> None:
    async with tab(live, sessions[0]) as client:
        await _opened(client)
        await asyncio.to_thread(_sign_out, sessions[0])
        client.state.clear()
        await client.open("/katalogs")  # as a browser does when it has a connection again
        await client.settle(1)
        assert EMAIL not in str(client.state)


@rule("1.4")
@pytest.mark.live
async def test_a_tab_whose_session_lives_stays_as_it_is(live: Live, sessions: tuple[SignedIn, SignedIn]) -> None:
    async with tab(live, sessions[0]) as client:
        await _opened(client)
        await client.send(END)
        await client.settle(1)
        assert EMAIL in str(client.state)
        assert client.answers == []
