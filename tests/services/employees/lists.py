"""Lists of employees for the tests, as people make them."""

import io
from collections.abc import Sequence

from openpyxl import Workbook

HEADERS = ("Personas kods", "Vārds", "Uzvārds", "Struktūrvienība", "Amats", "E-pasts")
ANNA = ("320101-12345", "Anna", "Paraudziņa", "Grāmatvedība", "Grāmatvede", "anna@iestade.example")
JANIS = ("320202-12345", "Jānis", "Šķēle", "Juridiskā nodaļa", "Jurists", "janis@iestade.example")
RIHARDS = ("320303-12345", "Rihards", "Piemērs", "", "", "")


def csv_of(*rows: Sequence[str], headers: Sequence[str] = HEADERS, sign: str = ";", encoding: str = "utf-8") -> bytes:
    """A list as CSV."""
    return "\r\n".join(sign.join(row) for row in (headers, *rows)).encode(encoding)


def xlsx_of(*rows: Sequence[object], headers: Sequence[str] = HEADERS) -> bytes:
    """A list as a spreadsheet."""
    book, out = Workbook(), io.BytesIO()
    assert book.active is not None
    for row in (headers, *rows):
        book.active.append(list(row))
    book.save(out)
    return out.getvalue()


def people(count: int) -> list[tuple[str, ...]]:
    """Many different employees."""
    return [
        (f"32{number:09}", "Vārds", "Uzvārds", f"Nodaļa {number % 20}", "Speciālists", f"d{number}@iestade.example")
        for number in range(count)
    ]
