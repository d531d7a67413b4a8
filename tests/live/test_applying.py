"""Applying through the event sockets of the live system: a session that ends in the middle loses nothing (1.4)."""

from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import Engine, text

from mps_app.core.actor import SYSTEM
from mps_app.core.work import begin
from tests.conftest import Live
from tests.event_client import EventClient, event_name
from tests.factories import make_course, make_employment, make_group, make_institution, make_person, make_session
from tests.marks import rule
from tests.strangers.conftest import SignedIn, sign_in, tab


def apply_event(name: str) -> str:
    return event_name("mps_app.state.apply", "ApplyState", name)


OPEN, CONFIRM, WAIT = map(apply_event, ("open", "confirm", "wait_for_next"))


@dataclass(frozen=True)
class Case:
    """Somebody about to apply."""

    code: str
    course_id: int
    group_id: int
    institution_id: int
    person: SignedIn

    def form(self, **typed: str) -> dict[str, object]:
        """Return the form as a browser wraps it."""
        return {"__reflex_form_data__": self.pairs(**typed)}

    def pairs(self, **typed: str) -> list[list[object]]:
        """Return what is in the form; a field that is not on the screen is null."""
        sides = {"course_id": self.course_id, "group_id": self.group_id, "payer": "institution"}
        fields = sides | {"institution_id": self.institution_id, "agreed": "on"} | typed
        return [[name, str(value)] for name, value in fields.items()] + [["street", None]]


@pytest.fixture
def case(live_engine: Engine) -> Case:
    with begin(SYSTEM) as work:
        institution = make_institution(work, name="Pazudušo sesiju iestāde")
        person = make_person(work, name="Sandra Sesija", email="sandra@iestade.example")
        make_employment(work, person, institution)
        course = make_course(work)
        group = make_group(work, course)
        make_session(work, group)
        found = (course.code, course.key, group.key, institution.key, person.key)
    return Case(*found[:4], sign_in(found[4]))


def _applications(engine: Engine, case: Case) -> list[str]:
    with engine.connect() as connection:
        asked = text("SELECT adjustments FROM application WHERE person_id = :id")
        return list(connection.execute(asked, {"id": case.person.person_id}).scalars())


def _let_session_run_out(engine: Engine, case: Case) -> None:
    with engine.begin() as connection:
        silent = text("UPDATE sign_in SET last_seen_at = now() - interval '1 day' WHERE person_id = :id")
        connection.execute(silent, {"id": case.person.person_id})


async def _opened(client: EventClient, case: Case) -> None:
    await client.open(f"/kurss/{case.code}")
    await client.call(OPEN, until="ApplyState.dialog", course_id=case.course_id, group_id=case.group_id)


@rule("1.4")
@rule("4.1")
@pytest.mark.live
async def test_a_session_that_ends_in_the_dialog_keeps_what_was_typed(
    live: Live, live_engine: Engine, case: Case
) -> None:
    async with tab(live, case.person) as client:
        await _opened(client, case)
        _let_session_run_out(live_engine, case)
        await client.send(CONFIRM, form=case.form(adjustments="indukcijas cilpa"))
        await client.settle(1)
        assert "/pieslegties" in client.everything()
        assert "beigusies=saglabats" in client.everything()
    assert _applications(live_engine, case) == []
    again = Case(case.code, case.course_id, case.group_id, case.institution_id, sign_in(case.person.person_id))
    async with tab(live, again.person) as client:
        await client.open(f"/kurss/{case.code}")
        await client.settle(1)
        assert client.var("ApplyState.is_open") is True
        assert client.var("ApplyState.dialog")["group_id"] == case.group_id
        assert client.var("ApplyState.choice")["adjustments"] == "indukcijas cilpa"
        await client.call(CONFIRM, until="ApplyState.receipt", form=case.form(adjustments="indukcijas cilpa"))
        assert client.var("ApplyState.receipt")["outcome"] == "registered"
    assert _applications(live_engine, case) == ["indukcijas cilpa"]


@rule("4.1")
@pytest.mark.live
async def test_who_does_not_agree_to_the_terms_is_told_beside_the_box(
    live: Live, live_engine: Engine, case: Case
) -> None:
    form = {"__reflex_form_data__": [pair for pair in case.pairs() if pair[0] != "agreed"]}
    async with tab(live, case.person) as client:
        await _opened(client, case)
        await client.call(CONFIRM, until="ApplyState.problems", form=form)
        assert client.var("ApplyState.problems")["agreed"].startswith("Izlasiet mācību noteikumus")
    assert _applications(live_engine, case) == []


