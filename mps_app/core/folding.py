"""Text folded for search (3.2) and keyed for Latvian order (17.2), without ICU in the database."""

import unicodedata

_LATVIAN = "aābcčdeēfgģhiījkķlļmnņoōpqrŗsštuūvwxyzž"
_ORDER = str.maketrans({letter: chr(0x100 + place) for place, letter in enumerate(_LATVIAN)})


class _WithoutMarks(dict[int, int | None]):
    """A table for ``str.translate`` that learns each letter once: marks above and below letters go."""

    def __missing__(self, code: int) -> int | None:
        self[code] = None if unicodedata.combining(chr(code)) else code
        return self[code]


_WITHOUT_MARKS = _WithoutMarks(dict.fromkeys((0x0F73, 0x0F75, 0x0F81)))  # these become marks when taken apart


def fold(text: str) -> str:
    """Return text without case and diacritics: ``Mācības`` and ``macibas`` become the same."""
    bare = text.casefold().translate(_WITHOUT_MARKS)  # first, too: taking apart is quadratic in heaps of marks
    return unicodedata.normalize("NFKD", bare).translate(_WITHOUT_MARKS)


def sort_key(text: str) -> str:
    """Return a key whose code-point order is Latvian alphabetical order (č after c, ž after z)."""
    return unicodedata.normalize("NFC", text.casefold()).translate(_ORDER)
