"""The personal calendar address (6.2): unguessable, revocable, not readable from the database."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field

from mps_app.models.base import Table, instant, refers_to


class CalendarFeed(Table, table=True):
    """One address of a person; one is in force.

    It is made of ``seed`` and a key that is not here, so that it can be shown again; ``token_hash`` meets requests.
    """

    __table_args__: ClassVar = (
        UniqueConstraint("token_hash"),
        Index("uq_calendar_feed_in_force", "person_id", unique=True, postgresql_where=text("revoked_at IS NULL")),
    )

    person_id: int = refers_to("person.id", index=True)
    seed: str
    token_hash: str
    has_deadlines: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})
    revoked_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))
