"""What was typed when a session ended waits a day for its person, and for nobody else."""

from datetime import timedelta

import pytest
from sqlmodel import select

from mps_app.core.actor import NOBODY, SYSTEM, Actor
from mps_app.core.work import House, begin
from mps_app.models import Draft
from mps_app.services import drafts, identity
from tasks.identity import clean_up
from tests.conftest import Clock
from tests.factories import actor, make_person
from tests.marks import rule

TYPED = {"form": {"question": "Kur ir telpa?"}}


@pytest.fixture
def anna(house: House) -> tuple[Actor, str]:
    """A person, and the token of a session."""
    with begin(SYSTEM) as work:
        person = make_person(work)
        return actor(person), identity.start_session(work, person.key, user_agent="", network_address="")


def kept(token: str, form: str, content: dict[str, object] = TYPED) -> bool:
    with begin(NOBODY) as work:
        return drafts.keep(work, token, form, content)


def taken(who: Actor, form: str) -> dict[str, object]:
    with begin(who) as work:
        return drafts.take(work, form)


@rule("1.4")
def test_it_is_given_back_once_to_its_person_alone(anna: tuple[Actor, str]) -> None:
    who, token = anna
    with begin(SYSTEM) as work:
        other = actor(make_person(work, name="Cits Cilvēks", email="cits@iestade.example"))
    assert kept(token, "help")
    assert not kept("nobody's", "help")
    assert (taken(NOBODY, "help"), taken(other, "help")) == ({}, {})
    assert (taken(who, "help"), taken(who, "help")) == (TYPED, {})


@rule("1.4")
@pytest.mark.parametrize(("hours", "given"), [(23, TYPED), (24, {})])
def test_after_a_day_it_is_given_to_nobody(
    anna: tuple[Actor, str], clock: Clock, hours: int, given: dict[str, object]
) -> None:
    who, token = anna
    kept(token, "help")
    clock.advance(hours=hours)
    assert taken(who, "help") == given


@rule("1.4", "4.13")
def test_after_a_day_nothing_of_it_is_left(anna: tuple[Actor, str], clock: Clock) -> None:
    _, token = anna
    kept(token, "apply")
    for hours, count in ((23, 1), (1, 0)):
        clock.advance(hours=hours)
        clean_up()
        with begin(SYSTEM) as work:
            assert len(work.db.exec(select(Draft)).all()) == count


@rule("1.4")
def test_who_holds_a_session_that_its_person_ended_puts_nothing_into_their_forms(anna: tuple[Actor, str]) -> None:
    who, token = anna
    with begin(who) as work:
        assert identity.end_other_sessions(work) == 1
    assert not kept(token, "profile_payer")
    assert taken(who, "profile_payer") == {}


@rule("1.4", "7.1")
def test_taking_one_form_leaves_the_others(anna: tuple[Actor, str]) -> None:
    who, token = anna
    kept(token, "evaluation 7")
    assert taken(who, "evaluation 8") == {}
    assert taken(who, "evaluation 7") == TYPED


@rule("1.6")
def test_a_person_has_a_few_at_most_the_newest(anna: tuple[Actor, str], clock: Clock) -> None:
    who, token = anna
    for number in range(12):
        clock.now += timedelta(seconds=1)
        kept(token, f"evaluation {number}")
    with begin(SYSTEM) as work:
        assert len(work.db.exec(select(Draft)).all()) == 10
    assert taken(who, "evaluation 1") == {}
    assert taken(who, "evaluation 11") == TYPED
