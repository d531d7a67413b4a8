"""A list of employees: read whatever the habit, shown as a difference, saved whole, once and as shown (11.2)."""

import threading

import pytest
from sqlalchemy import func, text
from sqlmodel import col, select

from mps_app.core.actor import SYSTEM
from mps_app.core.errors import DomainError, NotAllowed, NotFound
from mps_app.core.work import begin
from mps_app.models import EmployeeImport, Employment, Person
from mps_app.services import employees
from mps_app.views.employees import EmployeeForm, ImportPreview, ImportReceipt, PreviewWish
from tests import factories
from tests.conftest import Clock
from tests.marks import rule
from tests.services.employees.conftest import Desk
from tests.services.employees.lists import ANNA, HEADERS, JANIS, RIHARDS, csv_of, people, xlsx_of

HABITS = {
    "semicolons": csv_of(ANNA, JANIS),
    "commas": csv_of(ANNA, JANIS, sign=","),
    "tabs": csv_of(ANNA, JANIS, sign="\t"),
    "utf-8 with a mark": csv_of(ANNA, JANIS, encoding="utf-8-sig"),
    "windows-1257": csv_of(ANNA, JANIS, encoding="cp1257"),
    "utf-16, as a spreadsheet saves": csv_of(ANNA, JANIS, sign="\t", encoding="utf-16"),
    "spreadsheet": xlsx_of(ANNA, JANIS),
    "english headers": csv_of(
        ANNA, JANIS, headers=("Personal code", "First name", "Surname", "Department", "Job title", "E-mail")
    ),
    "another order": csv_of(*(row[::-1] for row in (ANNA, JANIS)), headers=HEADERS[::-1]),
    "quoted cells and empty lines": b"\r\n\r\n" + csv_of(*([f'"{cell}"' for cell in row] for row in (ANNA, JANIS))),
    "codes without hyphens": csv_of(*((row[0].replace("-", ""), *row[1:]) for row in (ANNA, JANIS))),
    "codes as numbers": xlsx_of(*((int(row[0].replace("-", "")), *row[1:]) for row in (ANNA, JANIS))),
}


def listed(desk: Desk) -> list[tuple[str, str, str | None]]:
    with begin(SYSTEM) as work:
        rows = work.db.exec(select(Employment).where(Employment.institution_id == desk.institution.key)).all()
    return sorted((f"{row.given_name} {row.family_name}", row.unit, row.work_email) for row in rows)


@rule("11.2")
@pytest.mark.parametrize("habit", HABITS)
def test_a_list_is_read_whatever_the_habit(desk: Desk, habit: str) -> None:
    shown = desk.look(desk.load(HABITS[habit]))
    assert (shown.new, shown.wrong) == (2, 0)
    assert listed(desk) == []  # nothing is saved until it is confirmed
    assert desk.save(shown).words == "Saraksts saglabāts. Jauni: 2, mainīti: 0, darbs beidzies: 0."
    assert listed(desk) == [
        ("Anna Paraudziņa", "Grāmatvedība", "anna@iestade.example"),
        ("Jānis Šķēle", "Juridiskā nodaļa", "janis@iestade.example"),
    ]


@rule("11.2")
def test_the_preview_tells_new_changed_ended_same_and_wrong_apart(desk: Desk) -> None:
    desk.save(desk.look(desk.load(csv_of(ANNA, JANIS, RIHARDS))))
    moved = (*JANIS[:3], "Personāla daļa", *JANIS[4:])
    import_id = desk.load(csv_of(ANNA, moved, ("320404-12345", "Līga", "Jaunā", "", "", "")))
    shown = desk.look(import_id, "changed")
    assert (shown.new, shown.changed, shown.ended, shown.same, shown.wrong) == (1, 1, 0, 1, 0)
    [row] = shown.rows
    [change] = row.changes
    assert (row.name, row.number) == ("Jānis Šķēle", 3)
    assert (change.label, change.before, change.after) == ("Struktūrvienība", "Juridiskā nodaļa", "Personāla daļa")
    whole = desk.look(import_id, "ended", is_whole=True)
    assert (whole.ended, [row.name for row in whole.rows]) == (1, ["Rihards Piemērs"])
    desk.save(whole)
    with begin(SYSTEM) as work:
        rows = work.db.exec(select(Employment).where(col(Employment.until_on).is_not(None))).all()
        assert [(row.family_name, str(row.until_on)) for row in rows] == [("Piemērs", "2026-09-07")]


