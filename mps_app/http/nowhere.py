"""Addresses that no file could have: in place of two English words, the page that says so (17.2, 17.4)."""

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from mps_app.core.errors import NotFound
from mps_app.http.base import refused

_LONGEST_NAME = 255  # bytes, as file systems have it


class Nowhere:
    """ASGI middleware: the built pages are never asked for what they could not be called."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer in words, or let others answer."""
        is_lost = scope["type"] == "http" and not _could_be(scope["path"])
        answer = refused(Request(scope), NotFound()) if is_lost else self._app
        await answer(scope, receive, send)


def _could_be(path: str) -> bool:
    return "\0" not in path and all(len(name.encode(errors="replace")) <= _LONGEST_NAME for name in path.split("/"))
