"""The catalogue in memory: search, filters, counts and order of 50,000 courses in a few milliseconds (3.2).

Every version of a course has a bit position; a newer version gets a new one and the old one dies.
What somebody may see (3.5) is one more set, so counts, search and order obey it alike.
"""

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import reduce
from operator import and_, or_
from typing import Any, NamedTuple, TypeVar

from mps_app.services.catalogue.bits import Posting, bits_of, places_of
from mps_app.services.catalogue.vocabulary import Vocabulary

FACETS = ("topic", "format", "city", "language", "price")
_SORT_COST = 8  # sorting one found course costs as much as so many steps along a standing order
_STRETCH = 128
_INSERT_FEW = 200
_NEVER = 2**62

T = TypeVar("T")


class Start(NamedTuple):
    """When a group begins, in seconds, and until when one can apply for it: from then on it is no date to come."""

    at: int
    until: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One version of a course as it is put in; ``starts`` are those of its open groups, the earliest first."""

    course_id: int
    is_published: bool
    is_public: bool
    institution_ids: frozenset[int]
    values: Mapping[str, frozenset[str]]  # of each facet
    starts: tuple[Start, ...]
    days: frozenset[int]  # the same in Riga's days
    title_keys: Mapping[str, str]  # by language
    topic_names: tuple[str, str]  # in Latvian, in English
    price_cents: int
    created: float
    words: frozenset[str]


class Kept(NamedTuple):
    """What the index keeps of a version beside its bits: little, because there are tens of thousands."""

    course_id: int
    starts: tuple[Start, ...]
    title_lv: str
    title_en: str
    price_cents: int
    created: float


@dataclass(frozen=True, slots=True)
class Asked:
    """One question to the index; ``institution_ids`` None means everything published."""

    institution_ids: frozenset[int] | None = frozenset()
    words: tuple[str, ...] = ()
    chosen: Mapping[str, frozenset[str]] = field(default_factory=dict)
    from_day: int | None = None
    until_day: int | None = None
    only_ids: frozenset[int] | None = None
    now: int = 0
    order: str = "date"
    language: str = "lv"
    skip: int = 0
    take: int = 20


@dataclass(frozen=True, slots=True)
class Found:
    """The answer: one page of courses, and of every facet's values how many courses would be left."""

    total: int
    total_of_words: int
    course_ids: list[int]
    counts: Mapping[str, Mapping[str, int]]
    beginnings: tuple[str, ...]
    topic_names: Mapping[str, tuple[str, str]]


