"""Applications, offers of freed places and nameless reservations (rule 4)."""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import JSON, BigInteger, CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from mps_app.models.base import Table, instant, one_of, refers_to


class ApplicationStatus(StrEnum):
    """Life of an application; see ``services/applications/lifecycle.py``."""

    PENDING_APPROVAL = "pending_approval"
    REGISTERED = "registered"
    ATTENDED = "attended"
    COMPLETED = "completed"
    OFFERED = "offered"  # holds a freed place until the offer's deadline (4.6)
    WAITLISTED = "waitlisted"  # in the line of a full group
    WAITING = "waiting"  # for the next group, no group yet (4.9)
    CANCELLED = "cancelled"
    REJECTED = "rejected"
    NO_SHOW = "no_show"


TAKING_PART = (ApplicationStatus.REGISTERED, ApplicationStatus.ATTENDED, ApplicationStatus.COMPLETED)
"""Statuses of somebody whose place is certain: who is expected, or was there."""

HOLDING = (
    ApplicationStatus.PENDING_APPROVAL,
    *TAKING_PART,
    ApplicationStatus.OFFERED,
)
"""Statuses that take a place (4.10); the trigger ``count_places`` knows the same list."""

ALIVE = (*HOLDING, ApplicationStatus.WAITLISTED, ApplicationStatus.WAITING)
"""Statuses of an application that has not ended; one per person and group (4.2)."""


class PayerKind(StrEnum):
    """Who pays (4.1)."""

    INSTITUTION = "institution"  # Organizācijas konts
    OWN_DETAILS = "own_details"  # the person's own Rekvizīti (2.3)
    PERSON = "person"  # Fiziska persona


_ALIVE_SQL = "status IN ({})".format(", ".join(f"'{status.value}'" for status in ALIVE))


class Application(Table, table=True):
    """A person's place, or wish for one. Employer, payer and price are frozen here (4.12).

    One alive application per person and group, one waiting per person and course (4.2):
    the database says so, not only the button.
    """

    __table_args__: ClassVar = (
        one_of("status", ApplicationStatus),
        one_of("payer_kind", PayerKind),
        CheckConstraint(
            "(status = 'waiting') = (group_id IS NULL) OR status IN ('cancelled', 'rejected')",
            name="only_waiting_is_without_group",
        ),
        CheckConstraint(
            "(payer_kind = 'institution') = (payer_institution_id IS NOT NULL)", name="institution_payer_named"
        ),
        CheckConstraint("price_cents >= 0", name="price_not_negative"),
        Index("uq_application_alive", "person_id", "group_id", unique=True, postgresql_where=text(_ALIVE_SQL)),
        Index(
            "uq_application_waiting", "person_id", "course_id", unique=True, postgresql_where=text("status = 'waiting'")
        ),
        Index("ix_application_line", "group_id", "line_number", postgresql_where=text("status = 'waitlisted'")),
        Index("ix_application_group_status", "group_id", "status"),
        Index("ix_application_to_decide", "decide_by", postgresql_where=text("status = 'pending_approval'")),
    )

    person_id: int = refers_to("person.id", index=True)
    course_id: int = refers_to("course.id", index=True)
    group_id: int | None = refers_to("course_group.id", default=None)
    status: str
    payer_kind: str
    payer_institution_id: int | None = refers_to("institution.id", default=None, index=True)
    payer: dict[str, str] = Field(default_factory=dict, sa_type=JSON)  # name, number, address, e-mail as of then
    employer: str = ""
    unit: str = ""
    position: str = ""
    price_cents: int = 0
    applied_by_id: int | None = refers_to("person.id", default=None)
    line_number: int | None = Field(  # arrival order: drawn under the group's lock, kept for life (4.6)
        default=None, sa_type=BigInteger, sa_column_kwargs={"server_default": text("nextval('application_line')")}
    )
    is_for_next_group: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})  # no date agreed: 4.9
    adjustments: str = ""  # 4.13
    decide_by: date | None = None  # until when the institution approves (4.8)
    decided_by_id: int | None = refers_to("person.id", default=None)
    ended_reason: str = ""
    status_at: datetime = Field(sa_column=instant())


class PlaceOffer(Table, table=True):
    """A freed place held for the head of the line until ``expires_at`` (4.6); one open per application."""

    __table_args__: ClassVar = (
        Index("uq_place_offer_open", "application_id", unique=True, postgresql_where=text("answered_at IS NULL")),
        Index("ix_place_offer_expiry", "expires_at", postgresql_where=text("answered_at IS NULL")),
    )

    application_id: int = refers_to("application.id", index=True)
    expires_at: datetime = Field(sa_column=instant())
    answered_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    outcome: str = ""  # accepted, declined, expired


class PlaceReservation(Table, table=True):
    """Nameless places an institution holds in a group until a day (11.6); they count as taken (4.10)."""

    __table_args__: ClassVar = (
        UniqueConstraint("institution_id", "group_id"),
        CheckConstraint("places >= 0", name="places_not_negative"),
    )

    institution_id: int = refers_to("institution.id", index=True)
    group_id: int = refers_to("course_group.id", index=True)
    places: int
    release_on: date
    reserved_by_id: int | None = refers_to("person.id", default=None)
