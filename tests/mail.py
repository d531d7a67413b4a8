"""A real SMTP receiver that remembers, and refuses what the test tells it to."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from mps_app.adapters.smtp import SmtpMailer
from mps_app.core.settings import settings
from mps_app.core.work import House, plug
from mps_app.launch.valkey import free_port


class Receiver:
    """Letters in the order they were accepted; ``answers`` maps an address to what its RCPT is told."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.answers: dict[str, str] = {}
        self.data_answer = ""
        self.pause = 0.0  # seconds before a letter is taken; once taken, the answer leaves at once
        self.connections = 0
        self.port = 0

    async def handle_EHLO(  # noqa: N802  # aiosmtpd's name
        self, _server: SMTP, session: Session, _envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        """Count those who come."""
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Take or refuse a recipient."""
        answer = self.answers.get(address, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Take or refuse the letter."""
        await asyncio.sleep(self.pause)
        if self.data_answer:
            return self.data_answer
        assert isinstance(envelope.content, bytes)
        self.letters.append(message_from_bytes(envelope.content, EmailMessage, policy=policy.default))
        return "250 OK"

    @property
    def url(self) -> str:
        """Where it is reached."""
        return f"smtp://127.0.0.1:{self.port}"

    def recipients(self) -> list[str]:
        """To whom the letters went, in order."""
        return [str(letter["To"]) for letter in self.letters]


@contextmanager
def receiving(receiver: Receiver) -> Iterator[Receiver]:
    """Listen for as long as the block runs, always on the same port."""
    receiver.port = receiver.port or free_port()
    controller = Controller(receiver, hostname="127.0.0.1", port=receiver.port)
    controller.start()
    try:
        yield receiver
    finally:
        controller.stop()


@pytest.fixture
def post(house: House) -> Iterator[Receiver]:
    """A mail receiver to which the plugged house sends."""
    with receiving(Receiver()) as receiver:
        plug(
            replace(house, tools=replace(house.tools, mailer=lambda: SmtpMailer(receiver.url, settings().mail_sender)))
        )
        yield receiver
