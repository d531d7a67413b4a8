"""The words of the catalogue (3.2): found by prefix, without case and diacritics, one typing mistake forgiven."""

import re
from bisect import bisect_left, insort
from collections.abc import Collection
from functools import lru_cache

from mps_app.core.folding import fold
from mps_app.services.catalogue.bits import Posting, union

_WORD = re.compile(r"[^\W_]+")
_SHORT = 3  # every prefix up to this length is kept as a posting of its own: no long walks while one begins to type
_FORGIVEN_FROM = 6  # 3.2: a long word
_LONGEST_WORD, _MOST_WORDS = 32, 8
_AFTER_EVERY_WORD = "\U0010ffff"
_REMEMBERED = 2_000


_folded = lru_cache(maxsize=20_000)(fold)
"""The same titles are shown at every keystroke."""


def words_of(text: str) -> list[str]:
    """Return the folded words of a text, in order."""
    return _WORD.findall(fold(text))


def asked_words(text: str) -> tuple[str, ...]:
    """Return the folded words of what somebody typed: distinct, bounded in number and length."""
    return tuple(dict.fromkeys(word[:_LONGEST_WORD] for word in words_of(text)))[:_MOST_WORDS]


class Vocabulary:
    """Word → courses. Not safe to read and write at once: the index guards it."""

    def __init__(self) -> None:
        self._words: list[str] = []
        self._postings: dict[str, Posting] = {}
        self._short: dict[str, Posting] = {}
        self._letters: set[str] = set()
        self._remembered: dict[str, tuple[int, tuple[str, ...]]] = {}

    def add(self, place: int, words: Collection[str]) -> list[str]:
        """Note the words of one course; returns the new ones, to be handed to ``order``."""
        new: list[str] = []
        for word in words:
            posting = self._postings.get(word)
            if posting is None:
                posting = self._postings[word] = Posting()
                new.append(word)
            posting.add(place)
        for begun in {word[:length] for word in words for length in range(1, _SHORT + 1)}:
            short = self._short.get(begun)
            if short is None:
                short = self._short[begun] = Posting()
            short.add(place)
        return new

    def order(self, new: list[str]) -> None:
        """Put new words into their alphabetical places and forget remembered answers."""
        self._remembered.clear()
        self._letters.update(*new)
        if len(new) > len(self._words) // 8:
            self._words = sorted({*self._words, *new})
            return
        for word in new:
            insort(self._words, word)

    def prepare(self) -> None:
        """Turn every frequent word into bits now, rather than in the event of whoever types it first."""
        for posting in (*self._postings.values(), *self._short.values()):
            posting.prepare()

    def find(self, asked: str) -> tuple[int, tuple[str, ...]]:
        """Return the courses with a word that begins so, and the beginnings that matched.

        When no word begins so and it is long, words one typing mistake away answer instead.
        """
        known = self._remembered.get(asked)
        if known is None:
            if len(self._remembered) > _REMEMBERED:
                self._remembered.clear()
            known = self._remembered[asked] = self._search(asked)
        return known

    def _search(self, asked: str) -> tuple[int, tuple[str, ...]]:
        if len(asked) <= _SHORT:
            posting = self._short.get(asked)
            return (posting.bits(), (asked,)) if posting else (0, ())
        exact = self._beginning_with(asked)
        if exact or len(asked) < _FORGIVEN_FROM:
            return union(exact), (asked,) if exact else ()
        near = {
            variant: found
            for variant in _one_mistake(asked, self._alphabet())
            if (found := self._beginning_with(variant))
        }
        return union(posting for found in near.values() for posting in found), tuple(near)

    def _beginning_with(self, prefix: str) -> list[Posting]:
        first = bisect_left(self._words, prefix)
        if first == len(self._words) or not self._words[first].startswith(prefix):
            return []
        last = bisect_left(self._words, prefix + _AFTER_EVERY_WORD, first)
        return [self._postings[word] for word in self._words[first:last]]

    def _alphabet(self) -> str:
        return "".join(sorted(self._letters))


@lru_cache(maxsize=256)
def _one_mistake(word: str, alphabet: str) -> frozenset[str]:
    """Return everything one mistake turns into ``word``: a letter missed, added, changed, or two swapped."""
    cuts = [(word[:cut], word[cut:]) for cut in range(len(word) + 1)]
    return frozenset(
        {before + after[1:] for before, after in cuts if after}
        | {before + after[1] + after[0] + after[2:] for before, after in cuts if len(after) > 1}
        | {before + letter + after[1:] for before, after in cuts if after for letter in alphabet}
        | {before + letter + after for before, after in cuts for letter in alphabet}
    ) - {word}


def highlighted(title: str, beginnings: tuple[str, ...]) -> list[tuple[str, bool]]:
    """Cut a title into parts, true where a word begins as asked."""
    parts: list[tuple[str, bool]] = []
    done = 0
    for found in _WORD.finditer(title) if beginnings else ():
        marked = _marked_letters(found.group(), beginnings)
        if marked:
            parts += [(title[done : found.start()], False), (title[found.start() : found.start() + marked], True)]
            done = found.start() + marked
    parts.append((title[done:], False))
    return [part for part in parts if part[0]]


def _marked_letters(word: str, beginnings: tuple[str, ...]) -> int:
    """Return how many letters of a word stand for the longest beginning it has."""
    folded = _folded(word)
    longest = max((len(begun) for begun in beginnings if folded.startswith(begun)), default=0)
    if not longest or len(folded) == len(word):
        return longest
    return next(count for count in range(1, len(word) + 1) if len(fold(word[:count])) >= longest)
