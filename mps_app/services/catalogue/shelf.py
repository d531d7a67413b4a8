"""The index of this process, kept fresh by the catalogue's stamp, and the courses that were shown from it lately.

Only committed rows are read, over a connection of their own: what a unit of work is about to
change, or to roll back, never reaches others.
"""

from collections.abc import Sequence
from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine

from mps_app.core.work import Work
from mps_app.services.catalogue import reading
from mps_app.services.catalogue.index import Asked, Found, Index
from mps_app.services.catalogue.loading import NO_STAMP, READ_STAMP, Stamp, changed_since
from mps_app.services.catalogue.reading import Told

_MOST_READ = 2_000  # courses with all their words
_DEAD_ALLOWED = 1_000  # beyond this and half of all positions, a fresh index is smaller


class Shelf:
    """One database's index with the revision it has seen."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._index = Index()
        self._seen = NO_STAMP
        self._courses: dict[int, Told] = {}  # those shown lately, as the index has seen them

    def search(self, engine: Engine, asked: Asked, stamp: Stamp | None = None) -> tuple[Found, Stamp]:
        """Answer from the index, and say what it has seen; given a stamp, it has seen every change until then."""
        with self._lock:
            if stamp is not None and is_behind(self._seen, stamp):
                self._refresh(engine, stamp)
            return self._index.search(asked), self._seen

    def courses(self, work: Work, ids: Sequence[int]) -> list[Told]:
        """Return courses in the order of their ids, as the index has seen them: places may have been taken since."""
        with self._lock:
            if len(self._courses) > _MOST_READ:
                self._courses.clear()
            new = [key for key in ids if key not in self._courses]
            if new:
                with _committed(work.db.get_bind().engine) as connection:
                    self._courses.update((told[0].id, told) for told in reading.courses(connection, new))
            return [self._courses[key] for key in ids if key in self._courses]

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
        with _committed(engine) as connection:
            committed = Stamp(*(connection.execute(READ_STAMP).one_or_none() or NO_STAMP))
            versions = changed_since(connection, seen)
            if seen < 0:
                fresh = Index()
                fresh.put(versions)
                self._index, self._courses = fresh, {}
            else:
                changed = list(versions)  # all are read before the first is put in
                self._index.put(changed)
                for entry in changed:
                    self._courses.pop(entry.course_id, None)
        self._seen = committed


def _committed(engine: Engine) -> Connection:
    """Return a connection that sees what is committed, whatever a unit of work is about to change."""
    return engine.connect().execution_options(isolation_level="AUTOCOMMIT")


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
