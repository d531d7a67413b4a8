"""The date scale as arithmetic (6.1): which days, which months, where a key leads. No database, no browser."""

from bisect import bisect_left, bisect_right
from calendar import monthrange
from datetime import date, timedelta

from mps_app.core import riga
from mps_app.text import say, say_n
from mps_app.views.date_scale import Calendar, Marks, Month, Ribbon, RibbonMonth, ScaleWords

_MONTHS_AROUND = 6  # kept in the page on either side of the one looked at
_EDGE = 2  # months from the edge at which others are fetched
_TALLEST = 3
_COUNTED = 12  # sessions a day, said in words
_MONDAY = date(2024, 1, 1)


def words(language: str) -> ScaleWords:
    """Return the words of the days."""
    names = [riga.weekday_text(language, _MONDAY + timedelta(days=n)) for n in range(7)]
    short = ["P", "O", "T", "C", "P", "S", "Sv"] if language == "lv" else [name[:2] for name in names]
    return ScaleWords(
        weekdays=names,
        weekdays_short=short,
        today=say(language, "today"),
        dot="." if language == "lv" else "",
        counts=[count_text(language, n) for n in range(_COUNTED + 1)],
    )


def count_text(language: str, n: int) -> str:
    """Return *2 nodarbības*, *nav nodarbību*."""
    return say_n(language, "{n} session", "{n} sessions", n) if n else say(language, "no sessions")


def calendar_of(marks: Marks, today: date) -> Calendar:
    """Return whole years: from the first session's (or last year) to the next year (or the last session's)."""
    first = min(date.fromordinal(marks.days[0]).year if marks.days else today.year, today.year - 1)
    last = max(date.fromordinal(marks.days[-1]).year if marks.days else today.year, today.year + 1)
    days = date(last, 12, 31).toordinal() - date(first, 1, 1).toordinal() + 1
    return Calendar(
        today=today.toordinal(), first=date(first, 1, 1).toordinal(), days=days, months=12 * (last - first + 1)
    )


def last_day(calendar: Calendar) -> int:
    """Return the last day of the calendar."""
    return calendar.first + calendar.days - 1


def has(calendar: Calendar, day: object) -> bool:
    """Whether this is a day of the calendar; annotations are no checks, anybody may send anything."""
    return type(day) is int and calendar.first <= day <= last_day(calendar)


def picked_first(marks: Marks, today: int) -> int:
    """Return the day picked at first: of the next session, else of the last one, else today."""
    coming = bisect_left(marks.days, today)
    if coming < len(marks.days):
        return marks.days[coming]
    return marks.days[-1] if marks.days else today


def before(marks: Marks, day: int) -> int:
    """Return the nearest earlier day with sessions, or 0."""
    place = bisect_left(marks.days, day)
    return marks.days[place - 1] if place else 0


def after(marks: Marks, day: int) -> int:
    """Return the nearest later day with sessions, or 0."""
    place = bisect_right(marks.days, day)
    return marks.days[place] if place < len(marks.days) else 0


def led_to(key: str, *, shift: bool, day: int, marks: Marks, today: int) -> int:
    """Return the day a key leads to; 0 for a key that is none of the scale's."""
    on = date.fromordinal(day)
    if shift and key in {"ArrowLeft", "ArrowRight"}:
        return (before if key == "ArrowLeft" else after)(marks, day) or day
    leads = {
        "ArrowLeft": lambda: day - 1,
        "ArrowRight": lambda: day + 1,
        "PageUp": lambda: add_months(day, -1),
        "PageDown": lambda: add_months(day, 1),
        "Home": lambda: on.replace(day=1).toordinal(),
        "End": lambda: on.replace(day=monthrange(on.year, on.month)[1]).toordinal(),
        "t": lambda: today,
        "T": lambda: today,
    }
    return leads[key]() if key in leads else 0


def add_months(day: int, count: int) -> int:
    """Return the same day of another month, or that month's last."""
    on = date.fromordinal(day)
    year, month = divmod(on.year * 12 + on.month - 1 + count, 12)
    return date(year, month + 1, min(on.day, monthrange(year, month + 1)[1])).toordinal()


def must_move(kept: dict[int, Month], calendar: Calendar, day: int) -> bool:
    """Whether the months kept in the page end too near this day."""
    if not kept:
        return True
    last = kept[max(kept)]
    near_start = min(kept) > max(add_months(day, -_EDGE), calendar.first)
    return near_start or last.first + last.count - 1 < min(add_months(day, _EDGE), last_day(calendar))


def months(language: str, marks: Marks, calendar: Calendar, day: int) -> dict[int, Month]:
    """Return the months around a day by their first days."""
    reach = add_months(day, _MONTHS_AROUND)
    start = max(add_months(day, -_MONTHS_AROUND), calendar.first)
    first = date.fromordinal(start).replace(day=1)
    found: dict[int, Month] = {}
    while first.toordinal() <= min(reach, last_day(calendar)):
        month = _month(language, marks, calendar, first)
        found[month.first] = month
        first = date.fromordinal(month.first + month.count)
    return found


def _month(language: str, marks: Marks, calendar: Calendar, first: date) -> Month:
    opening = date.fromordinal(calendar.first)
    count = monthrange(first.year, first.month)[1]
    start = first.toordinal()
    named = {start + n: riga.holiday_name(language, first + timedelta(days=n)) for n in range(count)}
    return Month(
        name=riga.month_text(language, first),
        year=first.year,
        first=start,
        count=count,
        index=(first.year - opening.year) * 12 + first.month - opening.month,
        before=start - calendar.first,
        marks=_within(marks, start, start + count),
        holidays={day: name for day, name in named.items() if name},
    )


def _within(marks: Marks, start: int, end: int) -> dict[int, str]:
    span = slice(bisect_left(marks.days, start), bisect_left(marks.days, end))
    return dict(zip(marks.days[span], marks.letters[span], strict=True))


def ribbon(language: str, marks: Marks, year: int) -> Ribbon:
    """Return the strip of a year, which answers *how busy is my autumn*."""
    start, end = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    shown = [_ribbon_month(language, marks, date(year, month, 1)) for month in range(1, 13)]
    return Ribbon(year=year, first=start, days=end - start + 1, months=shown)


def _ribbon_month(language: str, marks: Marks, first: date) -> RibbonMonth:
    start, count = first.toordinal(), monthrange(first.year, first.month)[1]
    name, found = riga.month_text(language, first), _within(marks, start, start + count)
    total = count_text(language, sum(len(letters) for letters in found.values()))
    return RibbonMonth(
        short=riga.month_brief_text(language, first),
        letter=name[0].upper(),
        label=f"{name}, {total}",
        first=start,
        count=count,
        ticks=[10 * (day - start) + min(len(letters), _TALLEST) for day, letters in found.items()],
    )


def span_text(language: str, first: int, last: int) -> str:
    """Return *no 7. līdz 31. oktobrim*, *no 29. septembra līdz 22. oktobrim*."""
    start, end = date.fromordinal(first), date.fromordinal(last)
    same = (start.year, start.month) == (end.year, end.month)
    number = f"{start.day}." if language == "lv" else str(start.day)
    from_text = number if same else riga.day_text(language, start, riga.Case.GENITIVE)
    return say(language, "from {start} to {end}", start=from_text, end=riga.day_text(language, end, riga.Case.DATIVE))
