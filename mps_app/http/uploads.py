"""Forms with a file, read up to a size: what exceeds it is thrown away while it comes in, never kept."""

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import Message

_AROUND = 64 * 1024  # bytes that a form writes around its file
_PATIENCE = 20  # times the largest file are read, and nothing more: whoever sends on is no browser


class TooLarge(Exception):  # a browser's doing, to be answered in words
    """More was sent than is taken."""


async def form_of(request: Request, largest: int, *, fields: int) -> FormData:
    """Return a form of one file and so many fields, empty when it is broken; raises ``TooLarge``.

    What is larger than ``largest`` bytes is read on for a while: a browser hears an answer only after it has sent
    everything, so hanging up would cost the person the words.
    """
    received, size = bytearray(), 0
    async for piece in request.stream():
        size += len(piece)
        if size > _PATIENCE * largest:
            raise TooLarge
        if size > largest + _AROUND:
            received.clear()
        else:
            received += piece
    if size > largest + _AROUND:
        raise TooLarge

    async def replay() -> Message:
        return {"type": "http.request", "body": bytes(received), "more_body": False}

    try:
        return await Request(request.scope, replay).form(max_files=1, max_fields=fields, max_part_size=largest)
    except (HTTPException, ValueError):  # Starlette's words for a broken form
        return FormData()


async def file_of(form: FormData, name: str) -> tuple[str, bytes]:
    """Return a file's name and content; both are empty when none was chosen."""
    file = form.get(name)
    return (file.filename, await file.read()) if isinstance(file, UploadFile) and file.filename else ("", b"")
