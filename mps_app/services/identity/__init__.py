"""Signing in and out, sessions, e-mail codes (rule 1)."""

from mps_app.services.identity.sessions import actor_of, start_session

__all__ = ["actor_of", "start_session"]
