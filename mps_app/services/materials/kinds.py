"""Which files are taken, told by their content and not by their name (9.2). Pure."""

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from mps_app.core.errors import Invalid
from mps_app.core.plain_text import one_line
from mps_app.text import N_

_LONGEST_STEM = 100
_FORBIDDEN_IN_NAMES = re.compile(r'[<>:"|?*]')
_OOXML = "application/vnd.openxmlformats-officedocument"
_ODF = "application/vnd.oasis.opendocument"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: its media type, how its names end, what people call it."""

    content_type: str
    endings: tuple[str, ...]
    name: str
    look: str
    is_inline: bool = False  # a browser shows it itself, and nothing in it can act


PDF = Kind("application/pdf", ("pdf",), "PDF", "pdf", is_inline=True)
PNG = Kind("image/png", ("png",), "PNG", "picture", is_inline=True)
JPEG = Kind("image/jpeg", ("jpg", "jpeg"), "JPEG", "picture", is_inline=True)
MP4 = Kind("video/mp4", ("mp4",), "MP4", "video", is_inline=True)
TEXT = Kind("text/plain; charset=utf-8", ("txt",), "TXT", "text", is_inline=True)
CSV = Kind("text/csv; charset=utf-8", ("csv",), "CSV", "table")
DOCX = Kind(f"{_OOXML}.wordprocessingml.document", ("docx",), "Word", "words")
PPTX = Kind(f"{_OOXML}.presentationml.presentation", ("pptx",), "PowerPoint", "slides")
XLSX = Kind(f"{_OOXML}.spreadsheetml.sheet", ("xlsx",), "Excel", "table")
ODT = Kind(f"{_ODF}.text", ("odt",), "OpenDocument", "words")
ODP = Kind(f"{_ODF}.presentation", ("odp",), "OpenDocument", "slides")
ODS = Kind(f"{_ODF}.spreadsheet", ("ods",), "OpenDocument", "table")

KINDS = (PDF, PNG, JPEG, MP4, TEXT, CSV, DOCX, PPTX, XLSX, ODT, ODP, ODS)
BY_TYPE: Mapping[str, Kind] = {kind.content_type: kind for kind in KINDS}

_NOT_TAKEN = N_(
    "This kind of file is not taken. Use PDF, Word, PowerPoint, Excel, OpenDocument, PNG, JPEG, MP4, TXT or CSV."
)
_MISNAMED = N_("The name of the file does not fit its content. Save the file anew in the program that made it.")
_ACTIVE = N_("Documents with macros are not taken. Save the file without macros.")

_MAIN_PARTS = {"word/document.xml": DOCX, "ppt/presentation.xml": PPTX, "xl/workbook.xml": XLSX}


def kind_of(content: bytes, file_name: str) -> Kind:
    """Return the kind of a file; raises ``Invalid`` when it is not taken or its name pretends another kind."""
    ending = file_name.rpartition(".")[2].lower()
    found = [kind for kind in KINDS if _LOOKS[kind](content)]
    if not found:
        raise Invalid({"file": _NOT_TAKEN})
    named = next((kind for kind in found if ending in kind.endings), None)
    if named is None:
        raise Invalid({"file": _MISNAMED})
    if named in _MAIN_PARTS.values() and any("vba" in part.lower() for part in _parts(content)):
        raise Invalid({"file": _ACTIVE})
    return named


def file_name_for(file_name: str, kind: Kind) -> str:
    """Return a name that every system can keep: no folders, no control characters, the ending of its kind."""
    bare = re.split(r"[/\\]", one_line(file_name))[-1]
    stem, _, ending = bare.rpartition(".")
    stem = _FORBIDDEN_IN_NAMES.sub("-", stem).strip(" .")[:_LONGEST_STEM].strip()
    return f"{stem or 'fails'}.{ending.lower() if ending.lower() in kind.endings else kind.endings[0]}"


def _begins(*signatures: bytes) -> Callable[[bytes], bool]:
    return lambda content: content.startswith(signatures)


def _is_text(content: bytes) -> bool:
    """Whether it is UTF-8 without control characters; an empty file is nothing."""
    try:
        words = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return bool(words.strip()) and not re.search(r"[\x00-\x08\x0e-\x1f\x7f]", words)


def _parts(content: bytes) -> list[str]:
    """Return the names of the parts of a container, without unpacking any; none when it is no container."""
    if not content.startswith(b"PK\x03\x04"):
        return []
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as container:
            return container.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return []


def _is_office(main_part: str) -> Callable[[bytes], bool]:
    return lambda content: {main_part, "[Content_Types].xml"} <= set(_parts(content))


def _is_open_document(kind: Kind) -> Callable[[bytes], bool]:
    """Return a test for OpenDocument: its first part is its media type, stored as it is (ODF 1.3, part 2, 3.3)."""
    return lambda content: content[30:].startswith(b"mimetype" + kind.content_type.encode() + b"PK")


_LOOKS: Mapping[Kind, Callable[[bytes], bool]] = {
    PDF: _begins(b"%PDF-"),
    PNG: _begins(b"\x89PNG\r\n\x1a\n"),
    JPEG: _begins(b"\xff\xd8\xff"),
    MP4: lambda content: content[4:8] == b"ftyp",
    TEXT: _is_text,
    CSV: _is_text,
    **{kind: _is_office(part) for part, kind in _MAIN_PARTS.items()},
    **{kind: _is_open_document(kind) for kind in (ODT, ODP, ODS)},
}
