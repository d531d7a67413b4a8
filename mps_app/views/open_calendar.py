"""The calendar of open sessions on the sign-in page: months as lines, sessions as marks on them."""

from mps_app.views.base import View


class CalendarMark(View):
    """One day with sessions of one format; ``left`` is where it stands on the month's line (CSS)."""

    left: str
    form: str
    is_past: bool


class CalendarMonth(View):
    """One month's line; ``spoken`` says it in words, ``today_left`` is empty in other months."""

    name: str
    spoken: str
    today_left: str = ""
    marks: list[CalendarMark] = []
