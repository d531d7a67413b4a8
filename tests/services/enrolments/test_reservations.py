"""Nameless places (11.6): held for the institution alone, named later, given back on their day."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from mps_app.core.actor import SYSTEM, Role
from mps_app.core.errors import Invalid, NotAllowed, NotFound
from mps_app.core.work import begin
from mps_app.models import CourseGroup, Person, PlaceReservation
from mps_app.services import applications, enrolments, groups
from mps_app.services.applications.refusals import ShareUsed
from mps_app.services.enrolments.reservations import ShareTooSmall, TooFewFree
from mps_app.views.applications import ApplyForm
from mps_app.views.enrolments import ReserveForm
from tests import factories
from tests.conftest import Clock
from tests.marks import rule
from tests.services.enrolments.conftest import Office


def reserve(office: Office, places: int, group: CourseGroup | None = None, release_on: date | None = None) -> None:
    """The coordinator holds so many places."""
    form = ReserveForm(group_id=(group or office.group).key, places=places, release_on=release_on)
    with begin(office.actor) as work:
        enrolments.reserve(work, office.institution.key, form)


def reserved(office: Office) -> list[tuple[int, date]]:
    """Everything that is held."""
    with begin(SYSTEM) as work:
        return [(one.places, one.release_on) for one in work.db.exec(select(PlaceReservation)).all()]


def private(office: Office, group: CourseGroup, name: str = "Rihards Piemērs") -> tuple[Person, str]:
    """Somebody from outside applies."""
    with begin(SYSTEM) as work:
        person = factories.make_payer(work, name=name)
    with begin(factories.actor(person)) as work:
        form = ApplyForm(agreed=True, course_id=group.course_id, group_id=group.key, payer="person")
        return person, applications.apply(work, form).outcome


@rule("11.6")
@rule("4.10")
def test_reserved_places_are_taken_for_everybody_else(office: Office) -> None:
    group = office.another_group(maximum=3)
    reserve(office, 3, group)
    assert office.taken(group) == 3
    assert private(office, group)[1] == "waitlisted"
    assert reserved(office)[0][1] == date(2026, 9, 13)  # the day on which registration ends


@rule("11.6")
def test_naming_uses_reserved_places_first_also_when_the_group_is_full_and_others_wait(office: Office) -> None:
    group = office.another_group(maximum=4)
    reserve(office, 3, group)
    assert [private(office, group, f"Cits {number}")[1] for number in range(2)] == ["registered", "waitlisted"]
    people = office.employees(4)
    assert office.panel(people, group).can == 3
    receipt = office.enrol(people, group)
    assert [one.outcome for one in receipt.people] == ["enrolled"] * 3 + ["no_place"]
    assert office.taken(group) == 4
    assert reserved(office)[0][0] == 0


@rule("11.6")
def test_undoing_makes_named_places_nameless_again(office: Office) -> None:
    group = office.another_group(maximum=2)
    reserve(office, 2, group)
    private(office, group)
    receipt = office.enrol(office.employees(2), group)
    with begin(office.actor) as work:
        enrolments.undo(work, office.institution.key, group.key, receipt.application_ids, receipt.named_ids)
    assert reserved(office)[0][0] == 2
    assert sorted(office.statuses(group)) == ["cancelled", "cancelled", "waitlisted"]


@rule("11.6")
def test_fewer_places_go_to_the_line_in_the_same_moment(office: Office) -> None:
    group = office.another_group(maximum=3)
    reserve(office, 3, group)
    _, outcome = private(office, group)
    assert outcome == "waitlisted"
    reserve(office, 2, group)
    assert office.statuses(group) == ["offered"]
    reserve(office, 0, group)
    assert not reserved(office)
    assert office.taken(group) == 1


@rule("11.6")
def test_no_more_is_reserved_than_is_free_and_none_while_anybody_waits(office: Office) -> None:
    group = office.another_group(maximum=3)
    with pytest.raises(TooFewFree):
        reserve(office, 4, group)
    private(office, group)
    reserve(office, 2, group)
    private(office, group, "Cits Gaidītājs")
    with pytest.raises(TooFewFree):
        reserve(office, 3, group)
    assert reserved(office)[0][0] == 2


@rule("11.6")
@pytest.mark.parametrize("day", [date(2026, 9, 7), date(2026, 9, 14), date(2020, 1, 1)])
def test_the_day_of_release_lies_ahead_and_before_the_end_of_registration(office: Office, day: date) -> None:
    with pytest.raises(Invalid):
        reserve(office, 1, release_on=day)


@rule("11.6")
def test_unnamed_places_are_released_on_their_day_once_and_coordinators_are_told(office: Office, clock: Clock) -> None:
    group = office.another_group(maximum=2)
    reserve(office, 2, group, date(2026, 9, 10))
    private(office, group)
    with begin(SYSTEM) as work:
        enrolments.remind_of_reservations(work)
        enrolments.remind_of_reservations(work)
    assert not office.mails("reserved_places")  # Monday; three working days are left
    clock.advance(days=1)
    for _ in range(2):
        with begin(SYSTEM) as work:
            enrolments.remind_of_reservations(work)
    assert [mail.facts["why"] for mail in office.mails("reserved_places")] == ["due"]
    with begin(SYSTEM) as work:
        assert enrolments.release_due(work) == 0
    clock.advance(days=2)
    with begin(SYSTEM) as work:
        assert enrolments.release_due(work) == 1
    with begin(SYSTEM) as work:
        assert enrolments.release_due(work) == 0
    assert office.statuses(group) == ["offered"]
    assert [mail.facts["why"] for mail in office.mails("reserved_places")] == ["due", "released"]
    assert {mail.person_id for mail in office.mails("reserved_places")} == {office.coordinator.key}


@rule("11.6")
def test_a_cancelled_group_holds_nothing_and_its_coordinators_are_told(office: Office) -> None:
    reserve(office, 3)
    with begin(SYSTEM) as work:
        staff = factories.actor(factories.make_person(work, name="Līga Testiņa"), Role.TRAINING)
    with begin(staff) as work:
        groups.cancel_group(work, office.group.key, "Pasniedzējs slims")
    assert not reserved(office)
    assert office.taken() == 0
    assert [mail.facts["why"] for mail in office.mails("reserved_places")] == ["cancelled"]


@rule("11.6")
def test_a_group_that_starts_holds_nothing(office: Office, clock: Clock) -> None:
    with begin(SYSTEM) as work:
        group = factories.make_group(
            work, office.course, status="confirmed", registration_closes_at=work.now + timedelta(days=9)
        )
        factories.make_session(work, group, starts_at=work.now + timedelta(days=5))
    reserve(office, 2, group)
    clock.advance(days=6)
    with begin(SYSTEM) as work:
        groups.move_clock(work)
    assert not reserved(office)


@rule("11.6")
def test_a_reservation_counts_towards_the_share(office: Office) -> None:
    group = office.another_group(institution_share=3)
    office.enrol(office.employees(1), group)
    with pytest.raises(ShareTooSmall):
        reserve(office, 3, group)
    reserve(office, 2, group)
    receipt = office.enrol(office.employees(3), group)
    assert [one.outcome for one in receipt.people] == ["enrolled", "enrolled", "over_share"]


@rule("11.6")
def test_an_employees_own_application_neither_uses_the_reservation_nor_passes_the_share(office: Office) -> None:
    group = office.another_group(institution_share=2)
    reserve(office, 2, group)
    person = office.employee()
    form = ApplyForm(
        agreed=True,
        course_id=group.course_id,
        group_id=group.key,
        payer="institution",
        institution_id=office.institution.key,
    )
    with pytest.raises(ShareUsed), begin(factories.actor(person)) as work:
        applications.apply(work, form)
    assert private(office, group)[1] == "registered"  # who pays alone is no institution's share


@rule("11.6")
@rule("4.6")
def test_a_promotion_from_the_line_keeps_within_the_share(office: Office) -> None:
    group = office.another_group(maximum=2, institution_share=1)
    stranger, _ = private(office, group)
    ours, waiting = office.employee("Aija Šķēle"), office.employee("Uldis Zīle")
    with begin(SYSTEM) as work:
        paid = {"payer_kind": "institution", "payer_institution_id": office.institution.key, "payer": {"name": "X"}}
        factories.make_application(work, ours, office.course, group=group, **paid)
        factories.make_application(work, waiting, office.course, group=group, status="waitlisted", **paid)
        mine = factories.application_of(work, stranger.key, group.key)
    with begin(factories.actor(stranger)) as work:
        applications.cancel(work, mine)
    assert office.standing(waiting, group).kind == "in_line"
    with begin(SYSTEM) as work:
        mine = factories.application_of(work, ours.key, group.key)
    with begin(factories.actor(ours)) as work:
        applications.cancel(work, mine)
    assert office.standing(waiting, group).kind == "in_group"


@rule("3.5")
@rule("11.5")
def test_only_the_institutions_own_coordinators_reserve_and_only_what_is_for_them(office: Office) -> None:
    with begin(SYSTEM) as work:
        foreign = factories.make_institution(work)
        group = factories.make_group(work, factories.make_course(work, audience=[foreign]))
    with pytest.raises(NotFound):
        reserve(office, 1, group)
    form = ReserveForm(group_id=office.group.key, places=1)
    with pytest.raises(NotAllowed), begin(office.actor) as work:
        enrolments.reserve(work, foreign.key, form)
    with pytest.raises(NotAllowed), begin(factories.actor(office.employee())) as work:
        enrolments.reserve(work, office.institution.key, form)
