"""The live system's database."""

from tests.strangers.conftest import live_engine

__all__ = ["live_engine"]
