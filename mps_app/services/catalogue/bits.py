"""Sets of courses as bits of one integer: a whole filter is a handful of ``&`` and ``bit_count``."""

import re
from array import array
from collections.abc import Iterable

_SET_BYTE = re.compile(rb"[^\x00]", re.DOTALL)
_BITS_OF_BYTE = tuple(tuple(bit for bit in range(8) if byte >> bit & 1) for byte in range(256))
_KEEP_BITS_FROM = 64  # a rarer word is cheap to turn into bits each time, and its bits would cost memory


def bits_of(places: Iterable[int]) -> int:
    """Return the set of these positions."""
    listed = list(places)
    if not listed:
        return 0
    raw = bytearray((max(listed) >> 3) + 1)
    for place in listed:
        raw[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(raw, "little")


def places_of(bits: int) -> list[int]:
    """Return the positions in a set, ascending."""
    raw = bits.to_bytes((bits.bit_length() + 7) >> 3, "little")
    return [
        (found.start() << 3) + bit for found in _SET_BYTE.finditer(raw) for bit in _BITS_OF_BYTE[raw[found.start()]]
    ]


class Posting:
    """The courses that share a word or a value: positions only ever grow, so it is an append-only list."""

    __slots__ = ("_bits", "_counted", "places")

    def __init__(self) -> None:
        self.places = array("I")
        self._bits = 0
        self._counted = 0  # how many of the places are in the bits already

    def add(self, place: int) -> None:
        """Add the newest position; the same one twice in a row counts once."""
        if not self.places or self.places[-1] != place:
            self.places.append(place)

    def prepare(self) -> None:
        """Make the kept bits ready, if they are worth keeping."""
        if not self.is_rare:
            self.bits()

    def bits(self) -> int:
        """Return the set, bringing the kept one up to date."""
        if len(self.places) < _KEEP_BITS_FROM:
            return bits_of(self.places)
        if self._counted < len(self.places):
            self._bits |= bits_of(self.places[self._counted :])
            self._counted = len(self.places)
        return self._bits

    @property
    def is_rare(self) -> bool:
        """Whether a list serves better than the bits."""
        return len(self.places) < _KEEP_BITS_FROM


def union(postings: Iterable[Posting]) -> int:
    """Return all courses of several postings; the rare ones are gathered in one go."""
    whole = 0
    rare: list[int] = []
    for posting in postings:
        if posting.is_rare:
            rare.extend(posting.places)
        else:
            whole |= posting.bits()
    return whole | bits_of(rare)
