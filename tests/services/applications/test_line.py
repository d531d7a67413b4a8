"""The waiting list (4.6): whatever frees a place, it goes to the head of the line in the same transaction."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from mps_app.core.actor import SYSTEM
from mps_app.core.errors import Invalid, NotAllowed
from mps_app.core.work import begin
from mps_app.models import Application, Employment, Institution, Person, PlaceOffer
from mps_app.services import applications, groups
from mps_app.services.applications.refusals import AddressNeeded, OfferOver, RegistrationClosed
from tests import factories
from tests.conftest import Clock
from tests.marks import rule
from tests.services.applications.conftest import School


def _cancel(school: School, application: Application) -> None:
    with begin(school.staff) as work:
        applications.cancel(work, application.key)


def _offer(school: School, person: Person) -> PlaceOffer:
    with begin(school.staff) as work:
        asked = select(PlaceOffer).where(col(PlaceOffer.application_id) == school.application(person).key)
        return work.db.exec(asked.order_by(col(PlaceOffer.id).desc())).first()


def _expire(school: School) -> int:
    with begin(SYSTEM) as work:
        return applications.expire_offers(work)


@rule("4.6")
def test_an_institution_paid_place_is_given_to_the_head_at_once(school: School) -> None:
    group = school.group(maximum=1)
    holder = school.fill(group, 1)[0]
    first, second = school.employee("Anna Pirmā"), school.employee("Berta Otrā")
    school.apply(first, group), school.apply(second, group)
    _cancel(school, holder)
    assert (school.status(first), school.status(second)) == ("registered", "waitlisted")
    assert len(school.mails("place_given", first)) == 1
    assert school.taken(group) == 1


@rule("4.6")
def test_a_place_whom_all_before_may_not_have_is_the_newcomers_and_the_receipt_says_so(school: School) -> None:
    group = school.group(maximum=1)
    holder = school.fill(group, 1)[0]
    first, second = school.employee("Anna Pirmā"), school.employee("Berta Otrā")
    school.apply(first, group)
    with begin(SYSTEM) as work:
        work.db.get_one(Person, first.key).email_verified_at = None
    _cancel(school, holder)
    receipt = school.apply(second, group)
    assert (school.status(first), school.status(second)) == ("waitlisted", "registered")
    assert (receipt.outcome, receipt.position) == ("registered", 0)


@rule("4.6")
@pytest.mark.parametrize(("starts_in", "hours"), [(30, 48), (6, 24)])
def test_a_self_paid_place_is_held_as_an_offer_shorter_in_the_last_week(
    school: School, starts_in: float, hours: float
) -> None:
    group = school.group(maximum=1, starts_in=starts_in)
    holder, rihards = school.fill(group, 1)[0], school.payer()
    school.apply(rihards, group, "person")
    _cancel(school, holder)
    assert school.status(rihards) == "offered"
    with begin(school.staff) as work:
        assert _offer(school, rihards).expires_at == work.now + timedelta(hours=hours)
    assert school.taken(group) == 1  # an offer holds the place (4.10)


@rule("4.6")
def test_a_taken_offer_is_a_place_and_a_second_click_changes_nothing(school: School) -> None:
    group = school.group(maximum=1)
    holder, rihards = school.fill(group, 1)[0], school.payer()
    school.apply(rihards, group, "person")
    _cancel(school, holder)
    receipts = []
    for _ in range(2):
        with begin(factories.actor(rihards)) as work:
            receipts.append(applications.accept_offer(work, school.application(rihards).key))
    assert receipts[0] == receipts[1]
    assert school.status(rihards) == "registered"


@rule("4.6")
def test_an_offer_is_taken_only_by_who_could_apply_now(school: School) -> None:
    group = school.group(maximum=1)
    holder, rihards = school.fill(group, 1)[0], school.payer()
    school.apply(rihards, group, "person")
    _cancel(school, holder)
    with begin(SYSTEM) as work:
        work.db.get_one(Person, rihards.key).declared_street = ""
    with pytest.raises(AddressNeeded), begin(factories.actor(rihards)) as work:
        applications.accept_offer(work, school.application(rihards).key)
    assert school.status(rihards) == "offered"


@rule("4.6")
def test_an_overdue_offer_passes_to_the_next_and_can_no_longer_be_taken(school: School, clock: Clock) -> None:
    group = school.group(maximum=1)
    holder, rihards, anna = school.fill(group, 1)[0], school.payer(), school.employee()
    school.apply(rihards, group, "person"), school.apply(anna, group)
    _cancel(school, holder)
    clock.advance(hours=48)
    with pytest.raises(OfferOver), begin(factories.actor(rihards)) as work:
        applications.accept_offer(work, school.application(rihards).key)
    assert _expire(school) == 1
    assert _expire(school) == 0  # twice is once
    assert (school.status(rihards), school.status(anna)) == ("cancelled", "registered")
    assert len(school.mails("offer_expired", rihards)) == 1


@rule("4.6")
def test_an_overdue_offer_passes_on_when_anybody_applies_even_before_the_job(school: School, clock: Clock) -> None:
    group = school.group(maximum=1)
    holder, rihards, anna = school.fill(group, 1)[0], school.payer(), school.employee()
    school.apply(rihards, group, "person")
    _cancel(school, holder)
    clock.advance(hours=49)
    assert school.apply(anna, group).outcome == "registered"
    assert school.status(rihards) == "cancelled"


@rule("4.6")
def test_a_declined_offer_passes_to_the_next(school: School) -> None:
    group = school.group(maximum=1)
    holder, rihards, anna = school.fill(group, 1)[0], school.payer(), school.employee()
    school.apply(rihards, group, "person"), school.apply(anna, group)
    _cancel(school, holder)
    for _ in range(2):
        with begin(factories.actor(rihards)) as work:
            applications.decline_offer(work, school.application(rihards).key)
    assert (school.status(rihards), school.status(anna)) == ("cancelled", "registered")


@rule("4.6")
def test_a_raised_maximum_moves_the_line_in_the_same_transaction(school: School) -> None:
    group = school.group(maximum=1)
    school.fill(group, 1)
    waiting = [school.employee(f"Persona {name}") for name in "ABC"]
    for one in waiting:
        school.apply(one, group)
    with begin(school.staff) as work:
        groups.change_maximum(work, group.key, 3)
    assert [school.status(one) for one in waiting] == ["registered", "registered", "waitlisted"]


@rule("4.6")
def test_while_anybody_waits_a_newcomer_joins_the_line_even_if_a_place_is_free(school: School, clock: Clock) -> None:
    group = school.group(maximum=1, starts_in=5, registration_closes_at=clock.now + timedelta(days=5))
    holder, first, newcomer = school.fill(group, 1)[0], school.employee("Anna Pirmā"), school.employee("Berta Otrā")
    school.apply(first, group)
    clock.advance(days=4)  # too late for the line to move by itself
    _cancel(school, holder)
    assert school.taken(group) == 0
    assert school.apply(newcomer, group).position == 2


@rule("4.6")
def test_two_working_days_before_the_start_staff_get_a_call_list_instead(school: School, clock: Clock) -> None:
    group = school.group(maximum=1, starts_in=7)  # a Monday: two working days before is Thursday
    holder, anna = school.fill(group, 1)[0], school.employee(phone="+37120000001")
    school.apply(anna, group)
    clock.advance(days=3)
    _cancel(school, holder)
    assert school.status(anna) == "waitlisted"
    [mail] = school.mails("staff_call_list")
    assert mail.facts["people"] == [
        {"name": "Anna Paraudziņa", "phone": "+37120000001", "email": "anna@iestade.example", "position": 1}
    ]


@rule("4.6")
def test_staff_give_the_place_to_who_said_yes_on_the_telephone(school: School, clock: Clock) -> None:
    group = school.group(maximum=1, starts_in=7)
    holder, anna, berta = school.fill(group, 1)[0], school.employee("Anna Pirmā"), school.employee("Berta Otrā")
    school.apply(anna, group), school.apply(berta, group)
    key = school.application(berta).key
    with pytest.raises(RegistrationClosed), begin(school.staff) as work:
        applications.give_place(work, key)  # none is free yet
    clock.advance(days=4)
    _cancel(school, holder)
    with pytest.raises(NotAllowed), begin(factories.actor(berta)) as work:
        applications.give_place(work, key)
    for _ in range(2):
        with begin(school.staff) as work:
            applications.give_place(work, key)
    assert (school.status(anna), school.status(berta)) == ("waitlisted", "registered")
    assert len(school.audited("gave_place")) == 1


@rule("4.6")
@pytest.mark.parametrize("barrier", ["employment", "email", "elsewhere"])
def test_promotion_passes_every_check_of_a_new_application(school: School, barrier: str) -> None:
    group = school.group(maximum=1)
    holder, anna, berta = school.fill(group, 1)[0], school.employee("Anna Pirmā"), school.employee("Berta Otrā")
    school.apply(anna, group), school.apply(berta, group)
    other = school.group()
    with begin(school.staff) as work:
        if barrier == "employment":
            employment = work.db.exec(select(Employment).where(col(Employment.person_id) == anna.key)).one()
            employment.until_on = (work.now - timedelta(days=1)).date()
        elif barrier == "email":
            work.db.get_one(Person, anna.key).email_verified_at = None
        else:
            factories.make_application(work, anna, school.course, group=other)
    _cancel(school, holder)
    assert (school.status(anna, group), school.status(berta)) == ("waitlisted", "registered")


@rule("4.6")
def test_a_restricted_course_promotes_only_its_audience(school: School) -> None:
    with begin(school.staff) as work:
        school.course = factories.make_course(work, title="Slēgts", audience=[school.institution])
    group = school.group(maximum=1)
    holder, rihards, anna = school.fill(group, 1)[0], school.payer(), school.employee()
    with begin(school.staff) as work:
        for person in (rihards, anna):
            factories.make_application(
                work,
                person,
                school.course,
                group=group,
                status="waitlisted",
                payer_kind="institution",
                payer_institution_id=school.institution.key,
                payer={"name": "Iestāde"},
            )
    _cancel(school, holder)
    assert (school.status(rihards), school.status(anna)) == ("waitlisted", "registered")


@rule("4.8")
def test_a_promoted_place_still_needs_the_approval_its_institution_demands(school: School) -> None:
    with begin(school.staff) as work:
        work.db.get_one(Institution, school.institution.key).needs_approval = True
    group = school.group(maximum=1)
    holder, anna = school.fill(group, 1)[0], school.employee()
    school.apply(anna, group)
    _cancel(school, holder)
    assert school.status(anna) == "pending_approval"


@rule("4.8")
def test_whom_the_coordinator_put_in_line_the_institution_is_not_asked_about_again(school: School) -> None:
    with begin(school.staff) as work:
        work.db.get_one(Institution, school.institution.key).needs_approval = True
    group = school.group(maximum=1)
    holder, anna = school.fill(group, 1)[0], school.employee()
    speaks = factories.actor(school.coordinator, institutions=frozenset({school.institution.key}))
    with begin(speaks) as work:
        applications.enrol(work, school.institution.key, group.key, [anna.key], applications.Rest.LINE)
    assert school.status(anna) == "waitlisted"
    _cancel(school, holder)
    assert school.status(anna) == "registered"


@rule("4.8")
def test_a_place_given_on_the_telephone_still_needs_the_approval_its_institution_demands(
    school: School, clock: Clock
) -> None:
    with begin(school.staff) as work:
        work.db.get_one(Institution, school.institution.key).needs_approval = True
    group = school.group(maximum=1, starts_in=7)
    holder, anna = school.fill(group, 1)[0], school.employee()
    school.apply(anna, group)
    clock.advance(days=4)
    _cancel(school, holder)
    for _ in range(2):
        with begin(school.staff) as work:
            applications.give_place(work, school.application(anna).key)
    given = school.application(anna)
    assert given.status == "pending_approval"
    assert given.decide_by is not None
    assert len(school.audited("gave_place")) == 1


@rule("4.6")
def test_staff_change_priority_with_a_reason_and_the_others_keep_their_order(school: School) -> None:
    group = school.group(maximum=1)
    school.fill(group, 1)
    persons = [school.employee(f"Persona {name}") for name in "ABC"]
    for one in persons:
        school.apply(one, group)
    last = school.application(persons[2]).key
    with pytest.raises(NotAllowed), begin(factories.actor(persons[2])) as work:
        applications.prioritise(work, last, 1, "gribu")
    with pytest.raises(Invalid), begin(school.staff) as work:
        applications.prioritise(work, last, 1, "  ")
    with begin(school.staff) as work:
        applications.prioritise(work, last, 1, "Amata pienākumi sākas rīt")
    assert [school.apply(one, group).position for one in persons] == [2, 3, 1]
    assert school.audited("prioritised")[0].changes["reason"] == "Amata pienākumi sākas rīt"
