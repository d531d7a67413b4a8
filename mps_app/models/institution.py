"""Institutions, who works there and who coordinates (rule 11)."""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import JSON, CheckConstraint, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlmodel import Field

from mps_app.models.base import Table, instant, one_of, refers_to

EMPLOYED = "e.from_on <= :today AND (e.until_on IS NULL OR e.until_on > :today)"
"""The SQL of an employment ``e`` that stands on a day in Riga (2.5)."""

EMPLOYEE_NAME = "coalesce(e.given_name || ' ' || e.family_name, p.given_name || ' ' || p.family_name)"
"""The SQL of the name by which an institution knows the person ``p`` of its employment ``e`` (11.2, 11.5)."""

EMPLOYEE_FOLDED = "coalesce(e.name_folded, p.name_folded)"
"""The same, folded for searching."""

SPEAKS = "c.confirmed_on IS NOT NULL AND c.from_on <= :today AND (c.ended_on IS NULL OR c.ended_on > :today)"
"""The SQL of a coordinator ``c`` who speaks for the institution on a day in Riga (11.1)."""

LACKS_TRAINING = """e.id IN (
    SELECT m.employment_id FROM mandatory_training m
    WHERE m.institution_id = :institution_id AND (m.due_on IS NULL OR m.due_on < :today))"""
"""The SQL of an employment ``e`` of an institution that lacks mandatory training on a day in Riga (11.5)."""


WAITS = "confirmed_on IS NULL AND ended_by_id IS NULL"
"""The SQL of a nomination that nobody has decided yet (11.1)."""


class Institution(Table, table=True):
    """A public institution; its registration number is its identity."""

    __table_args__: ClassVar = (
        UniqueConstraint("registration_number"),
        CheckConstraint("approval_days BETWEEN 1 AND 30", name="approval_in_days"),
    )

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
    approval_days: int = Field(default=3, sa_column_kwargs={"server_default": "3"})  # working days to decide in (4.8)


class Employment(Table, table=True):
    """A person works for an institution from a day; at most one employment per pair at a time (2.5).

    ``until_on`` is the first day on which the person is no employee any more. ``work_email`` is the address the
    institution gave: mail about what that institution arranges goes there while no own address is verified (1.6).
    The names are as the institution gave them, and it is shown no others (``EMPLOYEE_NAME``): whoever types a
    foreign personal code learns no name by it (11.5).
    """

    __table_args__: ClassVar = (
        Index(
            "uq_employment_open",
            "person_id",
            "institution_id",
            unique=True,
            postgresql_where=text("until_on IS NULL"),
        ),
        CheckConstraint("until_on IS NULL OR until_on >= from_on", name="days_ordered"),
        ExcludeConstraint(
            (text("int8range(person_id, person_id, '[]')"), "&&"),
            (text("int8range(institution_id, institution_id, '[]')"), "&&"),
            (text("daterange(from_on, until_on)"), "&&"),
            using="gist",
            name="ex_employment_once_at_a_time",
        ),
    )

    person_id: int = refers_to("person.id", index=True)
    institution_id: int = refers_to("institution.id", index=True)
    given_name: str | None = None
    family_name: str | None = None
    name_folded: str | None = None
    unit: str = ""
    position: str = ""
    work_email: str | None = None
    from_on: date
    until_on: date | None = None


