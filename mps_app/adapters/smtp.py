"""Letters to a mail server by SMTP, TLS as the address says: ``smtp://user:password@host:587?starttls=1``."""

import smtplib
import ssl
from email.errors import HeaderParseError
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import parseaddr
from urllib.parse import parse_qs, unquote, urlsplit

from mps_app.core.tools import CalendarPart, Letter, MailPostponed, MailRefused, MailUnreachable

_PERMANENT = 500
_SERVICE_CLOSING = 421


class _Spaced(EmailPolicy):
    """Folds a subject with every space in it: Python's own folding drops some between encoded words."""

    def fold(self, name: str, value: str) -> str:
        """Return the header as lines."""
        if name != "Subject" or value.isascii():
            return str(super().fold(name, value))
        return f"{name}: {Header(str(value), 'utf-8', header_name=name).encode(linesep=self.linesep)}{self.linesep}"

    def fold_binary(self, name: str, value: str) -> bytes:
        """Return the header as lines, as they go over the wire."""
        if name != "Subject" or value.isascii():
            return super().fold_binary(name, value)
        return self.fold(name, value).encode("ascii")


_POLICY = _Spaced(linesep="\r\n")


class SmtpMailer:
    """One connection, opened at the first letter and again after it broke."""

    def __init__(self, url: str, sender: str, *, timeout: float = 15) -> None:
        self._url = urlsplit(url)
        self._sender = sender
        self._timeout = timeout
        self._server: smtplib.SMTP | None = None

    def send(self, letter: Letter) -> None:
        """Hand over one letter; a server that takes it answers for it from then on."""
        composed = _composed(letter, self._sender)
        try:
            server = self._server = self._server or self._connect()
            server.sendmail(parseaddr(self._sender)[1], letter.recipient, composed)
        except smtplib.SMTPRecipientsRefused as error:
            code, said = next(iter(error.recipients.values()))
            raise _judged(code, said, is_address=True) from error
        except smtplib.SMTPDataError as error:
            raise _judged(error.smtp_code, error.smtp_error) from error
        except (OSError, smtplib.SMTPException) as error:  # also: our sender or password refused, no TLS
            self.close()
            reason = f"{type(error).__name__}: {error}"
            raise MailUnreachable(reason) from error

    def close(self) -> None:
        """Say goodbye if anybody listens."""
        server, self._server = self._server, None
        if server is not None:
            server.close()

    def _connect(self) -> smtplib.SMTP:
        url, wants = self._url, parse_qs(self._url.query)
        host, context = url.hostname or "localhost", ssl.create_default_context()
        server: smtplib.SMTP
        if url.scheme == "smtps":
            server = smtplib.SMTP_SSL(host, url.port or 465, timeout=self._timeout, context=context)
        else:
            server = smtplib.SMTP(host, url.port or 25, timeout=self._timeout)
        if wants.get("starttls", ["0"])[0] == "1":
            server.starttls(context=context)
        if url.username:
            server.login(unquote(url.username), unquote(url.password or ""))
        return server


def _judged(code: int, said: bytes | str, *, is_address: bool = False) -> Exception:
    words = said.decode(errors="replace") if isinstance(said, bytes) else said
    reason = f"{code} {words}"
    if code >= _PERMANENT:
        return MailRefused(reason, is_address=is_address)
    return MailUnreachable(reason) if code == _SERVICE_CLOSING else MailPostponed(reason)


def _composed(letter: Letter, sender: str) -> bytes:
    """Return the letter as it goes over the wire; one that makes none is given up alone, whatever the reason."""
    try:
        return compose(letter, sender).as_bytes()
    except MailRefused:
        raise
    except Exception as error:
        reason = f"it could not be composed: {type(error).__name__}: {error}"
        raise MailRefused(reason) from error


def compose(letter: Letter, sender: str) -> EmailMessage:
    """Return the letter as MIME: text, HTML and the calendar as alternatives, the calendar also as a file.

    Names and addresses are structured headers and the policy refuses line breaks: no header can be smuggled in.
    """
    message = EmailMessage(policy=_POLICY)
    name, address = parseaddr(sender)
    try:
        recipient = Address(addr_spec=letter.recipient)
        recipient.addr_spec.encode("ascii")
    except (ValueError, IndexError, HeaderParseError) as error:  # an address that few servers, or none, could take
        reason = f"the address can't be used: {error}"
        raise MailRefused(reason, is_address=True) from error
    message["From"] = Address(display_name=name, addr_spec=address)
    message["To"] = recipient
    message["Subject"] = " ".join(letter.subject.split())
    message["Date"] = letter.written_at
    message["Message-ID"] = letter.message_id
    message["Content-Language"] = letter.language
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: out-of-office notes do not answer
    message.set_content(letter.text)
    message.add_alternative(letter.html, subtype="html")
    for part in letter.calendars[:1]:  # mail programs act on the first
        message.add_alternative(part.text.encode(), "text", "calendar", params=_says(part))
    for number, part in enumerate(letter.calendars, start=1):
        file = f"kalendars-{number}.ics" if len(letter.calendars) > 1 else "kalendars.ics"
        message.add_attachment(part.text.encode(), "text", "calendar", params=_says(part), filename=file)
    return message


def _says(part: CalendarPart) -> dict[str, str]:
    return {"method": part.method, "charset": "utf-8"}
