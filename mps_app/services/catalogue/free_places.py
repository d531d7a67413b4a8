"""Which courses have a place free to a newcomer now: the one filter that the database answers.

Places change with every application and must not wait for the catalogue's stamp. The answer is kept for a
second: a filter may lag so much, the rows it shows are always told as they are.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, text

from mps_app.core.work import Work
from mps_app.services.catalogue.loading import Stamp
from mps_app.services.catalogue.shelf import read_stamp

_KEPT_FOR = timedelta(seconds=1)

_FREE = text("""
    SELECT array_agg(DISTINCT g.course_id) FROM course_group g
    WHERE g.status IN ('open', 'confirmed') AND g.places_taken < g.maximum
      AND g.registration_opens_at <= :now AND g.registration_closes_at > :now
      AND NOT EXISTS (SELECT FROM application a WHERE a.group_id = g.id AND a.status = 'waitlisted')
      AND NOT EXISTS (SELECT FROM training_session s WHERE s.group_id = g.id AND s.withdrawn_at IS NULL
                      AND lower(s.during) <= :now)
""")


@dataclass(frozen=True, slots=True)
class _Kept:
    """An answer, and of which catalogue and when it was true."""

    stamp: Stamp
    at: datetime
    course_ids: frozenset[int]


_kept: WeakKeyDictionary[Engine, _Kept] = WeakKeyDictionary()


def courses_with_free_places(work: Work) -> frozenset[int]:
    """Return the courses with a group whose door stands open (``rules.door_of``)."""
    engine, stamp = work.db.get_bind().engine, read_stamp(work)
    kept = _kept.get(engine)
    if kept is None or kept.stamp != stamp or not timedelta(0) <= work.now - kept.at < _KEPT_FOR:
        ids = work.db.execute(_FREE, {"now": work.now}).scalar_one()
        kept = _kept[engine] = _Kept(stamp, work.now, frozenset(ids or ()))
    return kept.course_ids
