"""What may be seen of messages (16.5)."""

from mps_app.views.base import View


class SentMessageRow(View):
    """One message to the person who looks."""

    id: int
    subject_text: str
    when_text: str
    address_text: str
    state_text: str
    is_delivered: bool


class SentMessages(View):
    """A page of what was sent to the person who looks, the newest first."""

    rows: list[SentMessageRow] = []
    has_older: bool = False


class DeadLetterRow(View):
    """One message that was given up, for the administrator: never its words."""

    id: int
    template: str
    address_text: str
    when_text: str
    attempts: int
    reason_text: str
