"""What the system says in passing: one message at a time, read aloud by screen readers.

Notices are state and not Reflex's toasts, because a toast sent by the server is a script that the
browser must ``eval``, which the content policy forbids.
"""

import reflex as rx

from mps_app.core.callers import ANYONE, allow
from mps_app.views.notice import Notice


class NoticeState(rx.State):
    """The notice on the screen."""

    notice: Notice = Notice()

    @rx.event
    @allow(ANYONE)
    def tell(self, text: str) -> None:
        """Show what happened."""
        self._show(text, "neutral")

    @rx.event
    @allow(ANYONE)
    def refuse(self, text: str) -> None:
        """Show why something was not done."""
        self._show(text, "bad")

    @rx.event
    @allow(ANYONE)
    def close(self) -> None:
        """Take the notice away."""
        self.notice = Notice(number=self.notice.number)

    def _show(self, text: object, tone: str) -> None:
        self.notice = Notice(text=str(text)[:500], tone=tone, number=self.notice.number + 1)
