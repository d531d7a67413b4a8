"""An e-mail address counts once a six-digit code that was sent to it came back (1.6)."""

import hmac
import secrets
from datetime import timedelta

from sqlalchemy import ColumnElement, update
from sqlmodel import col, select

from mps_app.core.codes import Unusable, parse_email
from mps_app.core.errors import Invalid
from mps_app.core.plain_text import one_line
from mps_app.core.work import Work
from mps_app.models import EmailVerification, Person
from mps_app.policy import Action, Subject, require
from mps_app.services import audit, messages
from mps_app.services.identity import rates
from mps_app.text import N_, say, say_n
from mps_app.views.identity import CodeForm, EmailCodeReceipt, EmailCodeSent, EmailForm

_VALID_MINUTES = 10
_ATTEMPTS = 5
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_PER_PERSON_HOUR, _PER_PERSON_DAY, _PER_ADDRESS_HOUR = 5, 15, 5  # nobody floods a foreign mailbox


def send_email_code(work: Work, form: EmailForm) -> EmailCodeSent:
    """Send a new code to an address; the one before, if any, is void."""
    require(work, Action.PERSON_UPDATE, Subject(person_id=work.actor.person_id))
    try:
        email = parse_email(one_line(form.email))
    except Unusable as refusal:
        raise Invalid({"email": refusal.message}) from refusal
    person = work.db.get_one(Person, work.actor.person_id)
    _count(work, email)
    _close(work)
    code = f"{secrets.randbelow(1_000_000):06}"
    verification = EmailVerification(
        person_id=person.key,
        email=email,
        code_hash=_hash(work, email, code),
        expires_at=work.now + timedelta(minutes=_VALID_MINUTES),
        created_at=work.now,
    )
    work.db.add(verification)
    work.db.flush()
    messages.queue(
        work,
        "email_code",
        recipient=email,
        person_id=person.key,
        language=work.language,
        key=f"email_code:{verification.key}",
        facts={"code": code, "valid_minutes": _VALID_MINUTES},
    )
    return EmailCodeSent(email=email, valid_minutes=_VALID_MINUTES)


def confirm_email_code(work: Work, form: CodeForm) -> EmailCodeReceipt:
    """Let the address count if the code is right. A wrong one is an answer, no error: the try must be kept."""
    require(work, Action.PERSON_UPDATE, Subject(person_id=work.actor.person_id))
    tried = work.db.execute(
        update(EmailVerification)
        .where(
            *_open(work),
            col(EmailVerification.expires_at) > work.now,
        )
        .values(attempts=col(EmailVerification.attempts) + 1)
        .returning(col(EmailVerification.email), col(EmailVerification.code_hash), col(EmailVerification.attempts))
    ).one_or_none()
    if tried is None:
        return EmailCodeReceipt(
            needs_new_code=True, words=say(work.language, N_("This code is no longer valid. Ask for a new one."))
        )
    email, code_hash, attempts = tried
    typed = "".join(form.code.split())
    if not hmac.compare_digest(code_hash, _hash(work, email, typed)):
        return _wrong(work, _ATTEMPTS - attempts)
    _close(work)
    _count_address(work, email)
    return EmailCodeReceipt(is_verified=True)


def pending_email(work: Work) -> str:
    """Return the address that waits for the actor's code, if any."""
    found = work.db.exec(
        select(EmailVerification.email).where(*_open(work), EmailVerification.expires_at > work.now)
    ).one_or_none()
    return found or ""


def _wrong(work: Work, left: int) -> EmailCodeReceipt:
    if left == 0:
        _close(work)
        words = say(work.language, N_("The code was wrong five times. Ask for a new one."))
        return EmailCodeReceipt(needs_new_code=True, words=words)
    words = say_n(work.language, "The code is wrong. {n} attempt left.", "The code is wrong. {n} attempts left.", left)
    return EmailCodeReceipt(words=words)


def _count_address(work: Work, email: str) -> None:
    person = work.db.get_one(Person, work.actor.person_id)
    if person.email != email:
        audit.record(work, "person:email_verified", "person", person.key)
    person.email, person.email_verified_at, person.email_bounced_at = email, work.now, None


def _count(work: Work, email: str) -> None:
    own = f"email_code:person:{work.actor.person_id}"
    rates.count(work, own, limit=_PER_PERSON_HOUR, per=_HOUR)
    rates.count(work, own, limit=_PER_PERSON_DAY, per=_DAY)
    address = work.tools.cipher.lookup(f"email:{email.casefold()}")
    rates.count(work, f"email_code:address:{address}", limit=_PER_ADDRESS_HOUR, per=_HOUR)


def _open(work: Work) -> tuple[ColumnElement[bool], ...]:
    return (
        col(EmailVerification.person_id) == work.actor.person_id,
        col(EmailVerification.closed_at).is_(None),
    )


def _close(work: Work) -> None:
    work.db.execute(update(EmailVerification).where(*_open(work)).values(closed_at=work.now))


def _hash(work: Work, email: str, code: str) -> str:
    """Return a keyed hash: six digits alone would be found by trying them all."""
    return work.tools.cipher.lookup(f"email_code:{work.actor.person_id}:{email}:{code}")
