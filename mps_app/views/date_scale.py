"""What the date scale shows (6.1, 6.2). A day is its number (``date.toordinal()``), so that next is +1.

The browser draws days from a month's numbers; only what can't be counted is sent. These views travel
with every key and click: empty fields stay at home.
"""

from dataclasses import dataclass
from typing import Any

from pydantic import SerializerFunctionWrapHandler, model_serializer

from mps_app.views.base import View


@dataclass(frozen=True, slots=True)
class Marks:
    """Every day on which the person has sessions, in order, and a letter for each session of it.

    Stays on the server. ``i`` in person, ``o`` online, ``h`` hybrid, ``e`` e-learning, ``x`` called off.
    """

    days: tuple[int, ...] = ()
    letters: tuple[str, ...] = ()


class ScaleWords(View):
    """Words of the days in the reader's language, sent once."""

    weekdays: list[str] = []
    weekdays_short: list[str] = []
    today: str = ""
    dot: str = "."  # after a day's number, in Latvian
    counts: list[str] = []  # no sessions, 1 session, 2 sessions, ...


class Calendar(View):
    """How far the scale reaches: whole years, from the first session's to the year after the last one's."""

    today: int = 0
    first: int = 0
    days: int = 0
    months: int = 0


class Month(View):
    """One month. ``before`` (days) and ``index`` (months) since the calendar's first day say where it lies."""

    name: str
    year: int
    first: int
    count: int
    index: int
    before: int
    marks: dict[int, str]  # day → letters of its sessions
    holidays: dict[int, str]


class RibbonMonth(View):
    """One month of the year's strip; a tick is ten times the day of the month plus the number of sessions up to 3."""

    short: str
    letter: str
    label: str
    first: int
    count: int
    ticks: list[int]


class Ribbon(View):
    """The year on the strip."""

    year: int = 0
    first: int = 0
    days: int = 365
    months: list[RibbonMonth] = []


class Shown(View):
    """Which days are visible; ``text`` is said when one leafed through."""

    first: int = 0
    days: int = 24
    text: str = ""


class Reveal(View):
    """Asks the browser to bring a day into view; ``number`` makes every wish a new one."""

    day: int = 0
    at: str = "start"  # or nearest
    glide: str = "auto"  # or instant
    focus: bool = False
    number: int = 0


class Compact(View):
    """A view whose empty fields are not sent; in the browser they are simply not there."""

    @model_serializer(mode="wrap")
    def _filled(self, serialize: SerializerFunctionWrapHandler) -> dict[str, Any]:  # Any: whatever a field holds
        return {name: value for name, value in serialize(self).items() if value}


class Door(Compact):
    """Something to open from a session: a file, a form, a certificate."""

    title: str
    path: str
    icon: str = ""
    is_elsewhere: bool = False


class Files(Compact):
    """The first material of a group, and how many more there are."""

    first: list[Door] = []
    more: str = ""


class SessionCard(Compact):
    """One session of the picked day."""

    id: int
    letter: str  # of its form, also when it was called off
    start: str = ""
    end: str = ""
    title: str
    code: str  # of the course: its page
    part: str = ""  # session 1 of 4
    group: str
    address: str = ""  # what a map finds
    room: str = ""
    is_online: bool = False
    opens: str = ""  # when the online link opens; empty when that is past
    opens_in: int = 0  # seconds until then, when it is near
    may_join: bool = False
    lecturers: str = ""
    bring: str = ""
    files: Files = Files()
    notes: list[str] = []  # changed, called off, awaiting approval
    is_off: bool = False
    is_coming: bool = False
    application: int = 0  # of a place that can be given up now (4.7)
    doors: list[Door] = []  # after the training: questionnaire, certificate


class DayCard(Compact):
    """The picked day and its sessions."""

    day: int = 0
    weekday: str = ""
    date: str = ""
    distance: str = ""
    previous: int = 0
    previous_text: str = ""
    following: int = 0
    following_text: str = ""
    sessions: list[SessionCard] = []
