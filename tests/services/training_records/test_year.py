"""The year of an institution: what counts, what does not, and who may know (11.5)."""

import io
from datetime import timedelta

import pytest
from openpyxl import load_workbook
from sqlmodel import col, select

from mps_app.core import riga
from mps_app.core.actor import SYSTEM
from mps_app.core.errors import NotAllowed, NotFound, TooMany
from mps_app.core.work import begin
from mps_app.models import AccessRecord, Certificate, Employment, TrainingPlan
from mps_app.services import training_records
from mps_app.services.training_records import packing
from mps_app.services.training_records.year import PAGE_ROWS
from mps_app.views.employees import LONGEST_UNIT
from mps_app.views.roster_filter import RosterFilter
from mps_app.views.training_records import PersonRecord, RecordFilter, RecordFound, RecordPage, RequirementForm
from tests import factories
from tests.conftest import Clock
from tests.marks import rule
from tests.services.training_records.conftest import Records


def year(records: Records) -> RecordPage:
    with begin(records.coordinator) as work:
        return training_records.record_page(work, records.institution.key, 0)


def found(records: Records, **wanted: object) -> RecordFound:
    with begin(records.coordinator) as work:
        return training_records.record_found(work, records.institution.key, RecordFilter(**wanted))


def person(records: Records, person_id: int) -> PersonRecord:
    with begin(records.coordinator) as work:
        return training_records.person_record(work, records.institution.key, person_id)


@rule("11.5")
def test_the_year_counts_hours_people_certificates_and_costs(records: Records) -> None:
    anna, berta = records.employee(), records.employee("Berta Otrā")
    course = records.course()
    records.train(anna, course, -30)  # 7 and 8 August
    records.train(anna, records.course("Otrs kurss", format="online"), -60, certified=False, minutes=119)
    records.train(anna, records.course("Trešais kurss", format="hybrid"), 40)  # 17 October
    with begin(SYSTEM) as work:
        work.db.add(TrainingPlan(institution_id=records.institution.key, year=2026, budget_cents=50_000))
    page = year(records)
    assert [figure.number for figure in page.figures] == ["11", "50\N{NO-BREAK SPACE}%", "1", "540\N{NO-BREAK SPACE}€"]
    assert [figure.warns for figure in page.figures] == [False, True, True, True]
    first, second = found(records).rows
    assert (first.name, first.hours, first.has_none) == ("Anna Paraudziņa", "11", False)
    assert {number + 1: [(mark.form, mark.is_coming) for mark in cell.marks] for number, cell in enumerate(first.cells) if cell.marks} == {
        7: [("online", False)], 8: [("in_person", False)], 10: [("hybrid", True)],
    }  # fmt: skip
    assert (second.name, second.hours, second.has_none) == ("Berta Otrā", "0", True)
    assert second.person_id == berta.key


@rule("11.5")
def test_people_are_found_by_name_unit_and_lack_of_training(records: Records) -> None:
    anna = records.employee("Anna Šķēle", unit="Finanses")
    records.employee("Berta Otrā", unit="Kanceleja")
    records.train(anna, records.course(), -30)
    assert [row.name for row in found(records, query="skel").rows] == ["Anna Šķēle"]
    assert [row.name for row in found(records, unit="Kanceleja").rows] == ["Berta Otrā"]
    assert [row.name for row in found(records, only_untrained=True).rows] == ["Berta Otrā"]
    assert found(records, query="_").rows == []
    assert year(records).units == ["Finanses", "Kanceleja"]


@rule("11.5")
def test_behind_the_last_page_is_the_last(records: Records) -> None:
    for number in range(PAGE_ROWS + 1):
        records.employee(f"Persona {number:02}")
    last = found(records, page=99)
    assert (last.page, last.page_count, last.total) == (2, 2, PAGE_ROWS + 1)
    assert [row.name for row in last.rows] == [f"Persona {PAGE_ROWS}"]
    assert [row.name for row in found(records, page=1).rows] == [f"Persona {number:02}" for number in range(PAGE_ROWS)]
    nobody = found(records, query="neviens", page=3)
    assert (nobody.rows, nobody.total, nobody.page, nobody.range_text) == ([], 0, 1, "")


