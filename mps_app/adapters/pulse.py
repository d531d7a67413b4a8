"""Signs of life in the key-value store: whoever works notes it, and the note fades by itself."""

from typing import Any, cast

import redis

LATELY_SECONDS = 30
BEAT_SECONDS = 5

WORKER = "worker"
BEAT = "beat"


class Pulse:
    """Notes and reads the signs of life of the background processes."""

    def __init__(self, url: str) -> None:
        self._store = redis.Redis.from_url(url, socket_timeout=2, socket_connect_timeout=2)

    def note(self, who: str) -> None:
        """Say that ``who`` works; true for as long as ``LATELY_SECONDS``."""
        self._store.set(f"mps:pulse:{who}", 1, ex=LATELY_SECONDS)

    def missing(self) -> list[str]:
        """Return who has not been heard of lately; raises ``redis.RedisError`` when the store is away."""
        expected = [WORKER, BEAT]
        noted: list[bytes | None] = cast("Any", self._store).mget([f"mps:pulse:{who}" for who in expected])
        return [who for who, sign in zip(expected, noted, strict=True) if sign is None]
