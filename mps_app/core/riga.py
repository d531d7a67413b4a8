"""Riga time, Latvian days and working days, as people read them (17.2).

Instants are UTC everywhere; only here do they become days and hours, right across both clock changes.
"""

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from enum import IntEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

from dateutil.easter import easter  # type: ignore[import-untyped]  # dateutil carries no types

from mps_app.text import N_, say

RIGA = ZoneInfo("Europe/Riga")
_KEPT = "\N{NO-BREAK SPACE}"  # a line never ends between a day and its month, or between "plkst." and the hour


class Case(IntEnum):
    """The form of a Latvian day: *3. novembris*, *(notiks) 3. novembrī*, *(līdz) 3. novembrim*, *(no) 3. novembra*."""

    NOMINATIVE = 0
    LOCATIVE = 1
    DATIVE = 2
    GENITIVE = 3


_STEMS = (
    "janvār",
    "februār",
    "mart",
    "aprīl",
    "maij",
    "jūnij",
    "jūlij",
    "august",
    "septembr",
    "oktobr",
    "novembr",
    "decembr",
)
_APRIL = 4  # aprīlis, aprīļa: the only month whose stem softens
_HARD = frozenset({3, 5, 6, 7, 8})  # first declension (marts, martā, martam); the others are second
_ENDINGS = {True: ("s", "ā", "am", "a"), False: ("is", "ī", "im", "a")}
_MONTHS_EN = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_SHORT_LV = ("janv.", "febr.", "marts", "apr.", "maijs", "jūn.", "jūl.", "aug.", "sept.", "okt.", "nov.", "dec.")
_SHORT_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS_LV = ("pirmdiena", "otrdiena", "trešdiena", "ceturtdiena", "piektdiena", "sestdiena", "svētdiena")
_WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SATURDAY = 5
_PAIR = 2  # said with "and" even when consecutive
_UNDERSTOOD = timedelta(days=330)  # a day without its year, when it is read no further away
_LISTED_DAYS = 4  # more than these are said as a range


def to_riga(instant: datetime) -> datetime:
    """Return an instant as Riga's clocks show it."""
    return instant.astimezone(RIGA)


def today(now: datetime) -> date:
    """Return the day it is in Riga."""
    return to_riga(now).date()


def at_riga(day: date, clock: time) -> datetime:
    """Return the instant (UTC) when Riga's clocks show this; the first one when they show it twice."""
    return datetime.combine(day, clock.replace(fold=0, tzinfo=None), RIGA).astimezone(UTC)


def day_text(language: str, day: date, case: Case = Case.NOMINATIVE) -> str:
    """Return *15. oktobris* (or *15. oktobrī*, *15. oktobrim*)."""
    return f"{_number(language, day)}{_KEPT}{_month(language, day, case)}"


def day_of_year_text(language: str, day: date, case: Case = Case.NOMINATIVE) -> str:
    """Return *2026. gada 15. oktobris* (or *oktobrī*, *oktobrim*)."""
    return say(language, N_("{days} {year}"), days=day_text(language, day, case), year=day.year)


def day_short_text(language: str, day: date) -> str:
    """Return *15. okt. 2026*, as tables show it."""
    return f"{_short(language, day)} {day.year}"


def day_brief_text(language: str, day: date) -> str:
    """Return *15. okt.* without its year."""
    return _short(language, day)


def day_seen_text(language: str, day: date, seen_on: date) -> str:
    """Return *15. okt.*, with its year when that is not understood on the day it is read."""
    return (day_brief_text if abs(day - seen_on) < _UNDERSTOOD else day_short_text)(language, day)


def month_text(language: str, day: date) -> str:
    """Return the name of a day's month: *oktobris*."""
    return _month(language, day, Case.NOMINATIVE)


def month_brief_text(language: str, day: date) -> str:
    """Return the name of a day's month shortened: *okt.* for October."""
    return (_SHORT_LV if language == "lv" else _SHORT_EN)[day.month - 1]


def days_text(language: str, days: Collection[date], case: Case = Case.NOMINATIVE) -> str:
    """Return *3. un 4. novembris*, *3.–5. novembris*, *15. okt.–5. nov.*, whichever says these days best."""
    ordered = sorted(set(days))
    if not ordered:
        return ""
    first, last = ordered[0], ordered[-1]
    if len(ordered) == 1:
        return day_text(language, first, case)
    if (first.year, first.month) != (last.year, last.month):
        return _far_apart(language, ordered, case)
    month = _month(language, first, case)
    is_one_stretch = (last - first).days == len(ordered) - 1
    if len(ordered) > _LISTED_DAYS or (is_one_stretch and len(ordered) != _PAIR):
        return f"{_number(language, first)}–{_number(language, last)}{_KEPT}{month}"
    return f"{_listed(language, [_number(language, day) for day in ordered])}{_KEPT}{month}"


def days_seen_text(language: str, days: Collection[date], seen_on: date) -> str:
    """Return days as above, with their year when that is not understood on the day they are read."""
    said, years = days_text(language, days), {day.year for day in days}
    if len(years) != 1 or any(abs(day - seen_on) < _UNDERSTOOD for day in days):
        return said
    return say(language, N_("{days} {year}"), days=said, year=years.pop())


