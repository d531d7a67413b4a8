"""The roster: who is found, in which order, with which hours (11.4)."""

import io
from datetime import UTC, date, datetime, timedelta

import openpyxl
import pytest

from mps_app.core.actor import SYSTEM
from mps_app.core.errors import NotAllowed
from mps_app.core.work import begin
from mps_app.models import TrainingRequirement
from mps_app.services import rosters
from mps_app.views.roster_filter import COLUMNS, RosterFilter
from tests import factories
from tests.conftest import Clock
from tests.marks import rule
from tests.services.rosters.conftest import School


@pytest.fixture
def staff(school: School) -> School:
    school.employ("Aija Šķēle", unit="Finanšu nodaļa", position="Iepirkumu speciāliste")
    school.employ("Čaks Ābols", unit="Kanceleja", position="Lietvedis")
    school.employ("Cilda Žagata", unit="Finanšu nodaļa", position="Grāmatvede")
    return school


@rule("11.4")
@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("skele", ["Aija Šķēle"]),
        ("ŽAG", ["Cilda Žagata"]),
        ("finansu", ["Aija Šķēle", "Cilda Žagata"]),
        ("fin gram", ["Cilda Žagata"]),
        ("kēle", []),
        ("!", []),
        ("", ["Aija Šķēle", "Cilda Žagata", "Čaks Ābols"]),
    ],
)
def test_words_of_name_unit_and_position_are_found_by_their_beginnings(
    staff: School, typed: str, found: list[str]
) -> None:
    assert staff.names(query=typed) == found


@rule("11.4")
def test_units_positions_and_hours_filter(staff: School) -> None:
    staff.train("Aija Šķēle")
    assert staff.names(unit="Kanceleja") == ["Čaks Ābols"]
    assert staff.names(position="Grāmatvede") == ["Cilda Žagata"]
    assert staff.names(hours_below=1) == ["Cilda Žagata", "Čaks Ābols"]
    assert staff.names(hours_below=9) == ["Aija Šķēle", "Cilda Žagata", "Čaks Ābols"]


@rule("11.4")
def test_course_group_status_and_days_are_asked_of_one_and_the_same_application(staff: School) -> None:
    course, group = staff.train("Aija Šķēle", days_ago=30)
    staff.train("Aija Šķēle", days_ago=90, status="completed")
    day = datetime(2026, 9, 7, tzinfo=UTC).date() - timedelta(days=30)
    assert staff.names(course_id=course.key) == ["Aija Šķēle"]
    assert staff.names(group_id=group.key, status="attended", from_on=day, until_on=day) == ["Aija Šķēle"]
    assert staff.names(course_id=course.key, status="completed") == []
    assert staff.names(course_id=course.key, from_on=day + timedelta(days=1)) == []
    assert staff.names(course_id=course.key, status="none") == ["Cilda Žagata", "Čaks Ābols"]


@rule("11.4")
def test_hours_are_those_attended_in_the_last_twelve_months(staff: School) -> None:
    staff.train("Aija Šķēle", days_ago=30, share=0.5)
    staff.train("Aija Šķēle", days_ago=10)
    staff.train("Aija Šķēle", days_ago=400)
    staff.employ("Dace Liepa", from_on=date(2024, 1, 1))
    staff.train("Dace Liepa", days_ago=400)
    rows = {row.name: row for row in staff.look(sort="hours", is_descending=True).rows}
    assert [(row.hours, row.last_text) for row in rows.values()] == [
        (12, "28.\u00a0aug."), (0, "nekad"), (0, "nekad"), (0, "3.\u00a0aug. 2025"),
    ]  # fmt: skip
    assert list(rows) == ["Aija Šķēle", "Cilda Žagata", "Čaks Ābols", "Dace Liepa"]


@rule("11.4")
def test_missing_mandatory_training_filters(staff: School) -> None:
    with begin(SYSTEM) as work:
        work.db.add(TrainingRequirement(institution_id=staff.ours.key, title="Ētika", months=36, units=["Kanceleja"]))
    assert staff.names(lacks_mandatory=True) == ["Čaks Ābols"]


@rule("11.4")
@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("unit", ["Aija Šķēle", "Cilda Žagata", "Čaks Ābols"]),
        ("position", ["Cilda Žagata", "Aija Šķēle", "Čaks Ābols"]),
    ],
)
def test_columns_sort_and_turn_round(staff: School, sort: str, names: list[str]) -> None:
    assert staff.names(sort=sort) == names
    first = staff.names(sort=sort, is_descending=True)[0]
    assert first == names[-1]


@rule("11.4")
def test_pages_hold_fifty_and_the_last_one_stands_for_those_after_it(school: School) -> None:
    for number in range(53):
        school.employ(f"Persona {number:03}")
    page = school.look(page=9)
    assert (page.found.page, page.found.range_text, len(page.rows)) == (2, "51–53", 3)
    assert page.found.total_text == "53 darbinieki"


