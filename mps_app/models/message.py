"""The outbox: messages written in the transaction that causes them (invariant 2, rule 16.5)."""

from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import JSON, CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from mps_app.models.base import Table, instant, one_of, refers_to


class MessageState(StrEnum):
    """Life of a message on its way out."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"  # will be tried again at ``next_try_at``
    DEAD = "dead"  # given up, shown to the administrator


class OutboxMessage(Table, table=True):
    """One mail by rule, person, subject and occurrence: the dedupe key makes it once (16.5)."""

    __table_args__: ClassVar = (
        UniqueConstraint("dedupe_key"),
        one_of("state", MessageState),
        CheckConstraint("attempts >= 0", name="attempts_not_negative"),
        Index("ix_outbox_message_due", "next_try_at", postgresql_where=text("state IN ('queued','failed','sending')")),
    )

    template: str
    language: str
    recipient: str
    person_id: int | None = refers_to("person.id", default=None, index=True)
    facts: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)  # Any: each template names its own
    dedupe_key: str
    state: str = MessageState.QUEUED
    attempts: int = 0
    next_try_at: datetime = Field(sa_column=instant())
    sent_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    last_error: str = ""


class ScheduledRun(Table, table=True):
    """Which periodic job ran for which period; unique, so twice is once (invariant 3)."""

    __table_args__: ClassVar = (UniqueConstraint("job", "period"),)

    job: str
    period: str
