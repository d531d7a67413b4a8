"""How many events may come, by token buckets, and how many sockets: in this process alone, so that it costs nothing."""

from collections import Counter
from collections.abc import Callable
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


@dataclass(slots=True)
class Crowds:
    """How many sockets each network holds open; ``is_open`` tells of one, since some go without a word."""

    most: int
    is_open: Callable[[str], bool]
    _networks: dict[str, str] = field(default_factory=dict)
    _counts: Counter[str] = field(default_factory=Counter)

    def enter(self, socket: str, network: str) -> bool:
        """Count a socket in, unless its network has as many as it may; tell whether it was."""
        if self._counts[network] >= self.most:
            self._forget_gone(network)
        if self._counts[network] >= self.most:
            return False
        self._networks[socket] = network
        self._counts[network] += 1
        return True

    def leave(self, socket: str) -> None:
        """Count a socket out; one that was not counted in changes nothing."""
        network = self._networks.pop(socket, None)
        if network is None:
            return
        self._counts[network] -= 1
        if not self._counts[network]:
            del self._counts[network]

    def _forget_gone(self, network: str) -> None:
        for socket in [one for one, of in self._networks.items() if of == network and not self.is_open(one)]:
            self.leave(socket)
