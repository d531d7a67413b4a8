"""The people of the live system, in browsers."""

from tests.strangers.conftest import attacker, live_engine, victim

__all__ = ["attacker", "live_engine", "victim"]
