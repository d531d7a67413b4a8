"""Employees one by one: added, changed, ended; what a stranger's code tells, and what it does not (11.2, 2.5)."""

from datetime import date

import pytest
from sqlalchemy import func
from sqlmodel import select

from mps_app.core.actor import NOBODY, SYSTEM
from mps_app.core.errors import DomainError, Invalid, NotAllowed, NotFound
from mps_app.core.sign_in import AssertedPerson
from mps_app.core.work import begin
from mps_app.models import AuditEvent, Employment, Person
from mps_app.services import employees, identity
from mps_app.views.employees import EmployeeForm
from tests import factories
from tests.conftest import Clock
from tests.marks import rule
from tests.services.employees.conftest import Desk

CODE = "320101-12345"
DIGITS = "32010112345"
FORM = {
    "personal_code": CODE,
    "given_name": "Anna",
    "family_name": "Paraudziņa",
    "unit": "Grāmatvedība",
    "position": "Grāmatvede",
    "work_email": "anna@iestade.example",
}


def employment(key: int) -> Employment:
    with begin(SYSTEM) as work:
        return work.db.get_one(Employment, key)


def person_of(key: int) -> Person:
    with begin(SYSTEM) as work:
        return work.db.get_one(Person, employment(key).person_id)


def count(table: type) -> int:
    with begin(SYSTEM) as work:
        return work.db.exec(select(func.count()).select_from(table)).one()


def sign_in(name: str, code: str = DIGITS) -> None:
    given, _, family = name.partition(" ")
    with begin(NOBODY) as work:
        asserted = AssertedPerson(
            issuer="https://idp.example", subject=code, given_name=given, family_name=family, personal_code=code
        )
        identity.finish_sign_in(work, asserted, user_agent="")


@rule("11.2")
def test_an_employee_is_added_by_code_name_unit_position_and_email(desk: Desk) -> None:
    key = desk.add(from_on="01.09.2026")
    row, person = employment(key), person_of(key)
    assert (row.given_name, row.family_name, row.unit, row.position) == FORM_NAMES
    assert (row.work_email, row.from_on, row.until_on) == ("anna@iestade.example", date(2026, 9, 1), None)
    assert (person.full_name, person.code_masked, person.email) == ("Anna Paraudziņa", "32****-*****", None)
    with begin(SYSTEM) as work:
        assert work.tools.cipher.unseal(person.code_sealed) == DIGITS
        assert work.db.exec(select(AuditEvent.action).where(AuditEvent.subject_id == key)).all() == ["employee:add"]


FORM_NAMES = ("Anna", "Paraudziņa", "Grāmatvedība", "Grāmatvede")


@rule("1.3")
def test_the_first_sign_in_meets_the_employee_that_a_coordinator_entered(desk: Desk) -> None:
    key = desk.add(given_name="Ana")
    people = count(Person)
    sign_in("Anna Paraudziņa")
    assert count(Person) == people
    assert person_of(key).full_name == "Anna Paraudziņa"
    assert employment(key).given_name == "Ana"  # the institution sees what it wrote


@rule("11.5")
def test_a_strangers_code_tells_nothing_of_the_stranger(desk: Desk) -> None:
    with begin(SYSTEM) as work:
        stranger = factories.make_person(work, name="Rihards Piemērs", code=DIGITS, email="r@epasts.example")
        factories.make_employment(work, stranger, desk.foreign, unit="Slepena", work_email="r@svesa.example")
    with begin(desk.actor) as work:
        known = employees.add(work, desk.institution.key, EmployeeForm.read(FORM))
        unknown = employees.add(work, desk.institution.key, EmployeeForm.read({**FORM, "personal_code": "32020212345"}))
        shown = employees.card(work, desk.institution.key, known.employment_id)
        other = employees.card(work, desk.institution.key, unknown.employment_id)
    assert known.model_copy(update={"employment_id": 0}) == unknown.model_copy(update={"employment_id": 0})
    assert shown.model_copy(update={"employment_id": 0}) == other.model_copy(update={"employment_id": 0})
    assert "Rihards" not in shown.model_dump_json()
    with begin(SYSTEM) as work:
        untouched = work.db.get_one(Person, stranger.key)
        assert (untouched.full_name, untouched.email) == ("Rihards Piemērs", "r@epasts.example")


@rule("11.2")
def test_a_misspelt_name_is_put_right_for_all_only_while_nobody_else_has_a_word(desk: Desk) -> None:
    key = desk.add(given_name="Ana")
    with begin(desk.actor) as work:
        employees.change(work, desk.institution.key, key, EmployeeForm.read(FORM))
    assert (employment(key).given_name, person_of(key).given_name) == ("Anna", "Anna")
    sign_in("Anna Bērziņa")
    with begin(desk.actor) as work:
        employees.change(work, desk.institution.key, key, EmployeeForm.read({**FORM, "family_name": "Cita"}))
    assert (employment(key).family_name, person_of(key).family_name) == ("Cita", "Bērziņa")


