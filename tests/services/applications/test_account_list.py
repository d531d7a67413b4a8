"""What a coordinator sees of applications on the institution's account, and does about them (4.7, 4.8, 11.5)."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from mps_app.core.actor import SYSTEM, Actor
from mps_app.core.errors import Invalid, NotAllowed, NotFound
from mps_app.core.work import begin
from mps_app.models import AccessRecord, CourseGroup, Employment, Institution, Person
from mps_app.services import applications, groups, messages
from mps_app.views.account_list import AccountDetails, AccountFilter, AccountList
from tests import factories
from tests.conftest import Clock
from tests.marks import rule
from tests.services.applications.conftest import School


def speaker(school: School) -> Actor:
    return factories.actor(school.coordinator, institutions=frozenset({school.institution.key}))


def listed(school: School, **wanted: object) -> AccountList:
    with begin(speaker(school)) as work:
        return applications.account_list(work, school.institution.key, AccountFilter(**wanted))


def details(school: School, person: Person) -> AccountDetails:
    with begin(speaker(school)) as work:
        return applications.account_details(work, school.institution.key, school.application(person).key)


def leave(person: Person, clock: Clock) -> None:
    with begin(SYSTEM) as work:
        asked = select(Employment).where(col(Employment.person_id) == person.key)
        work.db.exec(asked).one().until_on = clock.now.date() + timedelta(days=1)
    clock.advance(days=1)


@rule("11.5", "17.2")
def test_what_was_long_ago_is_said_with_its_year(school: School, clock: Clock) -> None:
    anna = school.employee("Anna Pirmā")
    school.apply(anna, school.group())
    (lately,) = listed(school).rows
    assert "2026" not in lately.applied_text + lately.when_text + details(school, anna).history[0].when_text
    clock.advance(days=400)
    (long_ago,) = listed(school).rows
    shown = details(school, anna)
    said = (long_ago.applied_text, long_ago.when_text, shown.when_text, shown.history[0].when_text)
    assert all("2026" in text for text in said)


@rule("5.3", "11.5")
def test_a_group_that_was_called_off_has_no_dates_and_is_not_learnt_alone(school: School) -> None:
    group, anna = school.group(), school.employee("Anna Pirmā")
    school.apply(anna, group)
    with begin(school.staff) as work:
        groups.cancel_group(work, group.key, "Saslimis pasniedzējs")
    (row,) = listed(school).rows
    assert (row.when_text, details(school, anna).when_text) == ("", "")


@rule("4.8", "11.5")
def test_what_waits_for_the_coordinator_stands_first_and_each_standing_is_counted(school: School) -> None:
    group, other = school.group(), school.group(status="confirmed")
    anna, berta = school.employee("Anna Pirmā"), school.employee("Berta Otrā")
    with begin(SYSTEM) as work:
        work.db.get_one(Institution, school.institution.key).needs_approval = True
    school.apply(anna, group)
    with begin(SYSTEM) as work:
        work.db.get_one(Institution, school.institution.key).needs_approval = False
    school.apply(berta, other)
    school.apply(school.employee("Cilda Trešā"), None)
    page = listed(school)
    assert [row.name for row in page.rows] == ["Anna Pirmā", "Cilda Trešā", "Berta Otrā"]
    assert {chip.standing: chip.count for chip in page.chips} == {"": 3, "to_approve": 1, "confirmed": 1, "next": 1}
    assert page.rows[0].is_to_decide
    assert page.rows[0].status_note == "līdz 10.\u00a0septembrim"
    assert [row.name for row in listed(school, standing="confirmed").rows] == ["Berta Otrā"]
    assert [row.name for row in listed(school, query="otra iepirkumu").rows] == ["Berta Otrā"]
    assert listed(school, query="100%").rows == []


@rule("4.8")
def test_the_list_is_paged_and_pages_beyond_the_end_show_the_last(school: School) -> None:
    group = school.group(maximum=60)
    with begin(SYSTEM) as work:
        for person in factories.make_crowd(work, 53, school.institution):
            factories.make_application(
                work, person, school.course, group=group, payer_kind="institution",
                payer_institution_id=school.institution.key, created_at=work.now,
            )  # fmt: skip
    first, last = listed(school), listed(school, page=99)
    assert (len(first.rows), first.page_count, len(last.rows), last.page) == (50, 2, 3, 2)
    assert last.range_text.startswith("51\N{EN DASH}53")


@rule("11.5")
def test_private_applications_and_those_of_another_institution_are_not_there(school: School) -> None:
    group, anna = (
        school.group(),
        school.employee(declared_street="Iela 1", declared_city="Ogre", declared_postal_code="LV-5001"),
    )
    school.apply(anna, group, "person")
    with begin(SYSTEM) as work:
        other = factories.make_institution(work, name="Cita iestāde")
        factories.make_employment(work, anna, other)
    second = school.group()
    with begin(SYSTEM) as work:
        course = factories.make_course(work, title="Cits kurss")
        work.db.get_one(CourseGroup, second.key).course_id = course.key
        factories.make_application(
            work, anna, course, group=work.db.get_one(CourseGroup, second.key), payer_kind="institution",
            payer_institution_id=other.key, created_at=work.now,
        )  # fmt: skip
    assert listed(school).total == 0
    for refusal in (NotFound,):
        with pytest.raises(refusal):
            details(school, anna)
        with pytest.raises(refusal), begin(speaker(school)) as work:
            applications.withdraw(work, school.institution.key, school.application(anna).key, "Nē")
        with pytest.raises(refusal), begin(speaker(school)) as work:
            applications.colleagues(work, school.institution.key, school.application(anna).key, "an")
    asked = {applications.account_details: (), applications.account_details_again: (),
             applications.withdraw: ("an",), applications.colleagues: ("an",)}  # fmt: skip
    for ask, more in asked.items():
        with pytest.raises(NotAllowed), begin(speaker(school)) as work:
            ask(work, other.key, school.application(anna).key, *more)
    with pytest.raises(NotAllowed), begin(speaker(school)) as work:
        applications.account_list(work, other.key, AccountFilter())


@rule("11.5", "2.5")
def test_what_happens_after_somebody_left_is_not_seen(school: School, clock: Clock) -> None:
    group, anna = school.group(), school.employee()
    school.apply(anna, group)
    leave(anna, clock)
    with begin(factories.actor(anna)) as work:
        applications.cancel(work, school.application(anna).key, "Jauns darbs")
    [row] = listed(school).rows
    assert (row.status_text, row.status_note, row.is_to_decide) == ("Vairs nestrādā iestādē", "", False)
    shown = details(school, anna)
    assert [line.what_text for line in shown.history if not line.is_mail] == ["Pieteikts"]
    assert all("atcelts" not in line.what_text.lower() for line in shown.history)
    assert not shown.may_cancel
    assert not shown.may_replace


@rule("4.7")
def test_it_is_visible_who_applied_who_decided_and_who_was_told_but_not_where(school: School) -> None:
    with begin(SYSTEM) as work:
        work.db.get_one(Institution, school.institution.key).needs_approval = True
    group, anna, berta = school.group(), school.employee(), school.employee("Berta Otrā")
    school.apply(anna, group)
    school.apply(berta, group)
    with begin(speaker(school)) as work:
        applications.approve(work, school.institution.key, school.application(anna).key)
    shown = details(school, anna)
    assert [(line.what_text, line.who_text) for line in shown.history if not line.is_mail] == [
        ("Pieteikts", "Anna Paraudziņa"),
        ("Saskaņots", "Ilze Demoņa"),
    ]
    mails = [(line.what_text, line.who_text) for line in shown.history if line.is_mail]
    assert len(mails) == 4  # received, to both; decided; the group confirmed at its minimum
    assert any(who.startswith("Ilze Demoņa") for _, who in mails)
    assert not any("Berta" in what or "Berta" in who for what, who in mails)
    assert "@" not in shown.model_dump_json()
    with begin(SYSTEM) as work:
        assert len(work.db.exec(select(AccessRecord).where(col(AccessRecord.person_id) == anna.key)).all()) == 1


@rule("11.5")
def test_what_a_coordinator_was_told_of_a_group_of_the_same_number_is_not_in_the_history(school: School) -> None:
    """A coordinator of two institutions is told of the other's groups too; their colleagues here are not."""
    group, anna = school.group(minimum=5), school.employee()
    school.apply(anna, group)
    before, application = details(school, anna).history, school.application(anna)
    with begin(SYSTEM) as work:
        other = factories.make_course(work, title="Kurss citai iestādei")
        foreign = factories.make_group(work, other, status="confirmed")
        messages.queue(
            work,
            "group_confirmed",
            recipient=school.coordinator,
            key=f"group_confirmed:{application.key}:coordinator:{school.coordinator.key}",
            facts=groups.group_facts(work, foreign) | {"audience": "coordinator", "path": "/"},
        )
    assert details(school, anna).history == before