class Index:
    """Not safe to read and change at once: ``shelf`` guards it with a lock."""

    def __init__(self) -> None:
        self.versions: list[Kept] = []
        self.topic_names: dict[str, tuple[str, str]] = {}
        self._place_of: dict[int, int] = {}
        self._alive = 0
        self._public = Posting()
        self._of_institution: dict[int, Posting] = {}
        self._facets: dict[str, dict[str, Posting]] = {facet: {} for facet in FACETS}
        self._days: dict[int, Posting] = {}
        self._starts: list[tuple[Start, int]] = []
        self._words = Vocabulary()
        self._orders: dict[str, list[int]] = {name: [] for name in _KEYS}
        self._shown_values: dict[object, dict[str, list[str]]] = {}
        self._listed_last: tuple[frozenset[int] | None, int] = (None, -1)

    @property
    def dead(self) -> int:
        """How many positions stand for courses that have a newer version."""
        return len(self.versions) - len(self._place_of)

    def put(self, entries: Iterable[Entry]) -> None:
        """Take in new versions of courses; an unpublished one only takes the old version away."""
        first = len(self.versions)
        new_words: list[str] = []
        died: list[int] = []
        for entry in entries:
            old = self._place_of.pop(entry.course_id, None)
            if old is not None:
                died.append(old)
            if entry.is_published:
                new_words += self._add(entry)
        self._words.order(new_words)
        self._arrange(range(first, len(self.versions)))
        self._alive = bits_of(self._place_of.values()) if first == 0 else self._changed(first, died)
        if first == 0:
            self._words.prepare()
        self._shown_values.clear()
        self._listed_last = (None, -1)

    def _changed(self, first: int, died: list[int]) -> int:
        born = bits_of(place for place in range(first, len(self.versions)) if self._is_current(place))
        return (self._alive & ~bits_of(died)) | born

    def _is_current(self, place: int) -> bool:
        return self._place_of.get(self.versions[place].course_id) == place

    def _add(self, entry: Entry) -> list[str]:
        place, titles = len(self.versions), entry.title_keys
        self.versions.append(
            Kept(entry.course_id, entry.starts, titles["lv"], titles["en"], entry.price_cents, entry.created)
        )
        self._place_of[entry.course_id] = place
        if entry.is_public:
            self._public.add(place)
        for institution_id in entry.institution_ids:
            self._of_institution.setdefault(institution_id, Posting()).add(place)
        self.topic_names.update(dict.fromkeys(entry.values["topic"], entry.topic_names))
        for facet, values in entry.values.items():
            for value in values:
                self._facets[facet].setdefault(value, Posting()).add(place)
        for day in entry.days:
            self._days.setdefault(day, Posting()).add(place)
        return self._words.add(place, entry.words)

    def _arrange(self, places: range) -> None:
        """Put new positions into every standing order."""
        starts = [(start, place) for place in places for start in self.versions[place].starts]
        _merge(self._starts, starts, lambda item: item)
        for name, key in _KEYS.items():
            _merge(self._orders[name], list(places), lambda place, key=key: key(self.versions[place]))  # type: ignore[misc]

    def search(self, asked: Asked) -> Found:
        """Answer one question."""
        visible = self._visible(asked.institution_ids)
        worded, beginnings = self._worded(asked.words)
        base = visible & worded
        total_of_words = base.bit_count()
        base &= self._dated(asked) & self._listed(asked.only_ids)
        chosen = {facet: self._chosen(facet, values) for facet, values in asked.chosen.items() if values}
        found = reduce(and_, chosen.values(), base)
        return Found(
            total=found.bit_count(),
            total_of_words=total_of_words,
            course_ids=[self.versions[place].course_id for place in self._page(found, asked)],
            counts={facet: self._counts(facet, base, chosen, asked.institution_ids) for facet in FACETS},
            beginnings=beginnings,
            topic_names=self.topic_names,
        )

    def _visible(self, institution_ids: frozenset[int] | None) -> int:
        """Return what the asker may know of (3.5)."""
        if institution_ids is None:
            return self._alive
        own = (posting.bits() for key in institution_ids if (posting := self._of_institution.get(key)))
        return self._alive & reduce(or_, own, self._public.bits())

    def _worded(self, words: tuple[str, ...]) -> tuple[int, tuple[str, ...]]:
        whole, beginnings = -1, dict[str, None]()
        for word in words:
            bits, matched = self._words.find(word)
            whole &= bits
            beginnings.update(dict.fromkeys(matched))
        return whole, tuple(beginnings)

    def _dated(self, asked: Asked) -> int:
        if asked.from_day is None and asked.until_day is None:
            return -1
        first, last = asked.from_day or 0, _NEVER if asked.until_day is None else asked.until_day
        return reduce(or_, (posting.bits() for day, posting in self._days.items() if first <= day <= last), 0)

    def _listed(self, only_ids: frozenset[int] | None) -> int:
        if only_ids is None:
            return -1
        if self._listed_last[0] is not only_ids:
            places = (place for course_id in only_ids if (place := self._place_of.get(course_id)) is not None)
            self._listed_last = (only_ids, bits_of(places))
        return self._listed_last[1]

    def _chosen(self, facet: str, values: frozenset[str]) -> int:
        known = self._facets[facet]
        return reduce(or_, (posting.bits() for value in values if (posting := known.get(value))), 0)

    def _counts(
        self, facet: str, base: int, chosen: Mapping[str, int], institution_ids: frozenset[int] | None
    ) -> dict[str, int]:
        """Count each value of a facet among what all the *other* facets leave."""
        others = reduce(and_, (bits for name, bits in chosen.items() if name != facet), base)
        known = self._facets[facet]
        return {value: (known[value].bits() & others).bit_count() for value in self._values(institution_ids)[facet]}

    def _values(self, institution_ids: frozenset[int] | None) -> dict[str, list[str]]:
        """Return the values that occur among what the asker may know of: a hidden course shows none (3.5).

        Those with most courses come first, whatever is searched for: an order that holds while one types.
        """
        values = self._shown_values.get(institution_ids)
        if values is None:
            visible = self._visible(institution_ids)
            values = self._shown_values[institution_ids] = {
                facet: _fullest_first({value: posting.bits() & visible for value, posting in known.items()})
                for facet, known in self._facets.items()
            }
        return values

    def _page(self, found: int, asked: Asked) -> list[int]:
        count, end = found.bit_count(), asked.skip + asked.take
        steps_to_walk = end * len(self.versions) // (count + 1)
        ordered = self._sorted(found, asked) if count * _SORT_COST < steps_to_walk else self._walked(found, asked, end)
        return ordered[asked.skip : end]

    def _sorted(self, found: int, asked: Asked) -> list[int]:
        key = _KEYS[_order_name(asked)]
        places = sorted(places_of(found), key=lambda place: key(self.versions[place]))
        if asked.order == "date":
            places.sort(key=lambda place: self.next_start(place, asked.now))
        return places

    def _walked(self, found: int, asked: Asked, enough: int) -> list[int]:
        """Go through the standing order until enough are found; those without a date that can be had are last."""
        raw = found.to_bytes((len(self.versions) >> 3) + 1, "little")
        met: dict[int, None] = {}
        for stretch in self._stretches(asked):
            met.update((place, None) for place in stretch if raw[place >> 3] >> (place & 7) & 1)
            if len(met) >= enough:
                break
        return list(met)

    def _stretches(self, asked: Asked) -> Iterator[list[int]]:
        """Cut the order asked for into stretches of positions; some positions may come twice."""
        if asked.order == "date":
            first = bisect_left(self._starts, asked.now + 1, key=lambda item: item[0].at)
            for at in range(first, len(self._starts), _STRETCH):
                yield [place for start, place in self._starts[at : at + _STRETCH] if start.until > asked.now]
        standing = self._orders[_order_name(asked)]
        for at in range(0, len(standing), _STRETCH):
            yield standing[at : at + _STRETCH]

    def next_start(self, place: int, now: int) -> int:
        """Return the second at which the next group of a course begins that one can still apply for."""
        return next((at for at, until in self.versions[place].starts if now < min(at, until)), _NEVER)


_KEYS: Mapping[str, Callable[[Kept], tuple[float | str, ...]]] = {
    "title_lv": lambda kept: (kept.title_lv, kept.course_id),
    "title_en": lambda kept: (kept.title_en, kept.course_id),
    "price": lambda kept: (kept.price_cents, kept.title_lv, kept.course_id),
    "newest": lambda kept: (-kept.created, kept.course_id),
}


def _fullest_first(courses: Mapping[str, int]) -> list[str]:
    return sorted((value for value, bits in courses.items() if bits), key=lambda value: -courses[value].bit_count())


def _order_name(asked: Asked) -> str:
    return f"title_{asked.language}" if asked.order in {"date", "title"} else asked.order


def _merge(standing: list[T], new: list[T], key: Callable[[T], Any]) -> None:  # Any: whatever can be ordered
    """Put new things into their places; many at once are quicker sorted with the rest."""
    if len(new) > _INSERT_FEW:
        standing.extend(new)
        standing.sort(key=key)
        return
    for item in new:
        insort(standing, item, key=key)
