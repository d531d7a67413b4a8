"""Forms with a file (``http/uploads.py``): what is too large or too slow is not kept, and ends (7.5, 11.2)."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from starlette.requests import Request
from starlette.types import Message

from mps_app.http import uploads
from mps_app.http.uploads import TooLarge, TooSlow, file_of, form_of

LARGEST = 1024 * 1024
PIECE = b"x" * (64 * 1024)
HEAD = b'--grens\r\nContent-Disposition: form-data; name="fails"; filename="a.pdf"\r\n\r\n'
TAIL = b"\r\n--grens--\r\n"


class Sender:
    """Somebody who sends pieces until hung up on, and counts them."""

    def __init__(self, pieces: list[bytes] | None = None) -> None:
        self.pieces, self.sent = pieces, 0

    async def __call__(self) -> Message:
        piece = self.pieces[self.sent] if self.pieces else PIECE
        self.sent += 1
        return {"type": "http.request", "body": piece, "more_body": self.pieces is None or self.sent < len(self.pieces)}


def asked(receive: Callable[[], Awaitable[Message]]) -> Request:
    headers = [(b"content-type", b"multipart/form-data; boundary=grens")]
    return Request({"type": "http", "method": "POST", "headers": headers}, receive)


async def test_a_file_of_the_largest_size_is_taken_whole() -> None:
    sender = Sender([HEAD, *[PIECE] * (LARGEST // len(PIECE)), TAIL])
    form = await form_of(asked(sender), LARGEST, fields=1, patience=3)
    assert await file_of(form, "fails") == ("a.pdf", b"x" * LARGEST)


async def test_what_is_too_large_is_read_to_its_end_so_that_the_words_arrive() -> None:
    sender = Sender([HEAD, *[PIECE] * (2 * LARGEST // len(PIECE)), TAIL])
    with pytest.raises(TooLarge):
        await form_of(asked(sender), LARGEST, fields=1, patience=3)
    assert sender.sent == len(sender.pieces or ())


@pytest.mark.parametrize("patience", [3, 20])
async def test_who_sends_without_end_is_hung_up_on(patience: int) -> None:
    sender = Sender()
    with pytest.raises(TooLarge):
        await form_of(asked(sender), LARGEST, fields=1, patience=patience)
    assert sender.sent * len(PIECE) <= patience * LARGEST + len(PIECE)


async def test_who_sends_too_slowly_is_hung_up_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "_LONGEST_SECONDS", 0.01)

    async def never() -> Message:
        return await asyncio.Future()

    with pytest.raises(TooSlow):
        await form_of(asked(never), LARGEST, fields=1, patience=3)
