"""Groups (runs of a course) and their sessions (rule 5)."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, Column, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import TSTZRANGE, ExcludeConstraint, Range
from sqlmodel import Field

from mps_app.models.base import Table, instant, one_of, refers_to


class GroupStatus(StrEnum):
    """Life of a group (5.1)."""

    DRAFT = "draft"
    OPEN = "open"
    CONFIRMED = "confirmed"
    RUNNING = "running"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class CourseGroup(Table, table=True):
    """One run of a course; it can't be oversold, whatever the code does (4.3, invariant 1).

    ``places_taken`` is kept by a trigger over applications and reservations, and checked beside it.
    """

    __table_args__: ClassVar = (
        UniqueConstraint("code"),
        one_of("status", GroupStatus),
        CheckConstraint("0 < minimum AND minimum <= maximum", name="minimum_within_maximum"),
        CheckConstraint("places_taken BETWEEN 0 AND maximum", name="never_oversold"),
        CheckConstraint("registration_opens_at < registration_closes_at", name="window_ordered"),
        Index("ix_course_group_course_status", "course_id", "status"),
        Index("ix_course_group_live", "status", postgresql_where=text("status IN ('open','confirmed','running')")),
    )

    course_id: int = refers_to("course.id", index=True)
    code: str
    status: str = GroupStatus.DRAFT
    minimum: int
    maximum: int
    places_taken: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    decision_on: date | None = None
    registration_opens_at: datetime = Field(sa_column=instant())
    registration_closes_at: datetime = Field(sa_column=instant())
    cancellation_deadline_at: datetime = Field(sa_column=instant())
    language: str = "lv"
    price_cents: int | None = None  # overrides the course's
    institution_share: int | None = None  # 11.6
    bring_text: str = ""
    cancelled_reason: str = ""
    version: int = 1


class TrainingSession(Table, table=True):
    """One meeting of a group; rooms never overlap (5.4). ``uid`` and ``sequence`` are iCalendar's (5.3)."""

    __table_args__: ClassVar = (
        UniqueConstraint("uid"),
        CheckConstraint("NOT isempty(during)", name="has_length"),
        ExcludeConstraint(
            (text("int8range(room_id, room_id, '[]')"), "&&"),
            (text("during"), "&&"),
            where=text("room_id IS NOT NULL AND withdrawn_at IS NULL"),
            using="gist",
            name="ex_training_session_room",
        ),
        Index("ix_training_session_during", "during", postgresql_using="gist"),
    )

    group_id: int = refers_to("course_group.id", index=True)
    number: int
    title: str = ""
    during: Any = Field(sa_column=Column(TSTZRANGE, nullable=False))  # Any: SQLModel has no range type
    room_id: int | None = refers_to("room.id", default=None, index=True)
    online_url: str | None = None
    uid: str
    sequence: int = 0
    withdrawn_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))

    @property
    def starts_at(self) -> datetime:
        """When it begins (UTC)."""
        return _bound(self.during, "lower")

    @property
    def ends_at(self) -> datetime:
        """When it ends (UTC)."""
        return _bound(self.during, "upper")


def _bound(during: "Range[datetime]", which: str) -> datetime:
    bound: datetime = getattr(during, which)
    return bound


class SessionLecturer(Table, table=True):
    """A lecturer teaches in a session; a lecturer is never in two at once (5.4)."""

    __table_args__: ClassVar = (
        UniqueConstraint("session_id", "lecturer_id"),
        ExcludeConstraint(
            (text("int8range(lecturer_id, lecturer_id, '[]')"), "&&"),
            (text("during"), "&&"),
            using="gist",
            name="ex_session_lecturer_busy",
        ),
    )

    session_id: int = refers_to("training_session.id", ondelete="CASCADE")
    lecturer_id: int = refers_to("lecturer.id", index=True)
    during: Any = Field(sa_column=Column(TSTZRANGE, nullable=False))  # Any: SQLModel has no range type
