"""Text folded for search (3.2) and keyed for Latvian order (17.2), without ICU in the database."""

import unicodedata

_LATVIAN = "aābcčdeēfgģhiījkķlļmnņoōpqrŗsštuūvwxyzž"
_ORDER = {letter: chr(0x100 + place) for place, letter in enumerate(_LATVIAN)}


def fold(text: str) -> str:
    """Return text without case and diacritics: ``Mācības`` and ``macibas`` become the same."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def sort_key(text: str) -> str:
    """Return a key whose code-point order is Latvian alphabetical order (č after c, ž after z)."""
    composed = unicodedata.normalize("NFC", text.casefold())
    return "".join(_ORDER.get(letter, letter) for letter in composed)
