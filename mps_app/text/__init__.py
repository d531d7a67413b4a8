"""Words in both languages, from gettext catalogues; message ids are English.

Each room keeps a ``.po`` file of its own; all files of a language are read as one catalogue.
The plural rule of Latvian is CLDR's: zero (0, 10-20, 30 ...), one (1, 21 ...), other.
"""

from functools import lru_cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

_FOLDER = Path(__file__).parent
_TEEN = range(11, 20)

Message = str | tuple[str, ...]


def N_(message: str) -> str:  # noqa: N802  # gettext's own name for a marked message id
    """Mark a message id that is said elsewhere, so that the catalogues know it."""
    return message


@lru_cache(maxsize=4)
def catalogue(language: str) -> dict[str, Message]:
    """Return every message of a language: id → text, or plural forms in the catalogue's order."""
    messages: dict[str, Message] = {}
    for path in sorted((_FOLDER / language / "LC_MESSAGES").glob("*.po")):
        messages.update(_read(path))
    return messages


def _read(path: Path) -> dict[str, Message]:
    with path.open("rb") as file:
        po: Catalog = read_po(file)
    found: dict[str, Message] = {}
    for entry in po:
        if not entry.id or not entry.string:
            continue
        key = entry.id[0] if isinstance(entry.id, (tuple, list)) else entry.id
        found[key] = tuple(entry.string) if isinstance(entry.string, (tuple, list)) else entry.string
    return found


def say(language: str, message: str, **facts: object) -> str:
    """Say a message in a language; facts fill the ``{names}`` in it."""
    said = catalogue(language).get(message, message)
    text = said if isinstance(said, str) else said[-1]
    return text.format(**facts) if facts else text


def say_n(language: str, singular: str, plural: str, n: int, **facts: object) -> str:
    """Say a message that counts; ``{n}`` is the number."""
    forms = catalogue(language).get(singular)
    english = (singular, plural)
    text = forms[plural_form(language, n)] if isinstance(forms, tuple) else english[n != 1]
    return text.format(n=n, **facts)


def plural_form(language: str, n: int) -> int:
    """Return the index of the plural form: Latvian 0 zero, 1 one, 2 other; English 0 one, 1 other."""
    if language != "lv":
        return int(n != 1)
    if n % 10 == 0 or n % 100 in _TEEN:
        return 0
    return 1 if n % 10 == 1 else 2
