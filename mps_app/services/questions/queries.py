"""What one has asked, and the answers to usual questions (10.1, 10.2)."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from mps_app.core import riga
from mps_app.core.folding import fold
from mps_app.core.work import Work, only_reads
from mps_app.models import Person, SupportQuestion, SupportReply
from mps_app.policy import Action, Subject, require
from mps_app.services.questions.usual import USUAL
from mps_app.text import say
from mps_app.views.questions import Asker, HelpAnswer, Inbox, InboxRow, QuestionRow

_NEWEST = 50
_MOST_WAITING = 100
_ANSWERED_LATELY = 30
_BY_AGE = (col(SupportQuestion.created_at), col(SupportQuestion.id))
_INBOX = select(SupportQuestion, Person).join(Person, col(Person.id) == SupportQuestion.person_id, isouter=True)


def asker(work: Work) -> Asker:
    """Return the actor's verified address and own questions, newest first; nothing for a visitor."""
    if work.actor.person_id is None:
        return Asker()
    require(work, Action.QUESTION_READ, Subject(person_id=work.actor.person_id))
    person = work.db.get_one(Person, work.actor.person_id)
    own = work.db.exec(
        select(SupportQuestion)
        .where(SupportQuestion.person_id == person.id)
        .order_by(*(column.desc() for column in _BY_AGE))
        .limit(_NEWEST)
    ).all()
    replies = _replies(work, [question.key for question in own])
    return Asker(
        email=person.email if person.email and person.email_verified_at else "",
        questions=[_row(work, question, replies[question.key]) for question in own],
    )


@only_reads
def inbox(work: Work) -> Inbox:
    """Return what waits for the school's answer, the oldest first, and what it answered lately (10.1)."""
    require(work, Action.QUESTION_ANSWER, Subject())
    waiting = col(SupportQuestion.answered_at).is_(None)
    answered = col(SupportQuestion.answered_at)
    rows = _INBOX.where(waiting).order_by(*_BY_AGE).limit(_MOST_WAITING)
    lately = _INBOX.where(answered.is_not(None)).order_by(answered.desc(), col(SupportQuestion.id).desc())
    return Inbox(
        waiting=_inbox_rows(work, rows),
        waiting_count=work.db.exec(select(func.count()).select_from(SupportQuestion).where(waiting)).one(),
        answered=_inbox_rows(work, lately.limit(_ANSWERED_LATELY)),
    )


def _inbox_rows(work: Work, asked: Any) -> list[InboxRow]:  # Any: a select of questions with their persons
    found = work.db.exec(asked).all()
    replies = _replies(work, [question.key for question, _ in found])
    return [_inbox_row(work, question, person, replies[question.key]) for question, person in found]


def _inbox_row(work: Work, question: SupportQuestion, person: Person | None, replies: list[SupportReply]) -> InboxRow:
    return InboxRow(
        **_row(work, question, replies).model_dump(),
        name=person.full_name if person else "",
        email=question.email,
        last_reply_id=replies[-1].key if replies else 0,
    )


def help_answers(work: Work, query: str) -> list[HelpAnswer]:
    """Return the usual questions whose words begin with what is typed; all when nothing is."""
    typed = fold(query).split()
    told = [_said(work, *usual) for usual in USUAL]
    return [one for one in told if _has(f"{one.question} {one.answer}", typed)]


def _said(work: Work, name: str, question: str, answer: str, leads_to: tuple[str, str]) -> HelpAnswer:
    address, link_text = leads_to
    return HelpAnswer(
        name=name,
        question=say(work.language, question),
        answer=say(work.language, answer),
        address=address,
        link_text=say(work.language, link_text) if link_text else "",
    )


def _has(text: str, typed: list[str]) -> bool:
    words = fold(text).split()
    return all(any(word.lstrip("„“(").startswith(part) for word in words) for part in typed)


def _replies(work: Work, question_ids: list[int]) -> dict[int, list[SupportReply]]:
    found = work.db.exec(
        select(SupportReply).where(col(SupportReply.question_id).in_(question_ids)).order_by(col(SupportReply.id))
    )
    by_question: dict[int, list[SupportReply]] = defaultdict(list)
    for reply in found:
        by_question[reply.question_id].append(reply)
    return by_question


def _row(work: Work, question: SupportQuestion, replies: list[SupportReply]) -> QuestionRow:
    answered = replies[-1].created_at if replies else None
    return QuestionRow(
        id=question.key,
        asked_text=_moment(work, question.created_at),
        question=question.body,
        answered_text=_moment(work, answered) if answered else "",
        answer="\n\n".join(reply.body for reply in replies),
    )


def _moment(work: Work, instant: datetime) -> str:
    """Return *7. sept. 2026, 12:00*: questions stay for years."""
    return f"{riga.day_short_text(work.language, riga.today(instant))}, {riga.time_text(instant)}"
