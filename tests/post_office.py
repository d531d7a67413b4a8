"""A mail server that keeps what it is given: real SMTP, so that what we send is what arrives."""

from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from mps_app.launch.valkey import free_port


class PostOffice:
    """Letters in the order they came; a recipient listed in ``answers`` is answered with that line instead."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.answers: dict[str, str] = {}
        self.url = ""

    async def handle_RCPT(  # noqa: N802  # aiosmtpd's own name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take a recipient, or answer as the test has said."""
        del server, session, options
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep a letter."""
        del server, session
        content: Any = envelope.content  # bytes, unless decode_data was asked for
        letter = message_from_bytes(content, policy=default)
        self.letters.append(letter)
        return "250 OK"

    def to(self, address: str) -> list[EmailMessage]:
        """Return the letters to one address."""
        return [letter for letter in self.letters if address in str(letter["To"])]

    def forget(self) -> None:
        """Begin with an empty office that takes everything."""
        self.letters.clear()
        self.answers.clear()


@contextmanager
def open_post_office() -> Iterator[PostOffice]:
    """Listen on a free port until the block ends."""
    office = PostOffice()
    controller = Controller(office, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        office.url = f"smtp://127.0.0.1:{controller.port}"
        yield office
    finally:
        controller.stop()
