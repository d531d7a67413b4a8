"""Reads the courses and groups that are about to be shown: places, dates and own applications as of now."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Connection, text
from sqlmodel import Session

from mps_app.core.riga import today
from mps_app.core.work import Work
from mps_app.services.catalogue.loading import NO_STAMP, Stamp
from mps_app.services.catalogue.rules import GroupFacts, OwnApplication


class CourseRecord(NamedTuple):
    """A course as it is written down, with how many wait for its next group."""

    id: int
    code: str
    title: str
    title_en: str
    description: str
    description_en: str
    format: str
    language: str
    academic_hours: int
    price_cents: int
    visibility: str
    topic: str
    topic_name: str
    topic_name_en: str
    institution_ids: list[int]
    waiting_count: int


class GroupRecord(NamedTuple):
    """A live group with its sessions, those withdrawn left out."""

    course_id: int
    id: int
    status: str
    opens_at: datetime
    closes_at: datetime
    cancel_until: datetime
    maximum: int
    places_taken: int
    price_cents: int | None
    has_line: bool
    starts: list[datetime] | None
    ends: list[datetime] | None
    cities: list[str] | None
    places: list[str] | None

    @property
    def days(self) -> list[date]:
        """The days of Riga on which it meets."""
        return sorted({today(start) for start in self.starts or ()})

    def facts(self) -> GroupFacts:
        """Return what decides whether one can apply."""
        return GroupFacts(
            group_id=self.id,
            status=self.status,
            opens_at=self.opens_at,
            closes_at=self.closes_at,
            starts_at=self.starts[0] if self.starts else None,
            maximum=self.maximum,
            places_taken=self.places_taken,
            has_line=self.has_line,
        )


Told = tuple[CourseRecord, list[GroupRecord]]
"""A course with its live groups in the order of their dates."""

_ROWS = text("""
    SELECT c.id, c.code, c.title, c.title_en, c.description, c.description_en, c.format, c.language,
           c.academic_hours, c.price_cents, c.visibility, t.code, t.name, t.name_en,
           ARRAY(SELECT a.institution_id FROM course_audience a WHERE a.course_id = c.id),
           (SELECT count(*) FROM application w WHERE w.course_id = c.id AND w.status = 'waiting'),
           g.course_id, g.id, g.status, g.registration_opens_at, g.registration_closes_at,
           g.cancellation_deadline_at, g.maximum, g.places_taken, g.price_cents,
           EXISTS (SELECT FROM application a WHERE a.group_id = g.id AND a.status = 'waitlisted'),
           s.starts, s.ends, s.cities, s.places
    FROM course c JOIN topic t ON t.id = c.topic_id
    LEFT JOIN course_group g ON g.course_id = c.id AND g.status IN ('open', 'confirmed', 'running')
    LEFT JOIN LATERAL (
        SELECT array_agg(lower(s.during) ORDER BY s.during) AS starts,
               array_agg(upper(s.during) ORDER BY s.during) AS ends,
               array_agg(DISTINCT v.city) FILTER (WHERE v.city <> '') AS cities,
               array_agg(DISTINCT concat_ws(', ', nullif(v.street, ''), v.city)) FILTER (WHERE v.city <> '') AS places
        FROM training_session s LEFT JOIN room r ON r.id = s.room_id LEFT JOIN venue v ON v.id = r.venue_id
        WHERE s.group_id = g.id AND s.withdrawn_at IS NULL
    ) s ON true
    WHERE c.id = ANY(:ids) ORDER BY s.starts[1] NULLS LAST, g.id
""")
_COURSE_COLUMNS = len(CourseRecord._fields)

_TAKEN = text("""
    SELECT m.created_at, m.revision, c.id,
           (SELECT count(*) FROM application w WHERE w.course_id = c.id AND w.status = 'waiting'),
           g.id, g.places_taken, EXISTS (SELECT FROM application a WHERE a.group_id = g.id AND a.status = 'waitlisted')
    FROM (SELECT) always LEFT JOIN catalogue_stamp m ON true
    LEFT JOIN course c ON c.id = ANY(:ids)
    LEFT JOIN course_group g ON g.course_id = c.id AND g.status IN ('open', 'confirmed', 'running')
""")

_OWN = text("""
    SELECT a.course_id, a.group_id, coalesce(g.status, ''), a.status,
           a.applied_by_id IS NOT NULL AND a.applied_by_id <> a.person_id
    FROM application a LEFT JOIN course_group g ON g.id = a.group_id
    WHERE a.person_id = :person_id AND a.course_id = ANY(:ids)
      AND a.status IN ('pending_approval', 'registered', 'attended', 'completed', 'offered', 'waitlisted', 'waiting')
    ORDER BY a.id
""")


def courses(db: Session | Connection, ids: Sequence[int]) -> list[Told]:
    """Return courses in the order of their ids as given, each with its live groups in the order of their dates."""
    found: dict[int, Told] = {}
    for row in db.execute(_ROWS, {"ids": list(ids)}):
        if row[0] not in found:
            found[row[0]] = CourseRecord(*row[:_COURSE_COLUMNS]), []
        if row[_COURSE_COLUMNS] is not None:
            found[row[0]][1].append(GroupRecord(*row[_COURSE_COLUMNS:]))
    return [found[key] for key in ids if key in found]


class Taken(NamedTuple):
    """What applications change, while the catalogue stays as it is; and the catalogue's stamp at the same moment."""

    stamp: Stamp
    waiting: dict[int, int]  # by course: how many wait for its next group
    groups: dict[int, tuple[int, bool]]  # by group: how many places are taken, and whether somebody stands in line

    def since(self, told: Told) -> Told:
        """Return a course that was read earlier as it is now."""
        course, groups = told
        known = (self.groups.get(group.id, (group.places_taken, group.has_line)) for group in groups)
        now = [group._replace(places_taken=one[0], has_line=one[1]) for group, one in zip(groups, known, strict=True)]
        return course._replace(waiting_count=self.waiting.get(course.id, 0)), now


def taken(work: Work, ids: Sequence[int]) -> Taken:
    """Return how places of courses and their groups stand."""
    found = work.db.execute(_TAKEN, {"ids": list(ids)}).all()
    stamp = Stamp(*found[0][:2]) if found[0][0] is not None else NO_STAMP
    return Taken(stamp, {row[2]: row[3] for row in found}, {row[4]: (row[5], row[6]) for row in found})


def own_applications(work: Work, course_ids: Collection[int]) -> dict[int, list[OwnApplication]]:
    """Return the actor's own alive applications to courses, whoever made them."""
    found: dict[int, list[OwnApplication]] = defaultdict(list)
    if work.actor.person_id is not None:
        asked = {"person_id": work.actor.person_id, "ids": list(course_ids)}
        for course_id, *rest in work.db.execute(_OWN, asked):
            found[course_id].append(OwnApplication(*rest))
    return found
