"""What signing in leaves behind is removed when nobody needs it any more (domain: hourly clean-up)."""

from datetime import timedelta

from sqlalchemy import delete, or_
from sqlmodel import col

from mps_app.core.work import Work
from mps_app.models import EmailVerification, RateCount, SignIn, SignInAttempt

_SESSIONS_KEPT = timedelta(days=30)  # so that the person, or a draft, can still be told whose it was
_TRACES_KEPT = timedelta(days=2)


def clean_up(work: Work) -> int:
    """Remove attempts, codes, counters and sessions that are over; return how many."""
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
