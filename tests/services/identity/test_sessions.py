"""Server-side sessions: limits, signing out, one's own list (1.4)."""

from datetime import date

import pytest
from sqlmodel import select

from mps_app.core.actor import NOBODY, Actor, Language, Role
from mps_app.core.errors import NotAllowed, SignInNeeded
from mps_app.core.work import House, begin
from mps_app.models import Coordinator, Institution, Person, RoleGrant, SignIn
from mps_app.services import identity
from tests.conftest import Clock
from tests.factories import make_person
from tests.marks import rule

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 Version/19.0 Mobile Safari/604.1"


@pytest.fixture
def anna(house: House) -> Person:
    with begin(NOBODY) as work:
        return make_person(work)


def session(person: Person, user_agent: str = FIREFOX) -> str:
    with begin(NOBODY) as work:
        return identity.start_session(work, person.key, user_agent=user_agent, network_address="", id_token="hint")


def who(token: str) -> Actor:
    with begin(NOBODY) as work:
        return identity.actor_of(work, token, "192.0.2.1", Language.EN)


@rule("1.4")
def test_a_session_ends_after_half_an_hour_of_silence(anna: Person, clock: Clock) -> None:
    token = session(anna)
    for _ in range(3):
        clock.advance(minutes=29)
        assert who(token).is_signed_in
    clock.advance(minutes=31)
    assert not who(token).is_signed_in


@rule("1.4")
def test_a_session_ends_after_ten_hours_however_busy(anna: Person, clock: Clock) -> None:
    token = session(anna)
    for _ in range(29):
        clock.advance(minutes=20)
        assert who(token).is_signed_in
    clock.advance(minutes=20)
    assert not who(token).is_signed_in


@rule("1.4")
def test_signing_out_ends_the_session_in_every_tab_and_gives_the_providers_hint_once(anna: Person) -> None:
    token = session(anna)
    with begin(who(token)) as work:
        assert identity.sign_out(work) == "hint"
    assert not who(token).is_signed_in  # whichever tab asks
    with begin(NOBODY) as work:
        assert identity.sign_out(work) == ""
        assert work.db.exec(select(SignIn.id_token_sealed)).one() is None


@rule("1.3")
def test_the_providers_token_is_sealed_and_forgotten_once_the_session_is_over(anna: Person, clock: Clock) -> None:
    session(anna)
    with begin(NOBODY) as work:
        sealed = work.db.exec(select(SignIn.id_token_sealed)).one()
        assert sealed is not None
        assert b"hint" not in sealed
        identity.clean_up(work)
        assert work.db.exec(select(SignIn.id_token_sealed)).one() is not None  # the person may still sign out
    clock.advance(minutes=31)
    with begin(NOBODY) as work:
        identity.clean_up(work)
        assert work.db.exec(select(SignIn.id_token_sealed)).one() is None


@rule("1.4")
def test_a_visitor_keeps_language_and_address(house: House) -> None:
    assert who("no such token") == Actor(language=Language.EN, network_address="192.0.2.1")


@rule("1.4")
def test_a_person_sees_own_sessions_this_one_first(anna: Person, clock: Clock) -> None:
    here = session(anna)
    clock.advance(minutes=5)
    session(anna, PHONE)
    with begin(NOBODY) as work:
        other = make_person(work, name="Cita Persona")
    session(other)
    with begin(who(here)) as work:
        rows = identity.own_sessions(work)
    assert [row.device_text for row in rows] == ["Firefox, Windows", "Safari, iPhone"]
    assert [row.is_current for row in rows] == [True, False]


@rule("1.4")
def test_a_person_ends_one_or_all_other_sessions(anna: Person) -> None:
    here, lost, third = session(anna), session(anna, PHONE), session(anna)
    with begin(who(here)) as work:
        identity.end_session(work, next(row.id for row in identity.own_sessions(work) if "iPhone" in row.device_text))
    assert [who(token).is_signed_in for token in (here, lost, third)] == [True, False, True]
    with begin(who(here)) as work:
        assert identity.end_other_sessions(work) == 1
    assert [who(token).is_signed_in for token in (here, third)] == [True, False]


@rule("1.4")
def test_nobody_ends_a_foreign_session(anna: Person) -> None:
    token = session(anna)
    with begin(NOBODY) as work:
        stranger = make_person(work, name="Svešs Cilvēks")
    sign_in_id = who(token).sign_in_id or 0
    for actor, refusal in ((who(session(stranger)), NotAllowed), (NOBODY, SignInNeeded)):
        for target in (sign_in_id, 10**9):
            with pytest.raises(refusal), begin(actor) as work:
                identity.end_session(work, target)
    assert who(token).is_signed_in


@rule("1.4")
@pytest.mark.parametrize("service", [identity.own_sessions, identity.end_other_sessions])
def test_a_visitor_has_no_sessions(house: House, service: object) -> None:
    with pytest.raises(SignInNeeded), begin(NOBODY) as work:
        service(work)  # type: ignore[operator]


@rule("16.1")
def test_roles_begin_and_end_at_midnight_in_riga(anna: Person, clock: Clock) -> None:
    with begin(NOBODY) as work:
        institution = Institution(registration_number="99990000018", name="Iestāde", name_folded="iestade")
        work.db.add(institution)
        work.db.flush()
        day = date(2026, 9, 8)
        work.db.add(RoleGrant(person_id=anna.key, role=Role.TRAINING, from_on=day, until_on=day))
        work.db.add(
            Coordinator(
                person_id=anna.key,
                institution_id=institution.key,
                nominated_on=date(2026, 9, 1),
                from_on=date(2026, 9, 8),
                confirmed_on=date(2026, 9, 2),
                ended_on=date(2026, 9, 9),
            )
        )
    clock.now = clock.now.replace(day=7, hour=20, minute=59)  # 23:59 in Riga
    assert who(session(anna)).roles == frozenset()
    clock.advance(minutes=1)
    assert who(session(anna)).roles == {Role.TRAINING, Role.COORDINATOR}
    assert who(session(anna)).institution_ids == {institution.id}
    clock.advance(hours=24)
    assert who(session(anna)).roles == frozenset()


@rule("1.4")
def test_cleaning_removes_what_is_over_and_nothing_else(anna: Person, clock: Clock) -> None:
    old = session(anna)
    with begin(Actor(network_address="192.0.2.9")) as work:
        identity.start_sign_in(work, "browser", "/")
    clock.advance(days=31)
    fresh = session(anna)
    with begin(NOBODY) as work:
        assert identity.clean_up(work) == 3  # the old session, the attempt, its counter
    with begin(NOBODY) as work:
        assert identity.clean_up(work) == 0
    assert not who(old).is_signed_in
    assert who(fresh).is_signed_in
