"""What signing in leaves behind is removed when nobody needs it any more (domain: hourly clean-up)."""

from datetime import timedelta

from sqlalchemy import delete, or_, update
from sqlmodel import col

from mps_app.core.settings import settings
from mps_app.core.work import Work
from mps_app.models import EmailVerification, RateCount, SignIn, SignInAttempt

_SESSIONS_KEPT = timedelta(days=30)  # so that the person, or a draft, can still be told whose it was
_TRACES_KEPT = timedelta(days=2)


def clean_up(work: Work) -> int:
    """Remove attempts, codes, counters and sessions that are over; return how many."""
    _forget_tokens(work)
    traces, sessions = work.now - _TRACES_KEPT, work.now - _SESSIONS_KEPT
    gone = 0
    for removal in (
        delete(SignInAttempt).where(col(SignInAttempt.expires_at) < work.now).returning(col(SignInAttempt.id)),
        delete(EmailVerification)
        .where(col(EmailVerification.expires_at) < traces)
        .returning(col(EmailVerification.id)),
        delete(RateCount).where(col(RateCount.created_at) < traces).returning(col(RateCount.id)),
        delete(SignIn)
        .where(or_(col(SignIn.ended_at) < sessions, col(SignIn.expires_at) < sessions))
        .returning(col(SignIn.id)),
    ):
        gone += len(work.db.execute(removal).all())
    return gone


def _forget_tokens(work: Work) -> None:
    """Forget what the provider gave for sessions that ran out: nobody signs out of them any more (1.3)."""
    idle_since = work.now - timedelta(minutes=settings().session_idle_minutes)
    work.db.execute(
        update(SignIn)
        .where(
            col(SignIn.id_token_sealed).is_not(None),
            or_(col(SignIn.expires_at) <= work.now, col(SignIn.last_seen_at) <= idle_since),
        )
        .values(id_token_sealed=None)
    )
