"""Which tables are about a person, read from the tables themselves, so that none is forgotten (2.6).

A row is about the person its ``person_id`` names, or about whoever the row it refers to is about
(attendance → application → person). The other references to a person say who did something to
somebody else's record: ``DEEDS``. What they did stands in the audit of their acts.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import Column, ColumnElement, LargeBinary, Table, select

from mps_app.models import metadata

OWNER = "person_id"

DEEDS = frozenset(
    {
        "actor_id",
        "added_by_id",
        "applied_by_id",
        "author_id",
        "confirmed_by_id",
        "decided_by_id",
        "deputy_of_id",
        "ended_by_id",
        "granted_by_id",
        "nominated_by_id",
        "recorded_by_id",
        "reserved_by_id",
        "uploaded_by_id",
    }
)
"""Columns that name who acted, not whom the row is about."""

APART = frozenset({"ballot_box", "evaluation_response", "evaluation_answer"})
"""Answers of questionnaires, which nobody can join to a person, not even that person (7.4)."""

PASSING = frozenset({"institution_change"})
"""Marks that something has changed, kept for two days: they hold no more than that a row elsewhere does."""

_SECRET_ENDINGS = ("_hash", "_folded", "_sealed", "_key", "_sort")
_SECRET = frozenset({"sealed", "dedupe_key", "drawn", "last_error"})


@dataclass(frozen=True, slots=True)
class Part:
    """A table with rows about a person, and the column that leads there."""

    table: Table
    by: Column[int]
    parent: Table

    def is_about(self, person_id: int) -> ColumnElement[bool]:
        """Return the condition that a row is about a person."""
        if self.parent.name == "person":
            return self.by == person_id
        above = next(part for part in parts() if part.table is self.parent)
        return self.by.in_(select(self.parent.c.id).where(above.is_about(person_id)))


@lru_cache(maxsize=1)
def parts() -> tuple[Part, ...]:
    """Return every table about a person: those with an owner first, then those that refer to them."""
    person = metadata.tables["person"]
    found = {
        table.name: Part(table, table.c[OWNER], person)
        for table in metadata.sorted_tables
        if OWNER in table.c and table.name not in APART | PASSING
    }
    for table in metadata.sorted_tables:  # parents before children
        if table.name in found or table.name in APART | PASSING or table is person:
            continue
        above = next((key for key in _references(table) if key.parent_table in found), None)
        if above is not None:
            found[table.name] = Part(table, above.column, metadata.tables[above.parent_table])
    return tuple(found.values())


@dataclass(frozen=True, slots=True)
class _Reference:
    column: Column[int]
    parent_table: str


def _references(table: Table) -> Iterator[_Reference]:
    for column in table.columns:
        for key in column.foreign_keys:
            yield _Reference(column, key.column.table.name)


def told_columns(table: Table) -> list[Column[object]]:
    """Return the columns that the person is told: no secrets, nobody else, nothing only machines can read."""
    return [column for column in table.columns if not _is_untold(column)]


def key_columns(table: Table) -> list[Column[str]]:
    """Return the columns that name a stored file."""
    return [column for column in table.columns if column.name in {"pdf_key", "file_key"}]


def _is_untold(column: Column[object]) -> bool:
    is_someone = any(key.column.table.name == "person" for key in column.foreign_keys)
    is_secret = column.name in _SECRET or column.name.endswith(_SECRET_ENDINGS)
    return is_someone or is_secret or isinstance(column.type, LargeBinary)
