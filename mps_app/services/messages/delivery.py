"""From the outbox to the mail server: each message once, whatever dies on the way (invariant 2).

A worker first *claims* messages: they are lent to it for a lease, and the attempt is counted. Each is then
delivered in a transaction of its own that holds its row, and noted as sent. A worker that dies gives nothing
back: when the lease ends, somebody else claims what it held. Only what the server accepted in the moment
before such a death goes out again, under the same Message-ID.
"""

import hashlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parseaddr

from sqlalchemy import text, update
from sqlmodel import col, select

from mps_app.core.settings import settings
from mps_app.core.tools import Letter, Mailer, MailPostponed, MailRefused, MailUnreachable
from mps_app.core.work import Work
from mps_app.models import MessageState, OutboxMessage, Person
from mps_app.services.messages.attachments import calendars
from mps_app.services.messages.templates import TEMPLATES
from mps_app.services.messages.wording import worded

_log = logging.getLogger(__name__)

_CLAIM = text("""
    UPDATE outbox_message SET state = 'sending', attempts = attempts + 1, next_try_at = :lease_ends
    WHERE id IN (
        SELECT id FROM outbox_message WHERE state IN ('queued', 'failed', 'sending') AND next_try_at <= :now
        ORDER BY next_try_at, id LIMIT :many FOR UPDATE SKIP LOCKED)
    RETURNING id, attempts
""")
_PATIENT = text("SET LOCAL idle_in_transaction_session_timeout = '300s'")  # a slow mail server must not cost the note


@dataclass(frozen=True, slots=True)
class Claim:
    """A message lent to one worker; ``attempt`` tells whether it still is."""

    message_id: int
    attempt: int


def claim(work: Work, many: int = 20) -> list[Claim]:
    """Borrow messages that are due, the longest waiting first; nobody else gets them while the lease lasts."""
    lease_ends = work.now + timedelta(seconds=settings().mail_lease_seconds)
    lent = work.db.execute(_CLAIM, {"now": work.now, "lease_ends": lease_ends, "many": many}).all()
    return [Claim(*row) for row in sorted(tuple(row) for row in lent)]


def deliver(work: Work, lent: Claim, mailer: Mailer) -> bool:
    """Send one claimed message and note it; ``False`` when no mail passes now, so the rest had better wait."""
    message = _held(work, lent)
    if message is None:
        return True  # the lease had ended and somebody else has it
    letter = _written(message, work.now)
    if letter is None:
        return True
    try:
        mailer.send(letter)
    except MailRefused as error:
        _note_bounce(work, message, error)
        _give_up(message, str(error))
    except (MailPostponed, MailUnreachable) as error:
        _postpone(message, str(error), work.now)
        return isinstance(error, MailPostponed)
    else:
        message.state, message.sent_at, message.last_error = MessageState.SENT, work.now, ""
        _forget_secret(message)
    return True


def give_back(work: Work, claims: Sequence[Claim]) -> None:
    """Return claims that were not tried, as if they had not been made, to be tried after the first pause."""
    later = work.now + timedelta(seconds=settings().mail_retry_seconds[0])
    for lent in claims:
        work.db.execute(
            update(OutboxMessage)
            .where(col(OutboxMessage.id) == lent.message_id, col(OutboxMessage.attempts) == lent.attempt)
            .where(col(OutboxMessage.state) == MessageState.SENDING)
            .values(state=MessageState.QUEUED, attempts=lent.attempt - 1, next_try_at=later)
        )


def _held(work: Work, lent: Claim) -> OutboxMessage | None:
    """Return the claimed message, its row held until the commit, or nothing if the claim is void."""
    work.db.execute(_PATIENT)
    return work.db.exec(
        select(OutboxMessage)
        .where(OutboxMessage.id == lent.message_id, OutboxMessage.attempts == lent.attempt)
        .where(OutboxMessage.state == MessageState.SENDING)
        .with_for_update(skip_locked=True)
    ).one_or_none()


def _written(message: OutboxMessage, now: datetime) -> Letter | None:
    """Return the letter to send, or give up a message that makes none."""
    if message.attempts > len(settings().mail_retry_seconds) + 1:
        _give_up(message, "the workers that tried to send it died")
    elif _is_too_late(message, now):
        _give_up(message, "it was of use no longer")
    else:
        try:
            return _letter(message)
        except Exception as error:  # noqa: BLE001  # whatever it is, the others are not to wait for it
            _give_up(message, f"it could not be written: {type(error).__name__}: {error}")
    return None


def _letter(message: OutboxMessage) -> Letter:
    words = worded(message.template, message.facts, message.language, to_person=message.person_id is not None)
    return Letter(
        message_id=message_id_of(message.dedupe_key),
        written_at=message.created_at,
        recipient=message.recipient,
        subject=words.subject,
        text=words.text,
        html=words.html,
        language=message.language,
        calendars=calendars(message),
    )


def message_id_of(dedupe_key: str) -> str:
    """Return the Message-ID: the same for the same key, so that a repeat can be told from a second message."""
    domain = parseaddr(settings().mail_sender)[1].rpartition("@")[2]
    return f"<{hashlib.sha256(dedupe_key.encode()).hexdigest()[:40]}@{domain}>"


def _postpone(message: OutboxMessage, reason: str, now: datetime) -> None:
    pauses = settings().mail_retry_seconds
    if message.attempts > len(pauses):
        _give_up(message, reason)
        return
    message.state, message.last_error = MessageState.FAILED, reason[:500]
    message.next_try_at = now + timedelta(seconds=pauses[message.attempts - 1])


def _give_up(message: OutboxMessage, reason: str) -> None:
    _log.error("message %s (%s) was given up: %s", message.id, message.template, reason)
    message.state, message.last_error = MessageState.DEAD, reason[:500]
    _forget_secret(message)


def _forget_secret(message: OutboxMessage) -> None:
    if TEMPLATES[message.template].is_secret:
        message.facts = {}


def _is_too_late(message: OutboxMessage, now: datetime) -> bool:
    useful = TEMPLATES[message.template].useful_for
    return useful is not None and now - message.created_at > useful


def _note_bounce(work: Work, message: OutboxMessage, error: MailRefused) -> None:
    """Mark the person's address when it was the reason, unless they have changed it since (16.5)."""
    if not error.is_address or message.person_id is None:
        return
    work.db.execute(
        update(Person)
        .where(col(Person.id) == message.person_id, col(Person.email) == message.recipient)
        .values(email_bounced_at=work.now)
    )