@rule("11.2")
def test_what_the_list_has_no_column_for_stays(desk: Desk) -> None:
    desk.add()
    shown = desk.look(desk.load(csv_of((ANNA[0], "Anna", "Jaunā"), headers=HEADERS[:3])))
    assert shown.changed == 1
    desk.save(shown)
    assert listed(desk) == [("Anna Jaunā", "Grāmatvedība", "anna@iestade.example")]


@rule("11.2")
def test_a_bad_row_names_its_row_and_column_and_the_good_ones_can_be_saved(desk: Desk) -> None:
    bad = ("320303-1234", "R1hards", "Piemērs", "", "", "nav")
    shown = desk.look(desk.load(csv_of(ANNA, bad)))
    [row] = shown.rows
    assert (shown.kind, shown.wrong, shown.new, row.number, row.name) == ("wrong", 1, 1, 3, "R1hards Piemērs")
    assert row.problems == [
        "Personas kods: Personas kodā ir 11 cipari, piemēram, 010180-12345.",
        "Vārds: Vārdā drīkst būt tikai burti, atstarpes, defises un apostrofi.",
        "Darba e-pasts: Norādiet e-pastu, piemēram, vards.uzvards@iestade.lv",
    ]
    desk.save(shown)
    assert desk.names() == ["Anna Paraudziņa"]


@rule("11.2")
def test_nobody_is_ended_for_missing_while_a_row_is_wrong(desk: Desk) -> None:
    desk.add()
    shown = desk.look(desk.load(csv_of(("?", *JANIS[1:]))), is_whole=True)
    assert (shown.is_whole, shown.can_be_whole, shown.ended) == (False, False, 0)
    receipt = desk.save(shown.model_copy(update={"is_whole": True}))
    assert receipt.is_stale
    assert desk.names() == ["Anna Paraudziņa"]


@rule("11.2")
def test_the_same_person_twice_is_wrong_in_every_row(desk: Desk) -> None:
    shown = desk.look(desk.load(csv_of(ANNA, JANIS, (ANNA[0].replace("-", ""), "Anna", "Cita", "", "", ""))))
    assert (shown.new, shown.wrong) == (1, 2)
    assert {row.problems[-1] for row in shown.rows} == {"Viens un tas pats personas kods ir vairākās rindās: 2, 4."}


@rule("11.2")
def test_bad_rows_come_back_as_a_file_in_which_no_cell_is_a_formula(desk: Desk) -> None:
    import_id = desk.load(csv_of(ANNA, ("=1+1", "@SUM(A1)", "Piemērs", "+371", "-1", "nav")))
    with begin(desk.actor) as work:
        head, row, _ = employees.bad_rows(work, import_id).split("\r\n")
    assert head == "Personas kods;Vārds;Uzvārds;Struktūrvienība;Amats;E-pasts;Rinda;Kas jālabo"
    assert row.startswith("'=1+1;'@SUM(A1);Piemērs;'+371;'-1;nav;3;Personas kods: ")
    with pytest.raises(NotAllowed), begin(desk.foreign_actor) as work:
        employees.bad_rows(work, import_id)


@rule("11.2")
def test_a_formula_is_text(desk: Desk) -> None:
    row = (*ANNA[:3], '=HYPERLINK("https://evil.example";"Unit")', "=1+1", "")
    desk.save(desk.look(desk.load(xlsx_of(row))))
    assert listed(desk) == [("Anna Paraudziņa", '=HYPERLINK("https://evil.example";"Unit")', None)]


@rule("11.2")
def test_a_list_is_saved_only_as_it_was_shown(desk: Desk) -> None:
    shown = desk.look(desk.load(csv_of(ANNA)))
    desk.add(personal_code=JANIS[0], given_name="Jānis", family_name="Šķēle")
    assert desk.save(shown).is_stale
    assert desk.names() == ["Jānis Šķēle"]
    assert not desk.save(desk.look(shown.id)).is_stale
    assert desk.names() == ["Anna Paraudziņa", "Jānis Šķēle"]


@rule("11.2")
def test_two_tabs_and_a_double_click_save_once(desk: Desk) -> None:
    shown = desk.look(desk.load(csv_of(*people(50))))
    told: list[ImportReceipt] = []
    clicks = [threading.Thread(target=lambda: told.append(desk.save(shown))) for _ in range(4)]
    for click in clicks:
        click.start()
    for click in clicks:
        click.join()
    assert {receipt.words for receipt in told} == {"Saraksts saglabāts. Jauni: 50, mainīti: 0, darbs beidzies: 0."}
    assert len(desk.names()) == 50


