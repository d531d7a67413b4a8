"""Certificates and their numbers (7.2, 7.5, 7.6; invariants 4 and 6)."""

from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import JSON, CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from mps_app.models.base import Table, instant, one_of, refers_to


class CertificateKind(StrEnum):
    """What is attested: that a course was mastered, or that somebody took part."""

    COMPLETION = "completion"
    ATTENDANCE = "attendance"


class SealKind(StrEnum):
    """With what the PDF was signed."""

    NONE = "none"
    DEMO = "demo"  # self-signed, worth nothing outside the demo
    SCHOOL = "school"


class CertificateSeries(Table, table=True):
    """The last number drawn in a year; drawn under this row's lock, so that none is lost or doubled."""

    __table_args__: ClassVar = (
        UniqueConstraint("series", "year"),
        CheckConstraint("last_number >= 0", name="number_not_negative"),
    )

    series: str
    year: int
    last_number: int = 0


class Certificate(Table, table=True):
    """What was issued, word by word. Only two things change, once each: it is printed, and it is revoked."""

    __table_args__: ClassVar = (
        UniqueConstraint("series", "year", "serial"),
        UniqueConstraint("number"),
        UniqueConstraint("code"),
        UniqueConstraint("pdf_digest"),
        UniqueConstraint("replaces_id"),
        one_of("kind", CertificateKind),
        one_of("seal", SealKind),
        CheckConstraint("(pdf_digest IS NULL) = (pdf_key IS NULL)", name="pdf_with_digest"),
        CheckConstraint("(revoked_at IS NULL) = (revoked_reason = '')", name="revoked_with_reason"),
        Index("uq_certificate_valid", "application_id", unique=True, postgresql_where=text("revoked_at IS NULL")),
        Index("ix_certificate_application", "application_id"),
        Index("ix_certificate_unprinted", "id", postgresql_where=text("pdf_digest IS NULL")),
    )

    application_id: int = refers_to("application.id")
    kind: str
    series: str
    year: int
    serial: int
    number: str
    code: str  # unguessable: who has the sheet may check it (7.5)
    content: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)  # Any: everything printed, frozen
    issued_at: datetime = Field(sa_column=instant())
    replaces_id: int | None = refers_to("certificate.id", default=None)
    pdf_key: str | None = None
    pdf_digest: str | None = None
    seal: str = SealKind.NONE
    revoked_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    revoked_reason: str = ""
