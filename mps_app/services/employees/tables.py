"""Any list as a table: which column is what, and the rows with the numbers that a spreadsheet shows (11.2).

CSV with semicolons, commas or tabs, in UTF-8 with or without a mark, UTF-16 or Windows-1257; or a spreadsheet.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mps_app.core.folding import fold
from mps_app.core.plain_text import one_line
from mps_app.services.employees.refusals import (
    LARGEST_MEGABYTES,
    ListRefused,
    ListTooLarge,
    NoHeader,
    NoRows,
    NothingSent,
    SameHeader,
    TooManyColumns,
    TooManyRows,
)
from mps_app.services.employees.workbook import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS, read_workbook
from mps_app.text import N_

LABELS = {
    "personal_code": N_("Personal code"),
    "given_name": N_("Given name"),
    "family_name": N_("Family name"),
    "unit": N_("Unit"),
    "position": N_("Position"),
    "work_email": N_("Work e-mail"),
    "from_on": N_("First day"),
}
"""The columns of a list, as pages and messages name them."""

_NAMES = {
    "personal_code": "personas kods;kods;pk;p k;personal code;code;personas kods pk",
    "given_name": "vards;vardi;given name;first name;forename",
    "family_name": "uzvards;uzvardi;family name;last name;surname",
    "unit": "strukturvieniba;nodala;departaments;vieniba;dala;unit;department;division",
    "position": "amats;amata nosaukums;position;job title;title;job",
    "work_email": "e pasts;epasts;darba e pasts;darba epasts;e pasta adrese;e mail;email;work e mail;work email",
    "from_on": "no;sakot no;sakums;darba sakums;pirma diena;pirma darba diena;strada no;"
    "from;since;start date;first day;start",
}
_FIELDS = {name: field for field, names in _NAMES.items() for name in names.split(";")}
_NEEDED = ("personal_code", "given_name", "family_name")
_SEPARATORS = ";\t,"
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1f]")
_ZIP = b"PK\x03\x04"
_MOST_CHARACTERS = 10_000_000  # in a spreadsheet a text that stands once may be shown by any number of cells


@dataclass(frozen=True, slots=True)
class Table:
    """A list whose columns are known."""

    fields: dict[str, int]
    """Where each known column stands."""
    headers: list[str]
    ignored: list[str]
    """Columns that mean nothing here."""
    rows: list[tuple[int, list[str]]]

    def said(self, cells: list[str]) -> dict[str, str]:
        """Return one row by field."""
        return {field: cells[place] if place < len(cells) else "" for field, place in self.fields.items()}


def read_table(content: bytes) -> Table:
    """Read a file, or raise ``ListRefused`` saying why not."""
    if not content.strip():
        raise NothingSent
    if len(content) > LARGEST_MEGABYTES * 1024 * 1024:
        raise ListTooLarge
    if content.startswith(_ZIP):
        return _table(read_workbook(content))
    return _table(_read_text(_decoded(content)))


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "cp1257")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeError:
            continue
        if _NO_TEXT.search(text):
            break
        return text
    raise ListRefused


def _read_text(text: str) -> Iterator[list[str]]:
    first = next((line for line in io.StringIO(text) if line.strip()), "")[: 100 * LONGEST_CELL]
    separator = max(_SEPARATORS, key=lambda sign: sum(_field(cell) != "" for cell in first.split(sign)))
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    except csv.Error as error:
        raise ListRefused from error


def _field(header: str) -> str:
    plain = " ".join(re.sub(r"[^a-z]+", " ", fold(header)).split())
    return _FIELDS.get(plain, "")


def _table(rows: Iterable[list[str]]) -> Table:
    numbered = ((number, [cell[:LONGEST_CELL] for cell in _measured(row)]) for number, row in enumerate(rows, 1))
    filled = ((number, cells) for number, cells in numbered if any(cell.strip() for cell in cells))
    _, headers = next(filled, (0, []))
    fields, ignored = _columns([one_line(header) for header in headers])
    kept: list[tuple[int, list[str]]] = []
    characters = 0
    for number, cells in filled:
        characters += sum(map(len, cells))
        if len(kept) == MOST_ROWS:
            raise TooManyRows(most=MOST_ROWS)
        if characters > _MOST_CHARACTERS:
            raise ListTooLarge
        kept.append((number, cells))
    if not kept:
        raise NoRows
    return Table(fields, [one_line(header) for header in headers], ignored, kept)


def _measured(row: list[str]) -> list[str]:
    """Return as many cells of a row as a list may have; refuse a row with something beyond them."""
    if len(row) > MOST_COLUMNS and any(row[MOST_COLUMNS:]):
        raise TooManyColumns(most=MOST_COLUMNS)
    return row[:MOST_COLUMNS]


def _columns(headers: list[str]) -> tuple[dict[str, int], list[str]]:
    fields: dict[str, int] = {}
    ignored = []
    for place, header in enumerate(headers):
        field = _field(header)
        if field in fields:
            raise SameHeader(column=header[:50])
        if field:
            fields[field] = place
        elif header:
            ignored.append(header)
    missing = [field for field in _NEEDED if field not in fields]
    if missing:
        raise NoHeader(missing)
    return fields, ignored
