"""Reading a spreadsheet (XLSX) that anybody may have made: nothing is unpacked that was not measured before.

A file of 5 MB can unpack to gigabytes, name a million columns, or expand entities without end. So every part
is first walked through as a stream, and the library is given a file of the parts that passed, and of nothing else:
what it would open is decided by other parts, and may have any name.
"""

import io
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from xml.parsers import expat

from openpyxl import load_workbook

from mps_app.services.employees.refusals import ListRefused, ListTooLarge, TooManyColumns, TooManyRows

MOST_ROWS, MOST_COLUMNS = 10_000, 100
LONGEST_CELL = 1_000  # what is longer is refused as too long; more of it need not be kept
_MOST_BYTES = 40 * 1024 * 1024  # unpacked, all parts together
_MOST_BYTES_ASIDE = 2 * 1024 * 1024  # parts that hold no cells: styles, theme
_MOST_ENTRIES, _MOST_ELEMENTS, _MOST_STYLES, _DEEPEST = 300, 600_000, 20_000, 40
_MOST_SHEET_ROWS = 2 * MOST_ROWS  # rows that are only formatted count too
_CHUNK = 64 * 1024
_STYLES = frozenset({"xf", "font", "fill", "border", "dxf", "cellStyle", "numFmt", "color"})
_WIDE = ("xl/worksheets/", "xl/sharedStrings")
_LONGEST_NUMBER = 15  # digits that a spreadsheet keeps exactly


def read_workbook(content: bytes) -> Iterator[list[str]]:
    """Yield the rows of the first sheet as texts; a formula is the text that it is written as."""
    try:
        yield from _rows(_measured(content))
    except ListRefused:
        raise
    except Exception as error:  # the library has no one error for a broken file
        raise ListRefused from error


def _measured(content: bytes) -> io.BytesIO:
    """Return the file with only those parts that were walked through; what is declared too large is not even begun."""
    measured, walk = io.BytesIO(), _Walk()
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        entries = {entry.filename: entry for entry in packed.infolist()}
        parts = [entry for name, entry in entries.items() if name.endswith((".xml", ".rels"))]
        if len(packed.infolist()) > _MOST_ENTRIES or sum(entry.file_size for entry in parts) > _MOST_BYTES:
            raise ListTooLarge
        with zipfile.ZipFile(measured, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as passed:
            for entry in parts:
                if entry.file_size > _MOST_BYTES_ASIDE and not entry.filename.startswith(_WIDE):
                    raise ListTooLarge
                walk.through(packed, entry, passed)
    return measured


@dataclass(slots=True)
class _Walk:
    """What was counted on the way through all parts."""

    elements: int = 0
    styles: int = 0
    rows: int = 0
    cells: int = 0
    depth: int = 0

    def through(self, packed: zipfile.ZipFile, entry: zipfile.ZipInfo, passed: zipfile.ZipFile) -> None:
        """Count one part and pass it on; zipfile reads no more of it than it declared."""
        self.rows = self.depth = 0
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartDoctypeDeclHandler = self._refuse  # entities expand without end, and no spreadsheet has any
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        with packed.open(entry) as part, passed.open(entry.filename, "w") as copy:
            while piece := part.read(_CHUNK):
                parser.Parse(piece, False)
                copy.write(piece)
        parser.Parse(b"", True)

    def _refuse(self, *_: object) -> None:
        raise ListRefused

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        kind = name.rpartition(" ")[2]
        self.elements += 1
        self.depth += 1
        self.styles += kind in _STYLES
        if kind == "row":
            self.rows, self.cells = self.rows + 1, 0
            if self.rows > _MOST_SHEET_ROWS or int(attributes.get("r", 0)) > _MOST_SHEET_ROWS:
                raise TooManyRows(most=MOST_ROWS)
        elif kind == "c":
            self.cells += 1
            if self.cells > MOST_COLUMNS:
                raise TooManyColumns(most=MOST_COLUMNS)
        if self.elements > _MOST_ELEMENTS or self.styles > _MOST_STYLES or self.depth > _DEEPEST:
            raise ListTooLarge

    def _end(self, _name: str) -> None:
        self.depth -= 1


def _rows(measured: io.BytesIO) -> Iterator[list[str]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what the library does not support is of no use to us either
        book = load_workbook(measured, read_only=True, data_only=False, keep_links=False)
    try:
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what a file says of its own size is not to be believed
        for row in sheet.iter_rows(max_row=_MOST_SHEET_ROWS, max_col=MOST_COLUMNS, values_only=True):
            yield [_text(value) for value in row]
    finally:
        book.close()


def _text(value: object) -> str:
    """Return a cell as text: days as ISO, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**_LONGEST_NUMBER:
        return str(int(value))
    return str(value)[:LONGEST_CELL]
