"""What may be said of an employee, typed or in a list: pure rules, one for both (11.2)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from mps_app.core.codes import Unusable, parse_email, parse_typed_personal_code
from mps_app.core.folding import fold
from mps_app.core.plain_text import one_line
from mps_app.text import N_
from mps_app.views.employees import LONGEST_UNIT

FILL_IN = N_("Fill in this field.")
TOO_LONG = N_("This is too long. Shorten it.")
LONGEST_NAME, LONGEST_WORDS = 100, LONGEST_UNIT
_NAME = re.compile(r"[^\W\d_]([^\W\d_]|[ .'’-])*")  # letters of any alphabet, and what joins names
_NO_NAME = N_("A name has only letters, spaces, hyphens and apostrophes.")
_NO_DAY = N_("Write the day like 15.10.2026.")
_FAR_DAY = N_("The day must be after 1990 and at most a year ahead.")
_EARLIEST = date(1990, 1, 1)
_A_YEAR = timedelta(days=366)

Problems = dict[str, str]
"""By field, the message id that says what to do."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a coordinator says of one employee; nothing (None) is said of what the list has no column for."""

    given_name: str
    family_name: str
    unit: str | None = None
    position: str | None = None
    work_email: str | None = None  # "" takes the address away
    code: str = ""
    from_on: date | None = None
    row: int = 0

    @property
    def folded(self) -> str:
        """The name for searching."""
        return fold(f"{self.given_name} {self.family_name}")


def read_entry(said: Mapping[str, str], today: date, *, row: int = 0) -> tuple[Entry, Problems]:
    """Bring what was said into its form; the entry counts only when there are no problems."""
    problems: Problems = {}
    code = _code(said.get("personal_code", ""), problems) if "personal_code" in said else ""
    entry = Entry(
        given_name=_name("given_name", said.get("given_name", ""), problems),
        family_name=_name("family_name", said.get("family_name", ""), problems),
        unit=_words("unit", said.get("unit"), problems),
        position=_words("position", said.get("position"), problems),
        work_email=_email(said.get("work_email"), problems),
        code=code,
        from_on=_from_on(said.get("from_on", ""), today, problems),
        row=row,
    )
    return entry, problems


def _code(text: str, problems: Problems) -> str:
    bare = one_line(text).replace(" ", "")
    if not bare:
        problems["personal_code"] = FILL_IN
        return ""
    try:
        return parse_typed_personal_code(bare)
    except Unusable as refusal:
        problems["personal_code"] = refusal.message
        return ""


def _name(field: str, text: str, problems: Problems) -> str:
    name = one_line(text)
    if not name:
        problems[field] = FILL_IN
    elif len(name) > LONGEST_NAME:
        problems[field] = TOO_LONG
    elif not _NAME.fullmatch(name):
        problems[field] = _NO_NAME
    return name


def _words(field: str, text: str | None, problems: Problems) -> str | None:
    if text is None:
        return None
    words = one_line(text)
    if len(words) > LONGEST_WORDS:
        problems[field] = TOO_LONG
    return words


def _email(text: str | None, problems: Problems) -> str | None:
    if text is None or not one_line(text):
        return text if text is None else ""
    try:
        return parse_email(one_line(text))
    except Unusable as refusal:
        problems["work_email"] = refusal.message
        return ""


def _from_on(text: str, today: date, problems: Problems) -> date | None:
    words = one_line(text)
    if not words:
        return None
    day = read_day(words)
    if day is None:
        problems["from_on"] = _NO_DAY
    elif not _EARLIEST <= day <= today + _A_YEAR:
        problems["from_on"] = _FAR_DAY
    return day


def read_day(text: str) -> date | None:
    """Return a day written ``2026-10-15``, ``15.10.2026`` or ``15.10.2026.``; nothing for anything else."""
    iso = re.fullmatch(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})", text)
    usual = re.fullmatch(r"([0-9]{1,2})\.\s?([0-9]{1,2})\.\s?([0-9]{4})\.?", text)
    if not iso and not usual:
        return None
    parts = [int(part) for part in (iso or usual).groups()]  # type: ignore[union-attr]  # one of them is there
    year, month, day = parts if iso else reversed(parts)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def until_problem(until_on: date | None, from_on: date, today: date) -> str:
    """Return what is wrong with the day on which an employment is to end; nothing when it can."""
    if until_on is None:
        return _NO_DAY
    if until_on < from_on:
        return N_("An employment can't end before it began.")
    return _FAR_DAY if until_on > today + _A_YEAR else ""