@rule("2.2")
@rule("4.1")
@pytest.mark.live
async def test_everything_that_is_wrong_is_told_at_once(live: Live, live_engine: Engine, case: Case) -> None:
    pairs = [pair for pair in case.pairs(payer="person") if pair[0] not in ("agreed", "street")]
    form = {"__reflex_form_data__": [*pairs, ["street", "Raiņa iela 1"], ["city", ""], ["postal_code", "10"]]}
    async with tab(live, case.person) as client:
        await _opened(client, case)
        await client.call(CONFIRM, until="ApplyState.problems", form=form)
        problems = client.var("ApplyState.problems")
    assert {name for name, words in problems.items() if words} == {"agreed", "city", "postal_code"}
    assert _applications(live_engine, case) == []


@rule("4.1")
@pytest.mark.live
async def test_nobody_waits_for_the_next_group_without_having_been_asked(
    live: Live, live_engine: Engine, case: Case
) -> None:
    async with tab(live, case.person) as client:
        await _opened(client, case)
        await client.send(WAIT)
        await client.settle(1)
    assert _applications(live_engine, case) == []


async def _led_to(client: EventClient) -> str:
    """Return where the server has sent the browser."""
    await client.settle(1)
    return next(str(answer["payload"]["path"]) for answer in client.answers if answer["name"] == "_redirect")


@rule("1.4")
@rule("4.1")
@pytest.mark.live
@pytest.mark.parametrize("page", ["/kurss/{code}", "/katalogs?temats=X,Y"])
async def test_what_a_visitor_pressed_goes_on_after_signing_in(
    live: Live, live_engine: Engine, case: Case, page: str
) -> None:
    page = page.format(code=case.code)
    async with tab(live) as visitor:
        await visitor.open(page)
        await visitor.send(OPEN, course_id=case.course_id, group_id=case.group_id)
        back = parse_qs(urlsplit(await _led_to(visitor)).query)["uz"][0]
    async with tab(live) as still_a_visitor:
        await still_a_visitor.open(back)
        await still_a_visitor.settle(1)
        assert not still_a_visitor.var("ApplyState.is_open")
        assert not still_a_visitor.var("NoticeState.notice")["text"]
    async with tab(live, case.person) as client:
        await client.open(back)
        assert await _led_to(client) == page  # without what was pressed: a reload opens nothing again
        assert client.var("ApplyState.is_open") is True
        assert client.var("ApplyState.dialog")["group_id"] == case.group_id
    assert _applications(live_engine, case) == []


@rule("3.5")
@pytest.mark.live
@pytest.mark.parametrize("pressed", ["{hidden}-0", "999999999-1", "x", "-", "0-0-0"])
async def test_an_address_opens_no_course_that_the_person_may_not_know(live: Live, case: Case, pressed: str) -> None:
    with begin(SYSTEM) as work:
        hidden = make_course(work, audience=[make_institution(work)]).key
    async with tab(live, case.person) as client:
        await client.open("/katalogs?pieteikties=" + pressed.format(hidden=hidden))
        await client.settle(1)
        assert not client.var("ApplyState.is_open")
        assert client.var("NoticeState.notice")["text"].startswith("Meklētais nav atrasts")


@rule("1.5")
@pytest.mark.live
async def test_who_does_not_want_another_email_after_all_keeps_the_one_there_was(live: Live, case: Case) -> None:
    async with tab(live, case.person) as client:
        await _opened(client, case)
        email = client.var("ApplyState.dialog")["email"]
        await client.call(apply_event("choose_payer"), until="ApplyState.choice", payer="person")
        await client.call(apply_event("change_email"), until="ApplyState.choice")
        form = {"email": "cita@adrese.example"}
        await client.call(apply_event("send_code"), until="ApplyState.choice", form=form)
        assert client.var("ApplyState.choice")["awaited_email"] == form["email"]
        await client.call(apply_event("keep_email"), until="ApplyState.choice")
        choice = client.var("ApplyState.choice")
        assert (choice["changes_email"], choice["awaited_email"], choice["payer"]) == (False, "", "person")
        await client.call(OPEN, until="ApplyState.dialog", course_id=case.course_id, group_id=case.group_id)
        assert client.var("ApplyState.dialog")["email"] == email
