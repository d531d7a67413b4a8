"""Tests of courses, and how people took them (8.1). What is right stays in ``exam_question``, and on the server."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import JSON, CheckConstraint, Index, Numeric, UniqueConstraint, text
from sqlmodel import Field

from mps_app.models.base import Table, instant, one_of, refers_to

AT_OWN_PACE = "NOT EXISTS (SELECT FROM training_session s WHERE s.group_id = g.id AND s.withdrawn_at IS NULL)"
"""The SQL of a group ``g`` that never meets: one learns at one's own pace."""

TRAINING_OVER = f"""(g.status = 'completed' OR g.status IN ('confirmed', 'running') AND {AT_OWN_PACE}
    AND EXISTS (SELECT FROM exam_attempt t JOIN exam_invitation e ON e.id = t.invitation_id
                WHERE e.application_id = a.id AND t.is_passed))"""
"""The SQL of a training in a group ``g`` that is over for an application ``a``: with the last session (7.1), or, where
one learns at one's own pace, with the test that was passed."""


class ExamTiming(StrEnum):
    """When people are invited to a test."""

    BEFORE = "before"  # as soon as the group is certain to take place
    AFTER = "after"  # after the last session


class ExamQuestionKind(StrEnum):
    """How a question of a test is answered."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    NUMBER = "number"
    WORDS = "words"


class Exam(Table, table=True):
    """One version of a course's test; one is in force. A trigger keeps a version that was used as it is."""

    __table_args__: ClassVar = (
        UniqueConstraint("course_id", "version"),
        Index("uq_exam_in_force", "course_id", unique=True, postgresql_where=text("is_in_force")),
        one_of("timing", ExamTiming),
        CheckConstraint("time_limit_minutes > 0", name="limit_positive"),
        CheckConstraint("attempts_allowed > 0", name="attempts_positive"),
        CheckConstraint("pass_percent BETWEEN 1 AND 100", name="pass_is_percent"),
    )

    course_id: int = refers_to("course.id")
    version: int
    is_in_force: bool = False
    timing: str
    title: str
    title_en: str = ""
    introduction: str = ""
    introduction_en: str = ""
    time_limit_minutes: int | None = None
    attempts_allowed: int
    pass_percent: int
    is_shuffled: bool = False


class ExamQuestion(Table, table=True):
    """One question. ``accepted`` says what is right: places in ``options``, one number, or words."""

    __table_args__: ClassVar = (
        UniqueConstraint("exam_id", "number"),
        one_of("kind", ExamQuestionKind),
        CheckConstraint("points > 0", name="points_positive"),
        CheckConstraint("tolerance >= 0", name="tolerance_not_negative"),
        CheckConstraint("json_array_length(accepted) > 0", name="something_is_right"),
    )

    exam_id: int = refers_to("exam.id")
    number: int
    topic: str = ""  # what the result is summed up by
    topic_en: str = ""
    kind: str
    wording: str
    wording_en: str = ""
    options: list[dict[str, str]] = Field(default_factory=list, sa_type=JSON)  # text, text_en
    accepted: list[str] = Field(sa_type=JSON)
    tolerance: Decimal = Field(default=Decimal(0), sa_type=Numeric)
    points: int = 1


class ExamInvitation(Table, table=True):
    """A participant is asked to take a test: the version then in force, whatever is published later."""

    __table_args__: ClassVar = (
        UniqueConstraint("application_id"),
        CheckConstraint("reminders_sent >= 0", name="reminders_not_negative"),
        CheckConstraint("extra_attempts >= 0", name="extra_not_negative"),
    )

    application_id: int = refers_to("application.id")
    exam_id: int = refers_to("exam.id", index=True)
    invited_on: date
    reminders_sent: int = 0
    reminded_on: date | None = None
    reminders_stopped: bool = False
    extra_attempts: int = 0  # granted by staff, with a reason in the audit


class ExamAttempt(Table, table=True):
    """One try. What was drawn, and from the hand-in on everything, never changes: a trigger keeps it.

    A trigger refuses a number above what is allowed, the index a second open one.
    """

    __table_args__: ClassVar = (
        UniqueConstraint("invitation_id", "number"),
        Index("uq_exam_attempt_open", "invitation_id", unique=True, postgresql_where=text("submitted_at IS NULL")),
        Index("ix_exam_attempt_ending", "ends_at", postgresql_where=text("submitted_at IS NULL")),
        CheckConstraint("number > 0", name="number_positive"),
        CheckConstraint("ends_at > started_at", name="ends_after_start"),
        CheckConstraint(
            "(submitted_at IS NULL) = (score IS NULL) AND (submitted_at IS NULL) = (is_passed IS NULL)",
            name="marked_when_submitted",
        ),
        CheckConstraint("score BETWEEN 0 AND points", name="score_within_points"),
    )

    invitation_id: int = refers_to("exam_invitation.id")
    number: int
    started_at: datetime = Field(sa_column=instant())
    ends_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    submitted_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    is_by_clock: bool = False  # handed in because its time was over
    drawn: list[list[Any]] = Field(default_factory=list, sa_type=JSON)  # question, its options as they are shown
    points: int  # that can be had
    score: int | None = None
    is_passed: bool | None = None


class ExamAnswer(Table, table=True):
    """The answer to one question of one try, kept as it is given; none after the hand-in: a trigger refuses it.

    ``value`` is what was typed, or the chosen places in the question's options.
    """

    __table_args__: ClassVar = (UniqueConstraint("attempt_id", "question_id"),)

    attempt_id: int = refers_to("exam_attempt.id", ondelete="CASCADE")
    question_id: int = refers_to("exam_question.id")
    value: str = ""
    is_marked: bool = False  # to be looked at once more
