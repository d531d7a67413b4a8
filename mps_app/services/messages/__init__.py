"""The outbox: a message is written in the transaction that causes it, and sent once (invariant 2, 16.5)."""

from mps_app.services.messages.delivery import Claim, claim, deliver, give_back, message_id_of
from mps_app.services.messages.outbox import queue, retry
from mps_app.services.messages.queries import dead_letters, sent_to_me
from mps_app.services.messages.templates import TEMPLATES, Change, SessionFacts
from mps_app.services.messages.told import Told, told_of

__all__ = [
    "TEMPLATES",
    "Change",
    "Claim",
    "SessionFacts",
    "Told",
    "claim",
    "dead_letters",
    "deliver",
    "give_back",
    "message_id_of",
    "queue",
    "retry",
    "sent_to_me",
    "told_of",
]
