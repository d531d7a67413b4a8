"""``make words``: every message id in code and templates, and which of them lack a Latvian translation."""

import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.extract import extract_from_dir

from mps_app.text import catalogue

ROOT = Path(__file__).parents[2]
SPEAKERS: dict[str, tuple[int, ...] | None] = {  # who says messages, and which arguments are the ids
    "N_": None,
    "say": (2,),
    "say_n": (2, 3),
    "t": None,
    "t_n": (1, 2),
    "words": None,
    "_": None,
    "_n": (1, 2),
}
TEMPLATES = ("html", "jinja", "txt")  # beside them lie fonts and pictures
METHODS = [
    ("launch/**", "ignore"),  # speaks to the operator's terminal, in English
    ("**.py", "python"),
    *((f"templates/**.{kind}", "jinja2.ext:babel_extract") for kind in TEMPLATES),
]


def spoken() -> dict[str, str]:
    """Return every message id (the singular one, where it counts) and where it is said first."""
    found: dict[str, str] = {}
    for where, message in _extracted():
        if message:
            found.setdefault(message, where)
    return found


def _extracted() -> Iterator[tuple[str, str]]:
    for folder in ("mps_app", "tasks"):
        extracted = extract_from_dir(ROOT / folder, METHODS, keywords=SPEAKERS)
        for file, line, message, _comments, _context in extracted:
            yield f"{folder}/{file}:{line}", message[0] if isinstance(message, tuple) else message


def untranslated() -> dict[str, str]:
    """Return the message ids that Latvian does not know, and where they are said."""
    known = catalogue("lv")
    return {message: where for message, where in spoken().items() if message not in known}


def unspoken() -> list[str]:
    """Return translations whose message nobody says any more."""
    said = spoken()
    return [message for message in catalogue("lv") if message not in said]


def main() -> int:
    """Say what lacks a translation and what nobody says; succeed when nothing lacks."""
    missing = untranslated()
    for message, where in missing.items():
        print(f'{where}\nmsgid "{message}"\nmsgstr ""\n')  # noqa: T201  # the answer of the command
    for message in unspoken():
        print(f"nobody says: {message}")  # noqa: T201
    print(f"{len(spoken())} messages, {len(missing)} not in Latvian")  # noqa: T201
    return int(bool(missing))


if __name__ == "__main__":
    sys.exit(main())
