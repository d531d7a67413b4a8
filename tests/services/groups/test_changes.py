"""Changes of date, time and place (5.3, 5.4)."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from mps_app.core.errors import NotFound
from mps_app.core.work import begin
from mps_app.models import CourseGroup, Room, TrainingSession
from mps_app.services import groups
from mps_app.services.groups.refusals import LecturerBusy, RoomTaken
from mps_app.views.groups import SessionMove, SessionPlan
from tests import factories
from tests.conftest import Clock
from tests.marks import rule
from tests.services.applications.conftest import School
from tests.services.groups.test_life import _plan


def _session(school: School, group: CourseGroup) -> TrainingSession:
    with begin(school.staff) as work:
        return work.db.exec(select(TrainingSession).where(col(TrainingSession.group_id) == group.key)).one()


def _move(school: School, group: CourseGroup, *, hours: float = 0, room: Room | None = None, reason: str = "") -> None:
    session = _session(school, group)
    moved = SessionMove(
        session_id=session.key,
        starts_at=session.starts_at + timedelta(hours=hours),
        ends_at=session.ends_at + timedelta(hours=hours),
        room_id=room.key if room else session.room_id,
    )
    with begin(school.staff) as work:
        groups.change_sessions(work, group.key, [moved], reason)


@rule("5.3")
def test_everybody_is_told_what_changed_and_calendars_follow(school: School) -> None:
    group, anna, waiting = school.group(maximum=1), school.employee(), school.employee("Berta Otrā")
    school.apply(anna, group), school.apply(waiting, group)
    before = _session(school, group)
    with begin(school.staff) as work:
        room = factories.make_room(work, city="Cēsis", name="205. telpa")
    _move(school, group, hours=3, room=room, reason="Remonts")
    told = school.mails("group_changed")
    assert {(mail.recipient, mail.facts["audience"]) for mail in told} == {
        ("anna@iestade.example", "participant"),
        ("berta@iestade.example", "participant"),
        ("ilze@iestade.example", "coordinator"),
    }
    [change] = told[0].facts["changes"]
    assert change["old"]["uid"] == change["new"]["uid"] == before.uid
    assert (change["old"]["sequence"], change["new"]["sequence"]) == (0, 1)
    assert change["new"]["place"] == "Raiņa bulvāris 4, Cēsis, 205. telpa"
    assert told[0].facts["reason"] == "Remonts"
    assert school.audited("changed_sessions")[0].changes["changes"] == told[0].facts["changes"]


@rule("5.3")
def test_a_change_to_the_same_tells_nobody(school: School) -> None:
    group, anna = school.group(), school.employee()
    school.apply(anna, group)
    _move(school, group)
    assert not school.mails("group_changed")
    assert _session(school, group).sequence == 0


@rule("4.7")
def test_who_agreed_to_a_date_may_leave_a_later_one(school: School) -> None:
    group = school.group()
    _move(school, group, hours=48)
    with begin(school.staff) as work:
        moved = work.db.get_one(CourseGroup, group.key).cancellation_deadline_at
    assert moved == group.cancellation_deadline_at + timedelta(hours=48)
    _move(school, group, hours=-24)
    with begin(school.staff) as work:
        assert work.db.get_one(CourseGroup, group.key).cancellation_deadline_at == moved


@rule("5.3")
def test_a_draft_changes_quietly(school: School) -> None:
    group = school.group(status="draft")
    _move(school, group, hours=1)
    assert not school.mails()


def test_a_session_of_another_group_is_not_found(school: School) -> None:
    group, other = school.group(), school.group()
    session = _session(school, other)
    move = SessionMove(session_id=session.key, starts_at=session.starts_at, ends_at=session.ends_at)
    with pytest.raises(NotFound), begin(school.staff) as work:
        groups.change_sessions(work, group.key, [move])


@rule("5.4")
def test_a_room_is_never_in_two_groups_at_once(school: School) -> None:
    with begin(school.staff) as work:
        room = factories.make_room(work)
        first, second = (factories.make_group(work, school.course) for _ in range(2))
        factories.make_session(work, first, room=room)
        factories.make_session(work, second)
    with pytest.raises(RoomTaken):
        _move(school, second, room=room)
    assert _session(school, second).sequence == 0


@rule("5.4")
def test_a_lecturer_is_never_in_two_groups_at_once(school: School, clock: Clock) -> None:
    with begin(school.staff) as work:
        lecturer = factories.make_lecturer(work)
        first, second = (factories.make_group(work, school.course) for _ in range(2))
        factories.make_session(work, first, lecturer=lecturer, starts_at=clock.now + timedelta(days=7))
        factories.make_session(work, second, lecturer=lecturer, starts_at=clock.now + timedelta(days=8))
    with pytest.raises(LecturerBusy):
        _move(school, second, hours=-24)
    plan = SessionPlan(
        starts_at=clock.now + timedelta(days=7),
        ends_at=clock.now + timedelta(days=7, hours=1),
        lecturer_ids=[lecturer.key],
    )
    with pytest.raises(LecturerBusy), begin(school.staff) as work:
        groups.plan_group(work, _plan(school, sessions=[plan]))


@rule("5.4")
def test_a_cancelled_group_leaves_its_room_to_others(school: School) -> None:
    with begin(school.staff) as work:
        room = factories.make_room(work)
        first, second = (factories.make_group(work, school.course) for _ in range(2))
        factories.make_session(work, first, room=room)
        factories.make_session(work, second)
    with begin(school.staff) as work:
        groups.cancel_group(work, first.key, "Nav dalībnieku")
    _move(school, second, room=room)
    assert _session(school, second).room_id == room.key


@rule("5.3")
def test_only_who_got_calendar_entries_gets_them_updated_and_withdrawn(school: School) -> None:
    group, anna, waiting = school.group(maximum=1), school.employee(), school.employee("Berta Otrā")
    school.apply(anna, group), school.apply(waiting, group)
    _move(school, group, hours=3)
    with begin(school.staff) as work:
        groups.cancel_group(work, group.key, "Pasniedzējs saslima")
    for template in ("group_changed", "group_cancelled"):
        had_calendar = {mail.recipient: mail.facts["was_confirmed"] for mail in school.mails(template)}
        assert had_calendar["anna@iestade.example"]
        assert not had_calendar["berta@iestade.example"]
