"""What an institution may know of a year's training (11.5), read in few statements whatever its size.

Only days before the one of leaving count. Past training is what somebody was at; coming is what a place is
held for. Begun hours are left out, as on certificates (7.2).
"""

from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import bindparam, text

from mps_app.core import riga
from mps_app.core.work import Work
from mps_app.models import EMPLOYEE_FOLDED, EMPLOYEE_NAME

FACTS = """
    WITH mine AS MATERIALIZED (
        SELECT r.application_id, r.person_id, r.course_id, r.group_id, r.status, r.until_on, r.price_cents,
               (r.status_at AT TIME ZONE 'Europe/Riga')::date AS status_on
        FROM institution_record r
        WHERE r.institution_id = :institution_id AND (:are_all OR r.person_id = ANY(:person_ids))
    ), meeting AS MATERIALIZED (
        SELECT s.id, s.group_id, (lower(s.during) AT TIME ZONE 'Europe/Riga')::date AS day, upper(s.during) AS ends_at,
               extract(epoch FROM upper(s.during) - lower(s.during)) / 60 AS minutes
        FROM training_session s WHERE s.withdrawn_at IS NULL AND s.group_id IN (SELECT group_id FROM mine)
    ), held AS (
        SELECT group_id, sum(minutes) AS minutes, min(day) AS first_on FROM meeting GROUP BY group_id
    ), met AS (
        SELECT m.application_id, extract(month FROM s.day)::int AS month,
               sum(least(coalesce(t.present_minutes, 0), s.minutes)) AS present,
               bool_or(coalesce(t.present_minutes, 0) > 0) AS been,
               bool_or(m.status = 'registered' AND s.ends_at > :now) AS coming
        FROM mine m JOIN meeting s ON s.group_id = m.group_id
        LEFT JOIN attendance t ON t.application_id = m.application_id AND t.session_id = s.id
        WHERE s.day BETWEEN :first AND :last AND (m.until_on IS NULL OR s.day < m.until_on)
        GROUP BY m.application_id, month
    ), fact AS (
        SELECT m.application_id, m.person_id, m.course_id, m.price_cents, c.format, e.month,
               coalesce(e.been, false) AS been, coalesce(e.coming, false) AS coming,
               c.academic_hours, coalesce(e.present, 0) AS present, h.minutes AS minutes,
               h.first_on BETWEEN :first AND :last AND (m.until_on IS NULL OR h.first_on < m.until_on)
                   AND (m.status IN ('registered', 'attended', 'completed', 'no_show') OR e.been) AS is_paid
        FROM mine m JOIN held h ON h.group_id = m.group_id JOIN met e ON e.application_id = m.application_id
        JOIN course c ON c.id = m.course_id
        UNION ALL
        SELECT m.application_id, m.person_id, m.course_id, m.price_cents, c.format,
               extract(month FROM m.status_on)::int, true, false, c.academic_hours, 1, 1, true
        FROM mine m JOIN course c ON c.id = m.course_id
        WHERE m.status = 'completed' AND m.status_on BETWEEN :first AND :last
          AND NOT EXISTS (SELECT FROM held h WHERE h.group_id = m.group_id)
    ), training AS (
        SELECT application_id, person_id, course_id, bool_or(been) AS been,
               floor(max(academic_hours) * sum(present) / max(minutes))::int AS hours,
               max(price_cents) FILTER (WHERE is_paid) AS cents
        FROM fact GROUP BY application_id, person_id, course_id
    )"""
"""Statements begin with it: ``fact`` is a training in a month, ``training`` one in the year."""

_OF_PEOPLE = text(f"""{FACTS}
    SELECT f.person_id, f.month, f.format, bool_or(f.been), bool_or(f.coming AND NOT f.been)
    FROM fact f WHERE f.been OR f.coming GROUP BY f.person_id, f.month, f.format
    ORDER BY f.person_id, f.month, f.format
""")  # noqa: S608  # our own

_SUMS = text(f"""{FACTS}
    SELECT person_id, sum(hours)::int, coalesce(sum(cents), 0)::bigint FROM training GROUP BY person_id
""")  # noqa: S608  # our own

_STAFF = """
    SELECT DISTINCT ON (e.person_id) e.person_id, {name} AS name, {folded} AS folded, e.unit, e.position,
           e.from_on <= :as_of AND (e.until_on IS NULL OR e.until_on > :as_of) AS is_employed
    FROM employment e JOIN person p ON p.id = e.person_id AND p.anonymised_at IS NULL
    WHERE e.institution_id = :institution_id AND e.from_on <= :last AND (e.until_on IS NULL OR e.until_on > :first)
    ORDER BY e.person_id, e.from_on DESC"""
STAFF = _STAFF.format(name=EMPLOYEE_NAME, folded=EMPLOYEE_FOLDED)
"""Who worked in the institution in the year, and whether they do on its last day (or today)."""


class Year(NamedTuple):
    """A year of an institution; ``as_of`` is its last day, or today."""

    institution_id: int
    first: date
    last: date
    as_of: date

    def asked(self, work: Work, person_ids: Collection[int] | None = None) -> dict[str, object]:
        """Return the parameters of the statements."""
        return {
            "institution_id": self.institution_id,
            "first": self.first,
            "last": self.last,
            "as_of": self.as_of,
            "now": work.now,
            "are_all": person_ids is None,
            "person_ids": list(person_ids or ()),
        }


def year_of(work: Work, institution_id: int, year: int) -> Year:
    """Return a year; 0 is the one it is in Riga."""
    today = riga.today(work.now)
    chosen = year or today.year
    last = date(chosen, 12, 31)
    return Year(institution_id, date(chosen, 1, 1), last, min(today, last))


class Month(NamedTuple):
    """What somebody was at in a month, by form."""

    month: int
    form: str
    been: bool
    coming: bool


class Sums(NamedTuple):
    """Somebody's hours and what they cost."""

    hours: int = 0
    cents: int = 0


def months_of(work: Work, year: Year, person_ids: Sequence[int]) -> dict[int, list[Month]]:
    """Return what each person was at."""
    found: dict[int, list[Month]] = {person_id: [] for person_id in person_ids}
    for person_id, *month in work.db.execute(_OF_PEOPLE, year.asked(work, person_ids)):
        found[person_id].append(Month(*month))
    return found


def sums_of(work: Work, year: Year, person_ids: Sequence[int]) -> dict[int, Sums]:
    """Return hours and costs of each person."""
    rows = work.db.execute(_SUMS, year.asked(work, person_ids))
    return {person_id: Sums(hours, cents) for person_id, hours, cents in rows}


_CERTIFICATES = text("""
    SELECT k.certificate_id, k.person_id FROM institution_certificate k JOIN certificate t ON t.id = k.certificate_id
    WHERE k.institution_id = :institution_id AND k.revoked_at IS NULL AND k.issued_on BETWEEN :first AND :last
    ORDER BY k.certificate_id
""").bindparams(bindparam("institution_id"), bindparam("first"), bindparam("last"))


def certificates_of(work: Work, year: Year) -> list[tuple[int, int]]:
    """Return the year's valid certificates, each with whose it is."""
    return [(row[0], row[1]) for row in work.db.execute(_CERTIFICATES, year.asked(work))]
