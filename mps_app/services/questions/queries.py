"""What one has asked, and the answers to usual questions (10.1, 10.2)."""

from collections import defaultdict
from datetime import datetime

from sqlmodel import col, select

from mps_app.core import riga
from mps_app.core.folding import fold
from mps_app.core.work import Work
from mps_app.models import Person, SupportQuestion, SupportReply
from mps_app.policy import Action, Subject, require
from mps_app.services.questions.usual import USUAL
from mps_app.text import say
from mps_app.views.questions import Asker, HelpAnswer, QuestionRow

_NEWEST = 50


def asker(work: Work) -> Asker:
    """Return the actor's verified address and own questions, newest first; nothing for a visitor."""
    if work.actor.person_id is None:
        return Asker()
    require(work, Action.QUESTION_READ, Subject(person_id=work.actor.person_id))
    person = work.db.get_one(Person, work.actor.person_id)
    own = work.db.exec(
        select(SupportQuestion)
        .where(SupportQuestion.person_id == person.id)
        .order_by(col(SupportQuestion.created_at).desc(), col(SupportQuestion.id).desc())
        .limit(_NEWEST)
    ).all()
    replies = _replies(work, [question.key for question in own])
    return Asker(
        email=person.email if person.email and person.email_verified_at else "",
        questions=[_row(work, question, replies[question.key]) for question in own],
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
