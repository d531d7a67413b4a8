"""What an institution may know of its employees towards a group, for many at once (11.3, 11.5)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, text

from mps_app.core import riga
from mps_app.core.work import Work
from mps_app.models import (
    EMPLOYED,
    EMPLOYEE_NAME,
    HOLDING,
    ApplicationStatus,
    CourseGroup,
)
from mps_app.services import catalogue

_TAKEN = [*HOLDING, ApplicationStatus.WAITLISTED]

# What is not on the institution's account only says that it is there (11.5): neither which, nor whose.
_EMPLOYEES = text(f"""
    SELECT e.person_id, {EMPLOYEE_NAME},
           p.email_verified_at IS NOT NULL OR e.work_email IS NOT NULL,
           own.status, own.group_id, own.code, own.is_ours
    FROM employment e JOIN person p ON p.id = e.person_id AND p.anonymised_at IS NULL
    LEFT JOIN LATERAL (
        SELECT a.status, a.group_id, g.code, EXISTS (
            SELECT FROM institution_record r WHERE r.application_id = a.id AND r.institution_id = e.institution_id
        ) AS is_ours
        FROM application a JOIN course_group g ON g.id = a.group_id
        WHERE a.person_id = e.person_id AND a.course_id = :course_id AND a.status = ANY(:taken)
          AND (g.id = :group_id OR g.status IN ('open', 'confirmed', 'running'))
        ORDER BY a.group_id = :group_id DESC, is_ours DESC, a.id LIMIT 1) own ON true
    WHERE e.institution_id = :institution_id AND e.person_id = ANY(:person_ids) AND {EMPLOYED}
""").bindparams(  # noqa: S608  # our own condition
    bindparam("course_id"), bindparam("taken"), bindparam("group_id"), bindparam("institution_id"),
    bindparam("person_ids"), bindparam("today"),
)  # fmt: skip

_OVERLAPS = text("""
    SELECT DISTINCT ON (a.person_id) a.person_id, lower(wanted.during), c.title, c.title_en, EXISTS (
        SELECT FROM institution_record r WHERE r.application_id = a.id AND r.institution_id = :institution_id)
    FROM application a
    JOIN course_group g ON g.id = a.group_id AND g.status IN ('open', 'confirmed', 'running')
    JOIN course c ON c.id = a.course_id
    JOIN training_session s ON s.group_id = a.group_id AND s.withdrawn_at IS NULL
    JOIN training_session wanted ON wanted.group_id = :group_id AND wanted.withdrawn_at IS NULL
     AND wanted.during && s.during
    WHERE a.person_id = ANY(:person_ids) AND a.group_id <> :group_id AND a.course_id <> :course_id
      AND a.status IN ('pending_approval', 'registered', 'offered', 'waitlisted')
    ORDER BY a.person_id, lower(wanted.during), a.id
""").bindparams(bindparam("institution_id"), bindparam("group_id"), bindparam("course_id"), bindparam("person_ids"))


@dataclass(frozen=True, slots=True)
class Overlap:
    """A session at the same time; ``course`` only when the institution arranged it (11.5)."""

    day: date
    course: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """An employee towards a group; ``status`` of what they have in the course, ``is_ours`` on our account."""

    person_id: int
    name: str
    has_email: bool
    status: str = ""
    group_id: int = 0
    group_code: str = ""
    is_ours: bool = False
    overlap: Overlap | None = None

    @property
    def may_enter(self) -> bool:
        """Whether only places stand between the person and the group."""
        return self.has_email and not self.status


def candidates(
    work: Work, institution_id: int, group: CourseGroup, person_ids: Collection[int]
) -> dict[int, Candidate]:
    """Return today's employees among some people, as the institution may know them; others are absent."""
    asked = {
        "course_id": group.course_id,
        "taken": _TAKEN,
        "group_id": group.key,
        "institution_id": institution_id,
        "person_ids": list(person_ids),
        "today": riga.today(work.now),
    }
    rows = work.db.execute(_EMPLOYEES, asked).all()
    overlaps = _overlaps(work, asked)
    return {
        row[0]: Candidate(
            person_id=row[0],
            name=row[1],
            has_email=row[2],
            status=row[3] or "",
            group_id=row[4] or 0,
            group_code=row[5] or "",
            is_ours=bool(row[6]),
            overlap=overlaps.get(row[0]),
        )
        for row in rows
    }


def _overlaps(work: Work, asked: dict[str, object]) -> dict[int, Overlap]:
    wanted = ("institution_id", "group_id", "course_id", "person_ids")
    rows = work.db.execute(_OVERLAPS, {name: asked[name] for name in wanted})
    return {person_id: _overlap(work, at, *titles, is_ours=is_ours) for person_id, at, *titles, is_ours in rows}


def _overlap(work: Work, at: datetime, title: str, title_en: str, *, is_ours: bool) -> Overlap:
    return Overlap(riga.today(at), catalogue.title(work.language, title, title_en) if is_ours else "")
