"""How many events may come, by token buckets: in this process alone, so that dropping one costs next to nothing."""

from dataclasses import dataclass, field

_MOST_KEPT = 10_000  # buckets, before those that are full again are forgotten


@dataclass(slots=True)
class Buckets:
    """One bucket for each sender: so many events at once, and so many a second from then on."""

    rate: float
    burst: float
    _levels: dict[str, tuple[float, float]] = field(default_factory=dict)

    def take(self, sender: str, now: float) -> bool:
        """Take a token from a sender's bucket at a moment in seconds; tell whether there was one."""
        if len(self._levels) >= _MOST_KEPT and sender not in self._levels:
            self._forget_full(now)
        level = self._level(*self._levels.get(sender, (self.burst, now)), now)
        self._levels[sender] = (max(level - 1, 0), now)
        return level >= 1

    def forget(self, sender: str) -> None:
        """Let go of a sender who will not come again."""
        self._levels.pop(sender, None)

    def _level(self, level: float, last: float, now: float) -> float:
        return min(self.burst, level + (now - last) * self.rate)

    def _forget_full(self, now: float) -> None:
        """Forget senders who rested: a new bucket is as full as theirs."""
        kept = {sender: at for sender, at in self._levels.items() if self._level(*at, now) < self.burst}
        self._levels = kept
