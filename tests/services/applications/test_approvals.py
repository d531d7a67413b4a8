"""An institution that approves first: until when, by whom, and what becomes of the place (4.8)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from sqlmodel import col, select

from mps_app.core.actor import SYSTEM, Actor
from mps_app.core.errors import DomainError, Invalid, NotAllowed, NotFound
from mps_app.core.lifecycle import StepRefused
from mps_app.core.work import begin
from mps_app.models import CourseGroup, Employment, Institution, Person
from mps_app.services import applications
from mps_app.services.applications.approvals import CantTakePlace, DecisionOver
from mps_app.services.applications.pending import decide_until
from tests import factories
from tests.conftest import Clock
from tests.marks import rule
from tests.services.applications.conftest import School

FULL = {"maximum": 1, "minimum": 1}


@pytest.fixture
def strict(school: School) -> School:
    """The institution demands approval."""
    with begin(SYSTEM) as work:
        work.db.get_one(Institution, school.institution.key).needs_approval = True
    return school


def speaker(school: School, person: Person | None = None) -> Actor:
    """Who speaks for the institution."""
    return factories.actor(person or school.coordinator, institutions=frozenset({school.institution.key}))


def approve(school: School, person: Person, by: Actor | None = None) -> None:
    with begin(by or speaker(school)) as work:
        applications.approve(work, school.institution.key, school.application(person).key)


def reject(school: School, person: Person, reason: str = "Budžets ir iztērēts") -> None:
    with begin(speaker(school)) as work:
        applications.reject(work, school.institution.key, school.application(person).key, reason)


@rule("4.8")
@pytest.mark.parametrize(
    ("working_days", "end_on", "expected"),
    [
        (3, date(2026, 10, 1), date(2026, 9, 10)),  # three working days from Monday
        (5, date(2026, 10, 1), date(2026, 9, 14)),  # over a weekend
        (3, date(2026, 9, 10), date(2026, 9, 9)),  # the day before it is too late
        (3, date(2026, 9, 7), date(2026, 9, 7)),  # today, at the latest moment
    ],
)
def test_the_institution_decides_in_working_days_but_before_it_is_too_late(
    working_days: int, end_on: date, expected: date
) -> None:
    assert decide_until(date(2026, 9, 7), working_days, end_on) == expected


@rule("4.8")
def test_an_application_waits_for_the_coordinator_until_a_day_that_everybody_is_told(strict: School) -> None:
    group, anna = strict.group(), strict.employee()
    strict.apply(anna, group)
    assert strict.application(anna).decide_by == date(2026, 9, 10)
    [mail] = strict.mails("application_received", anna)
    [told] = strict.mails("application_received_coordinator", strict.coordinator)
    assert mail.facts["decide_by"] == told.facts["decide_by"] == "2026-09-10"
    with begin(factories.actor(anna)) as work:
        [card] = applications.my_applications(work).current
    assert "līdz 10.\u00a0septembrim" in card.explanation
    assert next(step.text for step in card.steps if step.state == "now") == card.explanation


@rule("4.8")
def test_who_is_given_a_place_from_the_line_waits_for_approval_too(strict: School) -> None:
    group, anna = strict.group(**FULL), strict.employee()
    [first] = strict.fill(group, 1)
    strict.apply(anna, group)
    assert strict.application(anna).decide_by is None
    with begin(strict.staff) as work:
        applications.cancel(work, first.key)
    assert strict.status(anna) == "pending_approval"
    assert strict.application(anna).decide_by == date(2026, 9, 10)


@rule("4.8")
def test_approval_takes_effect_is_told_and_confirms_the_group_at_its_minimum(strict: School) -> None:
    group, anna = strict.group(minimum=1), strict.employee()
    strict.apply(anna, group)
    for _ in range(2):  # a repeated request changes nothing
        approve(strict, anna)
    assert strict.status(anna) == "registered"
    assert strict.application(anna).decided_by_id == strict.coordinator.key
    [mail] = strict.mails("application_decided", anna)
    assert mail.facts["decision"] == "approved"
    with begin(SYSTEM) as work:
        assert work.db.get_one(CourseGroup, group.key).status == "confirmed"
    assert len(strict.mails("group_confirmed", anna)) == 1
    assert len(strict.audited("approved")) == 1


@rule("4.8", "5.2")
def test_who_is_approved_into_a_confirmed_group_learns_date_and_place_at_once(strict: School) -> None:
    group, anna = strict.group(status="confirmed"), strict.employee()
    strict.apply(anna, group)
    assert strict.mails("group_confirmed", anna) == []
    approve(strict, anna)
    assert len(strict.mails("group_confirmed", anna)) == 1
    assert strict.mails("application_decided", anna)[0].facts["is_confirmed"]


@rule("4.8", "4.6")
def test_a_rejected_place_goes_to_the_line_in_the_same_transaction(strict: School) -> None:
    group, anna, private = strict.group(**FULL), strict.employee(), strict.payer()
    strict.apply(anna, group)
    strict.apply(private, group, "person")
    for _ in range(2):
        reject(strict, anna)
    assert (strict.status(anna), strict.status(private)) == ("rejected", "offered")
    [mail] = strict.mails("application_decided", anna)
    assert (mail.facts["decision"], mail.facts["reason"]) == ("rejected", "Budžets ir iztērēts")
    assert [event.changes["reason"] for event in strict.audited("rejected")] == ["Budžets ir iztērēts"]
    with begin(factories.actor(anna)) as work:
        [card] = applications.my_applications(work).past
    assert "Budžets ir iztērēts" in card.explanation


@rule("4.8")
def test_rejection_needs_a_reason(strict: School) -> None:
    group, anna = strict.group(), strict.employee()
    strict.apply(anna, group)
    with pytest.raises(Invalid):
        reject(strict, anna, "  ")
    assert strict.status(anna) == "pending_approval"


@rule("4.8")
def test_what_is_decided_is_not_decided_otherwise(strict: School) -> None:
    group, anna, berta = strict.group(), strict.employee(), strict.employee("Berta Paraudziņa")
    strict.apply(anna, group)
    strict.apply(berta, group)
    approve(strict, anna)
    reject(strict, berta)
    with pytest.raises(StepRefused):
        reject(strict, anna)
    with pytest.raises(StepRefused):
        approve(strict, berta)


@rule("4.8")
def test_two_coordinators_at_once_decide_once(strict: School) -> None:
    group = strict.group()
    people = [strict.employee(f"Darbinieks {number}") for number in range(4)]
    with begin(SYSTEM) as work:
        other = factories.make_person(work, name="Otrs Koordinators")
        factories.make_coordinator(work, other, strict.institution)
    for person in people:
        strict.apply(person, group)

    def decide(person: Person, *, by_other: bool) -> str:
        try:
            with begin(speaker(strict, other if by_other else None)) as work:
                key = strict.institution.key, strict.application(person).key
                applications.approve(work, *key) if by_other else applications.reject(work, *key, "Nē")
        except StepRefused:
            return "refused"
        return "done"

    with ThreadPoolExecutor(8) as pool:
        told = [(pool.submit(decide, one, by_other=True), pool.submit(decide, one, by_other=False)) for one in people]
        answers = [sorted((first.result(), second.result())) for first, second in told]
    assert answers == [["done", "refused"]] * 4
    assert all(strict.status(person) in {"registered", "rejected"} for person in people)
    assert len(strict.mails("application_decided")) == 4


@rule("4.8", "4.6")
def test_approving_checks_all_that_a_promotion_checks(strict: School, clock: Clock) -> None:
    group, anna = strict.group(), strict.employee()
    strict.apply(anna, group)
    with begin(SYSTEM) as work:
        work.db.get_one(Person, anna.key).email_verified_at = None
    with pytest.raises(CantTakePlace) as refusal:
        approve(strict, anna)
    assert "e-past" in str(refusal.value.facts["why"])
    assert strict.status(anna) == "pending_approval"


@rule("4.8")
def test_what_nobody_decides_in_time_goes_to_the_line(strict: School, clock: Clock) -> None:
    group, anna, private = strict.group(**FULL), strict.employee(), strict.payer()
    strict.apply(anna, group)
    strict.apply(private, group, "person")
    clock.advance(days=3)  # the last day still counts
    with begin(SYSTEM) as work:
        assert applications.end_undecided(work) == 0
    clock.advance(days=1)
    with pytest.raises(DecisionOver):
        approve(strict, anna)
    with begin(SYSTEM) as work:
        assert [applications.end_undecided(work) for _ in range(2)] == [1, 0]
    assert (strict.status(anna), strict.status(private)) == ("rejected", "offered")
    [mail] = strict.mails("application_decided", anna)
    [told] = strict.mails("approval_missed", strict.coordinator)
    assert (mail.facts["decision"], told.facts["person_name"]) == ("not_in_time", anna.full_name)
    with begin(factories.actor(anna)) as work:
        [card] = applications.my_applications(work).past
    assert "laikā" in card.explanation


@rule("4.8")
def test_coordinators_are_reminded_one_working_day_before_once(strict: School, clock: Clock) -> None:
    group, anna, berta = strict.group(), strict.employee(), strict.employee("Berta Paraudziņa")
    strict.apply(anna, group)
    strict.apply(berta, group)
    for _ in range(2):
        with begin(SYSTEM) as work:
            applications.remind_of_approvals(work)
    assert strict.mails("approvals_due") == []
    clock.advance(days=2)
    for _ in range(2):
        with begin(SYSTEM) as work:
            applications.remind_of_approvals(work)
    [mail] = strict.mails("approvals_due")
    assert mail.person_id == strict.coordinator.key
    assert {one["person_name"] for one in mail.facts["waiting"]} == {anna.full_name, berta.full_name}


@rule("4.8", "11.5")
def test_whoever_is_to_be_decided_about_is_in_the_order_of_the_names_shown(strict: School, clock: Clock) -> None:
    group, anna, berta = strict.group(), strict.employee(), strict.employee("Berta Paraudziņa")
    strict.apply(anna, group)
    strict.apply(berta, group)
    with begin(SYSTEM) as work:
        listed = work.db.exec(select(Employment).where(Employment.person_id == anna.key)).one()
        listed.given_name, listed.family_name, listed.name_folded = "Zane", "Žagare", "zane zagare"
    clock.advance(days=2)
    with begin(SYSTEM) as work:
        applications.remind_of_approvals(work)
    [mail] = strict.mails("approvals_due")
    assert [one["person_name"] for one in mail.facts["waiting"]] == [berta.full_name, "Zane Žagare"]


@rule("4.8", "11.5")
def test_only_the_institution_on_whose_account_it_is_decides(strict: School, clock: Clock) -> None:
    group, anna, private = strict.group(), strict.employee(), strict.payer()
    strict.apply(anna, group)
    strict.apply(private, group, "person")
    with begin(SYSTEM) as work:
        other = factories.make_institution(work, name="Cita iestāde")
        stranger = factories.make_person(work, name="Ojārs Testonis")
        factories.make_coordinator(work, stranger, other)
        factories.make_employment(work, private, strict.institution)
    foreign = factories.actor(stranger, institutions=frozenset({other.key}))
    own, theirs = strict.institution.key, other.key
    refused: list[tuple[Actor, int, Person, type[DomainError]]] = [
        (foreign, own, anna, NotAllowed),
        (foreign, theirs, anna, NotFound),
        (speaker(strict), theirs, anna, NotAllowed),
        (speaker(strict), own, private, NotFound),  # pays alone: none of the institution's business
        (factories.actor(anna), own, anna, NotAllowed),
        (strict.staff, own, anna, NotAllowed),
    ]
    for by, institution_id, person, refusal in refused:
        for decide in (applications.approve, lambda *asked: applications.reject(*asked, "Nē")):
            with pytest.raises(refusal), begin(by) as work:
                decide(work, institution_id, strict.application(person).key)
    assert strict.status(anna) == "pending_approval"


@rule("4.8", "2.5")
def test_who_has_left_is_decided_about_no_more(strict: School, clock: Clock) -> None:
    group, anna = strict.group(), strict.employee()
    strict.apply(anna, group)
    with begin(SYSTEM) as work:
        employment = work.db.execute(select(Employment).where(col(Employment.person_id) == anna.key)).scalar_one()
        employment.until_on = clock.now.date() + timedelta(days=1)
    approve_later = strict.application(anna).key
    clock.advance(days=1)
    with pytest.raises(NotFound), begin(speaker(strict)) as work:
        applications.approve(work, strict.institution.key, approve_later)
