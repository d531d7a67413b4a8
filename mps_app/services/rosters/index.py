"""One institution's employees in memory: found by the words one types, counted and ordered, at every keystroke.

Employees have positions in the order of their names; a filter is a set of positions, kept as bits of one integer.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import islice
from typing import Any

from mps_app.core.folding import sort_key
from mps_app.models import ALIVE, ApplicationStatus
from mps_app.services.catalogue import Vocabulary, asked_words, bits_of, places_of, words_of
from mps_app.services.rosters.loading import Employee, Known, Record
from mps_app.views.roster_filter import NONE, RosterFilter

_MOST_KEPT = 200  # remembered sets and orders
_SPARSE = 8  # fewer than one of so many: sorting those found is quicker than walking everybody
_COUNTING = frozenset((*ALIVE, ApplicationStatus.NO_SHOW))  # of whom one says that they applied


class Roster:
    """Employees with what is asked of them. Not safe to read and change at once: the shelf guards it."""

    def __init__(self, known: Known) -> None:
        self.employees = sorted(known.employees, key=lambda one: (sort_key(one.name), one.person_id))
        self.place_of = {one.person_id: place for place, one in enumerate(self.employees)}
        self.records: list[Sequence[Record]] = [known.records.get(one.person_id, ()) for one in self.employees]
        self.hours = [_hours(records) for records in self.records]
        self.trained_on = [_trained_on(records) for records in self.records]
        self._everybody = (1 << len(self.employees)) - 1
        self._words = _vocabulary(self.employees)
        self._kept: dict[object, int] = {}
        self._orders: dict[str, _Order] = {}

    def __len__(self) -> int:
        return len(self.employees)

    def take(self, known: Known, person_ids: Iterable[int]) -> "Roster":
        """Take note of some people; return the roster to be used from now."""
        fresh = {one.person_id: one for one in known.employees}
        changed = set(person_ids)
        if any(self._words_of(person_id) != _words_of(fresh.get(person_id)) for person_id in changed):
            return self._anew(known, changed)
        for person_id in changed & fresh.keys():
            self._put(self.place_of[person_id], fresh[person_id], known.records.get(person_id, ()))
        self._kept.clear()
        self._orders.clear()
        return self

    def _words_of(self, person_id: int) -> tuple[str, ...]:
        place = self.place_of.get(person_id)
        return _words_of(None if place is None else self.employees[place])

    def _put(self, place: int, employee: Employee, records: Sequence[Record]) -> None:
        self.employees[place], self.records[place] = employee, records
        self.hours[place], self.trained_on[place] = _hours(records), _trained_on(records)

    def _anew(self, known: Known, changed: set[int]) -> "Roster":
        """Return a roster with new words: somebody came, left, or is called otherwise."""
        kept = [one for one in self.employees if one.person_id not in changed]
        records = {one.person_id: self.records[self.place_of[one.person_id]] for one in kept}
        return Roster(Known([*kept, *known.employees], {**records, **known.records}))

    def find(self, wanted: RosterFilter) -> int:
        """Return who is looked for."""
        found = self._everybody
        for word in _asked(wanted.query):
            found &= self._words.find(word)[0]
        if wanted.unit:
            found &= self._all(("unit", wanted.unit), lambda place: self.employees[place].unit == wanted.unit)
        if wanted.position:
            found &= self._all(("position", wanted.position), lambda at: self.employees[at].position == wanted.position)
        if wanted.hours_below:
            found &= self._all(("hours", wanted.hours_below), lambda place: self.hours[place] < wanted.hours_below)
        if wanted.lacks_mandatory:
            found &= self._all("lacks", lambda place: self.employees[place].lacks_mandatory)
        if wanted.asks_of_applications:
            found &= self._applied(wanted)
        return found

    def places(self, found: int, wanted: RosterFilter, skip: int, take: int) -> list[int]:
        """Return a stretch of those found, in the order wanted."""
        order = self._order(wanted.sort, is_descending=wanted.is_descending)
        if found.bit_count() * _SPARSE < len(self):
            return sorted(places_of(found), key=order.rank.__getitem__)[skip : skip + take]
        flags = f"{found:b}"[::-1].ljust(len(self), "0")
        return list(islice((place for place in order.places if flags[place] == "1"), skip, skip + take))

    @property
    def units(self) -> list[str]:
        """The names of units there are, in Latvian order."""
        return sorted({one.unit for one in self.employees if one.unit}, key=sort_key)

    @property
    def positions(self) -> list[str]:
        """The positions there are, in Latvian order."""
        return sorted({one.position for one in self.employees if one.position}, key=sort_key)

    @property
    def trainings(self) -> set[tuple[int, int, str]]:
        """The courses, groups and statuses of the applications there are."""
        return {(one.course_id, one.group_id, one.status) for records in self.records for one in records}

    def _applied(self, wanted: RosterFilter) -> int:
        """Return who has, or has not, an application as it is asked for."""
        asked = (wanted.course_id, wanted.group_id, wanted.status, wanted.from_on, wanted.until_on)
        applied = self._all(asked, lambda place: any(_fits(one, wanted) for one in self.records[place]))
        if wanted.status == NONE:
            return self._everybody & ~applied
        return applied

    def _all(self, asked: object, fits: Callable[[int], bool]) -> int:
        """Return everybody who fits; remembered until something changes."""
        if asked not in self._kept:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            self._kept[asked] = bits_of(filter(fits, range(len(self))))
        return self._kept[asked]

    def _order(self, sort: str, *, is_descending: bool) -> "_Order":
        name = f"-{sort}" if is_descending else sort
        if name not in self._orders:
            self._orders[name] = _Order(sorted(range(len(self)), key=self._key(sort), reverse=is_descending))
        return self._orders[name]

    def _key(self, sort: str) -> Callable[[int], Any]:  # Any: a number, a day or a text, each to be compared
        if sort == "name":
            return int
        if sort == "hours":
            return self.hours.__getitem__
        if sort == "last":
            return lambda place: self.trained_on[place] or date.min
        values = [one.unit if sort == "unit" else one.position for one in self.employees]
        keys = {value: sort_key(value) for value in set(values)}
        return lambda place: keys[values[place]]


class _Order:
    """Everybody in an order, and everybody's rank in it."""

    def __init__(self, places: list[int]) -> None:
        self.places = places
        self.rank = [0] * len(places)
        for rank, place in enumerate(places):
            self.rank[place] = rank


