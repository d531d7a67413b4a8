"""Institutions, who works there and who coordinates (rule 11)."""

from datetime import date
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from mps_app.models.base import Table, refers_to


class Institution(Table, table=True):
    """A public institution; its registration number is its identity."""

    __table_args__: ClassVar = (UniqueConstraint("registration_number"),)

    registration_number: str
    name: str
    name_folded: str = Field(index=True)
    street: str = ""
    city: str = ""
    postal_code: str = ""
    vat_number: str | None = None
    iban: str | None = None
    invoice_email: str | None = None
    peppol_id: str | None = None
    needs_approval: bool = False  # 4.8


class Employment(Table, table=True):
    """A person works for an institution from a day; at most one open employment per pair (2.5)."""

    __table_args__: ClassVar = (
        Index(
            "uq_employment_open",
            "person_id",
            "institution_id",
            unique=True,
            postgresql_where=text("until_on IS NULL"),
        ),
        CheckConstraint("until_on IS NULL OR until_on >= from_on", name="days_ordered"),
    )

    person_id: int = refers_to("person.id", index=True)
    institution_id: int = refers_to("institution.id", index=True)
    unit: str = ""
    position: str = ""
    from_on: date
    until_on: date | None = None


class Coordinator(Table, table=True):
    """A person speaks for an institution: nominated, confirmed, ended, each a dated act (11.1, 11.7)."""

    __table_args__: ClassVar = (
        Index(
            "uq_coordinator_open",
            "person_id",
            "institution_id",
            unique=True,
            postgresql_where=text("ended_on IS NULL"),
        ),
    )

    person_id: int = refers_to("person.id", index=True)
    institution_id: int = refers_to("institution.id", index=True)
    nominated_on: date
    confirmed_on: date | None = None
    ended_on: date | None = None
    document_reference: str = ""
    deputy_of_id: int | None = refers_to("person.id", default=None)
