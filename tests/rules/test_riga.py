"""Days, hours and working days as Latvians read them."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mps_app.core import riga
from mps_app.core.riga import Case
from tests.marks import rule

DAYS = st.dates(date(2020, 1, 1), date(2060, 12, 31))
INSTANTS = st.integers(1_577_836_800, 2_840_140_800).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
NOVEMBER = [date(2026, 11, day) for day in range(1, 31)]


@rule("17.2")
@pytest.mark.parametrize(
    ("language", "days", "said"),
    [
        ("lv", [date(2026, 10, 15)], "15.\u00a0oktobris"),
        ("lv", [date(2026, 11, 3), date(2026, 11, 4)], "3. un 4.\u00a0novembris"),
        ("lv", [date(2026, 11, 4), date(2026, 11, 3), date(2026, 11, 3)], "3. un 4.\u00a0novembris"),
        ("lv", NOVEMBER[2:5], "3.–5.\u00a0novembris"),
        ("lv", [NOVEMBER[2], NOVEMBER[9], NOVEMBER[16]], "3., 10. un 17.\u00a0novembris"),
        ("lv", NOVEMBER[1:20:3], "2.–20.\u00a0novembris"),
        ("lv", [date(2026, 10, 30), date(2026, 11, 2)], "30.\u00a0oktobris un 2.\u00a0novembris"),
        ("lv", [date(2026, 10, 15), date(2026, 10, 20), date(2026, 11, 5)], "15.\u00a0okt.–5.\u00a0nov."),
        ("lv", [date(2026, 12, 30), date(2027, 1, 4)], "30.\u00a0dec. 2026–4.\u00a0janv. 2027"),
        ("lv", [], ""),
        ("en", [date(2026, 11, 3), date(2026, 11, 4)], "3 and 4\u00a0November"),
        ("en", NOVEMBER[2:5], "3–5\u00a0November"),
    ],
)
def test_days_are_said_in_the_shortest_true_way(language: str, days: list[date], said: str) -> None:
    assert riga.days_text(language, days) == said


@rule("17.2")
@pytest.mark.parametrize(
    ("month", "nominative", "locative", "dative", "genitive"),
    [
        (1, "janvāris", "janvārī", "janvārim", "janvāra"),
        (3, "marts", "martā", "martam", "marta"),
        (4, "aprīlis", "aprīlī", "aprīlim", "aprīļa"),
        (5, "maijs", "maijā", "maijam", "maija"),
        (6, "jūnijs", "jūnijā", "jūnijam", "jūnija"),
        (8, "augusts", "augustā", "augustam", "augusta"),
        (10, "oktobris", "oktobrī", "oktobrim", "oktobra"),
        (12, "decembris", "decembrī", "decembrim", "decembra"),
    ],
)
def test_months_are_declined(month: int, nominative: str, locative: str, dative: str, genitive: str) -> None:
    day = date(2026, month, 7)
    assert [riga.day_text("lv", day, case) for case in Case] == [
        f"7.\u00a0{word}" for word in (nominative, locative, dative, genitive)
    ]


@rule("17.2")
def test_tables_moments_and_weekdays_follow_latvian_habit() -> None:
    starts_at = datetime(2026, 10, 15, 6, 30, tzinfo=UTC)
    assert riga.day_short_text("lv", date(2026, 10, 15)) == "15.\u00a0okt. 2026"
    assert riga.day_short_text("en", date(2026, 5, 7)) == "7\u00a0May 2026"
    assert riga.span_text(starts_at, starts_at + timedelta(hours=3, minutes=15)) == "09:30–12:45"
    assert riga.moment_text("lv", starts_at) == "15.\u00a0oktobris, 09:30"
    assert riga.moment_text("lv", starts_at, Case.DATIVE) == "15.\u00a0oktobrim plkst.\u00a009:30"
    assert riga.moment_text("en", starts_at, Case.DATIVE) == "15\u00a0October, 09:30"
    assert riga.weekday_text("lv", date(2026, 11, 3)) == "otrdiena"


@rule("17.2")
def test_a_day_far_away_is_said_with_its_year() -> None:
    seen_on, near, far = date(2026, 12, 1), date(2027, 1, 28), date(2023, 8, 29)
    assert riga.day_seen_text("lv", near, seen_on) == "28.\u00a0janv."
    assert riga.day_seen_text("lv", far, seen_on) == "29.\u00a0aug. 2023"
    assert riga.days_seen_text("lv", [near, near + timedelta(days=1)], seen_on) == "28. un 29.\u00a0janvāris"
    assert riga.days_seen_text("lv", [far, far + timedelta(days=1)], seen_on) == "2023. gada 29. un 30.\u00a0augusts"
    assert riga.days_seen_text("en", [far], seen_on) == "29\u00a0August 2023"
    assert (
        riga.days_seen_text("lv", [date(2022, 12, 30), date(2023, 1, 2)], seen_on)
        == "30.\u00a0dec. 2022–2.\u00a0janv. 2023"
    )
    assert riga.days_seen_text("lv", [], seen_on) == ""


@rule("17.2")
def test_both_clock_changes_keep_the_wall_clock() -> None:
    for before, after in ((date(2026, 3, 28), date(2026, 3, 29)), (date(2026, 10, 24), date(2026, 10, 25))):
        morning = [riga.at_riga(day, time(9, 30)) for day in (before, after)]
        assert [riga.time_text(instant) for instant in morning] == ["09:30", "09:30"]
        assert morning[1] - morning[0] in (timedelta(hours=23), timedelta(hours=25))


@rule("17.2")
def test_an_hour_that_does_not_exist_moves_on_and_one_that_comes_twice_is_the_first() -> None:
    assert riga.time_text(riga.at_riga(date(2026, 3, 29), time(3, 30))) == "04:30"
    assert riga.at_riga(date(2026, 10, 25), time(3, 30)) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@rule("17.2")
@given(DAYS, st.times().map(lambda clock: clock.replace(microsecond=0, fold=0)))
def test_what_riga_shows_is_what_was_meant_except_in_the_missing_hour(day: date, clock: time) -> None:
    shown = riga.to_riga(riga.at_riga(day, clock))
    assert shown.replace(tzinfo=None, fold=0) - datetime.combine(day, clock) in (timedelta(0), timedelta(hours=1))
    assert riga.at_riga(day, clock).tzinfo is UTC


@rule("17.2")
@given(INSTANTS)
def test_the_day_in_riga_is_the_day_its_clocks_show(instant: datetime) -> None:
    begins = riga.at_riga(riga.today(instant), time(0))
    ends = riga.at_riga(riga.today(instant) + timedelta(days=1), time(0))
    assert begins <= instant < ends


@rule("4.6")
@given(DAYS, st.integers(-40, 40))
def test_working_days_are_counted_one_by_one(day: date, count: int) -> None:
    reached = riga.add_working_days(day, count)
    first, last = sorted((day, reached))
    between = [first + timedelta(days=n) for n in range(1, (last - first).days + 1)]
    if count < 0:
        between = [found - timedelta(days=1) for found in between]
    assert sum(riga.is_working_day(found) for found in between) == abs(count)
    assert count == 0 or riga.is_working_day(reached)


@rule("4.6")
@given(DAYS, st.integers(1, 30))
def test_working_days_forth_and_back_return_to_a_working_day(day: date, count: int) -> None:
    start = riga.add_working_days(day, 1)
    assert riga.add_working_days(riga.add_working_days(start, count), -count) == start


@rule("4.6")
@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 1, 1), "Jaungada diena"),
        (date(2026, 4, 3), "Lielā Piektdiena"),
        (date(2026, 4, 6), "Otrās Lieldienas"),
        (date(2024, 4, 1), "Otrās Lieldienas"),
        (date(2026, 5, 10), "Mātes diena"),
        (date(2022, 5, 8), "Mātes diena"),
        (date(2026, 5, 24), "Vasarsvētki"),
        (date(2026, 6, 23), "Līgo diena"),
        (date(2026, 11, 18), "Latvijas Republikas Proklamēšanas diena"),
        (date(2027, 12, 31), "Vecgada diena"),
    ],
)
def test_nobody_works_on_the_public_holidays(day: date, name: str) -> None:
    assert riga.holiday_name("lv", day) == name
    assert not riga.is_working_day(day)


@rule("4.6")
@pytest.mark.parametrize(
    ("monday", "is_free"),
    [
        (date(2025, 5, 5), True),  # 4 May 2025 was a Sunday
        (date(2024, 5, 6), True),  # a Saturday
        (date(2023, 11, 20), True),  # 18 November 2023 was a Saturday
        (date(2026, 5, 4), True),  # itself a Monday
        (date(2026, 5, 11), False),  # Mother's Day is a Sunday by law and moves nothing
        (date(2027, 12, 27), False),  # Christmas on a weekend moves nothing
    ],
)
def test_only_the_two_days_of_the_state_move_to_monday(monday: date, *, is_free: bool) -> None:
    assert riga.is_working_day(monday) is not is_free


@rule("4.6")
def test_a_working_day_moved_by_the_cabinet_is_worked_on_its_saturday() -> None:
    assert not riga.is_working_day(date(2026, 1, 2))
    assert riga.is_working_day(date(2026, 1, 17))
    assert riga.holiday_name("lv", date(2026, 1, 2)) == ""
