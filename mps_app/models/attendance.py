"""Who was there (12.4): minutes of each session, told by staff, a lecturer or the person."""

from enum import StrEnum
from typing import ClassVar

from sqlalchemy import CheckConstraint, UniqueConstraint

from mps_app.models.base import Table, one_of, refers_to


class AttendanceSource(StrEnum):
    """How it is known."""

    STAFF = "staff"
    LECTURER = "lecturer"
    CHECK_IN = "check_in"


class Attendance(Table, table=True):
    """One person's presence in one session; told again, it is corrected, never doubled."""

    __table_args__: ClassVar = (
        UniqueConstraint("application_id", "session_id"),
        one_of("source", AttendanceSource),
        CheckConstraint("present_minutes >= 0", name="minutes_not_negative"),
    )

    application_id: int = refers_to("application.id")
    session_id: int = refers_to("training_session.id", index=True)
    present_minutes: int
    recorded_by_id: int | None = refers_to("person.id", default=None)
    source: str
