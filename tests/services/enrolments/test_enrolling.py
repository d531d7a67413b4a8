"""Enrolling many in one act (11.3): who gets a place, who is told what, and that it happens once."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import col, select

from mps_app.core import riga
from mps_app.core.actor import SYSTEM
from mps_app.core.errors import NotAllowed, NotFound
from mps_app.core.work import begin
from mps_app.models import Application, AuditEvent, CourseGroup
from mps_app.services import applications, enrolments, groups
from mps_app.services.applications.refusals import RegistrationClosed
from mps_app.views.enrolments import EnrolForm
from tests import factories
from tests.conftest import Clock
from tests.marks import rule
from tests.services.enrolments.conftest import Office, made


@rule("11.3")
def test_many_are_enrolled_in_one_act_told_and_written_down(office: Office) -> None:
    people = office.employees(6)
    receipt = office.enrol(people)
    assert receipt.title == "Pieteikti 6 darbinieki"
    assert {one.outcome for one in receipt.people} == {"enrolled"}
    assert office.statuses() == ["registered"] * 6
    assert office.taken() == 6
    assert len(office.mails("application_received")) == 6
    with begin(SYSTEM) as work:
        rows = work.db.exec(select(Application)).all()
        assert {row.applied_by_id for row in rows} == {office.coordinator.key}
        assert {row.payer["name"] for row in rows} == {office.institution.name}
        assert {row.price_cents for row in rows} == {18_000}
        audited = work.db.exec(select(AuditEvent.subject_id).where(col(AuditEvent.action) == "applied")).all()
        assert set(audited) == {row.id for row in rows}


@rule("4.3")
@rule("11.3")
def test_confirming_again_changes_nothing(office: Office) -> None:
    people = office.employees(4)
    office.enrol(people)
    mails = len(office.mails())
    again = office.enrol(people)
    assert [one.outcome for one in again.people] == ["already"] * 4
    assert again.enrolled == 0
    assert not again.application_ids
    assert office.taken() == 4
    assert len(office.mails()) == mails


@rule("11.3")
@pytest.mark.parametrize(
    ("mode", "outcomes", "taken"),
    [
        ("fit", ["enrolled"] * 3 + ["no_place"] * 2, 3),
        ("line", ["enrolled"] * 3 + ["line"] * 2, 3),
        ("all", ["held_back"] * 5, 0),
    ],
)
def test_too_few_places_do_what_was_chosen(office: Office, mode: str, outcomes: list[str], taken: int) -> None:
    group = office.another_group(maximum=3)
    receipt = office.enrol(office.employees(5), group, mode)
    assert [one.outcome for one in receipt.people] == outcomes
    assert office.taken(group) == taken


@rule("11.3")
def test_all_or_nothing_means_everybody_chosen(office: Office) -> None:
    mute = office.employee(email=None)
    receipt = office.enrol([*office.employees(2), mute], mode="all")
    assert [one.outcome for one in receipt.people] == ["held_back", "held_back", "no_email"]
    assert office.taken() == 0


@rule("4.6")
@rule("11.3")
def test_while_anybody_waits_newcomers_join_the_line(office: Office) -> None:
    group = office.another_group(maximum=2)
    with begin(SYSTEM) as work:
        waiting = factories.make_person(work, name="Rihards Piemērs", email=None)  # barred, so the place stays free
        factories.make_application(work, waiting, office.course, group=group, status="waitlisted")
        for number in range(2):
            other = factories.make_person(work, name=f"Cits {number}")
            factories.make_application(work, other, office.course, group=group)
    receipt = office.enrol(office.employees(3), group, "fit")
    assert {one.outcome for one in receipt.people} == {"no_place"}
    receipt = office.enrol(office.employees(3), group, "line")
    assert {one.outcome for one in receipt.people} == {"line"}
    assert office.statuses(group).count("waitlisted") == 4


@rule("4.6")
def test_the_order_of_the_line_is_the_order_of_the_chosen(office: Office) -> None:
    group = office.another_group(maximum=1)
    people = office.employees(6)
    office.enrol(people, group, "line")
    with begin(SYSTEM) as work:
        asked = select(Application.person_id).where(col(Application.status) == "waitlisted")
        line = work.db.exec(asked.order_by(col(Application.line_number))).all()
    assert line == [person.key for person in people[1:]]
    positions = [mail.facts["position"] for mail in office.mails("application_received")][1:]
    assert positions == [1, 2, 3, 4, 5]


@rule("11.3")
def test_the_truth_is_told_of_each(office: Office) -> None:
    inside, mute, private = (
        office.employee("Elīna Ņikitina"),
        office.employee("Ļubova Čera", email=None),
        office.employee(),
    )
    with begin(SYSTEM) as work:
        stranger = factories.make_person(work, name="Svešais Cilvēks")
        factories.make_application(work, private, office.course, group=office.group)
    office.enrol([inside])
    receipt = office.enrol([inside, mute, private, stranger, office.employee("Uldis Zīle")])
    assert {one.name: one.outcome for one in receipt.people} == {
        "Elīna Ņikitina": "already",
        "Ļubova Čera": "no_email",
        "Aija Šķēle": "cannot",  # the person applied alone, which is not told (4.2, 11.5)
        "Uldis Zīle": "enrolled",
        "": "left",  # who works elsewhere has no name here (11.5)
    }


@rule("3.5")
@rule("11.5")
def test_neither_strangers_nor_foreign_courses_nor_closed_groups_are_entered(office: Office) -> None:
    person = office.employee()
    with begin(SYSTEM) as work:
        foreign = factories.make_institution(work)
        course = factories.make_course(work, title="Citiem", audience=[foreign])
        restricted = factories.make_group(work, course)
    closed = office.another_group(registration_closes_at=office.group.registration_opens_at + timedelta(minutes=1))
    with pytest.raises(NotFound):
        office.enrol([person], restricted)
    with pytest.raises(RegistrationClosed):
        office.enrol([person], closed)
    form = EnrolForm(group_id=office.group.key, person_ids=[person.key])
    with pytest.raises(NotAllowed), begin(office.actor) as work:
        enrolments.enrol(work, foreign.key, form)
    with pytest.raises(NotAllowed), begin(factories.actor(person)) as work:
        enrolments.enrol(work, office.institution.key, form)


@rule("3.5")
def test_a_closed_course_is_entered_by_its_audience(office: Office) -> None:
    with begin(SYSTEM) as work:
        group = factories.make_group(work, factories.make_course(work, audience=[office.institution]))
    assert office.enrol(office.employees(2), group).enrolled == 2


@rule("4.8")
def test_who_the_coordinator_enrols_needs_no_approval(house: object) -> None:
    office = made(house)
    with begin(SYSTEM) as work:
        work.db.merge(office.institution).needs_approval = True
    office.enrol(office.employees(2))
    assert office.statuses() == ["registered"] * 2


@rule("5.2")
def test_the_group_is_confirmed_once_when_the_minimum_is_reached(office: Office) -> None:
    group = office.another_group(minimum=5)
    office.enrol(office.employees(6), group)
    assert len(office.mails("group_confirmed")) == 6 + 1  # the employees, and the coordinator
    office.enrol(office.employees(2), group)
    assert len(office.mails("group_confirmed")) == 8 + 1


@rule("4.4")
def test_the_other_coordinators_get_one_message_of_all(office: Office) -> None:
    with begin(SYSTEM) as work:
        deputy = factories.make_person(work, name="Ojārs Testonis", email="ojars@iestade.example")
        factories.make_coordinator(work, deputy, office.institution)
    office.enrol(office.employees(5))
    told = office.mails("employees_enrolled")
    assert [mail.person_id for mail in told] == [deputy.key]
    assert len(told[0].facts["people"]) == 5
    assert not office.mails("application_received_coordinator")


@rule("3.5")
def test_a_group_that_may_not_be_known_is_not_locked_to_say_so(office: Office) -> None:
    with begin(SYSTEM) as work:
        hidden = factories.make_course(work, title="Citu kurss", audience=[factories.make_institution(work)])
    group = office.another_group(course=hidden)
    with begin(SYSTEM) as holding:
        groups.lock_for_places(holding, [group.key])
        with pytest.raises(NotFound):
            office.enrol(office.employees(1), group)


@rule("11.3")
def test_undoing_cancels_exactly_those_just_enrolled(office: Office, clock: Clock) -> None:
    before, people = office.employee("Elīna Ņikitina"), office.employees(3)
    office.enrol([before])
    receipt = office.enrol(people)
    with begin(office.actor) as work:
        ids = [*receipt.application_ids, 1]
        assert enrolments.undo(work, office.institution.key, office.group.key, ids, []) == 3
    assert office.taken() == 1
    assert office.standing(before).kind == "in_group"
    with pytest.raises(NotFound), begin(office.actor) as work:
        enrolments.undo(work, office.institution.key, office.group.key, receipt.application_ids, [])


@rule("4.7", "11.3")
def test_undoing_is_offered_only_while_the_places_can_be_cancelled(office: Office) -> None:
    def last_day(**ago: float) -> None:
        with begin(SYSTEM) as work:
            group = work.db.get_one(CourseGroup, office.group.key)
            group.cancellation_deadline_at, group.maximum = work.now - timedelta(**ago), 2
            at.append(group.cancellation_deadline_at)

    at: list[datetime] = []
    last_day(minutes=-4)
    assert office.enrol(office.employees(1)).undo_until_text == riga.time_text(at[-1])
    last_day(days=1)
    assert office.enrol(office.employees(1)).undo_until_text == ""
    in_line = office.enrol(office.employees(1), mode="line")
    assert in_line.undo_until_text  # the line can be left at any time
    with begin(office.actor) as work:
        assert enrolments.undo(work, office.institution.key, office.group.key, in_line.application_ids, []) == 1


@rule("11.3")
def test_undoing_ends_after_minutes_and_is_the_doers_own(office: Office, clock: Clock) -> None:
    receipt = office.enrol(office.employees(1))
    deputy = factories.actor(office.employee("Ojārs Testonis"), institutions=frozenset({office.institution.key}))
    ask = (office.institution.key, office.group.key, receipt.application_ids, [])
    with pytest.raises(NotFound), begin(deputy) as work:
        enrolments.undo(work, *ask)
    clock.advance(minutes=11)
    with pytest.raises(NotFound), begin(office.actor) as work:
        enrolments.undo(work, *ask)
    assert office.taken() == 1


@rule("11.3")
def test_the_panel_and_the_act_agree(office: Office) -> None:
    group = office.another_group(maximum=6, institution_share=4)
    people = [*office.employees(6), office.employee("Ļubova Čera", email=None)]
    panel = office.panel(people, group)
    receipt = office.enrol(people, group)
    assert panel.can == receipt.enrolled == 4
    assert {line.person_id for line in panel.lines} == {one.person_id for one in receipt.rest}


@rule("4.8")
def test_an_employees_own_application_still_waits_for_approval(office: Office) -> None:
    with begin(SYSTEM) as work:
        work.db.merge(office.institution).needs_approval = True
    person = office.employee()
    with begin(factories.actor(person)) as work:
        from mps_app.views.applications import ApplyForm

        form = ApplyForm(
            agreed=True, course_id=office.course.key, group_id=office.group.key, payer="institution",
            institution_id=office.institution.key,
        )  # fmt: skip
        applications.apply(work, form)
    assert office.standing(person).text == "Gaida saskaņojumu"
    assert office.panel([person]).lines[0].text == "jau pieteikts, gaida saskaņojumu"
