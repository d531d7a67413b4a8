"""Who is invited to a test and when, how often they are reminded, and what is due (8.1, 6.2, 7.3)."""

from datetime import timedelta

import pytest
from sqlmodel import select

from mps_app.core import riga
from mps_app.core.actor import SYSTEM
from mps_app.core.work import House, begin
from mps_app.models import Application, OutboxMessage
from mps_app.services import exams, my_training
from mps_app.services.my_training import due
from mps_app.views.exams import ExamPlan
from tasks.exams import send_reminders
from tests.conftest import Clock
from tests.factories import make_application, make_course, make_group, make_person, make_session
from tests.marks import rule
from tests.services.certificates.course import STAFF, hold_training, mark
from tests.services.exams.course import PLAN, define, invitation_of, invite, prepared, start, take


def letters(template: str) -> list[OutboxMessage]:
    with begin(SYSTEM) as work:
        found = work.db.exec(select(OutboxMessage).where(OutboxMessage.template == template))
        return sorted(found, key=lambda letter: letter.created_at)


def planned(timing: str, status: str, *, sessions: int = 1) -> Application:
    """An application to a group in some state, of a course with a test."""
    with begin(SYSTEM) as work:
        course = make_course(work, has_exam=True)
        group = make_group(work, course, status=status)
        for number in range(sessions):
            make_session(work, group, starts_at=work.now + timedelta(days=3 + number))
        person = make_person(work, name="Dana Dalībniece")
        exams.define(work, course.key, ExamPlan.read({**PLAN, "timing": timing}))
        return make_application(work, person, course, group=group)


@rule("8.1")
@pytest.mark.parametrize(
    ("timing", "status", "sessions", "count"),
    [
        ("before", "open", 1, 0),
        ("before", "confirmed", 1, 1),
        ("before", "running", 1, 1),
        ("before", "cancelled", 1, 0),
        ("after", "confirmed", 1, 0),
        ("after", "running", 1, 0),
        ("after", "confirmed", 0, 1),  # at one's own pace
        ("after", "completed", 1, 0),  # was not there
    ],
)
def test_a_test_is_invited_to_when_its_time_has_come(
    house: House, timing: str, status: str, sessions: int, count: int
) -> None:
    planned(timing, status, sessions=sessions)
    assert invite() == count
    assert invite() == 0
    assert len(letters("exam_invite")) == count


@rule("8.1")
def test_after_the_training_whoever_attended_is_invited_once(house: House) -> None:
    training = hold_training(3, has_exam=True)
    define(training)
    mark(training, who=[0, 1])
    assert invite() == 2
    assert invite() == 0
    found = letters("exam_invite")
    assert {letter.recipient for letter in found} == {"d0@iestade.example", "d1@iestade.example"}
    assert found[0].facts["path"] == f"/tests/{invitation_of(training)}"
    assert (found[0].facts["questions"], found[0].facts["tries"]) == (4, 2)


@rule("8.1")
@rule("7.3")
def test_a_reminder_comes_every_two_days_until_it_is_passed(house: House, clock: Clock) -> None:
    training = prepared(2)
    begun = riga.today(clock.now)
    take(training, 1)
    for _ in range(5 * 24):
        clock.advance(hours=1)
        send_reminders()
    take(training, 0)
    for _ in range(5 * 24):
        clock.advance(hours=1)
        send_reminders()
    found = letters("exam_reminder")
    assert [(riga.today(letter.created_at) - begun).days for letter in found] == [2, 4]
    assert {letter.recipient for letter in found} == {"d0@iestade.example"}
    assert {riga.to_riga(letter.created_at).hour for letter in found} <= {9, 10}


@rule("8.1")
def test_whoever_has_no_try_left_is_not_reminded_and_it_is_not_due(house: House, clock: Clock) -> None:
    training = prepared()
    for _ in range(2):
        take(training, right=0)
    clock.advance(days=3)
    send_reminders()
    assert letters("exam_reminder") == []
    with begin(training.actor(0)) as work:
        assert exams.due_for(work) == []


@rule("8.1")
def test_staff_can_end_the_reminders_of_one_person(house: House, clock: Clock) -> None:
    training = prepared()
    with begin(STAFF) as work:
        exams.stop_reminders(work, training.applications[0].key, "ilgstoša slimība")
    clock.advance(days=3)
    send_reminders()
    assert letters("exam_reminder") == []


@rule("6.2")
@rule("4.11")
def test_what_waits_is_due_with_its_tries_and_the_day_of_the_reminder(house: House) -> None:
    training = prepared()
    with begin(training.actor(0)) as work:
        [task] = [one for one in my_training.home_page(work).tasks if one.path.startswith("/tests/")]
    assert task.title == "Nokārtojiet testu „Noslēguma tests”"
    assert task.sentence.endswith("atlikuši 2 mēģinājumi.")
    assert (task.action, task.consequence) == ("Kārtot testu", "Bez tā sertifikātu neizsniedz.")
    assert task.when_text == "Nākamais atgādinājums 9.\u00a0septembrī."
    start(training)
    with begin(SYSTEM) as work:
        [begun] = [one for one in due.tasks(work, training.people[0].key) if one.path.startswith("/tests/")]
    assert (begun.action, "iesākts" in begun.sentence) == ("Turpināt", True)
    take(training)
    with begin(training.actor(0)) as work:
        assert exams.due_for(work) == []


@rule("8.1")
def test_the_card_of_the_past_day_leads_to_the_test(house: House) -> None:
    training = prepared()
    with begin(training.actor(0)) as work:
        scale = my_training.open_scale(work)
        day = riga.today(training.sessions[1].starts_at).toordinal()
        [card] = my_training.day_card(work, day, scale.marks).sessions
    assert ("Kārtot testu", f"/tests/{invitation_of(training)}") in [(door.title, door.path) for door in card.doors]


@rule("8.1")
def test_a_confirmed_group_and_recorded_attendance_wake_the_invitations(house: House) -> None:
    from mps_app.services import attendance, groups
    from mps_app.services.reactions import REACTIONS

    assert exams.invite_soon in REACTIONS[groups.GroupConfirmed]
    assert exams.invite_soon in REACTIONS[attendance.AttendanceRecorded]
