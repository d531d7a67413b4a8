"""One person before one test: whose it is, what was drawn for a try, what is answered, and the hand-in (8.1)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from secrets import SystemRandom

from sqlalchemy import select
from sqlmodel import col

from mps_app.core.errors import NotFound
from mps_app.core.work import Fact, Work
from mps_app.models import TAKING_PART, Application, Exam, ExamAnswer, ExamAttempt, ExamInvitation, ExamQuestion
from mps_app.policy import Action, Subject, may
from mps_app.services.exams.rules import needed, score_of
from mps_app.services.exams.standing import ExamStanding, standings

_random = SystemRandom()


@dataclass(frozen=True, slots=True)
class ExamPassed(Fact):
    """Somebody passed the test; the certificate may follow at once (7.2)."""

    application_id: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """One question of a try, with its options in the order in which this try shows them."""

    question: ExamQuestion
    shown: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Sitting:
    """One invitation of the actor's: how it stands, and one of its tries with its questions and answers."""

    application: Application
    standing: ExamStanding
    attempt: ExamAttempt | None = None
    questions: Mapping[str, Drawn] = field(default_factory=dict)  # by the name of their field
    answers: Mapping[int, ExamAnswer] = field(default_factory=dict)  # by question

    @property
    def is_open(self) -> bool:
        """Whether the person still takes part."""
        return self.application.status in TAKING_PART

    def given(self, question_id: int) -> str:
        """Return the answer to a question as it is kept; empty when there is none."""
        answer = self.answers.get(question_id)
        return answer.value if answer else ""


def sitting(work: Work, invitation_id: int, *, locked: bool = False) -> Sitting:
    """Return an invitation of the actor's, with the try that is begun, or the one whose result is shown."""
    invitation = work.db.get(ExamInvitation, invitation_id, with_for_update=locked, populate_existing=locked)
    application = work.db.get(Application, invitation.application_id) if invitation else None
    if invitation is None or application is None:
        raise NotFound
    if not may(work.actor, Action.EXAM_TAKE, Subject(person_id=application.person_id)):
        raise NotFound
    standing = standings(work, [application.key])[application.key]
    attempt = standing.begun or standing.told
    if attempt is None:
        return Sitting(application, standing)
    return Sitting(application, standing, attempt, _drawn(work, attempt), answers_of(work, attempt))


def draw(work: Work, exam: Exam) -> list[list[object]]:
    """Return the questions of a new try, and the options of each, in the order that stays this try's own."""
    questions = list(_questions(work, exam.key))
    orders = {question.key: list(range(len(question.options))) for question in questions}
    if exam.is_shuffled:
        _random.shuffle(questions)
        for order in orders.values():
            _random.shuffle(order)
    return [[question.key, orders[question.key]] for question in questions]


def hand_in(work: Work, attempt: ExamAttempt, application_id: int, *, by_clock: bool = False) -> None:
    """Mark a try with what is saved; its row must be locked through its invitation."""
    if attempt.submitted_at is not None:
        return
    invitation = work.db.get_one(ExamInvitation, attempt.invitation_id)
    exam = work.db.get_one(Exam, invitation.exam_id)
    answers = answers_of(work, attempt)
    given = [
        (question, answers[question.key].value)
        for question in _questions(work, exam.key)
        if question.key in answers
    ]  # fmt: skip
    score = score_of(given)
    attempt.score, attempt.is_passed = score, score >= needed(attempt.points, exam.pass_percent)
    attempt.submitted_at = attempt.ends_at if by_clock and attempt.ends_at else work.now
    attempt.is_by_clock = by_clock
    work.db.flush()
    if attempt.is_passed:
        work.happened(ExamPassed(application_id))


def question_count(work: Work, exam: Exam) -> int:
    """Return how many questions there are."""
    return len(_questions(work, exam.key))


def points_of(work: Work, exam: Exam) -> int:
    """Return the points that can be had."""
    return sum(question.points for question in _questions(work, exam.key))


def answers_of(work: Work, attempt: ExamAttempt) -> dict[int, ExamAnswer]:
    """Return what is saved of a try, by question."""
    saved = select(ExamAnswer).where(col(ExamAnswer.attempt_id) == attempt.key)
    found = work.db.execute(saved.execution_options(populate_existing=True)).scalars()
    return {answer.question_id: answer for answer in found}


def _questions(work: Work, exam_id: int) -> list[ExamQuestion]:
    asked = select(ExamQuestion).where(col(ExamQuestion.exam_id) == exam_id).order_by(col(ExamQuestion.number))
    return list(work.db.execute(asked).scalars())


def _drawn(work: Work, attempt: ExamAttempt) -> dict[str, Drawn]:
    invitation = work.db.get_one(ExamInvitation, attempt.invitation_id)
    known = {question.key: question for question in _questions(work, invitation.exam_id)}
    return {f"q{attempt.key}-{key}": Drawn(known[key], tuple(shown)) for key, shown in attempt.drawn}