@rule("11.5")
def test_a_unit_of_the_longest_name_is_found(records: Records) -> None:
    unit = ("Eiropas Savienības fondu ieviešanas uzraudzības departamenta nodaļa " * 3)[:LONGEST_UNIT].strip()
    records.employee("Anna Šķēle", unit=unit)
    asked = RecordFilter.read_address(RecordFilter(unit=unit).address())
    assert [row.name for row in found(records, unit=asked.unit).rows] == ["Anna Šķēle"]
    assert RosterFilter.read_address(RosterFilter(unit=unit, position=unit).address()).unit == unit
    assert RequirementForm.read({"title": "Ētika", "months": 12, "units": [unit], "course_ids": [1]}).units == [unit]


@rule("11.5")
def test_private_training_and_another_institutions_leave_no_trace(records: Records) -> None:
    anna, course = records.employee(), records.course()
    before, shown = (year(records), found(records)), person(records, anna.key)
    records.train(anna, course, -30, alone=True)
    with begin(SYSTEM) as work:
        factories.make_employment(work, anna, records.other)
    records.train(anna, course, -60, payer=records.other)
    records.train(anna, course, 20, payer=records.other)
    assert (year(records), found(records)) == before
    assert person(records, anna.key) == shown
    with pytest.raises(NotFound), begin(records.coordinator) as work:
        training_records.archive(work, records.institution.key, RecordFilter())


@rule("11.5", "2.5")
def test_from_the_day_of_leaving_nothing_new_is_seen(records: Records, clock: Clock) -> None:
    anna, course = records.employee(), records.course()
    records.train(anna, course, -30)
    records.train(anna, records.course("Otrs kurss"), -10, certified=False)
    with begin(SYSTEM) as work:
        employment = work.db.exec(select(Employment).where(col(Employment.person_id) == anna.key)).one()
        employment.until_on = clock.now.date() - timedelta(days=9)  # between the second training's days
    page = year(records)
    assert [row.hours for row in found(records).rows] == ["12"]
    assert page.figures[2].number == "1"
    lines = person(records, anna.key).lines
    assert [(line.hours_text, bool(line.certificate_path)) for line in lines] == [
        ("4 no 8 akad. st.", False), ("8 no 8 akad. st.", True),
    ]  # fmt: skip


@rule("11.5", "2.6")
def test_a_persons_record_is_noted_as_looked_at(records: Records) -> None:
    anna = records.employee()
    records.train(anna, records.course(), -30)
    shown = person(records, anna.key)
    assert (shown.hours_text, shown.lines[0].status_text) == ("8 akad. st.", "Mācības pabeigtas")
    with begin(SYSTEM) as work:
        [look] = work.db.exec(select(AccessRecord).where(col(AccessRecord.person_id) == anna.key)).all()
    assert look.actor_id == records.coordinator.person_id


@rule("11.5", "2.5")
def test_training_that_begins_after_somebody_left_is_not_in_their_record(records: Records) -> None:
    with begin(SYSTEM) as work:
        left_on = riga.today(work.now) - timedelta(days=10)
    anna = records.employee(until_on=left_on)
    records.train(anna, records.course("Pirms"), -30)
    records.train(anna, records.course("Pēc"), 5)  # applied for while still employed
    assert [line.course_title for line in person(records, anna.key).lines] == ["Pirms"]


@rule("11.5")
def test_an_institution_learns_nothing_of_another(records: Records) -> None:
    theirs = records.employee("Zane Cita", at=records.other)
    records.train(theirs, records.course(), -30, payer=records.other)
    own, foreign = records.institution.key, records.other.key
    with pytest.raises(NotFound):
        person(records, theirs.key)
    with pytest.raises(NotFound):
        person(records, 9_999_999)
    asked = (
        (training_records.record_page, (0,)),
        (training_records.record_found, (RecordFilter(),)),
        (training_records.export, (RecordFilter(), io.BytesIO())),
        (training_records.archive, (RecordFilter(),)),
        (training_records.person_record, (theirs.key,)),
    )
    for ask, more in asked:
        for institution_id in (foreign, 9_999_999):
            with pytest.raises(NotAllowed), begin(records.coordinator) as work:
                ask(work, institution_id, *more)
        with pytest.raises(NotAllowed), begin(records.stranger) as work:
            ask(work, own, *more)
    assert "Zane" not in year(records).model_dump_json() + found(records).model_dump_json()


