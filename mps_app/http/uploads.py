"""Forms with a file, read up to a size: what exceeds it is thrown away while it comes in, never kept."""

import asyncio

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import Message

from mps_app.core.errors import DomainError
from mps_app.text import N_

_AROUND = 64 * 1024  # bytes that a form writes around its file
_LONGEST_SECONDS = 120  # whoever sends more slowly holds the memory of others


class TooLarge(Exception):  # each door says what it takes
    """More was sent than is taken."""


class TooSlow(DomainError):
    """What was sent did not arrive in time."""

    code = "too_slow"
    message = N_("The file did not arrive in time. Try again when the connection is better.")
    status = 422


async def form_of(request: Request, largest: int, *, fields: int, patience: int) -> FormData:
    """Return a form of one file and so many fields, empty when it is broken; raises ``TooLarge`` or ``TooSlow``.

    What is larger than ``largest`` bytes is read on, up to ``patience`` times as much: a browser hears an answer only
    after it has sent everything, so hanging up would cost the person the words. Whoever sends on is no browser.
    """
    try:
        async with asyncio.timeout(_LONGEST_SECONDS):
            received = await _received(request, largest + _AROUND, patience * largest)
    except TimeoutError as error:
        raise TooSlow from error

    async def replay() -> Message:
        return {"type": "http.request", "body": received, "more_body": False}

    try:
        return await Request(request.scope, replay).form(max_files=1, max_fields=fields, max_part_size=largest)
    except (HTTPException, ValueError):  # Starlette's words for a broken form
        return FormData()


async def _received(request: Request, most: int, longest: int) -> bytes:
    """Return what was sent, up to so many bytes; what is more is thrown away, and hung up on in the end."""
    received, size = bytearray(), 0
    async for piece in request.stream():
        size += len(piece)
        if size > longest:
            break
        if size > most:
            received.clear()
        else:
            received += piece
    if size > most:
        raise TooLarge
    return bytes(received)


async def file_of(form: FormData, name: str) -> tuple[str, bytes]:
    """Return a file's name and content; both are empty when none was chosen."""
    file = form.get(name)
    return (file.filename, await file.read()) if isinstance(file, UploadFile) and file.filename else ("", b"")
