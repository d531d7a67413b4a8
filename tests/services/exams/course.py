"""A training with a test, and people who take it, as the tests of tests need them."""

import time
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlmodel import select

from mps_app.core.actor import SYSTEM, Actor
from mps_app.core.work import Work, begin
from mps_app.models import Application, Exam, ExamAnswer, ExamAttempt, ExamInvitation, ExamQuestion, ExamQuestionKind
from mps_app.services import exams
from mps_app.services.exams.rules import as_shown
from mps_app.services.exams.sitting import sitting
from mps_app.views.exams import ExamPlan
from tests.factories import LONG_AGO
from tests.services.certificates.course import Training, hold_training, mark

_PATIENCE_SECONDS = 10
SECRET = "Tikai pareizā atbilde"
PLAN: dict[str, Any] = {
    "timing": "after",
    "title": "Noslēguma tests",
    "title_en": "Final test",
    "attempts_allowed": 2,
    "pass_percent": 60,
    "time_limit_minutes": 20,
    "is_shuffled": True,
    "questions": [
        {"kind": "single", "wording": "Kas ir zaļš?", "topic": "Krāsas",
         "options": [{"text": "Debesis"}, {"text": "Zāle", "is_right": True}, {"text": "Sniegs"}, {"text": "Ogles"}]},
        {"kind": "multiple", "wording": "Kas peld?", "topic": "Dzīvnieki", "points": 2,
         "options": [{"text": "Pīle", "is_right": True}, {"text": "Krupis", "is_right": True}, {"text": "Kurmis"}]},
        {"kind": "number", "wording": "Cik ir divi ar pusi un divi?", "topic": "Skaitļi", "accepted": ["4.5"], "tolerance": "0.1"},
        {"kind": "words", "wording": "Kā sauc galvaspilsētu?", "topic": "Krāsas", "accepted": [SECRET, "Rīga"]},
    ],
}  # fmt: skip


def define(training: Training, **sides: object) -> int:
    """Give the course of a training a test."""
    with begin(SYSTEM) as work:
        return exams.define(work, training.course.key, ExamPlan.read({**PLAN, **sides}))


def invite() -> int:
    """Invite whoever is to take a test."""
    with begin(SYSTEM) as work:
        return exams.invite_due(work)


def prepared(people: int = 1, *, exam: Mapping[str, object] | None = None, **course_sides: object) -> Training:
    """Hold a training with a test; everybody was there and is invited to it."""
    training = hold_training(people, **{"has_exam": True, **course_sides})
    mark(training)
    define(training, **(exam or {}))
    invite()
    return training


def invitation_of(training: Training, number: int = 0) -> int:
    """Return somebody's invitation; on the live system another job may have held the application meanwhile."""
    mine = ExamInvitation.application_id == training.applications[number].key
    ends_at = time.monotonic() + _PATIENCE_SECONDS
    while True:
        with begin(SYSTEM) as work:
            found = work.db.exec(select(ExamInvitation).where(mine)).one_or_none()
        if found is not None:
            return found.key
        assert time.monotonic() < ends_at, "nobody was invited"
        time.sleep(0.05)
        invite()


def start(training: Training, number: int = 0) -> int:
    """Begin, or go on; return the try."""
    with begin(training.actor(number)) as work:
        return exams.start(work, invitation_of(training, number))


def right_answers(actor: Actor, invitation_id: int) -> dict[str, str]:
    """Return what is right for the try that is begun, by the names of its fields and as the browser would say it."""
    with begin(actor) as work:
        asked = sitting(work, invitation_id).questions
        return {key: as_shown(drawn.question.kind, _value(drawn.question), drawn.shown) for key, drawn in asked.items()}


def _value(question: ExamQuestion) -> str:
    chosen = question.kind in {ExamQuestionKind.SINGLE, ExamQuestionKind.MULTIPLE}
    return ",".join(question.accepted) if chosen else question.accepted[-1]


def take(training: Training, number: int = 0, *, right: int = 4) -> int:
    """Begin a try, answer as many questions rightly as named, hand it in; return the try."""
    invitation_id, attempt_id = invitation_of(training, number), start(training, number)
    answers = dict(list(right_answers(training.actor(number), invitation_id).items())[:right])
    with begin(training.actor(number)) as work:
        exams.save(work, invitation_id, answers)
    with begin(training.actor(number)) as work:
        exams.submit(work, invitation_id, attempt_id)
    return attempt_id


def begin_long_ago(work: Work, application: Application) -> None:
    """A try that should have been handed in half a year ago."""
    exam = Exam(
        course_id=application.course_id, version=1, timing="after", title="T", attempts_allowed=1, pass_percent=60
    )
    work.db.add(exam)
    work.db.flush()
    invitation = ExamInvitation(application_id=application.key, exam_id=exam.key, invited_on=LONG_AGO.date())
    work.db.add(invitation)
    work.db.flush()
    sides = {"started_at": LONG_AGO, "ends_at": LONG_AGO + timedelta(minutes=20), "points": 1}
    work.db.add(ExamAttempt(invitation_id=invitation.key, number=1, **sides))


def attempts() -> list[ExamAttempt]:
    """Return every try, the first one first."""
    with begin(SYSTEM) as work:
        return list(work.db.exec(select(ExamAttempt).order_by(ExamAttempt.id)))


def answers() -> list[ExamAnswer]:
    """Return every answer that is kept."""
    with begin(SYSTEM) as work:
        return list(work.db.exec(select(ExamAnswer).order_by(ExamAnswer.id)))
