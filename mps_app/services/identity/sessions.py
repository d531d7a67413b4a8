"""Server-side sessions (1.4): the cookie holds a random token, the database its hash."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, bindparam, or_, text, update
from sqlmodel import col, select

from mps_app.core import riga
from mps_app.core.actor import Actor, Language, Role
from mps_app.core.settings import settings
from mps_app.core.work import Work, only_reads
from mps_app.models import SPEAKS, SignIn
from mps_app.policy import Action, Subject, require
from mps_app.services import audit
from mps_app.services.identity.rules import device_text
from mps_app.text import N_, say
from mps_app.views.identity import SessionRow

_SEEN_EVERY = timedelta(minutes=1)

_ACTOR = text(f"""
    SELECT s.id, s.person_id, s.last_seen_at,
           ARRAY(SELECT r.role FROM role_grant r WHERE r.person_id = p.id AND r.from_on <= :today
                 AND (r.until_on IS NULL OR r.until_on >= :today)),
           ARRAY(SELECT c.institution_id FROM coordinator c WHERE c.person_id = p.id AND {SPEAKS})
    FROM sign_in s JOIN person p ON p.id = s.person_id
    WHERE s.token_hash = :token_hash AND s.ended_at IS NULL
      AND s.expires_at > :now AND s.last_seen_at > :idle_since
""").bindparams(bindparam("token_hash"), bindparam("now"), bindparam("idle_since"), bindparam("today"))  # noqa: S608  # our own condition


def token_hash(token: str) -> str:
    """Return what the database keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def start_session(work: Work, person_id: int, *, user_agent: str, network_address: str, id_token: str = "") -> str:
    """Open a session for a person and return its token, to be set as an HttpOnly cookie.

    The provider's ID token names the person by code: it is kept sealed, and only while the session lasts (1.3).
    """
    token = secrets.token_urlsafe(32)
    work.db.add(
        SignIn(
            token_hash=token_hash(token),
            person_id=person_id,
            expires_at=work.now + timedelta(hours=settings().session_absolute_hours),
            last_seen_at=work.now,
            user_agent=user_agent[:300],
            network_address=network_address[:100],
            id_token_sealed=work.tools.cipher.seal(id_token) if id_token else None,
            created_at=work.now,
        )
    )
    return token


def actor_of(work: Work, token: str, network_address: str = "", language: Language = Language.LV) -> Actor:
    """Return who holds a session token now; a visitor (in ``language``) when the session is over."""
    nobody = Actor(language=language, network_address=network_address)
    if not token:
        return nobody
    idle_since = work.now - timedelta(minutes=settings().session_idle_minutes)
    asked = {
        "token_hash": token_hash(token),
        "now": work.now,
        "idle_since": idle_since,
        "today": riga.today(work.now),  # roles begin and end at midnight in Riga (16.1)
    }
    found = work.db.execute(_ACTOR, asked).one_or_none()
    if found is None:
        return nobody
    sign_in_id, person_id, last_seen_at, roles, institutions = found
    _touch(work, sign_in_id, last_seen_at)
    held = {Role(role) for role in roles} | ({Role.COORDINATOR} if institutions else set())
    return Actor(
        person_id=person_id,
        sign_in_id=sign_in_id,
        roles=frozenset(held),
        institution_ids=frozenset(institutions),
        language=language,  # what the page speaks; the person's own choice is for mails
        network_address=network_address,
    )


def sign_out(work: Work) -> str:
    """End the actor's session in every tab at once (1.4); return the hint for signing out at the provider."""
    if work.actor.sign_in_id is None:
        return ""
    require(work, Action.SIGN_IN_END, Subject(person_id=work.actor.person_id))
    sealed = work.db.exec(select(SignIn.id_token_sealed).where(SignIn.id == work.actor.sign_in_id)).one_or_none()
    _end(work, col(SignIn.id) == work.actor.sign_in_id)
    audit.record(work, "person:sign_out", "person", work.actor.person_id)
    return work.tools.cipher.unseal(sealed) if sealed else ""


def own_sessions(work: Work) -> tuple[SessionRow, ...]:
    """Return where the actor is signed in now, this place first."""
    require(work, Action.SIGN_IN_READ, Subject(person_id=work.actor.person_id))
    rows = work.db.exec(
        select(SignIn)
        .where(SignIn.person_id == work.actor.person_id, *_alive(work))
        .order_by(col(SignIn.id) != work.actor.sign_in_id, col(SignIn.last_seen_at).desc())
    )
    return tuple(
        SessionRow(
            id=row.key,
            device_text=device_text(row.user_agent) or say(work.language, N_("Unknown device")),
            started_text=riga.moment_text(work.language, row.created_at),
            seen_text=riga.moment_text(work.language, row.last_seen_at),
            is_current=row.id == work.actor.sign_in_id,
        )
        for row in rows
    )


def end_session(work: Work, sign_in_id: int) -> None:
    """End one session; nobody learns whether a foreign one exists."""
    row = work.db.get(SignIn, sign_in_id)
    require(work, Action.SIGN_IN_END, Subject(person_id=row.person_id if row else None))
    _end(work, col(SignIn.id) == sign_in_id)
    if row is not None and row.person_id != work.actor.person_id:
        audit.record(work, "sign_in:end", "person", row.person_id)


def end_other_sessions(work: Work) -> int:
    """End all the actor's sessions but this one; return how many there were."""
    require(work, Action.SIGN_IN_END, Subject(person_id=work.actor.person_id))
    own = col(SignIn.person_id) == work.actor.person_id
    return _end(work, own, col(SignIn.id) != work.actor.sign_in_id, *_alive(work))


def end_former(work: Work, token: str, person_id: int) -> None:
    """End the session that a browser had before this sign-in (1.4).

    The same person's is left when it has run out already: in its tabs may be what they typed, and is not lost.
    """
    if token:
        is_of_another = col(SignIn.person_id) != person_id
        _end(work, col(SignIn.token_hash) == token_hash(token), or_(is_of_another, and_(*_alive(work))))


@only_reads
def was_ended(work: Work, token: str) -> bool:
    """Whether somebody ended a token's session; one that ran out by itself was not ended."""
    asked = select(SignIn.id).where(SignIn.token_hash == token_hash(token), col(SignIn.ended_at).is_not(None))
    return work.db.exec(asked).first() is not None


def _alive(work: Work) -> tuple[ColumnElement[bool], ...]:
    idle_since = work.now - timedelta(minutes=settings().session_idle_minutes)
    return (
        col(SignIn.ended_at).is_(None),
        col(SignIn.expires_at) > work.now,
        col(SignIn.last_seen_at) > idle_since,
    )


def _end(work: Work, *which: ColumnElement[bool]) -> int:
    """End sessions that have not ended; what the provider gave for them is forgotten."""
    ended = work.db.execute(
        update(SignIn)
        .where(*which, col(SignIn.ended_at).is_(None))
        .values(ended_at=work.now, id_token_sealed=None)
        .returning(col(SignIn.id))
    )
    return len(ended.all())


def _touch(work: Work, sign_in_id: int, last_seen_at: datetime) -> None:
    """Move the idle limit, at most once a minute so that reading stays reading."""
    if work.now - last_seen_at > _SEEN_EVERY:
        work.db.execute(update(SignIn).where(col(SignIn.id) == sign_in_id).values(last_seen_at=work.now))
