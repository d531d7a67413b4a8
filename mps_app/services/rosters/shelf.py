"""The rosters that this process remembers, none ever stale: every question first looks at what was noted since.

Only committed rows are remembered: a unit of work with a transaction, which may be about to change something or to
roll it back, reads for itself alone. Nobody takes a second connection: with many at once there might be none left.
A roster is of a day: employments begin and end with it, and twelve months are counted from it.
"""

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine

from mps_app.core import riga
from mps_app.core.work import Work
from mps_app.services.rosters import loading
from mps_app.services.rosters.index import Roster

_MOST_EMPLOYEES = 150_000  # remembered in one process; whoever was asked for longest ago is forgotten


class _Kept:
    """One institution's roster, and from where to read on."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.roster: Roster | None = None
        self.day = date.min
        self.seen_from = 0
        self.noted: frozenset[int] = frozenset()

    def refresh(self, connection: Connection, institution_id: int, today: date) -> Roster:
        """Return the roster with every change that was committed before this question."""
        if self.roster is None or self.day != today:
            return self._load(connection, institution_id, today)
        new = loading.changes(connection, institution_id, self.seen_from, self.noted)
        if new.are_all:
            return self._load(connection, institution_id, today)
        if new.person_ids:
            fresh = loading.known(connection, institution_id, today, new.person_ids)
            self.roster = self.roster.take(fresh, new.person_ids)
        self.seen_from, self.noted = new.seen_from, new.noted
        return self.roster

    def _load(self, connection: Connection, institution_id: int, today: date) -> Roster:
        self.seen_from, self.noted = loading.position(connection), frozenset()
        self.roster = Roster(loading.known(connection, institution_id, today))
        self.day = today
        return self.roster


class Shelf:
    """The rosters of one database."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: OrderedDict[int, _Kept] = OrderedDict()

    @contextmanager
    def roster(self, work: Work, institution_id: int) -> Iterator[Roster]:
        """Lend a roster as of now to somebody whose right was checked."""
        connection, today = work.db.connection(), riga.today(work.now)
        if connection.get_execution_options().get("isolation_level") != "AUTOCOMMIT":
            yield Roster(loading.known(connection, institution_id, today))
            return
        kept = self._of(institution_id)
        with kept.lock:
            yield kept.refresh(connection, institution_id, today)

    def _of(self, institution_id: int) -> _Kept:
        with self._lock:
            kept = self._kept.setdefault(institution_id, _Kept())
            self._kept.move_to_end(institution_id)
            while len(self._kept) > 1 and self._size() > _MOST_EMPLOYEES:
                self._kept.popitem(last=False)
            return kept

    def _size(self) -> int:
        return sum(len(kept.roster) for kept in self._kept.values() if kept.roster is not None)


_shelves: WeakKeyDictionary[Engine, Shelf] = WeakKeyDictionary()


def shelf(work: Work) -> Shelf:
    """Return the shelf of the database that a unit of work stands on."""
    return _shelves.setdefault(work.db.get_bind().engine, Shelf())
