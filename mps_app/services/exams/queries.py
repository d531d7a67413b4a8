"""What waits for a person, what is missing for the certificate, and what staff and the download are told (8.1)."""

from collections.abc import Collection

from sqlalchemy import exists, select
from sqlmodel import col

from mps_app.core import reminders
from mps_app.core.errors import NotFound
from mps_app.core.work import Work
from mps_app.models import (
    TAKING_PART,
    Application,
    Course,
    CourseGroup,
    Exam,
    ExamAnswer,
    ExamInvitation,
    ExamQuestion,
    ExamTiming,
    Person,
)
from mps_app.policy import Action, Subject, require
from mps_app.services import catalogue
from mps_app.services.exams.pages import tries_text
from mps_app.services.exams.result import answer_text, points_text
from mps_app.services.exams.standing import ExamStanding, standings
from mps_app.text import N_, say
from mps_app.views.applications import Step
from mps_app.views.exams import DueExam, ExamResultRow

_DONE, _NOW, _LATER, _MISSING = "done", "now", "later", "missing"


def due_for(work: Work, person_id: int | None = None) -> list[DueExam]:
    """Return the tests that wait for a person (the actor, unless named): what is reminded of, no more and no less."""
    whose = person_id or work.actor.person_id
    rows = work.db.execute(
        select(col(Application.id), Course, col(CourseGroup.code))
        .join(ExamInvitation, col(ExamInvitation.application_id) == col(Application.id))
        .join(Course, col(Course.id) == col(Application.course_id))
        .join(CourseGroup, col(CourseGroup.id) == col(Application.group_id))
        .where(col(Application.person_id) == whose, col(Application.status).in_(TAKING_PART))
        .order_by(col(ExamInvitation.invited_on), col(ExamInvitation.id))
    ).all()
    found = standings(work, [application_id for application_id, _, _ in rows])
    return [_due(work, found[key], course, code) for key, course, code in rows if found[key].waits]


def _due(work: Work, standing: ExamStanding, course: Course, group_code: str) -> DueExam:
    invitation, exam = standing.invitation, standing.exam
    return DueExam(
        id=invitation.key,
        application_id=invitation.application_id,
        title=catalogue.title(work.language, exam.title, exam.title_en),
        course_title=catalogue.title(work.language, course.title, course.title_en),
        group_code=group_code,
        path=f"/tests/{invitation.key}",
        tries_text=_standing_text(work, standing),
        reminder_text=reminders.next_reminder_text(work, invitation, is_done=False),
        is_begun=standing.begun is not None,
        is_needed=course.has_exam,
    )


def _standing_text(work: Work, standing: ExamStanding) -> str:
    if standing.begun is not None:
        return say(work.language, N_("begun and not handed in yet"))
    return tries_text(work, standing.tries_left)


def step(work: Work, course_id: int, standing: ExamStanding | None, *, is_at_own_pace: bool = False) -> Step:
    """Return the test as a step towards the certificate (4.11)."""
    title = say(work.language, N_("Test"))
    if standing is None:
        return Step(title=title, text=_not_invited(work, course_id, is_at_own_pace=is_at_own_pace), state=_LATER)
    told = standing.told
    if standing.is_passed and told is not None:
        text = say(
            work.language,
            N_("Passed: {points}, {percent} % needed"),
            points=points_text(work, told),
            percent=standing.exam.pass_percent,
        )
        return Step(title=title, text=text, state=_DONE)
    if not standing.waits:
        return Step(
            title=title, text=say(work.language, N_("Not passed, no tries left: ask the school")), state=_MISSING
        )
    waiting = say(work.language, N_("Waits for you: {tries}"), tries=_standing_text(work, standing))
    reminder = reminders.next_reminder_text(work, standing.invitation, is_done=False)
    return Step(title=title, text=f"{waiting}. {reminder}" if reminder else waiting, state=_NOW)


def _not_invited(work: Work, course_id: int, *, is_at_own_pace: bool) -> str:
    """Say when the test comes; honestly, when the school has not made one yet."""
    in_force = select(col(Exam.timing)).where(col(Exam.course_id) == course_id, col(Exam.is_in_force))
    timing = work.db.execute(in_force).scalar_one_or_none()
    if timing is None:
        return say(work.language, N_("The school has not prepared the test yet; the invitation will come by e-mail"))
    if timing == ExamTiming.BEFORE or is_at_own_pace:
        return say(work.language, N_("The invitation comes once the group is confirmed"))
    return say(work.language, N_("Comes after the last session"))


def results(work: Work, group_id: int) -> list[ExamResultRow]:
    """Return how a group's participants stand, for the school's staff alone (11.5): who, how far, how often."""
    require(work, Action.EXAM_READ, Subject())
    if work.db.get(CourseGroup, group_id) is None:
        raise NotFound
    rows = work.db.execute(
        select(col(Application.id), Person)
        .join(Person, col(Person.id) == col(Application.person_id))
        .where(
            col(Application.group_id) == group_id,
            exists().where(col(ExamInvitation.application_id) == col(Application.id)),
        )
        .order_by(col(Person.family_name), col(Person.given_name), col(Application.id))
    ).all()
    found = standings(work, [application_id for application_id, _ in rows])
    return [_row(work, key, person, found[key]) for key, person in rows]


def _row(work: Work, application_id: int, person: Person, standing: ExamStanding) -> ExamResultRow:
    told = standing.told
    return ExamResultRow(
        application_id=application_id,
        person_name=person.full_name,
        is_passed=standing.is_passed,
        score_text=points_text(work, told) if told else "",
        tries=len(standing.attempts),
        tries_left=standing.tries_left,
    )


def answers_in_words(work: Work, answer_ids: Collection[int]) -> dict[int, str]:
    """Return answers as they were given, in words: a place among options would say nothing to the person (2.6)."""
    rows = work.db.execute(
        select(ExamAnswer, ExamQuestion)
        .join(ExamQuestion, col(ExamQuestion.id) == col(ExamAnswer.question_id))
        .where(col(ExamAnswer.id).in_(answer_ids))
    )
    return {answer.key: answer_text(work, question, answer.value) for answer, question in rows}
