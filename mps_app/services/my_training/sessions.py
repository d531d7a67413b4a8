"""The sessions of a person: those attended, those to come, and those to come that the school has called off."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, or_, select
from sqlalchemy.dialects.postgresql import Range
from sqlmodel import col

from mps_app.core import riga
from mps_app.core.work import Work
from mps_app.models import (
    TAKING_PART,
    Application,
    ApplicationStatus,
    Course,
    CourseFormat,
    CourseGroup,
    GroupStatus,
    Room,
    TrainingSession,
    Venue,
)
from mps_app.views.date_scale import Marks

_HAS_PLACE = (ApplicationStatus.PENDING_APPROVAL, *TAKING_PART)  # who awaits approval holds a place meanwhile (4.10)
_LETTERS = {
    CourseFormat.IN_PERSON: "i",
    CourseFormat.ONLINE: "o",
    CourseFormat.HYBRID: "h",
    CourseFormat.ELEARNING: "e",
}
_CALLED_OFF = "x"
_BEFORE_MIDNIGHT = timedelta(microseconds=1)


class OwnSession(NamedTuple):
    """One session of a person, as the database tells it."""

    id: int
    uid: str
    sequence: int
    number: int
    of: int
    topic: str
    starts_at: datetime
    ends_at: datetime
    withdrawn_at: datetime | None
    title: str
    title_en: str
    course_code: str
    form: str
    group_id: int
    group_code: str
    bring: str
    cancelled_reason: str
    application_id: int
    application_status: str
    applied_at: datetime
    online_url: str | None
    room: str | None
    street: str | None
    city: str | None

    @property
    def is_off(self) -> bool:
        """Whether the school has called it off."""
        return self.withdrawn_at is not None

    @property
    def link(self) -> str:
        """The online room's address, for those who take part: not while approval is awaited (4.10)."""
        return self.online_url or "" if self.application_status in TAKING_PART else ""

    @property
    def letter(self) -> str:
        """Its mark on the scale."""
        return letter_of(self.form, is_off=self.is_off)

    @property
    def day(self) -> date:
        """The day it stands on."""
        return day_of(self.form, self.starts_at, self.ends_at)


def letter_of(form: str, *, is_off: bool) -> str:
    """Return the letter of a session's mark."""
    return _CALLED_OFF if is_off else _LETTERS[CourseFormat(form)]


def day_of(form: str, starts_at: datetime, ends_at: datetime) -> date:
    """Return the day of a session in Riga; that of e-learning is its deadline."""
    return riga.today(ends_at - _BEFORE_MIDNIGHT if form == CourseFormat.ELEARNING else starts_at)


def marks(work: Work, person_id: int) -> Marks:
    """Return the days of all sessions the person ever had or will have."""
    during = col(TrainingSession.during)
    columns = (func.lower(during), func.upper(during), col(Course.format), col(TrainingSession.withdrawn_at))
    by_day: dict[int, str] = {}
    asked = {"person_id": person_id, "now": work.now}
    for starts_at, ends_at, form, withdrawn_at in work.db.execute(_of_person(select(*columns)), asked):
        day = day_of(form, starts_at, ends_at).toordinal()
        by_day[day] = by_day.get(day, "") + letter_of(form, is_off=withdrawn_at is not None)
    days = sorted(by_day)
    return Marks(tuple(days), tuple(by_day[day] for day in days))


def on_day(work: Work, person_id: int, day: date) -> list[OwnSession]:
    """Return the person's sessions of one day, earliest first.

    The day is found by the index on time: a person's long history costs nothing here.
    """
    found = _read(work, person_id, _touches(day, day + timedelta(days=1)))
    return [one for one in found if one.day == day]


def between(work: Work, person_id: int, first: datetime, last: datetime | None) -> list[OwnSession]:
    """Return the person's sessions that touch a stretch of time, earliest first."""
    return _read(work, person_id, col(TrainingSession.during).op("&&")(Range(first, last)))


def days_between(work: Work, person_id: int, first: date, last: date) -> list[OwnSession]:
    """Return the person's sessions from one day to another, both included."""
    return _read(work, person_id, _touches(first, last + timedelta(days=1)))


