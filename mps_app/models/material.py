"""What participants take home: files and links of a course or of one of its groups (rule 9)."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import BigInteger, CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from mps_app.models.base import Table, instant, one_of, refers_to


class MaterialVisibility(StrEnum):
    """Who may have a material (9.1)."""

    PARTICIPANTS = "participants"
    PUBLIC = "public"


class Material(Table, table=True):
    """Either a stored file or a link, never both; withdrawn ones stay on record but reach nobody."""

    __table_args__: ClassVar = (
        one_of("visibility", MaterialVisibility),
        UniqueConstraint("file_key"),
        CheckConstraint("(url IS NULL) <> (file_key IS NULL)", name="file_or_link"),
        CheckConstraint(
            "file_key IS NULL OR (file_name <> '' AND content_type <> '' AND sha256 <> '')", name="file_described"
        ),
        CheckConstraint("size_bytes >= 0", name="size_not_negative"),
        Index("ix_material_shown", "course_id", "group_id", "place", postgresql_where=text("withdrawn_at IS NULL")),
    )

    course_id: int = refers_to("course.id", index=True)
    group_id: int | None = refers_to("course_group.id", default=None, index=True)  # empty: for all of the course
    title: str
    title_en: str = ""
    words_folded: str = Field(default="", sa_column_kwargs={"server_default": ""})  # what search looks into
    visibility: str = MaterialVisibility.PARTICIPANTS
    place: int = 0  # in the order of the course or group
    url: str | None = None
    file_key: str | None = None
    file_name: str = ""
    content_type: str = ""
    size_bytes: int = Field(default=0, sa_type=BigInteger)
    sha256: str = ""
    added_by_id: int | None = refers_to("person.id", default=None)
    withdrawn_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))