@rule("2.6")
def test_one_look_is_noted_once_however_often_what_lies_open_is_shown_anew(school: School) -> None:
    group, anna = school.group(), school.employee()
    school.apply(anna, group)
    opened = details(school, anna)
    for _ in range(3):
        with begin(speaker(school), reads=True) as work:
            again = applications.account_details_again(work, school.institution.key, opened.id)
    assert again == opened
    with begin(SYSTEM) as work:
        assert len(work.db.exec(select(AccessRecord).where(col(AccessRecord.person_id) == anna.key)).all()) == 1


@rule("4.6", "11.5")
def test_why_the_school_moved_somebody_in_the_line_is_its_own(school: School) -> None:
    group, people = school.group(maximum=1), [school.employee(name) for name in ("Anna", "Berta", "Cilda")]
    for person in people:
        school.apply(person, group)
    with begin(school.staff) as work:
        applications.prioritise(work, school.application(people[2]).key, 1, "Bertas dēļ")
    shown = details(school, people[2])
    assert "Pārvietots gaidīšanas sarakstā" in [line.what_text for line in shown.history]
    assert "Bertas" not in shown.model_dump_json()


@rule("4.7")
def test_a_coordinator_cancels_with_a_reason(school: School) -> None:
    group, anna = school.group(), school.employee()
    school.apply(anna, group)
    key = school.institution.key, school.application(anna).key
    with pytest.raises(Invalid), begin(speaker(school)) as work:
        applications.withdraw(work, *key, " ")
    for _ in range(2):
        with begin(speaker(school)) as work:
            applications.withdraw(work, *key, "Komandējums")
    assert school.status(anna) == "cancelled"
    [mail] = school.mails("application_cancelled", anna)
    assert (mail.facts["by"], mail.facts["reason"]) == ("coordinator", "Komandējums")
    [row] = listed(school, standing="ended").rows
    assert row.status_note == "Komandējums"


@rule("11.4")
def test_the_filter_and_the_address_bar_say_the_same() -> None:
    wanted = AccountFilter(standing="to_approve", query="anna b", page=3)
    assert AccountFilter.read_address(wanted.address()) == wanted
    nonsense = AccountFilter.read_address("/iestade/pieteikumi?statuss=x'&lapa=-4&meklet=%00")
    assert (nonsense.standing, nonsense.page) == ("", 1)
