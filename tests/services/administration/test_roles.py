"""Who is made one of the school's own, and by whom (16.1)."""

from datetime import timedelta

import pytest
from sqlmodel import select

from mps_app.core import riga
from mps_app.core.actor import NOBODY, SYSTEM, Actor, Role
from mps_app.core.codes import Unusable
from mps_app.core.errors import NotAllowed, NotFound
from mps_app.core.work import House, begin
from mps_app.models import AuditEvent, RoleGrant
from mps_app.services import administration, identity
from tests.factories import actor, make_person, unused_code
from tests.marks import rule


@pytest.fixture
def code(house: House) -> str:
    """The personal code of somebody who has signed in."""
    digits = unused_code()
    with begin(SYSTEM) as work:
        make_person(work, code=digits)
    return digits


def appointed(code: str, role: Role = Role.ADMIN, by: Actor = SYSTEM) -> str:
    with begin(by) as work:
        return administration.appoint(work, code, role)


@rule("16.1")
def test_who_is_appointed_holds_the_role_at_the_next_event(house: House, code: str) -> None:
    with begin(SYSTEM) as work:
        person = make_person(work, name="Cita Persona", code=(other := unused_code()))
        token = identity.start_session(work, person.key, user_agent="", network_address="")
    assert appointed(other, Role.TRAINING) == "Cita Persona"
    with begin(NOBODY) as work:
        assert identity.actor_of(work, token).roles == {Role.TRAINING}


@rule("16.1")
def test_twice_is_once_and_is_written_down_once(house: House, code: str) -> None:
    appointed(code)
    appointed(f"{code[:6]}-{code[6:]}")
    with begin(SYSTEM) as work:
        assert len(work.db.exec(select(RoleGrant)).all()) == 1
        assert [one.action for one in work.db.exec(select(AuditEvent))] == ["role:grant"]


@rule("16.1")
def test_a_role_that_was_to_begin_later_begins_today(house: House, code: str) -> None:
    with begin(SYSTEM) as work:
        today = riga.today(work.now)
        person = make_person(work, name="Cita Persona", code=(other := unused_code()))
        work.db.add(RoleGrant(person_id=person.key, role=Role.ADMIN, from_on=today + timedelta(days=9)))
        token = identity.start_session(work, person.key, user_agent="", network_address="")
    appointed(other)
    with begin(NOBODY) as work:
        assert identity.actor_of(work, token).roles == {Role.ADMIN}
        assert [one.from_on for one in work.db.exec(select(RoleGrant))] == [today]
        assert [one.action for one in work.db.exec(select(AuditEvent))] == ["role:grant"]


@rule("16.1")
def test_only_administrators_and_the_operator_appoint(house: House, code: str) -> None:
    with begin(SYSTEM) as work:
        staff = make_person(work, name="Dace Darbiniece")
    for role in (Role.TRAINING, Role.ACCOUNTANT, Role.PROJECTS):
        with pytest.raises(NotAllowed):
            appointed(code, by=actor(staff, role))
    assert appointed(code, by=actor(staff, Role.ADMIN))


@rule("16.1")
def test_unknown_people_no_codes_and_other_roles_are_refused(house: House, code: str) -> None:
    with pytest.raises(NotFound):
        appointed(unused_code())
    with pytest.raises(Unusable):
        appointed("12")
    with pytest.raises(NotFound):
        appointed(code, Role.COORDINATOR)
