"""How people stand towards their tests (8.1): one answer for the certificate, for what is due, and for the start."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import col

from mps_app.core.work import Work
from mps_app.models import Exam, ExamAttempt, ExamInvitation


@dataclass(frozen=True, slots=True)
class ExamStanding:
    """One invitation, the test it asks for, and the tries so far, the first one first."""

    invitation: ExamInvitation
    exam: Exam
    attempts: tuple[ExamAttempt, ...] = ()

    @property
    def is_passed(self) -> bool:
        """Whether a try reached the line."""
        return any(attempt.is_passed for attempt in self.attempts)

    @property
    def begun(self) -> ExamAttempt | None:
        """The try that is not handed in yet."""
        return next((attempt for attempt in self.attempts if attempt.submitted_at is None), None)

    @property
    def told(self) -> ExamAttempt | None:
        """The try whose result is shown: the one that passed, or the last."""
        done = [attempt for attempt in self.attempts if attempt.submitted_at is not None]
        return max(done, key=lambda attempt: (bool(attempt.is_passed), attempt.number), default=None)

    @property
    def tries_left(self) -> int:
        """How often it can be begun yet."""
        return 0 if self.is_passed else self.allowed - len(self.attempts)

    @property
    def allowed(self) -> int:
        """How many tries there are in all."""
        return self.exam.attempts_allowed + self.invitation.extra_attempts

    @property
    def waits(self) -> bool:
        """Whether it can be passed yet: begun, or to be begun."""
        return not self.is_passed and (self.begun is not None or self.tries_left > 0)


def standings(work: Work, application_ids: Collection[int]) -> dict[int, ExamStanding]:
    """Return how those of the applications stand that were invited to a test."""
    rows = work.db.execute(
        select(ExamInvitation, Exam)
        .join(Exam, col(Exam.id) == col(ExamInvitation.exam_id))
        .where(col(ExamInvitation.application_id).in_(application_ids))
        .execution_options(populate_existing=True)
    ).all()
    tries = _attempts(work, [invitation.key for invitation, _ in rows])
    return {
        invitation.application_id: ExamStanding(invitation, exam, tuple(tries[invitation.key]))
        for invitation, exam in rows
    }


def _attempts(work: Work, invitation_ids: Collection[int]) -> dict[int, list[ExamAttempt]]:
    found: dict[int, list[ExamAttempt]] = defaultdict(list)
    for attempt in work.db.execute(
        select(ExamAttempt)
        .where(col(ExamAttempt.invitation_id).in_(invitation_ids))
        .order_by(col(ExamAttempt.number))
        .execution_options(populate_existing=True)
    ).scalars():
        found[attempt.invitation_id].append(attempt)
    return found
