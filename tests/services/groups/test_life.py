"""Groups live by themselves: minimum, clock, reminders (5.1, 5.2, 5.5, 5.6, 5.7)."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import col, select

from mps_app.core.actor import NOBODY, SYSTEM
from mps_app.core.errors import Invalid, NotAllowed, SignInNeeded
from mps_app.core.lifecycle import StepRefused
from mps_app.core.work import begin
from mps_app.models import CourseGroup, TrainingSession
from mps_app.services import groups
from mps_app.services.groups.refusals import NoSessions, TooFewPlaces
from mps_app.views.groups import GroupPlan, SessionMove
from tests import factories
from tests.conftest import Clock
from tests.marks import rule
from tests.services.applications.conftest import School
from tests.services.applications.test_at_once import one_amid_the_other


def _tick(school: School) -> int:
    with begin(SYSTEM) as work:
        return groups.move_clock(work)


def _status(school: School, group: CourseGroup) -> str:
    with begin(school.staff) as work:
        return work.db.get_one(CourseGroup, group.key).status


@rule("5.1")
def test_the_clock_starts_and_completes_a_group_and_twice_is_once(school: School, clock: Clock) -> None:
    group = school.group(status="confirmed", starts_in=1)
    assert _tick(school) == 0
    clock.advance(days=1)
    assert (_tick(school), _tick(school)) == (1, 0)
    assert _status(school, group) == "running"
    clock.advance(hours=4)
    assert (_tick(school), _tick(school)) == (1, 0)
    assert _status(school, group) == "completed"


@rule("5.1")
def test_a_clock_that_slept_makes_all_steps_at_once(school: School, clock: Clock) -> None:
    group = school.group(minimum=1, starts_in=1)
    school.fill(group, 1)
    clock.advance(days=9)
    assert _tick(school) == 1
    assert _status(school, group) == "completed"


@rule("5.1")
def test_a_group_that_is_moved_while_the_clock_waits_does_not_start(school: School, clock: Clock) -> None:
    group = school.group(status="confirmed", starts_in=1)
    clock.advance(days=1)
    with begin(school.staff) as work:
        session = work.db.exec(select(TrainingSession).where(col(TrainingSession.group_id) == group.key)).one()
    week = timedelta(days=7)
    later = SessionMove(session_id=session.key, starts_at=session.starts_at + week, ends_at=session.ends_at + week)
    one_amid_the_other(school.staff, lambda work: groups.change_sessions(work, group.key, [later]), groups.move_clock)
    assert _status(school, group) == "confirmed"


@rule("5.1")
def test_a_group_between_its_sessions_goes_on_running(school: School, clock: Clock) -> None:
    group = school.group(status="confirmed", starts_in=1)
    with begin(school.staff) as work:
        factories.make_session(work, group, starts_at=clock.now + timedelta(days=8))
    clock.advance(days=5)
    _tick(school)
    assert _status(school, group) == "running"


@rule("5.1")
def test_a_self_paced_group_never_starts_by_the_clock(school: School, clock: Clock) -> None:
    with begin(school.staff) as work:
        group = factories.make_group(work, school.course, status="confirmed")
    clock.advance(days=400)
    _tick(school)
    assert _status(school, group) == "confirmed"


@rule("5.2")
def test_the_clock_confirms_what_reached_its_minimum_otherwise(school: School) -> None:
    group = school.group(minimum=2)
    school.fill(group, 2)
    assert _tick(school) == 1
    assert _status(school, group) == "confirmed"
    assert len(school.mails("group_confirmed")) == 3  # two participants and the coordinator who pays


@rule("5.1")
def test_what_is_not_in_the_table_does_not_happen(school: School) -> None:
    over, draft = school.group(status="completed"), school.group(status="draft")
    for attempt in (groups.open_group, groups.confirm_group):
        with pytest.raises(StepRefused), begin(school.staff) as work:
            attempt(work, over.key)
    with pytest.raises(StepRefused), begin(school.staff) as work:
        groups.confirm_group(work, draft.key)
    with pytest.raises(StepRefused), begin(school.staff) as work:
        groups.cancel_group(work, over.key, "par vēlu")


@rule("5.7")
def test_staff_confirm_a_group_below_its_minimum(school: School) -> None:
    group, anna = school.group(minimum=5), school.employee()
    school.apply(anna, group)
    with begin(school.staff) as work:
        groups.confirm_group(work, group.key)
    assert len(school.mails("group_confirmed", anna)) == 1
    assert len(school.audited("confirmed")) == 1


@pytest.mark.parametrize(
    "service", ["open_group", "confirm_group", "cancel_group", "change_maximum", "change_sessions", "plan_group"]
)
def test_only_staff_decide_about_groups(school: School, service: str) -> None:
    group, anna = school.group(status="draft"), school.employee()
    words: dict[str, tuple[object, ...]] = {
        "cancel_group": (group.key, "x"),
        "change_maximum": (group.key, 5),
        "change_sessions": (group.key, []),
        "plan_group": (_plan(school),),
    }
    strangers = {factories.actor(anna): NotAllowed, NOBODY: SignInNeeded}
    for stranger, refusal in strangers.items():
        with pytest.raises(refusal), begin(stranger) as work:
            getattr(groups, service)(work, *words.get(service, (group.key,)))
    assert _status(school, group) == "draft"


def _plan(school: School, **more: object) -> GroupPlan:
    now = datetime.fromisoformat("2026-09-07T09:00:00+00:00")
    sides: dict[str, object] = {
        "course_id": school.course.key,
        "code": "JAUNA",
        "minimum": 1,
        "maximum": 2,
        "registration_opens_at": now,
        "registration_closes_at": now + timedelta(days=5),
        "cancellation_deadline_at": now + timedelta(days=5),
    }
    return GroupPlan.read(sides | more)


def test_a_group_to_be_attended_opens_only_with_dates(school: School) -> None:
    with begin(school.staff) as work:
        key = groups.plan_group(work, _plan(school))
    with pytest.raises(NoSessions), begin(school.staff) as work:
        groups.open_group(work, key)


@rule("4.3")
def test_places_are_never_cut_below_those_taken(school: School) -> None:
    group = school.group(maximum=5)
    school.fill(group, 3)
    with pytest.raises(TooFewPlaces), begin(school.staff) as work:
        groups.change_maximum(work, group.key, 2)
    with begin(school.staff) as work:
        groups.change_maximum(work, group.key, 3)
    assert school.audited("changed_maximum")[0].changes == {"before": 5, "after": 3}


@rule("5.3")
def test_a_cancelled_group_tells_everybody_why_and_frees_its_rooms(school: School) -> None:
    group, anna = school.group(minimum=1), school.employee()
    with begin(school.staff) as work:
        factories.make_session(
            work,
            group,
            room=factories.make_room(work),
            lecturer=factories.make_lecturer(work),
            starts_at=work.now + timedelta(days=31),
        )
    school.apply(anna, group)
    sent = {one["uid"]: one["sequence"] for one in school.mails("group_confirmed", anna)[0].facts["sessions"]}
    with pytest.raises(Invalid), begin(school.staff) as work:
        groups.cancel_group(work, group.key, " ")
    with begin(school.staff) as work:
        groups.cancel_group(work, group.key, "Saslimis pasniedzējs")
    told = school.mails("group_cancelled")
    assert sorted(mail.facts["audience"] for mail in told) == ["coordinator", "lecturer", "participant"]
    assert {mail.facts["reason"] for mail in told} == {"Saslimis pasniedzējs"}
    for session in told[0].facts["sessions"]:
        assert session["sequence"] > sent[session["uid"]]  # calendars withdraw it
    assert school.status(anna) == "cancelled"
    with begin(school.staff) as work:
        assert all(
            one.withdrawn_at
            for one in work.db.exec(select(TrainingSession).where(col(TrainingSession.group_id) == group.key))
        )


@rule("5.5")
@rule("5.6")
def test_reminders_go_out_three_working_days_and_one_day_before_once_each(school: School, clock: Clock) -> None:
    group, anna = school.group(status="confirmed", starts_in=7), school.employee()  # next Monday
    with begin(school.staff) as work:
        factories.make_session(
            work, group, lecturer=factories.make_lecturer(work), starts_at=clock.now + timedelta(days=8)
        )
    school.apply(anna, group)
    days = []
    for day in range(8):
        for _ in range(2):  # twice is once
            with begin(SYSTEM) as work:
                groups.send_reminders(work)
        days.append((day, len(school.mails("session_reminder", anna))))
        clock.advance(days=1)
    # Wednesday (two days on) is three working days before Monday; Sunday is the day before.
    assert [count for _, count in days] == [0, 0, 1, 1, 1, 1, 2, 2]
    audiences = [mail.facts["audience"] for mail in school.mails("session_reminder")]
    assert sorted(audiences) == ["coordinator", "coordinator", "lecturer", "lecturer", "participant", "participant"]


@rule("5.5")
def test_who_has_just_joined_is_not_reminded_of_the_past(school: School, clock: Clock) -> None:
    group = school.group(status="confirmed", starts_in=7)
    clock.advance(days=3)
    anna = school.employee()
    school.apply(anna, group)
    with begin(SYSTEM) as work:
        groups.send_reminders(work)
    assert not school.mails("session_reminder", anna)


@rule("5.7")
def test_staff_are_alerted_once_when_the_decision_date_comes(school: School, clock: Clock) -> None:
    school.group(minimum=5, decision_on=clock.now.date() + timedelta(days=2))
    for day in range(4):
        with begin(SYSTEM) as work:
            assert groups.alert_undecided(work) == (1 if day >= 2 else 0)
        clock.advance(days=1)
    [mail] = school.mails("staff_alert_minimum")
    assert (mail.facts["why"], mail.facts["participants"]) == ("decision_due", 0)
