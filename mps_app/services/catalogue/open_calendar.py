"""When there is training, month by month: only what everybody may know of (3.5)."""

import calendar
from datetime import date, time, timedelta

from sqlalchemy import text

from mps_app.core import riga
from mps_app.core.work import Work
from mps_app.text import say_n
from mps_app.views.open_calendar import CalendarMark, CalendarMonth

_MONTHS = 4

_DAYS = text("""
    SELECT DISTINCT (lower(s.during) AT TIME ZONE 'Europe/Riga')::date AS day, c.format
    FROM training_session s JOIN course_group g ON g.id = s.group_id JOIN course c ON c.id = g.course_id
    WHERE s.during && tstzrange(:first, :last) AND s.withdrawn_at IS NULL
      AND g.status IN ('open', 'confirmed', 'running', 'completed') AND c.visibility = 'catalogue'
    ORDER BY day, c.format
""")


def open_calendar(work: Work) -> list[CalendarMonth]:
    """Return last month, this one and the next two, with a mark for every day and format of training."""
    today = riga.today(work.now)
    months = _months(today)
    bounds = {
        "first": riga.at_riga(months[0], time()),
        "last": riga.at_riga(_next(months[-1]), time()),
    }
    days = [(row.day, row.format) for row in work.db.execute(_DAYS, bounds)]
    return [_month(work.language, month, today, days) for month in months]


def _month(language: str, month: date, today: date, days: list[tuple[date, str]]) -> CalendarMonth:
    own = [(day, form) for day, form in days if _first(day) == month]
    name = riga.month_text(language, month)
    count = say_n(language, "{n} day of training", "{n} days of training", len({day for day, _ in own}))
    return CalendarMonth(
        name=name,
        spoken=f"{name}: {count}",
        today_left=_left(today) if _first(today) == month else "",
        marks=[CalendarMark(left=_left(day), form=form, is_past=day < today) for day, form in own],
    )


def _months(today: date) -> list[date]:
    months = [_first(_first(today) - timedelta(days=1))]
    while len(months) < _MONTHS:
        months.append(_next(months[-1]))
    return months


def _first(day: date) -> date:
    return day.replace(day=1)


def _next(month: date) -> date:
    return _first(month + timedelta(days=31))


def _left(day: date) -> str:
    """Return where a day stands on its month's line, with room for a mark at both ends."""
    share = (day.day - 0.5) / calendar.monthrange(day.year, day.month)[1]
    return f"{share * 100:.1f}%"
