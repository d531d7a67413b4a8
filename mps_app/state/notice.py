"""What the system says in passing: one message at a time, read aloud by screen readers.

Notices are state and not Reflex's toasts, because a toast sent by the server is a script that the
browser must ``eval``, which the content policy forbids.
"""

import reflex as rx

from mps_app.core.callers import ANYONE, allow
from mps_app.state.base import page_path
from mps_app.views.notice import Notice


class NoticeState(rx.State):
    """The notice on the screen; it belongs to one page, and leaves when its reader opens another."""

    notice: Notice = Notice()
    _page: str = ""

    @rx.event
    @allow(ANYONE)
    def tell(self, text: str, page: str = "") -> None:
        """Show what happened: on the page one is on, or on the one to which one is led at the same time."""
        self._show(text, "neutral", page)

    @rx.event
    @allow(ANYONE)
    def refuse(self, text: str, page: str = "") -> None:
        """Show why something was not done, on the same terms."""
        self._show(text, "bad", page)

    @rx.event
    @allow(ANYONE)
    def leave(self) -> None:
        """Take away what was told on another page: one has opened."""
        if self.notice.text and self._page != page_path(self):
            self.notice = Notice(number=self.notice.number)

    @rx.event
    @allow(ANYONE)
    def close(self) -> None:
        """Take the notice away."""
        self.notice = Notice(number=self.notice.number)

    def _show(self, text: object, tone: str, page: object) -> None:
        self._page = str(page)[:500].rstrip("/") if page else page_path(self)
        self.notice = Notice(text=str(text)[:500], tone=tone, number=self.notice.number + 1)
