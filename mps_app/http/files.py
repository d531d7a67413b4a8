"""Handing out stored files: right type, right name, parts on request (RFC 9110), always asked for anew.

Whoever calls this has asked the policy before: a refusal comes before any header that tells of the file.
"""

import logging
import os
import re
from collections.abc import Iterator
from typing import IO
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from mps_app.core.errors import NotFound
from mps_app.core.tools import FileGone, Files, StoredFile

log = logging.getLogger(__name__)

SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_CHUNK = 256 * 1024
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


def hand_out(request: Request, files: Files, file: StoredFile) -> Response:
    """Return a file, the part of it that was asked for, or that the browser has it already."""
    tag = f'"{file.digest}"'
    headers = {
        "Accept-Ranges": "bytes",
        "Cache-Control": "private, no-cache",  # the right may end: the browser asks again each time
        "Content-Disposition": disposition(file.name, is_inline=file.is_inline),
        "ETag": tag,
    }
    if tag in (part.strip().removeprefix("W/") for part in request.headers.get("if-none-match", "").split(",")):
        return Response(status_code=304, headers=headers)
    part = _part(request, tag, file.size_bytes)
    if part is None:
        return Response(status_code=416, headers=headers | {"Content-Range": f"bytes */{file.size_bytes}"})
    first, last, is_whole = part
    headers["Content-Length"] = str(last - first + 1)
    if not is_whole:
        headers["Content-Range"] = f"bytes {first}-{last}/{file.size_bytes}"
    body: Iterator[bytes] = iter(()) if request.method == "HEAD" else _opened(files, file.key, first, last)
    return StreamingResponse(body, 200 if is_whole else 206, headers, media_type=file.content_type)


def _opened(files: Files, key: str, first: int, last: int) -> Iterator[bytes]:
    try:
        return files.stream(key, first, last)
    except FileGone as error:
        log.exception("the store has lost %s", key)
        raise NotFound from error


def hand_out_made(made: IO[bytes], name: str, kind: str = SPREADSHEET) -> Response:
    """Return a file that was made for this request alone; it is closed when it has been sent."""
    made.seek(0, os.SEEK_END)
    headers = {
        "Cache-Control": "no-store",
        "Content-Disposition": disposition(name),
        "Content-Length": str(made.tell()),
    }
    return StreamingResponse(pieces(made), headers=headers, media_type=kind)


def pieces(made: IO[bytes]) -> Iterator[bytes]:
    """Return a file made for this request from its beginning, and close it when it has been sent."""
    with made:
        made.seek(0)
        while piece := made.read(_CHUNK):
            yield piece


def disposition(name: str, *, is_inline: bool = False) -> str:
    """Return how a file is named when saved: plain for old programs, UTF-8 for the others (RFC 6266)."""
    plain = re.sub(r'[^\x20-\x7e]|["\\%]', "_", name)
    how = "inline" if is_inline else "attachment"
    return f"{how}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _part(request: Request, tag: str, size: int) -> tuple[int, int, bool] | None:
    """Return first and last byte and whether that is the whole file; nothing when the part lies outside.

    One range only: several, or what can't be read, mean the whole file (RFC 9110 14.2).
    """
    whole = (0, size - 1, True)
    asked = _RANGE.fullmatch(request.headers.get("range", "").strip())
    if asked is None or asked.group(0) == "bytes=-" or request.headers.get("if-range", tag) != tag:
        return whole
    begins, ends = asked.groups()
    if not begins:
        count = min(int(ends), size)
        return (size - count, size - 1, False) if count else None
    first, last = int(begins), min(int(ends), size - 1) if ends else size - 1
    if ends and int(ends) < first:
        return whole
    return (first, last, False) if first < size else None
