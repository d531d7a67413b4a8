"""Questionnaires and what was answered (7.1-7.4). Answers stand apart from persons (invariant 5).

Tables about a person: the invitation, and a draft that ends when the questionnaire is sent. Tables of
answers: the ballot box and the opened answers. Between them there is no key, no time and no order: the
box holds answers sealed and without their group, is shuffled after every sending, and is opened for a
group in batches of several, which rewrite all of the group's answers at once.
"""

from datetime import date
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID, uuid4

from sqlalchemy import JSON, CheckConstraint, Index, LargeBinary, UniqueConstraint, Uuid, text
from sqlmodel import Field, SQLModel

from mps_app.models.base import Table, one_of, refers_to


class QuestionKind(StrEnum):
    """How a question is answered."""

    SCALE = "scale"  # 1-5 with worded ends
    RECOMMEND = "recommend"  # 0-10
    CHOICE = "choice"
    WORDS = "words"


class Questionnaire(Table, table=True):
    """One version of the form; one is in force. A trigger keeps a version that was used as it is."""

    __table_args__: ClassVar = (
        UniqueConstraint("version"),
        Index("uq_questionnaire_in_force", "is_in_force", unique=True, postgresql_where=text("is_in_force")),
    )

    version: int
    parts: list[dict[str, str]] = Field(default_factory=list, sa_type=JSON)  # title, title_en
    is_in_force: bool = False


class Question(Table, table=True):
    """One question of one version; ``per_lecturer`` is asked about each lecturer of the group."""

    __table_args__: ClassVar = (
        UniqueConstraint("questionnaire_id", "code"),
        UniqueConstraint("questionnaire_id", "number"),
        one_of("kind", QuestionKind),
        CheckConstraint("part >= 0", name="part_not_negative"),
    )

    questionnaire_id: int = refers_to("questionnaire.id")
    number: int
    part: int  # index into the questionnaire's parts
    code: str
    kind: str
    wording: str
    wording_en: str = ""
    options: list[dict[str, str]] = Field(default_factory=list, sa_type=JSON)  # text, text_en
    is_required: bool = True
    per_lecturer: bool = False


class EvaluationInvitation(Table, table=True):
    """A participant is asked to fill the questionnaire; known is the day it was answered, never what."""

    __table_args__: ClassVar = (
        UniqueConstraint("application_id"),
        CheckConstraint("reminders_sent >= 0", name="reminders_not_negative"),
        Index("ix_evaluation_invitation_open", "invited_on", postgresql_where=text("answered_on IS NULL")),
    )

    application_id: int = refers_to("application.id")
    questionnaire_id: int = refers_to("questionnaire.id", index=True)
    invited_on: date
    reminders_sent: int = 0
    reminded_on: date | None = None
    reminders_stopped: bool = False
    answered_on: date | None = None  # a day, no finer (invariant 5)


class EvaluationDraft(Table, table=True):
    """Answers on their way, sealed; ends when they are sent."""

    __table_args__: ClassVar = (UniqueConstraint("invitation_id"),)

    invitation_id: int = refers_to("evaluation_invitation.id", ondelete="CASCADE")
    sealed: bytes = Field(sa_type=LargeBinary)


def _random_key() -> Any:  # Any: what SQLModel's own Field returns
    """Return a key that tells no order."""
    return Field(default_factory=uuid4, primary_key=True, sa_type=Uuid)


class BallotBox(SQLModel, table=True):
    """One sent questionnaire, sealed with its group: no person, no group, no time, all of few lengths."""

    __tablename__: ClassVar[Any] = "ballot_box"  # Any: SQLModel types it as its own

    id: UUID = _random_key()
    sealed: bytes = Field(sa_type=LargeBinary)


class EvaluationResponse(SQLModel, table=True):
    """One answered questionnaire of a group; whose and when is not known."""

    __tablename__: ClassVar[Any] = "evaluation_response"  # Any: SQLModel types it as its own

    id: UUID = _random_key()
    group_id: int = refers_to("course_group.id", index=True)
    questionnaire_id: int = refers_to("questionnaire.id")


class EvaluationAnswer(SQLModel, table=True):
    """The answer to one question in one response."""

    __tablename__: ClassVar[Any] = "evaluation_answer"  # Any: SQLModel types it as its own
    __table_args__: ClassVar = (
        UniqueConstraint("response_id", "question_id", "lecturer_id", postgresql_nulls_not_distinct=True),
    )

    id: UUID = _random_key()
    response_id: UUID = Field(foreign_key="evaluation_response.id", ondelete="CASCADE", sa_type=Uuid)
    question_id: int = refers_to("question.id")
    lecturer_id: int | None = refers_to("lecturer.id", default=None)
    value: str
