"""An application about to be made: by one person for themselves, or by a coordinator for many (4.1, 11.3)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import make_transient_to_detached

from mps_app.core.work import Work
from mps_app.models import Application, ApplicationStatus, Course, CourseGroup, PayerKind, Person
from mps_app.services import audit
from mps_app.services.applications import situation
from mps_app.services.applications.rules import Check, person_checks
from mps_app.views.institutions import Employer


@dataclass(frozen=True, slots=True)
class Wish:
    """Somebody's wish for a place, made by somebody allowed to make it."""

    course: Course
    who: situation.Applicant
    payer: PayerKind
    employer: Employer | None  # who pays, when an institution does
    by_coordinator: bool  # the paying institution's own: its consent is given, its nameless places may be named
    by_other: bool
    adjustments: str = ""
    coordinators: Sequence[Person] = ()  # the paying institution's, who hear of it at once

    @property
    def person_id(self) -> int:
        """Whose wish it is."""
        return self.who.person.key

    @property
    def institution_id(self) -> int | None:
        """On whose account."""
        return self.employer.institution_id if self.employer else None

    @property
    def needs_approval(self) -> bool:
        """Whether the institution still has to consent (4.8)."""
        return self.employer is not None and self.employer.needs_approval and not self.by_coordinator


_TABLE = Application.__table__  # type: ignore[attr-defined]
_WRITE = insert(_TABLE).returning(_TABLE.c.id, _TABLE.c.line_number, sort_by_parameter_order=True)


def price_of(course: Course, group: CourseGroup | None) -> int:
    """Return what a place costs: a group may have a price of its own."""
    return course.price_cents if group is None or group.price_cents is None else group.price_cents


def checks(wish: Wish, own: Sequence[situation.Own], group: CourseGroup | None) -> Mapping[Check, bool]:
    """Ask what a promotion asks too (4.6); waiting for the next group bars nobody from a place now (4.9)."""
    candidate = situation.candidate_of(wish.who, may_know_course=True, others=list(own))
    is_free = group is not None and not price_of(wish.course, group)  # the next one may have a price of its own
    return person_checks(candidate, wish.payer, wish.institution_id, by_other=wish.by_other, is_free=is_free)


def write(work: Work, wished: Sequence[tuple[Wish, ApplicationStatus]], group: CourseGroup | None) -> list[Application]:
    """Write the rows; their numbers in the order of arrival are drawn under the lock.

    All is known of them then, so the session takes them as read: a flush would hold everybody up for longer.
    """
    rows = [_row(work, wish, status, group) for wish, status in wished]
    drawn = work.db.execute(_WRITE, rows).all() if rows else []
    written = [Application(**row, id=key, line_number=line) for row, (key, line) in zip(rows, drawn, strict=True)]
    for application in written:
        make_transient_to_detached(application)
        work.db.add(application)
        if work.actor.person_id != application.person_id:
            changes = {"person_id": application.person_id, "status": application.status}
            audit.record(work, "applied", "application", application.key, **changes)
    return written


def _row(
    work: Work, wish: Wish, status: ApplicationStatus, group: CourseGroup | None
) -> dict[str, Any]:  # Any: what each column holds
    employment = wish.employer or next(iter(wish.who.employers), None)
    return {
        "person_id": wish.person_id,
        "course_id": wish.course.key,
        "group_id": group.key if group else None,
        "status": status,
        "payer_kind": wish.payer,
        "payer_institution_id": wish.institution_id,
        "payer": situation.payer_snapshot(wish.who, wish.payer, wish.employer),
        "employer": employment.name if employment else "",
        "unit": employment.unit if employment else "",
        "position": employment.position if employment else "",
        "price_cents": price_of(wish.course, group),
        "applied_by_id": work.actor.person_id,
        "adjustments": wish.adjustments,
        "is_for_next_group": group is None,
        "status_at": work.now,
        "created_at": work.now,
    }
