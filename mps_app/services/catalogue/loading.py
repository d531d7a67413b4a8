"""Reads what the index must know of courses that changed since a revision."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, text

from mps_app.core.folding import sort_key
from mps_app.core.riga import today
from mps_app.models import Visibility
from mps_app.services.catalogue.index import Entry, Start
from mps_app.services.catalogue.rules import price_band
from mps_app.services.catalogue.vocabulary import words_of


class Stamp(NamedTuple):
    """Which catalogue this is and how often it was changed; revisions become visible in order."""

    began_at: datetime | None
    revision: int


NO_STAMP = Stamp(None, 0)

READ_STAMP = text("SELECT created_at, revision FROM catalogue_stamp")

_COURSES = text("""
    SELECT c.id, c.visibility, c.code, c.title, c.title_en, c.description, c.description_en, c.format, c.language,
           c.price_cents, c.created_at, t.code AS topic, t.name AS topic_name, t.name_en AS topic_name_en,
           ARRAY(SELECT a.institution_id FROM course_audience a WHERE a.course_id = c.id) AS institution_ids
    FROM course c JOIN topic t ON t.id = c.topic_id WHERE c.revision > :seen ORDER BY c.id
""")

_GROUPS = text("""
    SELECT g.course_id, g.language, g.price_cents, g.registration_closes_at, min(lower(s.during)) AS starts_at,
           array_agg(DISTINCT v.city) FILTER (WHERE v.city <> '') AS cities,
           string_agg(DISTINCT p.given_name || ' ' || p.family_name, ' ') AS lecturers
    FROM course_group g JOIN course c ON c.id = g.course_id
    LEFT JOIN training_session s ON s.group_id = g.id AND s.withdrawn_at IS NULL
    LEFT JOIN room r ON r.id = s.room_id LEFT JOIN venue v ON v.id = r.venue_id
    LEFT JOIN session_lecturer sl ON sl.session_id = s.id
    LEFT JOIN lecturer l ON l.id = sl.lecturer_id LEFT JOIN person p ON p.id = l.person_id
    WHERE c.revision > :seen AND g.status IN ('open', 'confirmed') GROUP BY g.id
""")


class _Group(NamedTuple):
    """An open or confirmed group of a course."""

    course_id: int
    language: str
    price_cents: int | None
    closes_at: datetime
    starts_at: datetime | None
    cities: list[str] | None
    lecturers: str | None


class _Course(NamedTuple):
    """A course with its topic and audience."""

    id: int
    visibility: str
    code: str
    title: str
    title_en: str
    description: str
    description_en: str
    format: str
    language: str
    price_cents: int
    created_at: datetime
    topic: str
    topic_name: str
    topic_name_en: str
    institution_ids: list[int]


def changed_since(connection: Connection, revision: int) -> Iterator[Entry]:
    """Yield the courses changed after a revision, -1 for all; none is kept here once it is yielded."""
    groups: dict[int, list[_Group]] = defaultdict(list)
    for row in connection.execute(_GROUPS, {"seen": revision}):
        groups[row.course_id].append(_Group(*row))
    for row in connection.execute(_COURSES, {"seen": revision}):
        yield _entry(_Course(*row), groups.pop(row.id, []))


def _entry(course: _Course, groups: list[_Group]) -> Entry:
    prices = {course.price_cents if group.price_cents is None else group.price_cents for group in groups} or {
        course.price_cents
    }
    dated = sorted((group.starts_at, group.closes_at) for group in groups if group.starts_at)
    return Entry(
        course_id=course.id,
        is_published=course.visibility != Visibility.DRAFT,
        is_public=course.visibility == Visibility.CATALOGUE,
        institution_ids=frozenset(course.institution_ids if course.visibility == Visibility.RESTRICTED else ()),
        values={
            "topic": frozenset({course.topic}),
            "format": frozenset({course.format}),
            "city": frozenset(city for group in groups for city in group.cities or ()),
            "language": frozenset(group.language for group in groups) or frozenset({course.language}),
            "price": frozenset(price_band(cents) for cents in prices),
        },
        starts=tuple(Start(int(start.timestamp()), int(closes.timestamp())) for start, closes in dated),
        days=frozenset(today(start).toordinal() for start, _ in dated),
        title_keys={"lv": sort_key(course.title), "en": sort_key(course.title_en or course.title)},
        topic_names=(course.topic_name, course.topic_name_en or course.topic_name),
        price_cents=min(prices),
        created=course.created_at.timestamp(),
        words=_words(course, groups),
    )


def _words(course: _Course, groups: list[_Group]) -> frozenset[str]:
    lecturers = " ".join(group.lecturers or "" for group in groups)
    return frozenset(
        words_of(
            f"{course.title} {course.title_en} {course.code} {course.topic_name} {course.topic_name_en} "
            f"{course.description} {course.description_en} {lecturers}"
        )
    )
