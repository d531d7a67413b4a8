"""Signing in and out, sessions, e-mail codes (rule 1)."""

from mps_app.services.identity.attempts import start_sign_in, take_errand
from mps_app.services.identity.cleaning import clean_up
from mps_app.services.identity.email_codes import confirm_email_code, pending_email, send_email_code
from mps_app.services.identity.rates import count
from mps_app.services.identity.rules import safe_return_path
from mps_app.services.identity.sessions import (
    actor_of,
    end_other_sessions,
    end_session,
    own_sessions,
    sign_out,
    start_session,
    token_hash,
    was_ended,
)
from mps_app.services.identity.signing_in import finish_sign_in
from mps_app.services.identity.who import ROLE_NAMES, signed_in_person

__all__ = [
    "ROLE_NAMES",
    "actor_of",
    "clean_up",
    "confirm_email_code",
    "count",
    "end_other_sessions",
    "end_session",
    "finish_sign_in",
    "own_sessions",
    "pending_email",
    "safe_return_path",
    "send_email_code",
    "sign_out",
    "signed_in_person",
    "start_session",
    "start_sign_in",
    "take_errand",
    "token_hash",
    "was_ended",
]
