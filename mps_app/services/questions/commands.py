"""Asking and answering (10.1)."""

from datetime import timedelta

from sqlmodel import col, select

from mps_app.core.codes import Unusable, parse_email
from mps_app.core.errors import DomainError, Invalid, NotFound
from mps_app.core.plain_text import several_lines
from mps_app.core.settings import settings
from mps_app.core.work import Work
from mps_app.models import Person, SupportQuestion, SupportReply
from mps_app.policy import Action, Subject, require
from mps_app.services import audit, messages
from mps_app.services.identity import rates
from mps_app.text import N_
from mps_app.views.questions import AnswerForm, QuestionForm, QuestionReceipt

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_PER_EMAIL_HOUR, _PER_EMAIL_DAY = 5, 20
_PER_VISITOR_ADDRESS_HOUR = 10  # a school's or an institution's people share one address
_EMPTY = N_("Fill in this field.")


class AnsweredMeanwhile(DomainError):
    """A colleague has answered since the question was read."""

    code = "answered_meanwhile"
    message = N_("A colleague has answered meanwhile. Read that answer; send yours if it is still needed.")


def ask(work: Work, form: QuestionForm) -> QuestionReceipt:
    """Keep a question and mail it to the school; what a program filled in is thanked for and forgotten."""
    require(work, Action.QUESTION_ASK, Subject(is_public=True))
    email, body = _read(form)
    if form.website:
        return QuestionReceipt(email=email)
    _count(work, email)
    question = SupportQuestion(
        person_id=work.actor.person_id, email=email, body=body, language=work.language, created_at=work.now
    )
    work.db.add(question)
    work.db.flush()
    person = work.db.get(Person, work.actor.person_id) if work.actor.person_id is not None else None
    messages.queue(
        work,
        "question_received",
        recipient=settings().school_email,
        key=f"question_received:{question.key}",
        facts={"number": question.key, "name": person.full_name if person else "", "email": email, "question": body},
    )
    return QuestionReceipt(email=email)


def answer(work: Work, form: AnswerForm) -> None:
    """Answer a question by mail, to the address that was left; the answer also stands in the asker's list.

    The same words twice are one answer. Raises ``AnsweredMeanwhile`` when a colleague was quicker.
    """
    require(work, Action.QUESTION_ANSWER, Subject())
    question = work.db.get(SupportQuestion, form.question_id, with_for_update=True)
    if question is None:
        raise NotFound
    body = several_lines(form.answer)
    if not body:
        raise Invalid({"answer": _EMPTY})
    last = _last_reply(work, question)
    if last is not None and last.key != form.last_reply_id:
        if (last.author_id, last.body) == (work.actor.person_id, body):
            return
        raise AnsweredMeanwhile
    reply = SupportReply(question_id=question.key, author_id=work.actor.person_id, body=body, created_at=work.now)
    question.answered_at = question.answered_at or work.now
    work.db.add_all([reply, question])
    work.db.flush()
    messages.queue(
        work,
        "question_answered",
        recipient=question.email,
        person_id=question.person_id,
        language=question.language,
        key=f"question_answered:{reply.key}",
        facts={"question": question.body, "answer": body, "is_listed": question.person_id is not None},
    )
    audit.record(work, "question:answer", "support_question", question.key, reply_id=reply.key)


def _last_reply(work: Work, question: SupportQuestion) -> SupportReply | None:
    of_it = select(SupportReply).where(SupportReply.question_id == question.key)
    return work.db.exec(of_it.order_by(col(SupportReply.id).desc()).limit(1)).first()


def _read(form: QuestionForm) -> tuple[str, str]:
    """Return address and words as they are kept; raises ``Invalid`` naming every field that can't be."""
    problems: dict[str, str] = {}
    email, body = "", several_lines(form.question)
    try:
        email = parse_email(form.email)
    except Unusable as problem:
        problems["email"] = problem.message
    if not body:
        problems["question"] = _EMPTY
    if problems:
        raise Invalid(problems)
    return email, body


def _count(work: Work, email: str) -> None:
    """Refuse floods: per e-mail address, and for visitors per network address (10.1)."""
    address = work.tools.cipher.lookup(f"email:{email.casefold()}")
    rates.count(work, f"question:email:{address}", limit=_PER_EMAIL_HOUR, per=_HOUR)
    rates.count(work, f"question:email:{address}", limit=_PER_EMAIL_DAY, per=_DAY)
    if not work.actor.is_signed_in:
        visitor = f"question:visitor:{work.actor.network}"
        rates.count(work, visitor, limit=_PER_VISITOR_ADDRESS_HOUR, per=_HOUR)
        return
    rates.count(work, f"question:person:{work.actor.person_id}", limit=_PER_EMAIL_HOUR, per=_HOUR)
