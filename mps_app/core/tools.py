"""What the world must offer, as protocols; adapters fulfil them, front doors plug them in."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


class Cipher(Protocol):
    """Keeps personal codes (1.3): sealed at rest, found by a keyed hash."""

    def seal(self, code: str) -> bytes:
        """Encrypt a canonical personal code."""
        ...

    def unseal(self, sealed: bytes) -> str:
        """Decrypt what ``seal`` returned."""
        ...

    def lookup(self, code: str) -> str:
        """Return the keyed hash by which a canonical code is found."""
        ...


class Waker(Protocol):
    """Starts a background job by name soon after the commit; losing a call only delays."""

    def wake(self, job: str) -> None:
        """Ask a worker to run ``job``; never raises."""
        ...


@dataclass(frozen=True, slots=True)
class CalendarPart:
    """An iCalendar object (RFC 5545) on its way: what it asks for (RFC 5546) and its text."""

    method: str  # REQUEST or CANCEL
    text: str


@dataclass(frozen=True, slots=True)
class Letter:
    """One rendered message, ready for SMTP."""

    message_id: str
    written_at: datetime
    recipient: str
    subject: str
    text: str
    html: str
    language: str = "lv"
    calendars: tuple[CalendarPart, ...] = ()


class Mailer(Protocol):
    """Hands letters to a mail server, one connection for several."""

    def send(self, letter: Letter) -> None:
        """Deliver one letter; raises ``MailRefused``, ``MailPostponed`` or ``MailUnreachable``."""
        ...

    def close(self) -> None:
        """End the connection; never raises."""
        ...


class MailRefused(Exception):
    """The server refused this letter for good (SMTP 5xx): trying again is useless."""

    def __init__(self, reason: str, *, is_address: bool = False) -> None:
        super().__init__(reason)
        self.is_address = is_address  # the recipient's address is the reason: it bounced (16.5)


class MailPostponed(Exception):
    """The server asks to bring this letter again later (SMTP 4xx); others may pass."""


class MailUnreachable(Exception):
    """The server can't be reached or lets nothing of ours in: no letter passes now."""


class FileGone(Exception):
    """A file that the database names is not in the store."""


class Files(Protocol):
    """Keeps files under keys that services choose, like ``materials/4f1c.pdf``; keep first, write the row after."""

    def keep(self, key: str, content: bytes) -> None:
        """Store a file; one under the same key is replaced."""
        ...

    def read(self, key: str) -> bytes:
        """Return a whole file; raises ``FileGone``."""
        ...

    def stream(self, key: str, first: int, last: int) -> Iterator[bytes]:
        """Yield the bytes from ``first`` to ``last``, both included; raises ``FileGone`` at once."""
        ...

    def remove(self, key: str) -> None:
        """Forget a file; nothing happens when there is none."""
        ...


@dataclass(frozen=True, slots=True)
class Tools:
    """Everything a service may use of the world."""

    cipher: Cipher
    waker: Waker
    mailer: Callable[[], Mailer]
    """A connection to the mail server, made when the first letter is sent, ended by ``close``."""
    files: Files
