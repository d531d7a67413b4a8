"""A coordinator gives a place to a colleague of the one who has it, from the list of applications (4.7, 11.5)."""

import pytest
from sqlalchemy import delete
from sqlmodel import col

from mps_app.core.actor import SYSTEM, Actor
from mps_app.core.work import begin
from mps_app.models import CourseAudience, Person
from mps_app.services import applications
from mps_app.services.applications.refusals import NotEmployed
from mps_app.services.applications.replacing import ColleagueBarred
from mps_app.views.account_list import AccountDetails
from tests import factories
from tests.marks import rule
from tests.services.applications.conftest import School


def speaker(school: School) -> Actor:
    return factories.actor(school.coordinator, institutions=frozenset({school.institution.key}))


def details(school: School, person: Person) -> AccountDetails:
    with begin(speaker(school)) as work:
        return applications.account_details(work, school.institution.key, school.application(person).key)


@rule("4.7", "11.5")
def test_colleagues_are_found_by_name_and_only_among_the_own_employees(school: School) -> None:
    group, anna, berta = school.group(), school.employee(), school.employee("Bērta Otrā")
    school.apply(anna, group)
    school.apply(berta, group)
    school.employee("Bertolds Trešais")
    silent = school.employee("Berta Klusā", verified=False)
    with begin(SYSTEM) as work:
        factories.make_employment(
            work, factories.make_person(work, name="Berta Cita"), factories.make_institution(work, name="Cita iestāde")
        )
    with begin(speaker(school)) as work:
        found = applications.colleagues(work, school.institution.key, school.application(anna).key, "bert")
    assert {one.name: one.barred_text for one in found.rows} == {
        "Bertolds Trešais": "",
        "Berta Klusā": "Vietu saņemt nevar",
        "Bērta Otrā": "Jau pieteikts",
    }
    with pytest.raises(ColleagueBarred), begin(speaker(school)) as work:
        applications.replace(work, school.application(anna).key, silent.key)


@rule("4.7", "17.4")
def test_when_more_colleagues_are_found_than_shown_it_is_said(school: School) -> None:
    group, anna = school.group(), school.employee()
    school.apply(anna, group)
    for number in range(9):
        school.employee(f"Berta {'ABCDEFGHI'[number]}")
    with begin(speaker(school)) as work:
        many = applications.colleagues(work, school.institution.key, school.application(anna).key, "bert")
        one = applications.colleagues(work, school.institution.key, school.application(anna).key, "berta i")
    assert (len(many.rows), many.note) == (8, "Atrasti vēl citi. Ierakstiet vārdu precīzāk.")
    assert ([found.name for found in one.rows], one.note) == (["Berta I"], "")


@rule("4.7")
def test_the_history_names_the_colleague_who_took_the_place(school: School) -> None:
    group, anna, berta = school.group(), school.employee(), school.employee("Berta Otrā")
    school.apply(anna, group)
    with begin(speaker(school)) as work:
        applications.replace(work, school.application(anna).key, berta.key)
    [taken] = [line for line in details(school, anna).history if line.what_text == "Vietu pārņēma kolēģis"]
    assert taken.who_text.endswith(". Berta Otrā")
    assert not [line for line in details(school, anna).history if line.is_mail and line.who_text == "Berta Otrā"]


@rule("11.5")
def test_replacing_tells_nothing_about_people_elsewhere(school: School) -> None:
    """A stranger who exists and one who does not are refused alike."""
    group, anna, stranger = school.group(), school.employee(), school.payer()
    school.apply(anna, group)
    for person_id in (stranger.key, 9_999_999):
        with pytest.raises(NotEmployed), begin(speaker(school)) as work:
            applications.replace(work, school.application(anna).key, person_id)


@rule("3.5", "11.5")
def test_replacing_looks_at_the_paying_institution_alone(school: School) -> None:
    """A course that another employer may still know tells nothing of who works there, and takes nobody."""
    with begin(school.staff) as work:
        another = factories.make_institution(work, name="Cita iestāde")
        school.course = factories.make_course(work, title="Slēgts", audience=[school.institution, another])
    anna, here, there = (school.employee(name) for name in ("Anna Pirmā", "Berta Otrā", "Berta Trešā"))
    group = school.group()
    with begin(school.staff) as work:
        factories.make_employment(work, there, another)
        account = {"payer_kind": "institution", "payer_institution_id": school.institution.key}
        place = factories.make_application(
            work, anna, school.course, group=group, payer={"name": "Iestāde"}, **account
        ).key
        mine = col(CourseAudience.institution_id) == school.institution.key
        work.db.execute(delete(CourseAudience).where(col(CourseAudience.course_id) == school.course.key, mine))
    with begin(speaker(school)) as work:
        found = applications.colleagues(work, school.institution.key, place, "bert")
    assert {one.barred_text for one in found.rows} == {"Vietu saņemt nevar"}
    assert len(found.rows) == 2
    for person in (here, there):
        with pytest.raises(ColleagueBarred), begin(speaker(school)) as work:
            applications.replace(work, place, person.key)
