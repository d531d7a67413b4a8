"""The catalogue as other programs read it (3.6): only what everybody may see, whoever asks."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import text

from mps_app.core.actor import NOBODY
from mps_app.core.errors import NotFound
from mps_app.core.settings import settings
from mps_app.core.work import Work
from mps_app.models import CourseFormat
from mps_app.services.catalogue import reading
from mps_app.services.catalogue.audience import may_know
from mps_app.services.catalogue.course_page import structured, visible_course
from mps_app.services.catalogue.queries import find
from mps_app.services.catalogue.shelf import read_stamp
from mps_app.text import N_, say
from mps_app.views.catalogue import CatalogueFeed, FeedCourse, FeedSession
from mps_app.views.catalogue_filter import CatalogueFilter

FEED_SIZE = 100
_MOST_SESSIONS = 500
_A_WHILE = 300  # seconds: sessions end, and rooms change their names, without the catalogue's changing

_SESSIONS = text("""
    SELECT s.uid, s.sequence, c.title, c.code, c.format, concat_ws(', ', v.name, nullif(v.street, ''), v.city),
           lower(s.during), upper(s.during)
    FROM training_session s JOIN course_group g ON g.id = s.group_id JOIN course c ON c.id = g.course_id
    LEFT JOIN room r ON r.id = s.room_id LEFT JOIN venue v ON v.id = r.venue_id
    WHERE c.visibility = 'catalogue' AND g.status IN ('open', 'confirmed') AND s.withdrawn_at IS NULL
      AND upper(s.during) > :now ORDER BY lower(s.during), s.id LIMIT :most
""")


def course_feed(work: Work, wanted: CatalogueFilter) -> CatalogueFeed:
    """Return one page of the public courses, filtered like the screen."""
    work = replace(work, actor=NOBODY)
    found = find(work, wanted, FEED_SIZE)
    courses = [
        FeedCourse(
            code=course.code,
            title=course.title,
            address=f"{settings().address}/kurss/{course.code}",
            topic=course.topic_name,
            form=course.format,
            language=course.language,
            academic_hours=course.academic_hours,
            price_eur=f"{course.price_cents // 100}.{course.price_cents % 100:02d}",
            description=course.description,
            next_starts_at=_next_start(groups, work.now),
        )
        for course, groups in reading.courses(work.db, found.course_ids)
        if may_know(work, course)
    ]
    has_more = wanted.page * FEED_SIZE < found.total
    return CatalogueFeed(total=found.total, courses=courses, next_page=wanted.page + 1 if has_more else 0)


def _next_start(groups: list[reading.GroupRecord], now: datetime) -> str | None:
    starts = (group.starts[0] for group in groups if group.starts and group.starts[0] > now)
    return next((start.isoformat() for start in starts), None)


def session_feed_mark(work: Work) -> str:
    """Return a mark that stays the same while ``session_feed`` does, give or take minutes; empty: there is none yet."""
    stamp = read_stamp(work)
    if stamp.began_at is None:
        return ""
    return f"{work.language}-{stamp.began_at}-{stamp.revision}-{work.now.timestamp() // _A_WHILE}"


def session_feed(work: Work) -> list[FeedSession]:
    """Return the coming sessions of public groups, for calendars."""
    online = say(work.language, N_("Online"))
    rows = work.db.execute(_SESSIONS, {"now": work.now, "most": _MOST_SESSIONS})
    return [
        FeedSession(
            uid=uid,
            sequence=sequence,
            title=title,
            address=f"{settings().address}/kurss/{code}",
            place=place or (online if form != CourseFormat.IN_PERSON else ""),
            starts_at=starts_at,
            ends_at=ends_at,
        )
        for uid, sequence, title, code, form, place, starts_at, ends_at in rows
    ]


def course_as_data(work: Work, code: str) -> dict[str, Any]:  # Any: JSON
    """Return a public course in schema.org's words; ``NotFound`` for any other code (3.5)."""
    work = replace(work, actor=NOBODY)
    found = visible_course(work, code)
    if found is None:
        raise NotFound
    return structured(*found)