@rule("11.2")
def test_somebody_in_the_list_is_not_added_again(desk: Desk) -> None:
    desk.add()
    with pytest.raises(DomainError) as refused:
        desk.add(given_name="Cita")
    assert refused.value.code == "already_employed"
    assert count(Employment) == 1


@rule("2.5")
def test_a_former_employee_comes_back_on_the_day_of_leaving_at_the_earliest(desk: Desk, clock: Clock) -> None:
    key = desk.add(from_on="2026-01-05")
    with begin(desk.actor) as work:
        employees.end(work, desk.institution.key, key, "2026-09-07")
    with pytest.raises(DomainError) as refused:
        desk.add(from_on="2026-09-06")
    assert (refused.value.code, refused.value.facts["day"]) == ("employed_until", "7.\u00a0septembris")
    assert employment(desk.add(from_on="2026-09-07")).until_on is None


WRONG = [
    ("personal_code", "", "Fill in this field."),
    ("personal_code", "010180-12345", "There is no such personal code. Check the digits."),
    ("personal_code", "12345", "A personal code has 11 digits, for example 010180-12345."),
    ("given_name", " ", "Fill in this field."),
    ("given_name", "<script>alert(1)</script>", "A name has only letters, spaces, hyphens and apostrophes."),
    ("family_name", "x" * 300, "This is too long. Shorten it."),
    ("unit", "x" * 201, "This is too long. Shorten it."),
    ("work_email", "anna", "Enter an e-mail address, for example name.surname@institution.lv"),
    ("from_on", "rīt", "Write the day like 15.10.2026."),
    ("from_on", "31.02.2026", "Write the day like 15.10.2026."),
    ("from_on", "2031-01-01", "The day must be after 1990 and at most a year ahead."),
]


@rule("11.2")
@pytest.mark.parametrize(("field", "typed", "words"), WRONG)
def test_what_is_wrong_is_said_beside_the_field(desk: Desk, field: str, typed: str, words: str) -> None:
    with pytest.raises(Invalid) as refused:
        desk.add(**{field: typed})
    assert refused.value.fields == {field: words}
    assert count(Employment) == 0


@rule("11.2")
def test_a_code_with_an_odd_digit_is_no_matter_when_it_has_none_to_check(desk: Desk) -> None:
    assert desk.add(personal_code="37404280367")  # undated codes carry no check digit


@rule("11.2")
def test_changes_are_written_down_with_what_was(desk: Desk) -> None:
    key = desk.add()
    with begin(desk.actor) as work:
        employees.change(work, desk.institution.key, key, EmployeeForm.read({**FORM, "unit": "Cita", "work_email": ""}))
    row = employment(key)
    assert (row.unit, row.work_email) == ("Cita", None)
    with begin(SYSTEM) as work:
        event = work.db.exec(select(AuditEvent).where(AuditEvent.action == "employee:change")).one()
    assert event.changes == {"unit": ["Grāmatvedība", "Cita"], "work_email": ["anna@iestade.example", ""]}


@pytest.mark.parametrize(("day", "problem"), [("2025-12-31", "before"), ("2028-01-01", "1990"), ("kaut kad", "15.10")])
@rule("11.2")
def test_an_employment_ends_on_a_day_that_can_be(desk: Desk, day: str, problem: str) -> None:
    key = desk.add(from_on="2026-01-05")
    with pytest.raises(Invalid) as refused, begin(desk.actor) as work:
        employees.end(work, desk.institution.key, key, day)
    assert problem in refused.value.fields["until_on"]
    assert employment(key).until_on is None


@rule("11.5")
def test_a_foreign_coordinator_reaches_no_employee_by_any_argument(desk: Desk) -> None:
    key = desk.add()
    form = EmployeeForm.read(FORM)
    for institution_id, refusal in ((desk.institution.key, NotAllowed), (desk.foreign.key, NotFound), (0, NotAllowed)):
        for call in (
            lambda work, where: employees.card(work, where, key),
            lambda work, where: employees.change(work, where, key, form),
            lambda work, where: employees.ending(work, where, key),
            lambda work, where: employees.end(work, where, key, "2026-09-07"),
        ):
            with pytest.raises(refusal), begin(desk.foreign_actor) as work:
                call(work, institution_id)
    with pytest.raises(NotAllowed), begin(desk.foreign_actor) as work:
        employees.add(work, desk.institution.key, form)
    assert employment(key).until_on is None
