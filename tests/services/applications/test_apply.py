from datetime import timedelta

import pytest
from sqlmodel import select

from mps_app.core.actor import SYSTEM
from mps_app.core.errors import Invalid
from mps_app.core.work import begin
from mps_app.models import Application, Employment, Institution, Person
from mps_app.services import applications, groups
from mps_app.services.applications.refusals import (
    AddressNeeded,
    AlreadyApplied,
    DetailsNeeded,
    EmailNeeded,
    NotEmployed,
    RegistrationClosed,
)
from tasks.applications import forget_adjustments
from tests import factories
from tests.conftest import Clock
from tests.marks import rule
from tests.services.applications.conftest import School


@rule("4.1")
def test_an_employee_is_registered_on_the_account_of_the_institution(school: School) -> None:
    group, anna = school.group(minimum=5), school.employee()
    receipt = school.apply(anna, group)
    application = school.application(anna)
    assert receipt.outcome == application.status == "registered"
    assert application.payer == {
        "name": "Paraugu iestāde",
        "number": school.institution.registration_number,
        "address": "",
        "email": "",
    }
    assert [step.state for step in receipt.steps] == ["done", "now", "later"]
    assert "anna@iestade.example" in receipt.sent_text


@rule("4.1")
def test_nobody_applies_without_agreeing_to_the_terms(school: School) -> None:
    group, anna = school.group(), school.employee()
    for where in (group, None):
        with pytest.raises(Invalid) as refused:
            school.apply(anna, where, agreed=False)
        assert set(refused.value.fields) == {"agreed"}
    assert school.application(anna) is None


@rule("4.1")
def test_an_institution_that_does_not_list_the_person_cannot_pay(school: School) -> None:
    group, rihards = school.group(), school.payer()
    with pytest.raises(NotEmployed):
        school.apply(rihards, group)


@rule("4.1")
def test_a_former_employer_cannot_pay(school: School) -> None:
    group, rihards = school.group(), school.payer()
    with begin(school.staff) as work:
        factories.make_employment(work, rihards, school.institution, until_on=(work.now - timedelta(days=1)).date())
    with pytest.raises(NotEmployed):
        school.apply(rihards, group)


@rule("2.2")
def test_a_private_person_needs_a_declared_address(school: School) -> None:
    group, anna = school.group(), school.employee()
    with pytest.raises(AddressNeeded):
        school.apply(anna, group, "person")
    assert school.apply(school.payer(), group, "person").outcome == "registered"


@rule("2.3")
def test_own_details_pay_once_they_are_filled_in(school: School) -> None:
    group, rihards = school.group(), school.payer()
    with pytest.raises(DetailsNeeded):
        school.apply(rihards, group, "own_details")
    with begin(school.staff) as work:
        factories.make_payer_details(work, rihards)
    school.apply(rihards, group, "own_details")
    assert school.application(rihards).payer["number"] == "99990000018"


@rule("1.5")
@rule("1.6")
@pytest.mark.parametrize("more", [{"verified": False}])
def test_without_a_verified_address_nothing_can_be_applied_for(school: School, more: dict[str, bool]) -> None:
    with pytest.raises(EmailNeeded):
        school.apply(school.employee(**more), school.group())


@rule("4.2")
@rule("4.3")
def test_a_repeated_request_changes_nothing_and_answers_the_same(school: School) -> None:
    group, anna = school.group(minimum=5), school.employee()
    first = school.apply(anna, group)
    again = school.apply(anna, group, "institution", adjustments="indukcijas cilpa")
    assert again == first
    assert school.taken(group) == 1
    assert len(school.mails("application_received", anna)) == 1


@rule("4.2")
def test_the_database_refuses_a_second_alive_application(school: School) -> None:
    group, anna = school.group(), school.employee()
    school.apply(anna, group)
    with pytest.raises(Exception, match="uq_application_alive"), begin(school.staff) as work:
        factories.make_application(work, anna, school.course, group=group)


@rule("4.2")
def test_who_has_a_place_in_the_course_cannot_take_another(school: School) -> None:
    anna = school.employee()
    school.apply(anna, school.group())
    with pytest.raises(AlreadyApplied):
        school.apply(anna, school.group())


@rule("4.2")
def test_a_course_can_be_taken_again_after_its_group_is_over(school: School) -> None:
    over, anna = school.group(status="completed", starts_in=-10), school.employee()
    with begin(school.staff) as work:
        factories.make_application(work, anna, school.course, group=over, status="completed")
    assert school.apply(anna, school.group()).outcome == "registered"


@rule("4.3")
def test_a_full_group_is_joined_at_the_end_of_its_line(school: School) -> None:
    group = school.group(maximum=1)
    school.fill(group, 1)
    first, second = school.employee("Anna Pirmā"), school.employee("Berta Otrā")
    assert [school.apply(one, group).position for one in (first, second)] == [1, 2]
    assert school.status(second) == "waitlisted"
    assert school.apply(first, group).position == 1
    assert "rindā 1. vietā" in school.apply(first, group).note


@rule("4.4")
def test_the_confirmation_leaves_with_the_same_commit_and_the_coordinator_is_told(
    school: School, woken: object
) -> None:
    group, anna = school.group(minimum=5), school.employee()
    school.apply(anna, group)
    assert [mail.recipient for mail in school.mails("application_received")] == ["anna@iestade.example"]
    told = school.mails("application_received_coordinator")
    assert [mail.recipient for mail in told] == ["ilze@iestade.example"]
    assert told[0].facts["person_name"] == "Anna Paraudziņa"
    assert "messages.sweep_outbox" in woken.jobs


