"""A remembered roster is never stale: whatever was committed before a question is in the answer (11.4)."""

from collections.abc import Callable
from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, text

from mps_app.core.actor import SYSTEM
from mps_app.core.folding import fold
from mps_app.core.work import begin
from mps_app.models import ApplicationStatus
from mps_app.services.rosters.index import Roster
from mps_app.services.rosters.loading import Employee, Known, Record
from mps_app.views.roster_filter import COLUMNS, SORTS, STATUSES, RosterFilter
from tests import factories
from tests.marks import rule
from tests.services.rosters.conftest import School

Row = tuple[str, str, str, int, str]


@pytest.fixture
def staff(school: School) -> School:
    school.employ("Aija Šķēle", unit="Finanšu nodaļa", position="Grāmatvede")
    school.employ("Juris Bērziņš", unit="Kanceleja", position="Lietvedis")
    school.names()
    return school


def _shown(school: School) -> list[Row]:
    rows = school.look().rows
    return [(row.name, row.unit, row.position, row.hours, row.mandatory_text) for row in rows]


CHANGES: dict[str, str] = {
    "who came": "UPDATE employment SET institution_id = :ours WHERE institution_id = :theirs",
    "who left": "UPDATE employment SET until_on = '2026-09-07' WHERE person_id = :aija",
    "a unit": "UPDATE employment SET unit = 'Arhīvs' WHERE person_id = :aija",
    "a name": "UPDATE person SET family_name = 'Ozola' WHERE id = :aija",
    "a name here": "UPDATE employment SET given_name = 'Aija', family_name = 'Liepa' WHERE person_id = :aija",
    "attendance": "UPDATE attendance SET present_minutes = 180",
    "a session": "UPDATE training_session SET withdrawn_at = now()",
    "an application": "UPDATE application SET payer_kind = 'person', payer_institution_id = NULL",
    "a course": "UPDATE course SET academic_hours = 40",
    "a duty": "INSERT INTO training_requirement (title, months, units, legal_basis) VALUES ('A', 1, '[]', '')",
    "no employment": "DELETE FROM employment WHERE person_id = :aija",
}


@rule("11.4")
@pytest.mark.parametrize("statement", CHANGES.values(), ids=CHANGES)
def test_every_kind_of_change_is_seen_at_once(staff: School, database: Engine, statement: str) -> None:
    staff.employ("Zane Īvāne", at=staff.theirs)
    staff.train("Aija Šķēle")
    before = _shown(staff)
    asked = {"ours": staff.ours.key, "theirs": staff.theirs.key, "aija": staff.people["Aija Šķēle"].key}
    with database.begin() as connection:
        connection.execute(text(statement), {name: key for name, key in asked.items() if f":{name}" in statement})
    assert _shown(staff) != before


@rule("11.4")
def test_what_is_committed_late_is_not_missed(staff: School, database: Engine) -> None:
    early, late = database.connect(), database.connect()
    begun = early.begin()
    early.execute(text("UPDATE employment SET unit = 'Agrā' WHERE unit = 'Kanceleja'"))
    with late.begin():
        late.execute(text("UPDATE employment SET unit = 'Vēlā' WHERE unit = 'Finanšu nodaļa'"))
    assert [row.unit for row in staff.look().rows] == ["Vēlā", "Kanceleja"]
    begun.commit()
    assert [row.unit for row in staff.look().rows] == ["Vēlā", "Agrā"]
    early.close()
    late.close()


@rule("11.4")
def test_what_is_rolled_back_never_was(staff: School, database: Engine) -> None:
    with database.connect() as connection:
        connection.execute(text("UPDATE employment SET unit = 'Nekad'"))
        assert "Nekad" not in str(staff.look())
        connection.rollback()
    assert "Nekad" not in str(staff.look())


def test_what_a_unit_of_work_is_about_to_change_reaches_nobody(staff: School) -> None:
    with begin(SYSTEM) as work:
        factories.make_employment(work, factories.make_person(work, name="Vēl Nav"), staff.ours)
        assert "Vēl Nav" not in staff.names()
    assert "Vēl Nav" in staff.names()


