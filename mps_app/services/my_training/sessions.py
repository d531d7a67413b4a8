"""The sessions a person has a place in."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlmodel import col

from mps_app.core import riga
from mps_app.core.work import Work
from mps_app.models import (
    Application,
    ApplicationStatus,
    Course,
    CourseGroup,
    GroupStatus,
    Room,
    TrainingSession,
    Venue,
)
from mps_app.services import catalogue
from mps_app.text import say, say_n
from mps_app.views.my_training import SessionCard

_TAKING_PART = (ApplicationStatus.REGISTERED, ApplicationStatus.ATTENDED, ApplicationStatus.COMPLETED)


class Coming(NamedTuple):
    """One session to come, as the database tells it."""

    starts_at: datetime
    ends_at: datetime
    number: int
    of: int
    title: str
    title_en: str
    course_code: str
    form: str
    group_code: str
    online_url: str | None
    room: str | None
    street: str | None
    city: str | None


def coming_sessions(work: Work) -> list[Coming]:
    """Return the actor's sessions that have not ended yet, nearest first."""
    session = TrainingSession
    ends_at = func.upper(col(session.during))
    siblings = (
        select(func.count())
        .where(col(session.group_id) == col(CourseGroup.id), col(session.withdrawn_at).is_(None))
        .correlate(CourseGroup)
        .scalar_subquery()
    )
    rows = work.db.execute(
        select(
            func.lower(col(session.during)), ends_at, col(session.number), siblings,
            col(Course.title), col(Course.title_en), col(Course.code), col(Course.format), col(CourseGroup.code),
            func.coalesce(col(session.online_url), col(Room.online_url)),
            col(Room.name), col(Venue.street), col(Venue.city),
        )
        .join(CourseGroup, col(CourseGroup.id) == col(session.group_id))
        .join(Course, col(Course.id) == col(CourseGroup.course_id))
        .join(Application, col(Application.group_id) == col(CourseGroup.id))
        .outerjoin(Room, col(Room.id) == col(session.room_id))
        .outerjoin(Venue, col(Venue.id) == col(Room.venue_id))
        .where(
            col(Application.person_id) == work.actor.person_id,
            col(Application.status).in_(_TAKING_PART),
            col(CourseGroup.status) != GroupStatus.CANCELLED,
            col(session.withdrawn_at).is_(None),
            ends_at > work.now,
        )
        .order_by(func.lower(col(session.during)))
    )  # fmt: skip
    return [Coming(*row) for row in rows]


def cards(work: Work, coming: Sequence[Coming]) -> list[SessionCard]:
    """Return sessions as cards in the actor's language."""
    return [_card(work, one) for one in coming]


def _card(work: Work, one: Coming) -> SessionCard:
    day = riga.today(one.starts_at)
    place = ", ".join(part for part in (one.street, one.city, one.room) if part) if one.room else ""
    return SessionCard(
        day_text=riga.day_text(work.language, day),
        weekday_text=riga.weekday_text(work.language, day),
        distance_text=distance_text(work.language, day, riga.today(work.now)),
        time_text=riga.span_text(one.starts_at, one.ends_at),
        course_title=catalogue.title(work.language, one.title, one.title_en),
        course_path=f"/kurss/{one.course_code}",
        form=one.form,
        form_text=catalogue.form_text(work.language, one.form),
        number_text=say(work.language, "Session {number} of {of}", number=one.number, of=one.of),
        group_code=one.group_code,
        place_text=place,
        online_url=one.online_url or "",
    )


def distance_text(language: str, day: date, today: date) -> str:
    """Return how far a day is: *šodien*, *rīt*, *pēc 5 dienām*."""
    days = (day - today).days
    if days <= 0:
        return say(language, "today")
    if days == 1:
        return say(language, "tomorrow")
    return say_n(language, "in {n} day", "in {n} days", days)