@rule("11.5")
def test_the_spreadsheet_says_what_the_table_says_and_no_cell_is_a_formula(records: Records) -> None:
    anna = records.employee('=HYPERLINK("x")', unit="+Kanceleja")
    records.train(anna, records.course(), -30)
    target = io.BytesIO()
    with begin(records.coordinator) as work:
        training_records.export(work, records.institution.key, RecordFilter(), target)
    rows = list(load_workbook(target).active.iter_rows(values_only=True))
    assert rows[0][:4] == ("Vārds, uzvārds", "Struktūrvienība", "Amats", "janv.")
    assert rows[1][0].startswith("=HYPERLINK")
    assert rows[1][10] == "klātienē"
    assert rows[1][-2:] == (8, 180)
    assert all(cell.data_type != "f" for row in load_workbook(target).active.iter_rows() for cell in row)


@rule("11.5")
def test_the_archive_holds_the_sheets_of_those_looked_for(records: Records, monkeypatch: pytest.MonkeyPatch) -> None:
    anna, berta = records.employee("Anna Šķēle"), records.employee("Berta/Otrā")
    for somebody in (anna, berta):
        records.train(somebody, records.course(f"Kurss {somebody.given_name}"), -30)

    def packed(**wanted: object) -> list[str]:
        with begin(records.coordinator) as work:
            return [name for name, _ in training_records.archive(work, records.institution.key, RecordFilter(**wanted))]

    assert [name.partition(",")[0] for name in packed()] == ["Anna Šķēle", "BertaOtrā"]
    assert [name.partition(",")[0] for name in packed(query="berta")] == ["BertaOtrā"]
    with pytest.raises(NotFound):
        packed(year=2020)
    monkeypatch.setattr(packing, "MOST", 1)
    with pytest.raises(packing.TooManyCertificates):
        packed()


@rule("11.5", "2.6")
def test_archives_are_not_made_without_end(records: Records) -> None:
    anna = records.employee("Anna Šķēle")
    records.train(anna, records.course(), -30)
    for _ in range(60):
        with begin(records.coordinator) as work:
            training_records.archive(work, records.institution.key, RecordFilter())
    with pytest.raises(TooMany), begin(records.coordinator) as work:
        training_records.archive(work, records.institution.key, RecordFilter())


@rule("11.5", "2.6")
def test_a_sheet_that_cannot_be_read_is_left_out_of_the_archive_and_named_in_it_and_in_the_log(
    records: Records, caplog: pytest.LogCaptureFixture
) -> None:
    people = [records.employee(name) for name in ("Anna Šķēle", "Berta Otrā", "Cilda Trešā")]
    for somebody in people:
        records.train(somebody, records.course(f"Kurss {somebody.given_name}"), -30)
    with begin(SYSTEM) as work:
        whole, damaged, gone = work.db.exec(select(Certificate).order_by(Certificate.id)).all()
        work.tools.files.keep(str(damaged.pdf_key), b"%PDF-1.7 another")
        work.tools.files.remove(str(gone.pdf_key))
    with begin(records.coordinator) as work:
        packed = dict(training_records.archive(work, records.institution.key, RecordFilter()))
    assert list(packed) == [f"Anna Šķēle, {whole.number}.pdf", "LASI_MANI.txt"]
    said = packed["LASI_MANI.txt"].decode()
    assert [one.number in said for one in (whole, damaged, gone)] == [False, True, True]
    assert [damaged.number in caplog.text, gone.number in caplog.text] == [True, True]
    with begin(SYSTEM) as work:
        looks = work.db.exec(select(AccessRecord.person_id)).all()
    assert looks == [people[0].key]  # nobody saw the others


@rule("11.4")
def test_the_filter_and_the_address_bar_say_the_same() -> None:
    wanted = RecordFilter(year=2025, query="anna b", unit="Finanšu nodaļa", only_untrained=True, page=3)
    assert RecordFilter.read_address(wanted.address()) == wanted
    assert RecordFilter.read_address("/iestade/uzskaite?gads=99999999&lapa=x&nav=2") == RecordFilter()
