"""The outbox: a message is written in the transaction that causes it, and sent once (invariant 2, 16.5)."""

from mps_app.services.messages.outbox import queue

__all__ = ["queue"]
