"""What a certificate takes (7.2, invariant 4): one rule for issuing it and for saying what is still missing (4.11)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlmodel import col

from mps_app.core.work import Work
from mps_app.models import TAKING_PART, Application, Course, CourseGroup, EvaluationInvitation, GroupStatus
from mps_app.services import attendance, exams


@dataclass(frozen=True, slots=True)
class Standing:
    """How an application stands towards its certificate."""

    is_over: bool  # the group is completed
    presence: attendance.Presence
    percent_needed: int
    has_exam: bool
    answered_on: date | None
    exam: exams.ExamStanding | None = None

    @property
    def attended_enough(self) -> bool:
        """Whether attendance reaches the course's threshold."""
        return self.presence.reaches(self.percent_needed)

    @property
    def passed_exam(self) -> bool:
        """Whether the test is passed, where the course demands one (8.1)."""
        return not self.has_exam or (self.exam is not None and self.exam.is_passed)

    @property
    def awaits_questionnaire(self) -> bool:
        """Whether the certificate will come once the questionnaire is filled in: nothing else is in its way."""
        return self.answered_on is None and self.passed_exam and (self.attended_enough or not self.is_over)

    @property
    def is_earned(self) -> bool:
        """Whether everything is there."""
        return self.is_over and self.attended_enough and self.passed_exam and self.answered_on is not None


def standings(work: Work, application_ids: Collection[int]) -> dict[int, Standing]:
    """Return how applications stand; those that ended or have no group are left out."""
    rows = work.db.execute(
        select(
            col(Application.id), col(CourseGroup.status), col(Course.attendance_percent), col(Course.has_exam),
            col(EvaluationInvitation.answered_on),
        )
        .join(CourseGroup, col(CourseGroup.id) == col(Application.group_id))
        .join(Course, col(Course.id) == col(Application.course_id))
        .outerjoin(EvaluationInvitation, col(EvaluationInvitation.application_id) == col(Application.id))
        .where(col(Application.id).in_(application_ids), col(Application.status).in_(TAKING_PART))
    ).all()  # fmt: skip
    presences = attendance.presence_of(work, application_ids)
    taken = exams.standings(work, application_ids)
    return {
        key: Standing(status == GroupStatus.COMPLETED, presences[key], percent, has_exam, answered_on, taken.get(key))
        for key, status, percent, has_exam, answered_on in rows
    }
