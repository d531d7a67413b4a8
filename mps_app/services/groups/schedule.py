"""When and where a group meets, as messages and screens need it."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, text, update
from sqlmodel import col

from mps_app.core.work import Work
from mps_app.models import (
    CourseGroup,
    Lecturer,
    Person,
    SessionLecturer,
    TrainingSession,
)
from mps_app.services.groups.places import course_of
from mps_app.services.messages.templates import SessionFacts

MY_APPLICATIONS = "/pieteikumi"


_COLUMNS = """s.uid, s.sequence, s.number, s.title, lower(s.during), upper(s.during),
    coalesce(s.online_url, r.online_url), r.name, v.street, v.city"""
_HELD = """training_session s LEFT JOIN room r ON r.id = s.room_id LEFT JOIN venue v ON v.id = r.venue_id
    WHERE s.withdrawn_at IS NULL AND s.group_id"""
_IN_ORDER = "ORDER BY lower(s.during), s.id"

_SESSIONS = text(f"SELECT s.group_id, {_COLUMNS} FROM {_HELD} IN :ids {_IN_ORDER}").bindparams(  # noqa: S608  # our own
    bindparam("ids", expanding=True)
)

SESSIONS = f"(SELECT json_agg(json_build_array({_COLUMNS}) {_IN_ORDER}) FROM {_HELD} = :group_id)"  # noqa: S608  # our own
"""The sessions of a group within another statement, for ``session_facts``."""


def sessions_of(work: Work, group_ids: Collection[int]) -> dict[int, list[SessionFacts]]:
    """Return the sessions of groups in order, those withdrawn left out."""
    found: dict[int, list[SessionFacts]] = {group_id: [] for group_id in group_ids}
    for group_id, *session in work.db.execute(_SESSIONS, {"ids": list(found)}):
        found[group_id].append(session_facts(*session))
    return found


def session_facts(  # noqa: PLR0913, PLR0917  # as the database tells them
    uid: str,
    sequence: int,
    number: int,
    title: str,
    starts_at: datetime | str,
    ends_at: datetime | str,
    url: str | None,
    room: str | None,
    street: str | None,
    city: str | None,
) -> SessionFacts:
    """Return a session as messages and screens need it; an online room has an address to open, not to walk to."""
    place = ", ".join(part for part in (street, city, room) if part) if room and (city or street) else ""
    return SessionFacts.model_validate(
        {
            "uid": uid,
            "sequence": sequence,
            "number": number,
            "title": title,
            "starts_at": starts_at,
            "ends_at": ends_at,
            "place": place,
            "online_url": url,
        }
    )


def raise_sequence(work: Work, group_id: int) -> None:
    """Make what calendars are told from now on newer than all they were told before (5.3).

    Also when one person leaves: whoever leaves and comes back has seen the higher number.
    """
    work.db.execute(
        update(TrainingSession)
        .where(col(TrainingSession.group_id) == group_id, col(TrainingSession.withdrawn_at).is_(None))
        .values(sequence=TrainingSession.sequence + 1)
    )


def starts_at(sessions: Collection[SessionFacts]) -> datetime | None:
    """Return when the first session begins; nothing for self-paced courses."""
    return min((session.starts_at for session in sessions), default=None)


def group_facts(
    work: Work, group: CourseGroup, sessions: list[SessionFacts] | None = None
) -> dict[str, Any]:  # Any: the facts of a message
    """Return what every message about a group carries; ``sessions`` when they are at hand."""
    course = course_of(work, group)
    return {
        "course_title": course.title,
        "course_title_en": course.title_en,
        "path": MY_APPLICATIONS,
        "group_code": group.code,
        "sessions": sessions_of(work, [group.key])[group.key] if sessions is None else sessions,
    }


_TEACHES = col(Person.id).in_(
    select(col(Lecturer.person_id))
    .join(SessionLecturer, col(SessionLecturer.lecturer_id) == col(Lecturer.id))
    .join(TrainingSession, col(TrainingSession.id) == col(SessionLecturer.session_id))
    .where(col(TrainingSession.group_id) == bindparam("group_id"), col(TrainingSession.withdrawn_at).is_(None))
)
_BY_NAME = (col(Person.family_name), col(Person.given_name))
_LECTURERS = select(Person).where(_TEACHES).order_by(*_BY_NAME)
_LECTURER_NAMES = select(col(Person.given_name), col(Person.family_name)).where(_TEACHES).order_by(*_BY_NAME)


def lecturers_of(work: Work, group_id: int) -> list[Person]:
    """Return who teaches in a group, by name."""
    return list(work.db.execute(_LECTURERS, {"group_id": group_id}).scalars())


def lecturer_names(work: Work, group_id: int) -> list[str]:
    """Return the same names; nothing more is read of them, because it is asked while others wait for the group."""
    return [f"{given} {family}" for given, family in work.db.execute(_LECTURER_NAMES, {"group_id": group_id})]
