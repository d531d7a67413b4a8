"""One redirect to the provider: bound to the browser, single use, ten minutes (1.1)."""

import secrets
from datetime import timedelta

from sqlalchemy import update
from sqlmodel import col

from mps_app.core.sign_in import Errand, SignInStale
from mps_app.core.work import Work
from mps_app.models import SignInAttempt
from mps_app.services.identity import rates
from mps_app.services.identity.rules import safe_return_path
from mps_app.services.identity.sessions import token_hash

_LIFETIME = timedelta(minutes=10)
_STARTS = 300  # per network address: a whole ministry may sit behind one


def start_sign_in(work: Work, browser_token: str, return_to: str) -> Errand:
    """Remember a redirect that is about to happen; the browser token comes back with the browser alone."""
    if work.actor.network_address:
        rates.count(work, f"sign_in:{work.actor.network}", limit=_STARTS, per=_LIFETIME)
    errand = Errand(
        state=secrets.token_urlsafe(32),
        nonce=secrets.token_urlsafe(32),
        verifier=secrets.token_urlsafe(48),
        return_to=safe_return_path(return_to),
    )
    work.db.add(
        SignInAttempt(
            state_hash=token_hash(errand.state),
            browser_hash=token_hash(browser_token),
            nonce=errand.nonce,
            verifier=errand.verifier,
            return_to=errand.return_to,
            expires_at=work.now + _LIFETIME,
            created_at=work.now,
        )
    )
    return errand


def take_errand(work: Work, browser_token: str, state: str) -> Errand:
    """Return the redirect that an answer belongs to and close it; raises ``SignInStale`` if there is none."""
    found = work.db.execute(
        update(SignInAttempt)
        .where(
            col(SignInAttempt.state_hash) == token_hash(state),
            col(SignInAttempt.browser_hash) == token_hash(browser_token),
            col(SignInAttempt.used_at).is_(None),
            col(SignInAttempt.expires_at) > work.now,
        )
        .values(used_at=work.now)
        .returning(col(SignInAttempt.nonce), col(SignInAttempt.verifier), col(SignInAttempt.return_to))
    ).one_or_none()
    if not browser_token or found is None:
        raise SignInStale
    return Errand(state, *found)
