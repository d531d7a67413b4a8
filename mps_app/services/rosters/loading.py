"""Reads what an institution may know of its employees: today's, and their training on its own account (11.5)."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, text

from mps_app.models import EMPLOYED, EMPLOYEE_NAME, LACKS_TRAINING

_YEAR = timedelta(days=365)


class Employee(NamedTuple):
    """Who works in the institution today."""

    person_id: int
    employment_id: int
    name: str
    unit: str
    position: str
    email: str
    lacks_mandatory: bool


class Record(NamedTuple):
    """An application on the institution's account, and what was learnt by it while they worked there."""

    course_id: int
    group_id: int
    status: str
    first_on: date | None
    last_on: date | None
    hours: int  # academic hours attended in the last twelve months
    trained_on: date | None  # when they were last there


class Known(NamedTuple):
    """Employees and their records by person."""

    employees: list[Employee]
    records: Mapping[int, Sequence[Record]]


_EMPLOYEES = text(f"""
    SELECT e.person_id, e.id, {EMPLOYEE_NAME}, e.unit, e.position, coalesce(e.work_email, ''), {LACKS_TRAINING}
    FROM employment e JOIN person p ON p.id = e.person_id AND p.anonymised_at IS NULL
    WHERE e.institution_id = :institution_id AND {EMPLOYED} AND (:are_all OR e.person_id = ANY(:person_ids))
""").bindparams(  # noqa: S608  # our own conditions
    bindparam("institution_id"), bindparam("today"), bindparam("are_all"), bindparam("person_ids")
)

# Nobody is there for longer than a session lasts; begun hours are left out, as on certificates (7.2).
_RECORDS = text("""
    WITH mine AS MATERIALIZED (
        SELECT r.application_id, r.person_id, r.course_id, r.group_id, r.status, r.until_on,
               CASE WHEN r.status = 'completed' THEN (r.status_at AT TIME ZONE 'Europe/Riga')::date END AS completed_on
        FROM institution_record r
        WHERE r.institution_id = :institution_id AND (:are_all OR r.person_id = ANY(:person_ids))
    ), meeting AS MATERIALIZED (
        SELECT s.id, s.group_id, (lower(s.during) AT TIME ZONE 'Europe/Riga')::date AS day,
               extract(epoch FROM upper(s.during) - lower(s.during)) / 60 AS minutes
        FROM training_session s WHERE s.withdrawn_at IS NULL AND s.group_id IN (SELECT group_id FROM mine)
    ), held AS (
        SELECT group_id, sum(minutes) AS minutes, min(day) AS first_on, max(day) AS last_on
        FROM meeting GROUP BY group_id
    ), present AS (
        SELECT m.application_id, max(s.day) AS last_on,
               sum(least(t.present_minutes, s.minutes)) FILTER (WHERE s.day > :since) AS minutes
        FROM mine m JOIN attendance t ON t.application_id = m.application_id AND t.present_minutes > 0
        JOIN meeting s ON s.id = t.session_id
        WHERE s.day <= :today AND (m.until_on IS NULL OR s.day < m.until_on)
        GROUP BY m.application_id
    )
    SELECT m.person_id, m.course_id, coalesce(m.group_id, 0), m.status, h.first_on, h.last_on,
           CASE WHEN h.minutes > 0 THEN coalesce(floor(c.academic_hours * p.minutes / h.minutes), 0)
                WHEN m.completed_on > :since THEN c.academic_hours ELSE 0 END::int,
           CASE WHEN h.minutes > 0 THEN p.last_on ELSE m.completed_on END
    FROM mine m JOIN course c ON c.id = m.course_id
    LEFT JOIN held h ON h.group_id = m.group_id LEFT JOIN present p ON p.application_id = m.application_id
""").bindparams(
    bindparam("institution_id"), bindparam("are_all"), bindparam("person_ids"), bindparam("since"), bindparam("today")
)


def known(connection: Connection, institution_id: int, today: date, person_ids: Collection[int] | None = None) -> Known:
    """Return what the institution may know on a day; of everybody, or of some people."""
    asked = {
        "institution_id": institution_id,
        "today": today,
        "are_all": person_ids is None,
        "person_ids": list(person_ids or ()),
    }
    employees = [Employee(*row) for row in connection.execute(_EMPLOYEES, asked)]
    records: dict[int, list[Record]] = defaultdict(list)
    for person_id, *rest in connection.execute(_RECORDS, asked | {"since": today - _YEAR}):
        records[person_id].append(Record(*rest))
    return Known(employees, records)


class Changes(NamedTuple):
    """What was noted since somebody read last, and from where they must read next time."""

    seen_from: int  # the oldest transaction that was open
    noted: frozenset[int]  # the notes read, to be told from new ones
    person_ids: frozenset[int]
    are_all: bool  # something about everybody


# What an open transaction notes becomes visible only later: so the next question begins at the oldest open one.
_CHANGES = text("""
    SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint, c.id, c.person_id
    FROM (SELECT) one LEFT JOIN (
        SELECT id, person_id, transaction_number FROM institution_change WHERE institution_id = :institution_id
        UNION ALL
        SELECT id, person_id, transaction_number FROM institution_change WHERE institution_id IS NULL
    ) c ON c.transaction_number >= :seen_from
""").bindparams(bindparam("institution_id"), bindparam("seen_from"))


def changes(connection: Connection, institution_id: int, seen_from: int, noted: frozenset[int]) -> Changes:
    """Return what is new since a question that began at ``seen_from`` and has read the notes ``noted``."""
    rows = connection.execute(_CHANGES, {"institution_id": institution_id, "seen_from": seen_from}).all()
    new = [(note, person_id) for _, note, person_id in rows if note is not None and note not in noted]
    return Changes(
        seen_from=rows[0][0],
        noted=frozenset(note for _, note, _ in rows if note is not None),
        person_ids=frozenset(person_id for _, person_id in new if person_id is not None),
        are_all=any(person_id is None for _, person_id in new),
    )


_NOW = text("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")


def position(connection: Connection) -> int:
    """Return from where to read changes for somebody who reads everything now."""
    found: int = connection.execute(_NOW).scalar_one()
    return found
