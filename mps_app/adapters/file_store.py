"""Files are kept where ``MPS_FILES_URL`` says: a folder of this machine, or a bucket that speaks S3 (9.1).

Any file system that fsspec knows will do. An S3 of one's own is named in the address:
``s3://bucket/folder?endpoint=https://s3.example.lv``; its keys come from the environment, as AWS names them.
"""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import IO, Any, cast
from urllib.parse import parse_qs, urlsplit

import fsspec

from mps_app.core.tools import FileGone

_KEY = re.compile(r"[a-z0-9][a-z0-9_-]*(/[A-Za-z0-9][A-Za-z0-9_-]*)*(\.[a-z0-9]{1,8})?")
_CHUNK = 256 * 1024


class FileStore:
    """Files by keys that the services choose; a key never comes from outside."""

    def __init__(self, url: str) -> None:
        self._url = url

    @cached_property
    def _place(self) -> tuple[Any, str]:  # Any: fsspec carries no types
        """Return the file system and the folder in it; opened at the first use, after the workers have forked."""
        parts = urlsplit(self._url)
        options: dict[str, Any] = {}
        if endpoint := parse_qs(parts.query).get("endpoint"):
            options["client_kwargs"] = {"endpoint_url": endpoint[0]}
        if parts.scheme in {"", "file"}:
            options["auto_mkdir"] = True
        file_system, root = fsspec.core.url_to_fs(self._url.partition("?")[0], **options)
        return file_system, str(root).rstrip("/")

    def keep(self, key: str, content: bytes) -> None:
        """Store a file; one under the same key is replaced."""
        file_system, path = self._path(key)
        file_system.pipe_file(path, content)

    def read(self, key: str) -> bytes:
        """Return a whole file; raises ``FileGone``."""
        file_system, path = self._path(key)
        try:
            return cast("bytes", file_system.cat_file(path))
        except FileNotFoundError as error:
            raise FileGone(key) from error

    def stream(self, key: str, first: int, last: int) -> Iterator[bytes]:
        """Yield the bytes from ``first`` to ``last``, both included, in pieces; raises ``FileGone`` at once."""
        file_system, path = self._path(key)
        try:
            opened: IO[bytes] = file_system.open(path, "rb", block_size=_CHUNK)
        except FileNotFoundError as error:
            raise FileGone(key) from error
        return _pieces(opened, first, last - first + 1)

    def remove(self, key: str) -> None:
        """Forget a file; nothing happens when there is none."""
        file_system, path = self._path(key)
        if file_system.exists(path):
            file_system.rm_file(path)

    def _path(self, key: str) -> tuple[Any, str]:  # Any: fsspec's file system
        if not _KEY.fullmatch(key):
            message = f"no key of a file: {key!r}"
            raise ValueError(message)
        file_system, root = self._place
        return file_system, f"{root}/{key}"


def _pieces(opened: IO[bytes], first: int, length: int) -> Iterator[bytes]:
    with opened:
        opened.seek(first)
        while length > 0 and (piece := opened.read(min(_CHUNK, length))):
            length -= len(piece)
            yield piece
