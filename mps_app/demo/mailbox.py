"""The demo's mail receiver: what the school sends is kept as files and shown at /demo/pasts; it goes nowhere."""

import asyncio
import logging
import os
import re
import signal
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import urlsplit

from aiosmtpd.smtp import SMTP, Envelope, Session

from mps_app.core.settings import settings

KEPT_LETTERS = 500
LARGEST_BYTES = 2_000_000
_NAME = re.compile(r"\d{16,20}-\d{1,6}")


class Keeper:
    """Keeps each accepted letter as one file, whole or not at all; the oldest make room."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._count = 0
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802  # aiosmtpd's name
        """Accept a letter once its file is there."""
        self._count += 1
        content = envelope.content if isinstance(envelope.content, bytes) else (envelope.content or "").encode()
        file = self._directory / f"{time.time_ns():019}-{self._count}.eml"
        partial = file.with_suffix(".partial")
        partial.write_bytes(content)
        partial.rename(file)
        for old in sorted(self._directory.glob("*.eml"))[:-KEPT_LETTERS]:
            old.unlink(missing_ok=True)
        return "250 Kept"


async def receive(host: str, port: int, directory: Path) -> None:
    """Take letters until the process is asked to end."""
    loop = asyncio.get_running_loop()
    ending = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, ending.set)
    keeper = Keeper(directory)
    server = await loop.create_server(
        lambda: SMTP(keeper, data_size_limit=LARGEST_BYTES, enable_SMTPUTF8=True, loop=loop), host, port
    )
    async with server:
        await ending.wait()


def directory() -> Path:
    """Return where the letters lie."""
    return settings().var_dir.resolve() / "mail"


@dataclass(frozen=True, slots=True)
class Kept:
    """One letter as it was received."""

    name: str
    message: EmailMessage

    @property
    def subject(self) -> str:
        """Its subject."""
        return str(self.message["Subject"] or "")

    @property
    def recipient(self) -> str:
        """To whom it was sent."""
        return str(self.message["To"] or "")

    @property
    def received_at(self) -> datetime:
        """When it came, by the name of its file."""
        return datetime.fromtimestamp(int(self.name.partition("-")[0]) / 1e9, tz=UTC)

    def body(self, kind: str) -> str:
        """Return its ``html`` or ``plain`` twin."""
        part = self.message.get_body((kind,))
        return str(part.get_content()) if isinstance(part, EmailMessage) else ""

    def files(self) -> Sequence[tuple[str, bytes]]:
        """Return what is attached: names and contents."""
        return [
            (part.get_filename() or "fails", content)
            for part in self.message.iter_attachments()
            if isinstance(content := part.get_payload(decode=True), bytes)
        ]


def letters(recipient: str = "", limit: int = 100) -> list[Kept]:
    """Return the newest letters, all or those to one address."""
    found: list[Kept] = []
    for file in sorted(directory().glob("*.eml"), reverse=True):
        kept = letter(file.stem)
        if kept is not None and recipient.casefold() in kept.recipient.casefold():
            found.append(kept)
        if len(found) == limit:
            break
    return found


def letter(name: str) -> Kept | None:
    """Return one letter by the name of its file, if there is such."""
    if not _NAME.fullmatch(name):
        return None
    try:
        content = (directory() / f"{name}.eml").read_bytes()
    except FileNotFoundError:
        return None
    return Kept(name, message_from_bytes(content, EmailMessage, policy=policy.default))


def main() -> None:
    """Receive on the address that the school sends to."""
    configuration = settings()
    if not configuration.is_demo:
        message = "the demo's mail receiver does not run in production"
        raise SystemExit(message)
    logging.getLogger("mail.log").setLevel(logging.ERROR)
    os.umask(0o077)
    address = urlsplit(configuration.smtp_url)
    asyncio.run(receive(address.hostname or "127.0.0.1", address.port or 25, directory()))


if __name__ == "__main__":
    main()