def _asked(query: str) -> tuple[str, ...]:
    """Return the words asked for; signs alone are no word of anybody."""
    words = asked_words(query)
    return words if words or not query else (query,)


def _words_of(employee: Employee | None) -> tuple[str, ...]:
    """Return what somebody is found and ordered by; nothing of nobody."""
    return () if employee is None else (employee.name, employee.unit, employee.position)


def _vocabulary(employees: Sequence[Employee]) -> Vocabulary:
    made = Vocabulary()
    new: list[str] = []
    for place, one in enumerate(employees):
        new += made.add(place, set(words_of(f"{one.name} {one.position} {one.unit}")))
    made.order(new)
    made.prepare()
    return made


def _fits(record: Record, wanted: RosterFilter) -> bool:
    """Whether one application is as asked for: all of it, in the same application."""
    if wanted.course_id not in {0, record.course_id} or wanted.group_id not in {0, record.group_id}:
        return False
    named = wanted.status not in {"", NONE}
    if record.status != wanted.status if named else record.status not in _COUNTING:
        return False
    if wanted.from_on is None and wanted.until_on is None:
        return True
    if record.first_on is None or record.last_on is None:
        return False
    return record.last_on >= (wanted.from_on or date.min) and record.first_on <= (wanted.until_on or date.max)


def _hours(records: Sequence[Record]) -> int:
    return sum(record.hours for record in records)


def _trained_on(records: Sequence[Record]) -> date | None:
    return max((record.trained_on for record in records if record.trained_on), default=None)
