"""Files that somebody made to hurt: each ends in words, with nothing kept (11.2)."""

import io
import zipfile

from tests.services.employees.lists import HEADERS, csv_of, people, xlsx_of

MEGABYTE = 1024 * 1024
_SHEET = "xl/worksheets/sheet1.xml"


def _with(part: str, content: bytes) -> bytes:
    """A real spreadsheet of which one part was exchanged."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(xlsx_of(*people(1)))) as real,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for entry in real.infolist():
            if entry.filename != part:
                made.writestr(entry.filename, real.read(entry))
        made.writestr(part, content)
    return out.getvalue()


def _with_texts(texts: bytes, *, name: str = "xl/sharedStrings.xml", sheet: bytes = b"") -> bytes:
    """A real spreadsheet with shared texts, under a name that another part tells."""
    out, kind = io.BytesIO(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    named = f'<Override PartName="/{name}" ContentType="{kind}"/></Types>'.encode()
    real_one = _with(_SHEET, sheet) if sheet else xlsx_of(*people(1))
    with (
        zipfile.ZipFile(io.BytesIO(real_one)) as real,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for entry in real.infolist():
            made.writestr(entry.filename, real.read(entry).replace(b"</Types>", named))
        head = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        made.writestr(name, head + texts + b"</sst>")
    return out.getvalue()


def _texts_called(name: str) -> bytes:
    return _with_texts(b"<si><t>abc</t></si>" * 5_000_000, name=name)


def one_text(rows: int) -> bytes:
    """One text of a thousand letters, shown by a hundred cells of every row."""
    texts = "".join(f"<si><t>{text}</t></si>" for text in (*HEADERS[:3], "\u0101" * 1_001))
    head = "<row>" + "".join(f'<c t="s"><v>{number}</v></c>' for number in range(3)) + "</row>"
    cells = "<row>" + '<c t="s"><v>3</v></c>' * 100 + "</row>"
    return _with_texts(texts.encode(), sheet=_sheet((head + cells * rows).encode()))


def _sheet(rows: bytes) -> bytes:
    head = (
        b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    )
    return head + rows + b"</sheetData></worksheet>"


def _laughs() -> bytes:
    steps = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    cell = '<row r="1"><c r="A1" t="inlineStr"><is><t>&l9;</t></is></c></row>'
    return f'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY l0 "ha">{steps}]>'.encode() + _sheet(cell.encode())[21:]


def _declared_small() -> bytes:
    """A bomb that says of itself that it is small."""
    bomb = bytearray(_with(_SHEET, _sheet(b" " * 200 * MEGABYTE)))
    true, false = (200 * MEGABYTE + 159).to_bytes(4, "little"), (1_000).to_bytes(4, "little")
    return bytes(bomb.replace(true, false))


def _many_parts() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for number in range(20_000):
            made.writestr(f"xl/worksheets/{number}.xml", "<a/>")
    return out.getvalue()


def _only(name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr(name, "x")
    return out.getvalue()


FILES = {
    "50 MB": lambda: b"x;y\n" * (50 * MEGABYTE // 4),
    "bomb": lambda: _with(_SHEET, _sheet(b" " * 200 * MEGABYTE)),
    "bomb that lies about its size": _declared_small,
    "bomb in the styles": lambda: _with("xl/styles.xml", b"<styleSheet>" + b"<xf/>" * 4_000_000 + b"</styleSheet>"),
    "bomb of small parts": lambda: _with("xl/sharedStrings.xml", b"<sst>" + b"<si><t/></si>" * 2_500_000 + b"</sst>"),
    "bomb that is no XML by its name": lambda: _texts_called("xl/strings.dat"),
    "bomb in capitals": lambda: _texts_called("xl/sharedStrings.XML"),
    "one text in many cells": lambda: one_text(5_000),
    "many parts": _many_parts,
    "million columns": lambda: _with(_SHEET, _sheet(b'<row r="1">' + b"<c><v>1</v></c>" * 1_000_000 + b"</row>")),
    "million columns of text": lambda: b";".join([b"ab"] * 1_000_000),
    "million empty columns": lambda: b";" * 1_000_000 + b"x",
    "million rows": lambda: csv_of(*people(1)) + b"\r\n320101-12345;A;B;;;" * 200_000,
    "row of the far end": lambda: _with(_SHEET, _sheet(b'<row r="999999999"><c r="A999999999"><v>1</v></c></row>')),
    "billion laughs": lambda: _with(_SHEET, _laughs()),
    "deep": lambda: _with(_SHEET, _sheet(b"<a>" * 100_000)),
    "not XML": lambda: _with(_SHEET, b"\x00\x01\x02" * 1_000),
    "no workbook": lambda: _only("a.txt"),
    "broken archive": lambda: b"PK\x03\x04" + bytes(range(256)) * 1_000,
    "cut short": lambda: xlsx_of(*people(50))[:-500],
    "binary": lambda: bytes(range(256)) * 4_000,
    "old XLS": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5_000),
    "picture": lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 100,
    "utf-16 cut in half": lambda: b"\xff\xfe" + csv_of(*people(2)),
    "one endless cell": lambda: b'"' + b"x" * (4 * MEGABYTE),
    "empty": lambda: b"",
    "blank": lambda: b"\r\n \r\n;;;\r\n",
    "headers only": csv_of,
    "no headers": lambda: b"320101-12345;Anna;Paraudz\r\n",
    "the same header twice": lambda: csv_of(headers=("Kods", "PK", "V\u0101rds", "Uzv\u0101rds")),
}
"""How each is made; they are large, so not before they are wanted."""
