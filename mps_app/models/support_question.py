"""Questions to the school and what it answered (10.1)."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field

from mps_app.core.actor import Language
from mps_app.models.base import Table, instant, one_of, refers_to


class SupportQuestion(Table, table=True):
    """What somebody asked, and where the answer goes; a visitor is known by the address alone."""

    __table_args__: ClassVar = (
        one_of("language", Language),
        CheckConstraint("email <> '' AND body <> ''", name="can_be_answered"),
        Index("ix_support_question_open", "created_at", postgresql_where=text("answered_at IS NULL")),
    )

    person_id: int | None = refers_to("person.id", default=None, index=True)
    email: str
    body: str
    language: str = Language.LV
    answered_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))


class SupportReply(Table, table=True):
    """One answer of the school; ``author_id`` is who wrote it."""

    __table_args__: ClassVar = (CheckConstraint("body <> ''", name="says_something"),)

    question_id: int = refers_to("support_question.id", index=True)
    author_id: int | None = refers_to("person.id", default=None)
    body: str
