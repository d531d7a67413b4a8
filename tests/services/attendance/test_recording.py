"""Attendance is recorded by staff and by the group's lecturer, corrected in place, and written down (12.4)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from mps_app.core.actor import NOBODY, SYSTEM, Actor, Role
from mps_app.core.errors import Invalid, NotAllowed, NotFound
from mps_app.core.work import House, begin
from mps_app.models import Attendance, AuditEvent, Person
from mps_app.services import attendance
from mps_app.services.attendance.commands import SessionNotBegun
from tests.conftest import Clock
from tests.factories import actor, make_lecturer
from tests.marks import rule
from tests.services.certificates.course import STAFF, Training, hold_training, mark


def teacher(training: Training) -> Actor:
    with begin(SYSTEM) as work:
        return actor(work.db.get_one(Person, training.lecturers[0].person_id), Role.LECTURER)


def presence(training: Training) -> attendance.Presence:
    with begin(SYSTEM) as work:
        return attendance.presence_of(work, [training.applications[0].key])[training.applications[0].key]


@rule("12.4")
def test_the_groups_lecturer_and_staff_record_and_nobody_else(house: House) -> None:
    training = hold_training()
    session, application = training.sessions[0].key, training.applications[0].key
    with begin(SYSTEM) as work:
        other = actor(work.db.get_one(Person, make_lecturer(work, name="Cits Pasniedzējs").person_id), Role.LECTURER)
    for stranger in (NOBODY, training.actor(0), other):
        with pytest.raises(NotAllowed), begin(stranger) as work:
            attendance.record(work, session, {application: 240})
    for allowed, source in ((teacher(training), "lecturer"), (STAFF, "staff")):
        with begin(allowed) as work:
            attendance.record(work, session, {application: 240})
        with begin(SYSTEM) as work:
            assert work.db.exec(select(Attendance)).one().source == source


@rule("12.4")
def test_a_correction_replaces_and_is_written_down(house: House) -> None:
    training = hold_training()
    mark(training, minutes=240)
    mark(training, minutes=120)
    mark(training, minutes=120)
    assert presence(training) == attendance.Presence(240, 480)
    with begin(SYSTEM) as work:
        acts = work.db.exec(select(AuditEvent).where(AuditEvent.action == "attendance:record")).all()
    key = str(training.applications[0].key)
    assert [act.changes["minutes"][key] for act in acts] == [[None, 240], [None, 240], [240, 120], [240, 120]]


@rule("12.4")
def test_what_cannot_be_is_refused(house: House, clock: Clock) -> None:
    training, other = hold_training(), hold_training()
    session, application = training.sessions[0].key, training.applications[0].key
    for minutes in (-1, 241):
        with pytest.raises(Invalid), begin(STAFF) as work:
            attendance.record(work, session, {application: minutes})
    with pytest.raises(NotFound), begin(STAFF) as work:
        attendance.record(work, session, {other.applications[0].key: 10})
    clock.advance(days=-30)
    with pytest.raises(SessionNotBegun), begin(STAFF) as work:
        attendance.record(work, session, {application: 10})


@given(present=st.integers(0, 480), percent=st.integers(0, 100), hours=st.integers(1, 60))
def test_hours_attended_never_exceed_the_course_and_all_of_it_is_enough(present: int, percent: int, hours: int) -> None:
    some = attendance.Presence(present, 480)
    assert 0 <= some.hours_of(hours) <= hours
    assert attendance.Presence(480, 480).reaches(percent)
    assert some.reaches(percent) == (present / 480 >= percent / 100 or present * 100 == percent * 480)
