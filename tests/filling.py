"""A row in any table about a person: every column that must hold something holds something allowed."""

import itertools
import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Integer,
    LargeBinary,
    Table,
    insert,
    select,
)
from sqlalchemy.dialects.postgresql import TSTZRANGE, Range

from mps_app.core.work import Work
from mps_app.services.my_data.about import Part

_numbers = itertools.count(1)
_MOMENT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)

_SIDES: dict[str, dict[str, Any]] = {
    "application": {"status": "cancelled", "payer_kind": "person"},
    "coordinator": {"asked_number": "40003000000"},
    "erasure_request": {"status": "open"},
    "certificate": {"revoked_reason": ""},
    "exam": {"timing": "after", "pass_percent": 60},
    "exam_attempt": {"number": 1},
    "exam_question": {"accepted": ["1"]},
    "outbox_message": {"template": "application_received"},
}
"""What the checks between columns of a table ask for. Courses, groups and sessions: begin with ``make_session``."""


def fill_row(work: Work, part: Part, person_id: int, kept: dict[str, int]) -> int:
    """Write a row about a person; ``kept`` names the rows written above it. Return its id."""
    above = person_id if part.parent.name == "person" else kept[part.parent.name]
    return _written(work, part.table, {part.by.name: above})


def _written(work: Work, table: Table, given: dict[str, Any]) -> int:
    values = dict(given)
    for column in table.columns:
        if column.name in values or column.name == "id":
            continue
        if column.name in _SIDES.get(table.name, {}):
            values[column.name] = _SIDES[table.name][column.name]
        elif not column.nullable:
            values[column.name] = _value(work, table, column)
    row_id: int = work.db.execute(insert(table).values(values).returning(table.c.id)).scalar_one()
    return row_id


def _value(work: Work, table: Table, column: Column[Any]) -> Any:
    """Return something that fits a column: a row it refers to, a word its check knows, or anything unlike the others."""
    target = next((key.column.table for key in column.foreign_keys), None)
    if target is not None:
        return _referred(work, target)
    if column.default is not None and column.default.is_scalar:
        return column.default.arg
    known = _allowed(table, column)
    if known:
        return known
    number = next(_numbers)
    for kind, value in (
        (Boolean, False),
        (BigInteger, number),
        (Integer, number),
        (DateTime, _MOMENT),
        (Date, date(2026, 3, 2)),
        (JSON, {}),
        (LargeBinary, b"sealed"),
        (TSTZRANGE, Range(_MOMENT + timedelta(days=number), _MOMENT + timedelta(days=number, hours=1))),
    ):
        if isinstance(column.type, kind):
            return value
    return f"{column.name} {number}"


def _referred(work: Work, target: Table) -> int:
    """Return a row of the table: one that is there, or a new one."""
    found = work.db.execute(select(target.c.id).order_by(target.c.id).limit(1)).scalar_one_or_none()
    return int(found) if found is not None else _written(work, target, {})


def _allowed(table: Table, column: Column[Any]) -> str | None:
    """Return the first word that the column's check knows."""
    for check in table.constraints:
        if isinstance(check, CheckConstraint):
            listed = re.fullmatch(rf"{column.name} IN \('([^']*)'.*\)", str(check.sqltext))
            if listed:
                return listed.group(1)
    return None