TODAY = date(2026, 9, 7)
_words = st.sampled_from(["Aija", "Žanis", "Čaks", "Ķepa", "Ozola", "Ābols"])
_days = st.none() | st.integers(-400, 400).map(lambda days: TODAY + timedelta(days=days))
_records = st.builds(
    Record,
    course_id=st.integers(1, 3),
    group_id=st.integers(0, 3),
    status=st.sampled_from([status.value for status in ApplicationStatus]),
    first_on=_days,
    last_on=_days,
    hours=st.integers(0, 20),
    trained_on=_days,
)


@st.composite
def _known(draw: Callable[..., object], count: int = 6) -> Known:
    employees, records = [], {}
    for person_id in draw(st.sets(st.integers(1, count))):
        name, unit = f"{draw(_words)} {draw(_words)}", draw(st.sampled_from(["", "Arhīvs", "Šķūnis"]))
        employees.append(Employee(person_id, person_id, name, unit, draw(_words), "", draw(st.booleans())))
        records[person_id] = draw(st.lists(_records, max_size=3))
    return Known(employees, records)


_filters = st.builds(
    RosterFilter,
    query=st.sampled_from(["", "a", "oz", "ZAN", "arh", "aija oz"]),
    unit=st.sampled_from(["", "Arhīvs"]),
    position=st.sampled_from(["", "Aija"]),
    course_id=st.integers(0, 2),
    group_id=st.integers(0, 2),
    status=st.sampled_from(["", *STATUSES]),
    from_on=_days,
    until_on=_days,
    hours_below=st.integers(0, 15),
    lacks_mandatory=st.booleans(),
    sort=st.sampled_from(SORTS),
    is_descending=st.booleans(),
)


def _naively(known: Known, wanted: RosterFilter) -> set[int]:
    """Say who fits, one after the other, as the rule says it."""

    def has(one: Record) -> bool:
        counts = one.status not in {"cancelled", "rejected"}
        days = one.first_on is not None and one.last_on is not None
        return (
            (not wanted.course_id or one.course_id == wanted.course_id)
            and (not wanted.group_id or one.group_id == wanted.group_id)
            and (counts if wanted.status in {"", "none"} else one.status == wanted.status)
            and (wanted.from_on is None or (days and one.last_on >= wanted.from_on))
            and (wanted.until_on is None or (days and one.first_on <= wanted.until_on))
        )

    def fits(one: Employee) -> bool:
        records = known.records.get(one.person_id, ())
        words = fold(f"{one.name} {one.position} {one.unit}").split()
        applied = any(map(has, records))
        return (
            all(any(word.startswith(asked) for word in words) for asked in fold(wanted.query).split())
            and wanted.unit in {"", one.unit}
            and wanted.position in {"", one.position}
            and (not wanted.hours_below or sum(record.hours for record in records) < wanted.hours_below)
            and (not wanted.lacks_mandatory or one.lacks_mandatory)
            and (not wanted.asks_of_applications or applied != (wanted.status == "none"))
        )

    return {one.person_id for one in known.employees if fits(one)}


def _answer(roster: Roster, wanted: RosterFilter) -> list[int]:
    return [roster.employees[place].person_id for place in roster.places(roster.find(wanted), wanted, 0, len(roster))]


@rule("11.4")
@given(_known(), _filters)
def test_filters_find_whom_the_rule_names(known: Known, wanted: RosterFilter) -> None:
    assert sorted(_answer(Roster(known), wanted)) == sorted(_naively(known, wanted))


@given(_known(), _known(), _filters)
def test_taking_note_of_some_people_is_as_good_as_reading_all_anew(
    before: Known, after: Known, wanted: RosterFilter
) -> None:
    roster = Roster(before)
    _answer(roster, wanted)
    changed = {one.person_id for one in (*before.employees, *after.employees)}
    assert _answer(roster.take(after, changed), wanted) == _answer(Roster(after), wanted)


@given(
    _filters,
    st.sets(st.sampled_from(COLUMNS)),
    st.integers(1, 99),
    st.integers(0, 10**9),
)
def test_the_address_carries_the_filter(wanted: RosterFilter, columns: set[str], page: int, group_id: int) -> None:
    shown = tuple(name for name in COLUMNS if name in columns)
    whole = wanted.changed(columns=shown, page=page, into_group_id=group_id)
    assert RosterFilter.read_address(whole.address()) == whole


@given(st.text())
def test_any_address_at_all_is_read(address: str) -> None:
    wanted = RosterFilter.read_address(f"/iestade/darbinieki?{address}")
    assert urlsplit(wanted.address()).path == "/iestade/darbinieki"
