"""The date scale as arithmetic: days, months, keys."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mps_app.services import my_training
from mps_app.services.my_training import scale
from mps_app.views.date_scale import Marks
from tests.marks import rule


def day(year: int, month: int, number: int) -> int:
    return date(year, month, number).toordinal()


TODAY = day(2026, 10, 13)
MARKS = Marks((day(2026, 10, 7), day(2026, 10, 15), day(2026, 11, 5)), ("h", "io", "iiio"))
DAYS = st.dates(date(2015, 1, 1), date(2034, 12, 31)).map(date.toordinal)


@rule("6.1")
@pytest.mark.parametrize(
    ("marks", "picked"),
    [
        (MARKS, day(2026, 10, 15)),
        (Marks((day(2026, 10, 7),), ("i",)), day(2026, 10, 7)),
        (Marks((TODAY,), ("i",)), TODAY),
        (Marks(), TODAY),
    ],
    ids=["the next one", "else the last one", "one of today", "else today"],
)
def test_the_nearest_next_session_is_picked_at_first(marks: Marks, picked: int) -> None:
    assert scale.picked_first(marks, TODAY) == picked


@rule("6.2")
@pytest.mark.parametrize(
    ("key", "shift", "start", "end"),
    [
        ("ArrowLeft", False, TODAY, TODAY - 1),
        ("ArrowRight", False, TODAY, TODAY + 1),
        ("ArrowRight", True, TODAY, day(2026, 10, 15)),
        ("ArrowRight", True, day(2026, 11, 5), day(2026, 11, 5)),
        ("ArrowLeft", True, TODAY, day(2026, 10, 7)),
        ("ArrowLeft", True, day(2026, 10, 7), day(2026, 10, 7)),
        ("PageDown", False, day(2026, 1, 31), day(2026, 2, 28)),
        ("PageUp", False, day(2024, 3, 31), day(2024, 2, 29)),
        ("Home", False, TODAY, day(2026, 10, 1)),
        ("End", False, TODAY, day(2026, 10, 31)),
        ("t", False, day(2020, 1, 1), TODAY),
        ("T", True, day(2020, 1, 1), TODAY),
        ("Enter", False, TODAY, 0),
    ],
)
def test_every_key_leads_where_the_design_says(key: str, shift: bool, start: int, end: int) -> None:  # noqa: FBT001
    assert my_training.led_to(key, shift=shift, day=start, marks=MARKS, today=TODAY) == end


@rule("6.1")
@settings(deadline=None)
@given(looked_at=DAYS)
def test_the_months_around_a_day_leave_no_gap_and_lie_where_the_calendar_says(looked_at: int) -> None:
    calendar = my_training.calendar_of(Marks((day(2015, 3, 1), day(2034, 5, 5)), ("i", "i")), date(2026, 10, 13))
    months = my_training.months("lv", Marks(), calendar, looked_at)
    assert any(month.first <= looked_at < month.first + month.count for month in months.values())
    following = None
    for month in months.values():
        assert following in (None, month.first)
        assert month.before == month.first - calendar.first
        assert month.index == (month.year - 2015) * 12 + date.fromordinal(month.first).month - 1
        following = month.first + month.count
    assert not my_training.must_move(months, calendar, looked_at)


@rule("6.1")
def test_the_calendar_holds_every_session_and_a_year_on_either_side_of_today() -> None:
    calendar = my_training.calendar_of(Marks((day(2018, 6, 1),), ("i",)), date(2026, 10, 13))
    assert calendar.first == day(2018, 1, 1)
    assert calendar.first + calendar.days - 1 == day(2027, 12, 31)
    assert calendar.months == 120
    assert my_training.has(calendar, TODAY)
    assert not my_training.has(calendar, day(2028, 1, 1))


@rule("6.1")
@pytest.mark.parametrize("forged", ["739000", 739000.0, True, None, [739000], {"day": 1}, -1, 10**12])
def test_a_forged_day_is_no_day_of_the_calendar(forged: object) -> None:
    assert not my_training.has(my_training.calendar_of(MARKS, date(2026, 10, 13)), forged)


@rule("6.2")
def test_days_off_are_named_on_the_scale() -> None:
    calendar = my_training.calendar_of(MARKS, date(2026, 10, 13))
    named = {
        date.fromordinal(one): name
        for month in my_training.months("lv", MARKS, calendar, day(2026, 11, 1)).values()
        for one, name in month.holidays.items()
    }
    assert named[date(2026, 11, 18)] == "Latvijas Republikas Proklamēšanas diena"
    assert date(2026, 11, 17) not in named


@rule("6.1")
def test_the_strip_of_the_year_tells_how_busy_each_month_is() -> None:
    ribbon = my_training.ribbon("lv", MARKS, 2026)
    assert [month.label for month in ribbon.months[8:11]] == [
        "septembris, nav nodarbību",
        "oktobris, 3 nodarbības",
        "novembris, 4 nodarbības",
    ]
    assert ribbon.months[9].ticks == [61, 142]  # the 7th with one, the 15th with two
    assert ribbon.months[10].ticks == [43]  # never taller than three


@rule("17.2")
@pytest.mark.parametrize(
    ("language", "first", "last", "said"),
    [
        ("lv", day(2026, 10, 7), day(2026, 10, 31), "no 7. līdz 31.\u00a0oktobrim"),
        ("lv", day(2026, 9, 29), day(2026, 10, 22), "no 29.\u00a0septembra līdz 22.\u00a0oktobrim"),
        ("lv", day(2026, 2, 27), day(2026, 3, 22), "no 27.\u00a0februāra līdz 22.\u00a0martam"),
        ("en", day(2026, 9, 29), day(2026, 10, 22), "from 29\u00a0September to 22\u00a0October"),
    ],
)
def test_the_visible_days_are_read_out_as_latvian_says_it(language: str, first: int, last: int, said: str) -> None:
    assert my_training.span_text(language, first, last) == said
