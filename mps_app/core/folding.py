"""Text folded for search (3.2) and keyed for Latvian order (17.2), without ICU in the database."""

import unicodedata

_LATVIAN = "aābcčdeēfgģhiījkķlļmnņoōpqrŗsštuūvwxyzž"
_ORDER = str.maketrans({letter: chr(0x100 + place) for place, letter in enumerate(_LATVIAN)})


class _WithoutMarks(dict[int, int | None]):
    """A table for ``str.translate`` that learns each letter once: marks above and below letters go."""

    def __missing__(self, code: int) -> int | None:
        self[code] = None if unicodedata.combining(chr(code)) else code
        return self[code]


_WITHOUT_MARKS = _WithoutMarks()


def fold(text: str) -> str:
    """Return text without case and diacritics: ``Mācības`` and ``macibas`` become the same."""
    return unicodedata.normalize("NFKD", text.casefold()).translate(_WITHOUT_MARKS)


def sort_key(text: str) -> str:
    """Return a key whose code-point order is Latvian alphabetical order (č after c, ž after z)."""
    return unicodedata.normalize("NFC", text.casefold()).translate(_ORDER)