@rule("11.5")
def test_the_coordinator_is_told_the_name_that_the_institution_gave(school: School) -> None:
    anna = school.employee()
    with begin(school.staff) as work:
        employment = work.db.exec(select(Employment).where(Employment.person_id == anna.key)).one()
        employment.given_name, employment.family_name = "Anna", "Iestādes"
    school.apply(anna, school.group())
    assert [mail.facts["person_name"] for mail in school.mails("application_received_coordinator")] == ["Anna Iestādes"]


@rule("4.4")
def test_a_private_person_is_nobody_elses_business(school: School) -> None:
    school.apply(school.payer(), school.group(), "person")
    assert not school.mails("application_received_coordinator")


@rule("4.8")
def test_an_institution_that_approves_holds_the_place_meanwhile(school: School) -> None:
    with begin(school.staff) as work:
        work.db.get_one(Institution, school.institution.key).needs_approval = True
    group, anna = school.group(), school.employee()
    assert school.apply(anna, group).outcome == "pending_approval"
    assert school.taken(group) == 1
    assert not school.mails("group_confirmed")  # counts towards the minimum only once approved


@rule("4.12")
def test_employer_payer_and_price_are_frozen(school: School) -> None:
    group, rihards = school.group(price_cents=9_900), school.payer()
    with begin(school.staff) as work:
        factories.make_employment(work, rihards, school.institution, unit="Juridiskā nodaļa", position="Jurists")
    school.apply(rihards, group, "person")
    with begin(school.staff) as work:
        work.db.get_one(Person, rihards.key).declared_city = "Citur"
        work.db.get_one(Institution, school.institution.key).name = "Pārdēvēta"
        work.db.get_one(type(group), group.key).price_cents = 1
    application = school.application(rihards)
    assert (application.employer, application.unit, application.position) == (
        "Paraugu iestāde",
        "Juridiskā nodaļa",
        "Jurists",
    )
    assert application.price_cents == 9_900
    assert application.payer["address"] == "Paraugu iela 1-2, Ogre, LV-5001"


@rule("4.13")
def test_adjustments_are_kept_without_what_misleads_until_nobody_needs_them(school: School, clock: Clock) -> None:
    group, names = school.group(), ("Anna Paliek", "Berta Atsakās", "Centis Gaida")
    anna, berta, centis = (school.employee(name) for name in names)
    for person in (anna, berta):
        school.apply(person, group, adjustments="  ratiņkrēsls \u202e\x00 ")
    school.apply(centis, None, adjustments="surdotulks")
    waiting = school.application(centis)
    with begin(factories.actor(berta)) as work:
        applications.cancel(work, school.application(berta).key)
    forget_adjustments()
    assert [school.application(one).adjustments for one in (anna, berta, centis)] == ["ratiņkrēsls", "", "surdotulks"]
    school.apply(centis, group)  # who has a place waits no more
    clock.advance(days=31)
    with begin(SYSTEM) as work:
        assert groups.move_clock(work) == 1  # the training is over
    forget_adjustments()
    with begin(SYSTEM) as work:
        assert work.db.get_one(Application, waiting.key).adjustments == ""
    assert [school.application(one).adjustments for one in (anna, centis)] == ["", ""]


@pytest.mark.parametrize(
    "more", [{"status": "draft"}, {"status": "running"}, {"status": "cancelled"}, {"status": "completed"}]
)
@rule("5.1")
def test_only_open_and_confirmed_groups_take_applications(school: School, more: dict[str, str]) -> None:
    with pytest.raises(RegistrationClosed):
        school.apply(school.employee(), school.group(**more))


@rule("5.1")
def test_registration_has_a_window(school: School, clock: Clock) -> None:
    group, anna = school.group(), school.employee()
    clock.advance(days=6)
    with pytest.raises(RegistrationClosed):
        school.apply(anna, group)


@rule("5.2")
def test_reaching_the_minimum_confirms_and_tells_everybody_once(school: School) -> None:
    group = school.group(minimum=2)
    anna, berta, cilda = (school.employee(name) for name in ("Anna Pirmā", "Berta Otrā", "Cilda Trešā"))
    school.apply(anna, group)
    assert not school.mails("group_confirmed")
    school.apply(berta, group)
    told = {mail.recipient for mail in school.mails("group_confirmed")}
    assert told == {"anna@iestade.example", "berta@iestade.example", "ilze@iestade.example"}
    school.apply(cilda, group)  # whoever joins later is told at once
    assert len(school.mails("group_confirmed", cilda)) == 1
    received = [school.mails("application_received", person)[0].facts["is_confirmed"] for person in (anna, cilda)]
    assert received == [False, True]  # 4.4: told what is true of the group
    assert len(school.mails("group_confirmed", anna)) == 1


@rule("4.9")
def test_waiting_for_the_next_group_names_no_group_and_happens_once(school: School) -> None:
    anna = school.employee()
    first = school.apply(anna, None)
    assert (first.outcome, first.position) == ("waiting", 1)
    assert school.apply(anna, None) == first
    assert school.application(anna).group_id is None


@rule("4.9")
def test_taking_a_place_now_ends_the_wait_for_the_next_group(school: School) -> None:
    group, anna = school.group(), school.employee()
    school.apply(anna, None)
    assert school.apply(anna, group).outcome == "registered"
    with begin(school.staff) as work:
        assert sorted(work.db.exec(select(Application.status)).all()) == ["cancelled", "registered"]


@rule("3.4")
def test_who_has_a_place_does_not_wait_for_the_next_group(school: School) -> None:
    group, anna = school.group(), school.employee()
    school.apply(anna, group)
    with pytest.raises(AlreadyApplied):
        school.apply(anna, None)
