"""Signing in and out, sessions, e-mail codes (rule 1)."""

from mps_app.services.identity.sessions import actor_of, start_session, token_hash
from mps_app.services.identity.who import signed_in_person

__all__ = ["actor_of", "signed_in_person", "start_session", "token_hash"]
