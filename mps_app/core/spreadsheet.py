"""Writes tables that spreadsheets open: no cell is ever a formula, whatever somebody called themselves."""

import re
from collections.abc import Iterable, Sequence
from typing import IO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

Value = str | int

_LONGEST_CELL = 32_000
_WIDEST = 60
_LONGEST_TITLE = 31
_NO_TITLE = re.compile(r"[\\/:?*\[\]\x00-\x1f]+")


def write_xlsx(target: IO[bytes], title: str, head: Sequence[str], rows: Iterable[Sequence[Value]]) -> None:
    """Write one sheet, row by row: it never stands in memory as a whole."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_title(title))
    sheet.freeze_panes = "A2"
    for place, name in enumerate(head, 1):
        sheet.column_dimensions[get_column_letter(place)].width = min(max(len(name) + 4, 18), _WIDEST)
    sheet.append([_cell(sheet, name, bold=True) for name in head])
    for row in rows:
        sheet.append([value if isinstance(value, int) else _cell(sheet, value) for value in row])
    book.save(target)


def _title(text: str) -> str:
    """Return a name that a sheet may have: without some signs, and without quotes around it."""
    return " ".join(_NO_TITLE.sub(" ", text).split())[:_LONGEST_TITLE].strip(" '") or "1"


def _cell(sheet: object, text: str, *, bold: bool = False) -> WriteOnlyCell:
    """Return a cell that is text and stays text: ``=``, ``+``, ``-`` and ``@`` begin no formula in it."""
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", text)[:_LONGEST_CELL])
    cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
    return cell
