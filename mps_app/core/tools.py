"""What the world must offer, as protocols; adapters fulfil them, front doors plug them in."""

from collections.abc import Callable
from dataclasses import dataclass
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
class Letter:
    """One rendered message, ready for SMTP."""

    message_id: str
    recipient: str
    subject: str
    text: str
    html: str
    calendar: str = ""  # an iCalendar object (RFC 5545) or nothing
    calendar_method: str = ""  # REQUEST or CANCEL (RFC 5546)


class Mailer(Protocol):
    """Hands letters to a mail server."""

    def send(self, letter: Letter) -> None:
        """Deliver one letter; raises ``MailRefused`` or ``MailUnreachable``."""
        ...


class MailRefused(Exception):
    """The server refused this letter for good (SMTP 5xx): trying again is useless."""


class MailUnreachable(Exception):
    """The server could not be reached or asks to come back (SMTP 4xx): try later."""


@dataclass(frozen=True, slots=True)
class Tools:
    """Everything a service may use of the world."""

    cipher: Cipher
    waker: Waker
    mailer: Callable[[], Mailer]
    """A fresh connection to the mail server, to be closed by its ``close``."""
