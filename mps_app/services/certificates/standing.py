"""What a certificate takes (7.2, invariant 4): one rule for issuing it and for saying what is still missing (4.11)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, text

from mps_app.core.work import Work
from mps_app.models import TAKING_PART, TRAINING_OVER
from mps_app.services import attendance, exams

_STANDINGS = text(f"""
    SELECT a.id, {TRAINING_OVER}, c.attendance_percent, c.has_exam, i.answered_on
    FROM application a JOIN course_group g ON g.id = a.group_id JOIN course c ON c.id = a.course_id
    LEFT JOIN evaluation_invitation i ON i.application_id = a.id
    WHERE a.id = ANY(:ids) AND a.status = ANY(:statuses)
""").bindparams(bindparam("ids"), statuses=list(TAKING_PART))  # noqa: S608  # our own condition


@dataclass(frozen=True, slots=True)
class Standing:
    """How an application stands towards its certificate."""

    is_over: bool  # the training is, for this person
    presence: attendance.Presence
    percent_needed: int
    has_exam: bool
    answered_on: date | None
    exam: exams.ExamStanding | None = None

    @property
    def is_at_own_pace(self) -> bool:
        """Whether there is nothing to be present at: the group never meets."""
        return not self.presence.total_minutes

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
    rows = work.db.execute(_STANDINGS, {"ids": list(application_ids)}).all()
    presences = attendance.presence_of(work, application_ids)
    taken = exams.standings(work, application_ids)
    return {
        key: Standing(is_over, presences[key], percent, has_exam, answered_on, taken.get(key))
        for key, is_over, percent, has_exam, answered_on in rows
    }