def weekday_text(language: str, day: date) -> str:
    """Return *otrdiena*."""
    return (_WEEKDAYS_LV if language == "lv" else _WEEKDAYS_EN)[day.weekday()]


def time_text(instant: datetime) -> str:
    """Return *09:30*, by Riga's clocks."""
    return f"{to_riga(instant):%H:%M}"


def span_text(starts_at: datetime, ends_at: datetime) -> str:
    """Return *09:30–12:45*."""
    return f"{time_text(starts_at)}–{time_text(ends_at)}"


def moment_text(language: str, instant: datetime, case: Case = Case.NOMINATIVE, *, of_year: bool = False) -> str:
    """Return *15. oktobris, 09:30*; in a sentence *15. oktobrim plkst. 09:30*, or *2026. gada 15. oktobrim …*."""
    day = (day_of_year_text if of_year else day_text)(language, today(instant), case)
    if case is Case.NOMINATIVE or language != "lv":
        return f"{day}, {time_text(instant)}"
    return f"{day} plkst.{_KEPT}{time_text(instant)}"


def is_working_day(day: date) -> bool:
    """Whether public institutions work on this day, moved working days included."""
    if day in _MOVED_DAYS.values():
        return True
    return day.weekday() < _SATURDAY and day not in _MOVED_DAYS and day not in _holidays(day.year)


def add_working_days(day: date, count: int) -> date:
    """Return the working day that is ``count`` working days after (or before) a day."""
    step = timedelta(days=1 if count > 0 else -1)
    for _ in range(abs(count)):
        day += step
        while not is_working_day(day):
            day += step
    return day


def holiday_name(language: str, day: date) -> str:
    """Return the name of a public holiday, or nothing on other days."""
    name = _holidays(day.year).get(day)
    return say(language, name) if name else ""


def _number(language: str, day: date) -> str:
    return f"{day.day}." if language == "lv" else str(day.day)


def _month(language: str, day: date, case: Case) -> str:
    if language != "lv":
        return _MONTHS_EN[day.month - 1]
    softened = case is Case.GENITIVE and day.month == _APRIL
    return ("aprīļ" if softened else _STEMS[day.month - 1]) + _ENDINGS[day.month in _HARD][case]


def _short(language: str, day: date) -> str:
    return f"{_number(language, day)}{_KEPT}{(_SHORT_LV if language == 'lv' else _SHORT_EN)[day.month - 1]}"


def _far_apart(language: str, ordered: list[date], case: Case) -> str:
    """Return days of more than one month: two in full, more as a range, with years where they differ."""
    first, last = ordered[0], ordered[-1]
    if first.year != last.year:
        return f"{day_short_text(language, first)}–{day_short_text(language, last)}"
    if len(ordered) == _PAIR:
        return _listed(language, [day_text(language, first, case), day_text(language, last, case)])
    return f"{_short(language, first)}–{_short(language, last)}"


def _listed(language: str, parts: list[str]) -> str:
    return f"{', '.join(parts[:-1])} {'un' if language == 'lv' else 'and'} {parts[-1]}"


_FIXED = {
    (1, 1): N_("New Year's Day"),
    (5, 1): N_("Labour Day"),
    (5, 4): N_("Restoration of Independence Day"),
    (6, 23): N_("Midsummer Eve"),
    (6, 24): N_("Midsummer Day"),
    (11, 18): N_("Proclamation Day of the Republic of Latvia"),
    (12, 24): N_("Christmas Eve"),
    (12, 25): N_("Christmas Day"),
    (12, 26): N_("Second Day of Christmas"),
    (12, 31): N_("New Year's Eve"),
}
_EASTER = {
    -2: N_("Good Friday"),
    0: N_("Easter Sunday"),
    1: N_("Easter Monday"),
    49: N_("Whit Sunday"),
}
_MOVED_TO_MONDAY = ((5, 4), (11, 18))  # when they fall on a weekend, the next Monday is free too
_DAY_OFF_INSTEAD = N_("Day off for a holiday on the weekend")
_MOVED_DAYS = {  # by order of the Cabinet, every year anew: the free day → the Saturday worked instead
    date(2026, 1, 2): date(2026, 1, 17),
    date(2026, 6, 22): date(2026, 6, 27),
}


@lru_cache(maxsize=16)
def _holidays(year: int) -> dict[date, str]:
    """Return the public holidays of a year by the law on holidays, remembrance and observance days."""
    named = {date(year, month, day): name for (month, day), name in _FIXED.items()}
    named |= {easter(year) + timedelta(days=after): name for after, name in _EASTER.items()}
    first_of_may = date(year, 5, 1)
    named[first_of_may + timedelta(days=6 - first_of_may.weekday() + 7)] = N_("Mother's Day")
    for month, day in _MOVED_TO_MONDAY:
        holiday = date(year, month, day)
        if holiday.weekday() >= _SATURDAY:
            named.setdefault(holiday + timedelta(days=7 - holiday.weekday()), _DAY_OFF_INSTEAD)
    return named
