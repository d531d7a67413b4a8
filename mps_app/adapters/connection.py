"""Who is at the other end of the socket: read from the handshake of this event, never from stored state.

``self.router`` holds client-controlled or borrowed data; the event's own context does not.
"""

from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie

from reflex_base.event.context import EventContext

from mps_app.core.actor import Actor, Language
from mps_app.core.settings import settings

LANGUAGE_COOKIE = "mps_language"

resolved: ContextVar[Actor | None] = ContextVar("resolved", default=None)
"""The actor of the event being processed, when the guard has already looked it up."""

opens_page: ContextVar[bool] = ContextVar("opens_page", default=False)
"""Whether the event being processed is a page's own load."""


@dataclass(frozen=True, slots=True)
class Connection:
    """What the handshake of the socket said."""

    token: str = ""
    language: Language = Language.LV
    network_address: str = ""


def cookies(header: str) -> dict[str, str]:
    """Parse a Cookie header; a malformed one holds nothing."""
    try:
        return {name: morsel.value for name, morsel in SimpleCookie(header).items()}
    except CookieError:
        return {}


def connection_of(headers: Mapping[str, str], address: str = "") -> Connection:
    """Return what a handshake's headers say about its sender."""
    jar = cookies(headers.get("cookie", ""))
    english = jar.get(LANGUAGE_COOKIE) == Language.EN
    return Connection(
        token=jar.get(settings().session_cookie, ""),
        language=Language.EN if english else Language.LV,
        network_address=address,
    )


def current_connection() -> Connection:
    """Return the connection of the event being processed; an empty one outside events."""
    try:
        data = EventContext.get().router_data
    except LookupError:
        return Connection()
    return connection_of(data.get("headers", {}), str(data.get("ip", "")))


def current_socket() -> str:
    """Return the id of the socket of the event being processed; nothing outside events."""
    try:
        return str(EventContext.get().router_data.get("sid", ""))
    except LookupError:
        return ""