class Coordinator(Table, table=True):
    """A person speaks for an institution: nominated, confirmed, ended, each a dated act (11.1, 11.7).

    Speaks from ``from_on`` once confirmed, until the day ``ended_on``; a deputy's end is set beforehand, so a
    nomination waits while it is neither confirmed nor ended by somebody. A nomination that was refused has ended
    without having been confirmed. Who asks for oneself names the institution by ``asked_number``: only the school's
    confirmation ties the nomination to an institution, so asking tells nobody which ones the school knows.
    """

    __table_args__: ClassVar = (
        Index(
            "uq_coordinator_open",
            "person_id",
            "institution_id",
            unique=True,
            postgresql_where=text("ended_on IS NULL"),
        ),
        Index(
            "uq_coordinator_nominated",
            "person_id",
            "institution_id",
            unique=True,
            postgresql_where=text(WAITS),
        ),
        Index("uq_coordinator_asked", "person_id", "asked_number", unique=True, postgresql_where=text(WAITS)),
        ExcludeConstraint(
            (text("int8range(person_id, person_id, '[]')"), "&&"),
            (text("int8range(institution_id, institution_id, '[]')"), "&&"),
            (text("daterange(from_on, ended_on)"), "&&"),
            using="gist",
            where=text("confirmed_on IS NOT NULL"),
            name="ex_coordinator_once_at_a_time",
        ),
        CheckConstraint("deputy_of_id IS NULL OR deputy_of_id <> person_id", name="deputy_of_another"),
        CheckConstraint("ended_on IS NULL OR ended_on >= from_on", name="days_ordered"),
        CheckConstraint(
            "institution_id IS NOT NULL OR (asked_number IS NOT NULL AND confirmed_on IS NULL)",
            name="institution_named",
        ),
    )

    person_id: int = refers_to("person.id", index=True)
    institution_id: int | None = refers_to("institution.id", default=None, index=True)
    asked_number: str | None = None  # the registration number that came with the nomination
    asked: dict[str, str] = Field(  # and the name and address
        default_factory=dict, sa_type=JSON, sa_column_kwargs={"server_default": "{}"}
    )
    nominated_on: date
    nominated_by_id: int | None = refers_to("person.id", default=None)
    from_on: date
    confirmed_on: date | None = None
    confirmed_by_id: int | None = refers_to("person.id", default=None)
    ended_on: date | None = None
    ended_by_id: int | None = refers_to("person.id", default=None)
    document_reference: str = ""
    end_reference: str = ""  # the document that ends it, or why the nomination was refused
    deputy_of_id: int | None = refers_to("person.id", default=None)
    wants_digest: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})
    digest_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))  # told of all until then


class ImportState(StrEnum):
    """Life of an uploaded list of employees (11.2)."""

    PREVIEWED = "previewed"
    APPLIED = "applied"
    DROPPED = "dropped"


class EmployeeImport(Table, table=True):
    """An uploaded list, read and compared but not applied; its rows are sealed, since they hold personal codes."""

    __table_args__: ClassVar = (one_of("state", ImportState),)

    institution_id: int = refers_to("institution.id", index=True)
    uploaded_by_id: int = refers_to("person.id")
    file_name: str = ""
    rows_sealed: bytes | None = Field(default=None, sa_type=LargeBinary)  # forgotten once applied or dropped
    counts: dict[str, int] = Field(default_factory=dict, sa_type=JSON)
    state: str = ImportState.PREVIEWED
    ended_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))


class TrainingRequirement(Table, table=True):
    """Training that must be taken anew every so many months (11.5); without an institution it binds all of them."""

    __table_args__: ClassVar = (CheckConstraint("months > 0", name="months_positive"),)

    institution_id: int | None = refers_to("institution.id", default=None, index=True)
    title: str
    months: int
    units: list[str] = Field(default_factory=list, sa_type=JSON)  # names of units it binds; empty: everybody
    legal_basis: str = ""


class TrainingRequirementCourse(Table, table=True):
    """A course that fulfils a requirement."""

    __table_args__: ClassVar = (UniqueConstraint("requirement_id", "course_id"),)

    requirement_id: int = refers_to("training_requirement.id", ondelete="CASCADE")
    course_id: int = refers_to("course.id", index=True)


class TrainingPlan(Table, table=True):
    """What an institution means to do in a year: hours for each employee, money (11.5)."""

    __table_args__: ClassVar = (
        UniqueConstraint("institution_id", "year"),
        CheckConstraint("hours_per_employee >= 0 AND budget_cents >= 0", name="not_negative"),
    )

    institution_id: int = refers_to("institution.id")
    year: int
    hours_per_employee: int = 0
    budget_cents: int = 0


class TrainingPlanCourse(Table, table=True):
    """How many employees are to be trained in a course in the plan's year."""

    __table_args__: ClassVar = (
        UniqueConstraint("plan_id", "course_id"),
        CheckConstraint("people > 0", name="people_positive"),
    )

    plan_id: int = refers_to("training_plan.id", ondelete="CASCADE")
    course_id: int = refers_to("course.id")
    people: int
