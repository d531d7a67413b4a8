"""Which groups take applications, by the same rule as the catalogue's button (3.4, 4.11)."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlmodel import col

from mps_app.core.work import Work
from mps_app.models import Application, ApplicationStatus, Course, CourseGroup, GroupStatus
from mps_app.services import catalogue, groups
from mps_app.services.messages.templates import SessionFacts


def door_facts(group: CourseGroup, sessions: Sequence[SessionFacts], line: int) -> catalogue.GroupFacts:
    """Return a group as the catalogue's rules know it."""
    return catalogue.GroupFacts(
        group_id=group.key,
        status=group.status,
        opens_at=group.registration_opens_at,
        closes_at=group.registration_closes_at,
        starts_at=groups.starts_at(sessions),
        maximum=group.maximum,
        places_taken=group.places_taken,
        has_line=line > 0,
    )


@dataclass(frozen=True, slots=True)
class Enterable:
    """A group that takes applications now, with the length of its line."""

    group: CourseGroup
    waiting: int
    sessions: list[SessionFacts]


def enterable(work: Work, *conditions: ColumnElement[bool]) -> list[Enterable]:
    """Return the groups, among those meant, that take applications now, by date."""
    waiting = (
        select(func.count())
        .where(
            col(Application.group_id) == col(CourseGroup.id),
            col(Application.status) == ApplicationStatus.WAITLISTED,
        )
        .correlate(CourseGroup)
        .scalar_subquery()
    )
    rows = work.db.execute(
        select(CourseGroup, waiting)
        .where(col(CourseGroup.status).in_([GroupStatus.OPEN, GroupStatus.CONFIRMED]), *conditions)
        .execution_options(populate_existing=True)
    ).all()
    sessions = groups.sessions_of(work, [group.key for group, _ in rows])
    found = [
        Enterable(group, line, sessions[group.key])
        for group, line in rows
        if catalogue.door_of(door_facts(group, sessions[group.key], line), work.now) in ENTERED
    ]
    return sorted(found, key=lambda one: (groups.starts_at(one.sessions) or work.now, one.group.key))


def open_groups(work: Work, course: Course) -> list[tuple[CourseGroup, int]]:
    """Return the groups of a course that take applications now, by date, each with the length of its line."""
    return [(one.group, one.waiting) for one in enterable(work, col(CourseGroup.course_id) == course.key)]


ENTERED = frozenset({catalogue.Door.FREE, catalogue.Door.LINE})