def of_session(work: Work, person_id: int, session_id: int) -> OwnSession | None:
    """Return one session if it is the person's."""
    return next(iter(_read(work, person_id, col(TrainingSession.id) == session_id)), None)


def of_group(work: Work, person_id: int, group_id: int) -> list[OwnSession]:
    """Return the person's sessions of a group, earliest first."""
    return _read(work, person_id, col(TrainingSession.group_id) == group_id)


def _touches(first: date, end: date) -> ColumnElement[bool]:
    midnight = datetime.min.time()
    span = Range(riga.at_riga(first, midnight), riga.at_riga(end, midnight))
    return col(TrainingSession.during).op("&&")(span)


def _read(work: Work, person_id: int, which: ColumnElement[bool]) -> list[OwnSession]:
    asked = {"person_id": person_id, "now": work.now}
    return [OwnSession(*row) for row in work.db.execute(_sessions().where(which), asked)]


@lru_cache(maxsize=1)
def _sessions() -> Select[Any]:  # Any: as many columns as ``OwnSession`` has
    """Return the question for all that is known of a session; putting it together takes longer than asking it."""
    session = TrainingSession
    sibling = session.__table__.alias("sibling")  # type: ignore[attr-defined]  # SQLModel hides its table
    of = (
        select(func.count())
        .where(sibling.c.group_id == col(session.group_id), sibling.c.withdrawn_at.is_(None))
        .scalar_subquery()
    )
    query = select(
        col(session.id), col(session.uid), col(session.sequence), col(session.number), of, col(session.title),
        func.lower(col(session.during)), func.upper(col(session.during)), col(session.withdrawn_at),
        col(Course.title), col(Course.title_en), col(Course.code), col(Course.format),
        col(CourseGroup.id), col(CourseGroup.code), col(CourseGroup.bring_text), col(CourseGroup.cancelled_reason),
        col(Application.id), col(Application.status), col(Application.created_at),
        func.coalesce(col(session.online_url), col(Room.online_url)),
        col(Room.name), col(Venue.street), col(Venue.city),
    )  # fmt: skip
    return (
        _of_person(query)
        .outerjoin(Room, col(Room.id) == col(session.room_id))
        .outerjoin(Venue, col(Venue.id) == col(Room.venue_id))
    )


def _of_person(query: Select[Any]) -> Select[Any]:  # Any: whichever columns
    """Join what a session is of, and keep what the person (``person_id``) has a part in at the moment ``now``."""
    session = TrainingSession
    ends_at = func.upper(col(session.during))
    is_live = col(CourseGroup.status) != GroupStatus.CANCELLED
    has_place = and_(col(Application.status).in_(_HAS_PLACE), is_live)
    ended_with_group = and_(
        col(CourseGroup.status) == GroupStatus.CANCELLED,
        col(Application.status) == ApplicationStatus.CANCELLED,
        col(Application.status_at) == col(session.withdrawn_at),  # not given up before
    )
    taken = and_(has_place, col(session.withdrawn_at).is_(None))
    off = and_(col(session.withdrawn_at).is_not(None), ends_at > bindparam("now"), or_(has_place, ended_with_group))
    return (
        query.select_from(session)
        .join(CourseGroup, col(CourseGroup.id) == col(session.group_id))
        .join(Course, col(Course.id) == col(CourseGroup.course_id))
        .join(Application, col(Application.group_id) == col(CourseGroup.id))
        .where(col(Application.person_id) == bindparam("person_id"), or_(taken, off))
        .order_by(func.lower(col(session.during)), col(session.id))
    )


def place_text(one: OwnSession) -> str:
    """Return where it is: address and room."""
    return ", ".join(part for part in (address_of(one), one.room if address_of(one) else "") if part)


def address_of(one: OwnSession) -> str:
    """Return what a map finds; an online room has an address to open, not one to walk to."""
    return ", ".join(part for part in (one.street, one.city) if part) if one.room else ""


def ids(found: Sequence[OwnSession]) -> list[int]:
    """Return the ids of sessions."""
    return [one.id for one in found]
