"""Persons, how they sign in, and what they may be (rules 1, 2)."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, LargeBinary, UniqueConstraint, text
from sqlmodel import Field

from mps_app.core.actor import Language, Role
from mps_app.models.base import Table, instant, one_of, refers_to


class Person(Table, table=True):
    """One human being, found by the keyed hash of the personal code (1.3); never by name or e-mail."""

    __table_args__: ClassVar = (
        UniqueConstraint("code_hash"),
        one_of("language", Language),
        CheckConstraint("email_verified_at IS NULL OR email IS NOT NULL", name="verified_email_exists"),
    )

    given_name: str
    family_name: str
    name_folded: str = Field(index=True)
    code_hash: str
    code_sealed: bytes = Field(sa_type=LargeBinary)
    code_masked: str
    email: str | None = None
    email_verified_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    email_bounced_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    phone: str | None = None
    declared_street: str | None = None
    declared_city: str | None = None
    declared_postal_code: str | None = None
    language: str = Language.LV
    optional_mail: bool = True  # 2.7
    anonymised_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))

    @property
    def full_name(self) -> str:
        """Given and family name."""
        return f"{self.given_name} {self.family_name}".strip()


class ExternalIdentity(Table, table=True):
    """Issuer and subject of a sign-in provider that led to this person; the subject may be the code itself (1.3)."""

    __table_args__: ClassVar = (UniqueConstraint("issuer", "subject_hash"),)

    issuer: str
    subject_hash: str
    person_id: int = refers_to("person.id", index=True)


class SignIn(Table, table=True):
    """A server-side session (1.4); the browser holds only the token, the table only its hash."""

    __table_args__: ClassVar = (UniqueConstraint("token_hash"),)

    token_hash: str
    person_id: int = refers_to("person.id", index=True)
    expires_at: datetime = Field(sa_column=instant())
    last_seen_at: datetime = Field(sa_column=instant())
    ended_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    user_agent: str = ""
    network_address: str = ""
    id_token_sealed: bytes | None = Field(default=None, sa_type=LargeBinary)  # the hint of RP-initiated logout (1.3)


class SignInAttempt(Table, table=True):
    """One redirect to the provider: state, nonce and PKCE verifier, single use, ten minutes (1.1)."""

    __table_args__: ClassVar = (UniqueConstraint("state_hash"),)

    state_hash: str
    browser_hash: str
    nonce: str
    verifier: str
    return_to: str = "/"
    expires_at: datetime = Field(sa_column=instant())
    used_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))


class RoleGrant(Table, table=True):
    """A role held from a day, until another or for good (16.1)."""

    __table_args__: ClassVar = (
        one_of("role", Role),
        Index("uq_role_grant_open", "person_id", "role", unique=True, postgresql_where=text("until_on IS NULL")),
        CheckConstraint("until_on IS NULL OR until_on >= from_on", name="days_ordered"),
    )

    person_id: int = refers_to("person.id", index=True)
    role: str
    from_on: date
    until_on: date | None = None
    granted_by_id: int | None = refers_to("person.id", default=None)


class EmailVerification(Table, table=True):
    """A six-digit code on its way to an address (1.6): short-lived, few attempts, one open per person."""

    __table_args__: ClassVar = (
        Index(
            "uq_email_verification_open",
            "person_id",
            unique=True,
            postgresql_where=text("closed_at IS NULL"),
        ),
    )

    person_id: int = refers_to("person.id", index=True)
    email: str
    code_hash: str
    expires_at: datetime = Field(sa_column=instant())
    attempts: int = 0
    closed_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))


class PayerDetails(Table, table=True):
    """A person's own *Rekvizīti*: the institution that pays when no coordinator entered it (2.3)."""

    __table_args__: ClassVar = (UniqueConstraint("person_id"),)

    person_id: int = refers_to("person.id")
    name: str
    registration_number: str
    street: str
    city: str
    postal_code: str
    vat_number: str | None = None
    iban: str | None = None
    invoice_email: str
