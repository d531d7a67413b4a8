"""Server-side sessions (1.4): the cookie holds a random token, the database its hash."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import bindparam, text, update
from sqlmodel import col

from mps_app.core.actor import NOBODY, Actor, Language, Role
from mps_app.core.settings import settings
from mps_app.core.work import Work
from mps_app.models import SignIn

_SEEN_EVERY = timedelta(minutes=1)

_ACTOR = text("""
    SELECT s.id, s.person_id, s.last_seen_at, p.language,
           ARRAY(SELECT r.role FROM role_grant r WHERE r.person_id = p.id AND r.from_on <= :today
                 AND (r.until_on IS NULL OR r.until_on >= :today)),
           ARRAY(SELECT c.institution_id FROM coordinator c WHERE c.person_id = p.id
                 AND c.confirmed_on <= :today AND (c.ended_on IS NULL OR c.ended_on > :today))
    FROM sign_in s JOIN person p ON p.id = s.person_id
    WHERE s.token_hash = :token_hash AND s.ended_at IS NULL
      AND s.expires_at > :now AND s.last_seen_at > :idle_since
""").bindparams(bindparam("token_hash"), bindparam("now"), bindparam("idle_since"), bindparam("today"))


def token_hash(token: str) -> str:
    """Return what the database keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def start_session(
    work: Work, person_id: int, *, user_agent: str, network_address: str, id_token: str = ""
) -> str:
    """Open a session for a person and return its token, to be set as an HttpOnly cookie."""
    token = secrets.token_urlsafe(32)
    work.db.add(
        SignIn(
            token_hash=token_hash(token),
            person_id=person_id,
            expires_at=work.now + timedelta(hours=settings().session_absolute_hours),
            last_seen_at=work.now,
            user_agent=user_agent[:300],
            network_address=network_address,
            id_token=id_token,
            created_at=work.now,
        )
    )
    return token


def actor_of(work: Work, token: str, network_address: str = "", language: Language = Language.LV) -> Actor:
    """Return who holds a session token now; ``NOBODY`` (in ``language``) when the session is over."""
    nobody = Actor(language=language, network_address=network_address) if network_address else NOBODY
    if not token:
        return nobody
    idle_since = work.now - timedelta(minutes=settings().session_idle_minutes)
    today = work.now.date()  # grants change at midnight UTC at the latest; ends also stop sessions
    found = work.db.execute(
        _ACTOR, {"token_hash": token_hash(token), "now": work.now, "idle_since": idle_since, "today": today}
    ).one_or_none()
    if found is None:
        return nobody
    sign_in_id, person_id, last_seen_at, spoken, roles, institutions = found
    _touch(work, sign_in_id, last_seen_at)
    held = {Role(role) for role in roles} | ({Role.COORDINATOR} if institutions else set())
    return Actor(
        person_id=person_id,
        sign_in_id=sign_in_id,
        roles=frozenset(held),
        institution_ids=frozenset(institutions),
        language=Language(spoken),
        network_address=network_address,
    )


def _touch(work: Work, sign_in_id: int, last_seen_at: datetime) -> None:
    """Move the idle limit, at most once a minute so that reading stays reading."""
    if work.now - last_seen_at > _SEEN_EVERY:
        work.db.execute(update(SignIn).where(col(SignIn.id) == sign_in_id).values(last_seen_at=work.now))
