"""Recording who was there, by staff or by the lecturer of the group."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from mps_app.core.errors import DomainError, Invalid, NotFound
from mps_app.core.work import Fact, Work
from mps_app.models import (
    TAKING_PART,
    Application,
    ApplicationStatus,
    Attendance,
    AttendanceSource,
    TrainingSession,
)
from mps_app.policy import Action, Subject, require
from mps_app.services import audit, groups
from mps_app.text import N_

_EXPECTED = (*TAKING_PART, ApplicationStatus.NO_SHOW)  # who was marked absent may have been there after all


@dataclass(frozen=True, slots=True)
class AttendanceRecorded(Fact):
    """It is known who was in a session; questionnaires and certificates may follow."""

    group_id: int


class SessionNotBegun(DomainError):
    """Nobody can have attended what has not begun."""

    code = "session_not_begun"
    message = N_("Attendance can be recorded once the session has begun.")


def record(work: Work, session_id: int, minutes: Mapping[int, int]) -> None:
    """Record minutes present, by application; recorded again, they are corrected and both are kept in the audit."""
    session = work.db.get(TrainingSession, session_id)
    if session is None or session.withdrawn_at is not None:
        raise NotFound
    lecturers = frozenset(person.key for person in groups.lecturers_of(work, session.group_id))
    require(work, Action.ATTENDANCE_RECORD, Subject(lecturer_person_ids=lecturers))
    if session.starts_at > work.now:
        raise SessionNotBegun
    _check(work, session, minutes)
    by_lecturer = work.actor.person_id in lecturers
    source = AttendanceSource.LECTURER if by_lecturer else AttendanceSource.STAFF
    before = _write(work, session_id, minutes, source)
    changed = {str(key): [before.get(key), now] for key, now in minutes.items() if before.get(key) != now}
    if changed:
        audit.record(work, "attendance:record", "training_session", session_id, minutes=changed)
        work.happened(AttendanceRecorded(session.group_id))


def _check(work: Work, session: TrainingSession, minutes: Mapping[int, int]) -> None:
    """Refuse people of other groups and times that cannot be."""
    longest = int((session.ends_at - session.starts_at).total_seconds() // 60)
    own = set(
        work.db.execute(
            select(col(Application.id)).where(
                col(Application.group_id) == session.group_id, col(Application.status).in_(_EXPECTED)
            )
        ).scalars()
    )
    if not set(minutes) <= own:
        raise NotFound
    if not all(0 <= present <= longest for present in minutes.values()):
        raise Invalid({"minutes": N_("This is longer than the session lasted.")})


def _write(work: Work, session_id: int, minutes: Mapping[int, int], source: AttendanceSource) -> dict[int, int]:
    """Write the rows; return what they said before."""
    ordered = sorted(minutes)
    before = {
        row.application_id: row.present_minutes
        for row in work.db.execute(
            select(Attendance).where(
                col(Attendance.session_id) == session_id, col(Attendance.application_id).in_(ordered)
            )
        ).scalars()
    }
    if not ordered:
        return before
    written = {"recorded_by_id": work.actor.person_id, "source": source, "created_at": work.now}
    row = insert(Attendance).values(
        [
            {"application_id": key, "session_id": session_id, "present_minutes": minutes[key], **written}
            for key in ordered
        ]
    )
    kept = ("present_minutes", "recorded_by_id", "source")
    work.db.execute(
        row.on_conflict_do_update(
            index_elements=["application_id", "session_id"], set_={name: row.excluded[name] for name in kept}
        )
    )
    return before
