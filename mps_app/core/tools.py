"""What the world must offer, as protocols; adapters fulfil them, front doors plug them in."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol


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


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file of the store that somebody may have: what an HTTP door needs to hand it out."""

    key: str
    name: str  # as it is saved by the browser
    content_type: str
    size_bytes: int
    digest: str  # SHA-256: another content, another digest
    is_inline: bool = False  # shown by the browser instead of saved


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


class Vault(Protocol):
    """Keeps what is nobody's to read while it waits, like answers that were not opened yet (7.4)."""

    def seal(self, content: bytes) -> bytes:
        """Encrypt; the length tells no more than a rough size."""
        ...

    def unseal(self, sealed: bytes) -> bytes:
        """Decrypt what ``seal`` returned."""
        ...


class Printer(Protocol):
    """Makes a PDF of a page: tagged, its fonts embedded, reaching no file and no network."""

    def pdf(self, html: str, sheet: str) -> bytes:
        """Lay a whole HTML document out by the style sheet of that name."""
        ...


class Seal(Protocol):
    """Signs documents electronically (7.5)."""

    @property
    def is_demo(self) -> bool:
        """Whether the seal is the demo's, which nobody need trust."""
        ...

    def sign(self, pdf: bytes) -> bytes:
        """Return the document signed; one byte changed afterwards breaks it."""
        ...


class BadgeSigner(Protocol):
    """Signs credentials that other systems verify by our published keys (7.5)."""

    def sign(self, credential: Mapping[str, Any]) -> str:  # Any: JSON
        """Return a compact signature over a credential."""
        ...

    def keys(self) -> dict[str, Any]:  # Any: JSON
        """Return the public keys as a set (RFC 7517 5)."""
        ...


@dataclass(frozen=True, slots=True)
class Tools:
    """Everything a service may use of the world."""

    cipher: Cipher
    waker: Waker
    mailer: Callable[[], Mailer]
    """A connection to the mail server, made when the first letter is sent, ended by ``close``."""
    files: Files
    vault: Vault
    printer: Printer
    qr: Callable[[str], str]
    """Draws words as a QR code, in SVG."""
    seal: Seal | None
    """None: nothing is configured to sign with, and documents say so."""
    badges: BadgeSigner | None
