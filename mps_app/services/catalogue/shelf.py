"""The index of this process, kept fresh: every question first looks at the catalogue's stamp.

Only committed rows are read, over a connection of their own: what a unit of work is about to
change, or to roll back, never reaches others.
"""

from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from mps_app.core.work import Work
from mps_app.services.catalogue.index import Asked, Found, Index
from mps_app.services.catalogue.loading import NO_STAMP, READ_STAMP, Stamp, changed_since

_DEAD_ALLOWED = 1_000  # beyond this and half of all positions, a fresh index is smaller


class Shelf:
    """One database's index with the revision it has seen."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._index = Index()
        self._seen = NO_STAMP

    def search(self, engine: Engine, asked: Asked, stamp: Stamp | None = None) -> tuple[Found, Stamp]:
        """Answer from the index, and say what it has seen; given a stamp, it has seen every change until then."""
        with self._lock:
            if stamp is not None and is_behind(self._seen, stamp):
                self._refresh(engine, stamp)
            return self._index.search(asked), self._seen

    def fill(self, engine: Engine) -> None:
        """Read the whole catalogue before anybody asks, in no unit of work that would wait for it idly."""
        with self._lock:
            if self._seen == NO_STAMP:
                self._refresh(engine, NO_STAMP)

    def _refresh(self, engine: Engine, stamp: Stamp) -> None:
        is_same = stamp.began_at is not None and stamp.began_at == self._seen.began_at
        is_older = is_same and stamp.revision < self._seen.revision  # another thread has been here meanwhile
        if is_older:
            return
        crowded = self._index.dead > max(_DEAD_ALLOWED, len(self._index.versions) // 2)
        seen = self._seen.revision if is_same and not crowded else -1
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            committed = Stamp(*(connection.execute(READ_STAMP).one_or_none() or NO_STAMP))
            versions = changed_since(connection, seen)
            if seen < 0:
                fresh = Index()
                fresh.put(versions)
                self._index = fresh
            else:
                self._index.put(list(versions))  # all are read before the first is put in
        self._seen = committed


def is_behind(seen: Stamp, stamp: Stamp) -> bool:
    """Whether a catalogue with this stamp may hold what an index has not seen."""
    return stamp != seen or stamp.began_at is None


def read_stamp(work: Work) -> Stamp:
    """Return the stamp as this unit of work sees it."""
    return Stamp(*(work.db.execute(READ_STAMP).one_or_none() or NO_STAMP))


_shelves: WeakKeyDictionary[Engine, Shelf] = WeakKeyDictionary()


def shelf(work: Work) -> Shelf:
    """Return the shelf of the database that a unit of work stands on."""
    return _shelves.setdefault(work.db.get_bind().engine, Shelf())
