"""Courses of the catalogue, their topics, places and audiences (rule 3)."""

from enum import StrEnum
from typing import ClassVar

from sqlalchemy import JSON, BigInteger, CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from mps_app.models.base import Table, one_of, refers_to


class CourseFormat(StrEnum):
    """How a course is attended; the shape of its mark."""

    IN_PERSON = "in_person"
    ONLINE = "online"
    HYBRID = "hybrid"
    ELEARNING = "elearning"


class Visibility(StrEnum):
    """Who may know of a course (3.5)."""

    DRAFT = "draft"
    CATALOGUE = "catalogue"
    RESTRICTED = "restricted"


class Topic(Table, table=True):
    """A topic area of the catalogue."""

    __table_args__: ClassVar = (UniqueConstraint("code"), UniqueConstraint("name"))

    code: str
    name: str
    name_en: str


class Venue(Table, table=True):
    """A place with rooms; ``city`` is what the catalogue filters by."""

    __table_args__: ClassVar = (UniqueConstraint("name"),)

    name: str
    street: str = ""
    city: str = ""
    postal_code: str = ""


class Room(Table, table=True):
    """A room of a venue, or an online room with an address."""

    __table_args__: ClassVar = (
        UniqueConstraint("venue_id", "name"),
        CheckConstraint("capacity > 0", name="capacity_positive"),
    )

    venue_id: int = refers_to("venue.id", index=True)
    name: str
    capacity: int
    online_url: str | None = None
    is_step_free: bool = False


class Course(Table, table=True):
    """What is taught; ``programme`` and ``outcomes`` are ordered lists, prices net in cents.

    ``revision`` orders the changes that the catalogue sees (see ``CatalogueStamp``).
    """

    __table_args__: ClassVar = (
        UniqueConstraint("code"),
        one_of("format", CourseFormat),
        one_of("visibility", Visibility),
        CheckConstraint("0 < minimum AND minimum <= maximum", name="minimum_within_maximum"),
        CheckConstraint("price_cents >= 0", name="price_not_negative"),
        CheckConstraint("attendance_percent BETWEEN 0 AND 100", name="attendance_is_percent"),
        Index("ix_course_revision", "revision"),
    )

    code: str
    topic_id: int = refers_to("topic.id", index=True)
    title: str
    title_en: str = ""
    title_sort: str = Field(index=True)  # Latvian order, see core.folding
    description: str = ""
    description_en: str = ""
    audience_text: str = ""
    outcomes: list[str] = Field(default_factory=list, sa_type=JSON)
    programme: list[dict[str, str | int]] = Field(default_factory=list, sa_type=JSON)
    academic_hours: int
    format: str
    language: str = "lv"
    price_cents: int = 0
    vat_profile: str = "education_exempt"
    visibility: str = Visibility.DRAFT
    minimum: int
    maximum: int
    attendance_percent: int = 80
    has_exam: bool = False
    certificate_kind: str = "completion"
    revision: int = Field(default=0, sa_type=BigInteger)


class CourseAudience(Table, table=True):
    """An institution whose people may take a restricted course (3.5)."""

    __table_args__: ClassVar = (UniqueConstraint("course_id", "institution_id"),)

    course_id: int = refers_to("course.id", index=True)
    institution_id: int = refers_to("institution.id", index=True)


class CatalogueStamp(Table, table=True):
    """One row, locked by every change the catalogue sees, so revisions become visible in order."""

    __table_args__: ClassVar = (CheckConstraint("id = 1", name="single_row"),)

    revision: int = Field(default=0, sa_type=BigInteger)


class Lecturer(Table, table=True):
    """A person who teaches."""

    __table_args__: ClassVar = (UniqueConstraint("person_id"),)

    person_id: int = refers_to("person.id")
    biography: str = ""
