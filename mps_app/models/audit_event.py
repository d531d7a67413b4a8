"""Who did what to whom, append-only (invariant 7, rules 2.6, 16.1)."""

from typing import Any, ClassVar

from sqlalchemy import JSON, Index
from sqlmodel import Field

from mps_app.models.base import Table, refers_to


class AuditEvent(Table, table=True):
    """One act; a trigger refuses UPDATE and DELETE."""

    __table_args__: ClassVar = (Index("ix_audit_event_subject", "subject_kind", "subject_id"),)

    actor_id: int | None = refers_to("person.id", default=None, index=True)
    actor_kind: str = "person"
    action: str
    subject_kind: str
    subject_id: int | None = None
    changes: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)  # Any: before and after of each field
    network_address: str = ""


class AccessRecord(Table, table=True):
    """Who looked at whose record, and why (2.6); append-only."""

    actor_id: int | None = refers_to("person.id", default=None, index=True)
    person_id: int = refers_to("person.id", index=True)
    purpose: str  # a message id, said with the facts
    facts: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)  # Any: whatever the words name


class RateCount(Table, table=True):
    """How often something was tried in a window: sign-in codes, checks (1.6)."""

    __table_args__: ClassVar = (Index("uq_rate_count", "subject", "window", unique=True),)

    subject: str
    window: str
    count: int = 0