@rule("11.2")
def test_what_fails_in_the_middle_leaves_nothing_behind(desk: Desk) -> None:
    shown = desk.look(desk.load(csv_of(ANNA, JANIS)))
    with begin(SYSTEM) as work:
        work.db.execute(text("ALTER TABLE employment ADD CONSTRAINT no_lawyers CHECK (position <> 'Jurists')"))
    try:
        with pytest.raises(Exception, match="no_lawyers"):
            desk.save(shown)
    finally:
        with begin(SYSTEM) as work:
            work.db.execute(text("ALTER TABLE employment DROP CONSTRAINT no_lawyers"))
    with begin(SYSTEM) as work:
        people_listed = work.db.exec(select(func.count()).select_from(Person)).one()
    assert (desk.names(), people_listed) == ([], 2)  # the two coordinators
    assert desk.look(shown.id).new == 2


@rule("1.3")
def test_a_list_waits_sealed_and_is_forgotten_once_saved_or_after_a_day(desk: Desk, clock: Clock) -> None:
    first = desk.load(csv_of(ANNA))
    second = desk.load(csv_of(JANIS))  # the one before is dropped
    with begin(SYSTEM) as work:
        dropped, kept = (work.db.get_one(EmployeeImport, key) for key in (first, second))
        assert (dropped.state, dropped.rows_sealed, kept.state) == ("dropped", None, "previewed")
        assert kept.rows_sealed is not None
        assert not any(word.encode() in kept.rows_sealed for word in ("320202", "Jānis", "janis"))
    desk.save(desk.look(second))
    third = desk.load(csv_of(RIHARDS))
    clock.advance(hours=23)
    with begin(SYSTEM) as work:
        assert employees.drop_old_imports(work) == 0
    clock.advance(hours=2)
    with begin(SYSTEM) as work:
        assert employees.drop_old_imports(work) == 1
        assert {work.db.get_one(EmployeeImport, key).rows_sealed for key in (first, second, third)} == {None}
    with pytest.raises(DomainError) as refused, begin(desk.actor) as work:
        employees.apply_import(work, desk.institution.key, third, "", is_whole=False)
    assert refused.value.code == "import_gone"


@rule("11.5")
def test_an_import_is_no_oracle_and_no_foreign_coordinators(desk: Desk) -> None:
    with begin(SYSTEM) as work:
        stranger = factories.make_person(work, name="Īstais Vārds", code="32010112345", email="x@epasts.example")
        factories.make_employment(work, stranger, desk.foreign, unit="Slepena")
    shown = desk.look(desk.load(csv_of(ANNA)))
    assert shown.new == 1
    assert "Īstais" not in shown.model_dump_json()
    for institution_id, refusal in ((desk.institution.key, NotAllowed), (desk.foreign.key, NotFound)):
        for call in (
            lambda work, where: employees.preview_import(work, where, shown.id, PreviewWish()),
            lambda work, where: employees.apply_import(work, where, shown.id, shown.basis, is_whole=True),
            lambda work, where: employees.drop_import(work, where, shown.id),
        ):
            with pytest.raises(refusal), begin(desk.foreign_actor) as work:
                call(work, institution_id)
    assert desk.look(shown.id).new == 1
    desk.save(shown)
    with begin(SYSTEM) as work:
        assert work.db.get_one(Person, stranger.key).full_name == "Īstais Vārds"
        rows = work.db.exec(select(Employment).where(Employment.person_id == stranger.key)).all()
        assert {row.institution_id for row in rows} == {desk.institution.key, desk.foreign.key}


@rule("11.2")
def test_five_thousand_are_saved_in_one_go_and_shown_by_pages(desk: Desk) -> None:
    shown = desk.look(desk.load(csv_of(*people(5_000))))
    assert (shown.new, len(shown.rows), shown.page_count) == (5_000, 50, 100)
    assert desk.look(shown.id, page=1_000).page_number == 100
    desk.save(shown)
    again: ImportPreview = desk.look(desk.load(xlsx_of(*people(5_000))))
    assert (again.same, again.new, again.changed) == (5_000, 0, 0)


def test_an_unknown_form_of_a_wish_is_refused() -> None:
    for raw in ({"page": 0}, {"page": "x"}, {"kind": "x" * 50}, None):
        with pytest.raises(DomainError):
            PreviewWish.read(raw)
    assert EmployeeForm.read({}).unit == ""
