"""A list on its way: read, sealed, kept for a day at most, forgotten once saved (11.2)."""

import csv
import io
import json
from collections import Counter
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import update
from sqlmodel import col

from mps_app.core import riga
from mps_app.core.actor import Language
from mps_app.core.errors import NotFound
from mps_app.core.plain_text import one_line
from mps_app.core.work import Work
from mps_app.models import EmployeeImport, ImportState
from mps_app.policy import Action
from mps_app.services import audit, identity, institutions
from mps_app.services.employees.refusals import ImportGone, NoHeader
from mps_app.services.employees.rules import Entry, Problems, read_entry
from mps_app.services.employees.tables import LABELS, Table, read_table
from mps_app.text import N_, say

QUOTED = N_("“{words}”")
_KEPT = timedelta(days=1)
_PER_HOUR = 60
_SAME_CODE = N_("The same personal code stands in several rows: {rows}.")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_SHOWN_ROWS = 5


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that can't be used: what stood in it, and by column what is wrong."""

    number: int
    cells: list[str]
    problems: list[tuple[str, str]]
    """Field and message id."""
    same_as: list[int]
    """Rows with the same code."""


@dataclass(frozen=True, slots=True)
class Staged:
    """What was read of a list."""

    entries: list[Entry]
    bad: list[BadRow]
    headers: list[str]
    ignored: list[str]
    fields: dict[str, int]


def may_load(work: Work, institution_id: int) -> None:
    """Count a list that somebody wants to load, before anything of it is taken in; refused lists count too.

    Refuses whoever keeps no employees there, and raises ``TooMany``.
    """
    institutions.own(work, institution_id, Action.EMPLOYEE_MANAGE)
    identity.count(work, f"employee_import:{work.actor.person_id}", limit=_PER_HOUR, per=timedelta(hours=1))


def read_list(content: bytes, language: Language) -> Table:
    """Read a file, or raise ``ListRefused``; this takes long, so no unit of work is to be open meanwhile."""
    try:
        return read_table(content)
    except NoHeader as refusal:
        named = ", ".join(say(language, QUOTED, words=say(language, LABELS[field])) for field in refusal.missing)
        raise NoHeader(refusal.missing, named) from refusal


def stage_import(work: Work, institution_id: int, file_name: str, table: Table) -> int:
    """Keep a list sealed until it is confirmed; the one before is dropped. Returns its id."""
    institutions.own(work, institution_id, Action.EMPLOYEE_MANAGE)
    staged = _read(table, riga.today(work.now))
    _forget(
        work,
        col(EmployeeImport.institution_id) == institution_id,
        col(EmployeeImport.uploaded_by_id) == work.actor.person_id,
    )
    row = EmployeeImport(
        institution_id=institution_id,
        uploaded_by_id=work.actor.person_id or 0,
        file_name=one_line(file_name)[:200],
        rows_sealed=work.tools.vault.seal(json.dumps(asdict(staged), default=str, ensure_ascii=False).encode()),
        created_at=work.now,
    )
    work.db.add(row)
    work.db.flush()
    return row.key


def _read(table: Table, today: date) -> Staged:
    read = [(number, cells, *read_entry(table.said(cells), today, row=number)) for number, cells in table.rows]
    often = Counter(entry.code for _, _, entry, _ in read if entry.code)
    alike: dict[str, list[int]] = {code: [] for code, times in often.items() if times > 1}
    for number, _, entry, _ in read:
        if entry.code in alike:
            alike[entry.code].append(number)
    entries, bad = [], []
    for number, cells, entry, problems in read:
        same_as = alike.get(entry.code, [])
        if problems or same_as:
            bad.append(_bad(number, cells, problems, same_as))
        else:
            entries.append(entry)
    return Staged(entries, bad, table.headers, table.ignored, table.fields)


def _bad(number: int, cells: list[str], problems: Problems, same_as: list[int]) -> BadRow:
    """Name the rows with the same code by the first few: ten thousand of them are told as well by five."""
    return BadRow(number, cells, list(problems.items()), same_as[:_SHOWN_ROWS])


def words_of(work: Work, row: BadRow) -> list[str]:
    """Say what is wrong with a row, naming the columns."""
    said = [f"{say(work.language, LABELS[field])}: {say(work.language, message)}" for field, message in row.problems]
    if row.same_as:
        said.append(say(work.language, _SAME_CODE, rows=", ".join(str(number) for number in row.same_as)))
    return said


def find(work: Work, institution_id: int, import_id: int, *, locked: bool = False) -> EmployeeImport:
    """Return a list of an institution that the actor keeps employees for."""
    institutions.own(work, institution_id, Action.EMPLOYEE_MANAGE)
    row = work.db.get(EmployeeImport, import_id, with_for_update=locked or None, populate_existing=True)
    if row is None or row.institution_id != institution_id:
        raise NotFound
    return row


def opened(work: Work, row: EmployeeImport) -> Staged:
    """Return what was read; raises ``ImportGone`` when it is kept no more."""
    if row.rows_sealed is None:
        raise ImportGone
    kept: dict[str, Any] = json.loads(work.tools.vault.unseal(row.rows_sealed))  # Any: JSON
    entries = [Entry(**{**one, "from_on": _day(one["from_on"])}) for one in kept["entries"]]
    bad = [BadRow(**one) for one in kept["bad"]]
    return Staged(entries, bad, kept["headers"], kept["ignored"], kept["fields"])


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def bad_rows(work: Work, import_id: int) -> str:
    """Return the rows that can't be used as CSV for a spreadsheet, each with what is to be put right.

    No cell of it is a formula, whatever was sent.
    """
    row = work.db.get(EmployeeImport, import_id)
    institution_id = row.institution_id if row else 0
    staged = opened(work, find(work, institution_id, import_id))
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([*map(_plain, staged.headers), say(work.language, N_("Row")), say(work.language, N_("To correct"))])
    for bad in staged.bad:
        cells = [*bad.cells, *([""] * len(staged.headers))][: len(staged.headers)]
        writer.writerow([*map(_plain, cells), bad.number, _plain(" ".join(words_of(work, bad)))])
    return out.getvalue()


def _plain(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def drop_import(work: Work, institution_id: int, import_id: int) -> None:
    """Forget a list that is not wanted after all."""
    row = find(work, institution_id, import_id, locked=True)
    if row.state == ImportState.PREVIEWED:
        _forget(work, col(EmployeeImport.id) == import_id)
        audit.record(work, "employee_import:drop", "employee_import", import_id)


def drop_old_imports(work: Work) -> int:
    """Forget lists that nobody confirmed within a day; return how many."""
    return _forget(work, col(EmployeeImport.created_at) < work.now - _KEPT)


def _forget(work: Work, *which: Any) -> int:  # Any: conditions
    gone = work.db.execute(
        update(EmployeeImport)
        .where(col(EmployeeImport.state) == ImportState.PREVIEWED, *which)
        .values(state=ImportState.DROPPED, rows_sealed=None, ended_at=work.now)
        .returning(col(EmployeeImport.id))
    )
    return len(gone.all())
