"""What a digest tells, asked of what the institution may know and of nothing else (11.5)."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import text

from mps_app.core import riga
from mps_app.core.work import Work
from mps_app.models import EMPLOYED, EMPLOYEE_NAME
from mps_app.services.institutions import DigestReader

_MOST = 20
_RELEASED_SOON = 3  # working days
_DUE_SOON = timedelta(days=30)

_LINES = f"""
    SELECT {EMPLOYEE_NAME} AS person_name, k.title AS course_title, k.title_en AS course_title_en,
           CASE WHEN r.status = 'pending_approval' THEN r.decide_by END AS decide_by, count(*) OVER () AS found
    FROM institution_record r
    JOIN employment e ON e.id = r.employment_id JOIN person p ON p.id = r.person_id JOIN course k ON k.id = r.course_id
    WHERE r.institution_id = :institution_id AND {EMPLOYED} AND {{condition}}
    ORDER BY r.decide_by, r.status_at, r.application_id LIMIT {_MOST}
"""  # noqa: S608  # our own conditions
_STANDS = "'registered', 'offered', 'waitlisted', 'waiting', 'attended', 'completed', 'no_show'"
_CONDITIONS = {
    "to_approve": "r.status = 'pending_approval'",
    "applied": f"""r.created_at > :since AND r.created_at <= :until AND r.status IN ({_STANDS})
                   AND r.applied_by_id IS DISTINCT FROM :person_id""",
    "cancelled": "r.status_at > :since AND r.status_at <= :until AND r.status IN ('cancelled', 'rejected')",
}
_TOLD = {part: text(_LINES.format(condition=condition)) for part, condition in _CONDITIONS.items()}
_PLACES = text("""
    SELECT k.title AS course_title, k.title_en AS course_title_en, g.code AS group_code, v.places, v.release_on
    FROM place_reservation v JOIN course_group g ON g.id = v.group_id JOIN course k ON k.id = g.course_id
    WHERE v.institution_id = :institution_id AND v.places > 0 AND v.release_on BETWEEN :today AND :soon
      AND g.status IN ('open', 'confirmed')
    ORDER BY v.release_on, v.id
""")
_DUE = text(f"""
    SELECT q.title, count(*) AS people
    FROM mandatory_training m JOIN training_requirement q ON q.id = m.requirement_id
    JOIN employment e ON e.id = m.employment_id
    WHERE m.institution_id = :institution_id AND {EMPLOYED}
      AND m.due_on > :told_until AND m.due_on <= :due_until
    GROUP BY q.id, q.title ORDER BY q.title, q.id
""")  # noqa: S608  # our own condition


def contents(work: Work, reader: DigestReader, until: datetime) -> dict[str, Any]:  # Any: what the message is made of
    """Return what is to be told; empty when there is nothing.

    New is what happened after the last digest and until a moment. Training that falls due is told once, a month
    before; what waits for the coordinator is told until it is done.
    """
    today = riga.today(work.now)
    asked = {
        "institution_id": reader.institution_id,
        "person_id": reader.person_id,
        "since": reader.since,
        "until": until,
        "today": today,
        "soon": riga.add_working_days(today, _RELEASED_SOON),
        "told_until": riga.today(reader.since) + _DUE_SOON,
        "due_until": today + _DUE_SOON,
    }
    told: dict[str, Any] = {}  # Any: lists of lines, and counts
    for part, query in _TOLD.items():
        lines = [dict(row) for row in work.db.execute(query, asked).mappings()]
        more = lines[0]["found"] - len(lines) if lines else 0
        told |= {part: [_without_count(line) for line in lines], f"more_{part}": more}
    told["places"] = [dict(row) for row in work.db.execute(_PLACES, asked).mappings()]
    told["due"] = [dict(row) for row in work.db.execute(_DUE, asked).mappings()]
    return told if any(told.values()) else {}


def _without_count(line: dict[str, Any]) -> dict[str, Any]:  # Any: a row
    return {name: value for name, value in line.items() if name != "found"}
