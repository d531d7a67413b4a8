"""Requests for erasure (2.6), kept for staff with the day they were made."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field

from mps_app.models.base import Table, instant, one_of, refers_to


class ErasureStatus(StrEnum):
    """Life of a request."""

    OPEN = "open"
    WITHDRAWN = "withdrawn"  # by the person
    DONE = "done"
    REFUSED = "refused"


class ErasureRequest(Table, table=True):
    """A person asks to be forgotten; at most one open request per person."""

    __table_args__: ClassVar = (
        one_of("status", ErasureStatus),
        CheckConstraint("(status = 'open') = (decided_at IS NULL)", name="decided_unless_open"),
        Index("uq_erasure_request_open", "person_id", unique=True, postgresql_where=text("status = 'open'")),
    )

    person_id: int = refers_to("person.id", index=True)
    wish: str = ""
    status: str = ErasureStatus.OPEN
    decided_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    decided_by_id: int | None = refers_to("person.id", default=None)
    decision: str = ""