@rule("2.5")
def test_only_todays_employees_are_listed(school: School, clock: Clock) -> None:
    school.employ("Bijušais Kolēģis", until_on=clock.now.date())
    school.employ("Nākamais Kolēģis", from_on=clock.now.date() + timedelta(days=1))
    school.employ("Šīsdienas Kolēģis", until_on=clock.now.date() + timedelta(days=1))
    assert school.names() == ["Šīsdienas Kolēģis"]
    clock.advance(days=1)
    assert school.names() == ["Nākamais Kolēģis"]


@rule("11.5")
def test_a_coordinator_learns_nothing_of_another_institution(staff: School) -> None:
    staff.employ("Aija Šķēle", at=staff.theirs, unit="Slepenā daļa", position="Slepena amatpersona")
    staff.employ("Svešs Cilvēks", at=staff.theirs, unit="Slepenā daļa")
    course, group = staff.train("Aija Šķēle", payer_institution_id=staff.theirs.key)
    private, _ = staff.train("Aija Šķēle", payer_kind="person", payer_institution_id=None)
    assert staff.names(query="slepen") == staff.names(query="svess") == staff.names(unit="Slepenā daļa") == []
    for sort in ("name", "unit", "position", "hours", "last"):
        for is_descending in (False, True):
            rows = staff.look(sort=sort, is_descending=is_descending).rows
            assert {row.name for row in rows} == {"Aija Šķēle", "Cilda Žagata", "Čaks Ābols"}
            assert {row.hours for row in rows} == {0}
            assert "Slepen" not in str(rows)
    for one in (course, private):
        assert staff.names(course_id=one.key) == []
        assert staff.names(course_id=one.key, status="attended") == []
    assert staff.names(group_id=group.key) == []
    with begin(staff.coordinator) as work:
        choices = rosters.choices(work, staff.ours.key, RosterFilter(course_id=course.key))
    assert (choices.courses, choices.groups) == ([], [])
    assert "Slepen" not in str(choices)


@rule("11.5")
def test_the_refusal_is_the_same_for_a_foreign_and_for_no_institution(staff: School) -> None:
    told = []
    for institution_id in (staff.theirs.key, 10**15):
        for ask in (rosters.roster, rosters.choices, rosters.found_ids):
            with pytest.raises(NotAllowed) as refusal, begin(staff.coordinator) as work:
                ask(work, institution_id, RosterFilter())
            told.append((refusal.value.code, refusal.value.facts))
        with pytest.raises(NotAllowed), begin(staff.coordinator) as work:
            rosters.still_employed(work, institution_id, [1])
        with pytest.raises(NotAllowed), begin(staff.coordinator) as work:
            rosters.export(work, institution_id, RosterFilter(), io.BytesIO())
    assert len({str(one) for one in told}) == 1


@rule("11.5")
def test_hours_end_with_the_employment_and_begin_anew_with_the_next(school: School, clock: Clock) -> None:
    today = clock.now.date()
    school.employ("Aija Šķēle", until_on=today - timedelta(days=40))
    with begin(SYSTEM) as work:
        factories.make_employment(work, school.people["Aija Šķēle"], school.ours, from_on=today - timedelta(days=5))
    school.train("Aija Šķēle", days_ago=60)
    school.train("Aija Šķēle", days_ago=30)  # applied for before they left, attended after
    assert school.look().rows[0].hours == 8


@rule("11.4")
def test_the_export_has_the_rows_columns_and_order_that_are_shown(staff: School) -> None:
    staff.train("Cilda Žagata")
    sheet = _exported(staff, RosterFilter(unit="Finanšu nodaļa", sort="hours", columns=("hours", "unit")))
    assert sheet == [
        ["Vārds, uzvārds", "Stundas 12 mēnešos", "Struktūrvienība"],
        ["Aija Šķēle", 0, "Finanšu nodaļa"],
        ["Cilda Žagata", 8, "Finanšu nodaļa"],
    ]
    everything = _exported(staff, RosterFilter(query="skele"), whole=True)
    assert (len(everything), len(everything[0])) == (4, len(COLUMNS) + 1)


@rule("11.4")
@pytest.mark.parametrize("begun", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_of_an_export_is_a_formula(school: School, begun: str) -> None:
    school.employ("Aija Šķēle", position=f'{begun}HYPERLINK("http://x","y")')
    made = io.BytesIO()
    with begin(school.coordinator) as work:
        rosters.export(work, school.ours.key, RosterFilter(), made)
    cells = [cell for row in openpyxl.load_workbook(made).worksheets[0].iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}
    assert any("HYPERLINK" in str(cell.value) for cell in cells)


def _exported(school: School, wanted: RosterFilter, *, whole: bool = False) -> list[list[object]]:
    made = io.BytesIO()
    with begin(school.coordinator) as work:
        rosters.export(work, school.ours.key, wanted, made, whole=whole)
    return [[cell.value for cell in row] for row in openpyxl.load_workbook(made).worksheets[0].iter_rows()]


def test_a_day_of_the_address_is_a_day() -> None:
    wanted = RosterFilter.read_address("/iestade/darbinieki?no=2026-09-01&lidz=nekad&slejas=")
    assert (wanted.from_on, wanted.until_on, wanted.columns) == (date(2026, 9, 1), None, ())
