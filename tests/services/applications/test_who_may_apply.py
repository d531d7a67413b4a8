"""Who may apply for whom (3.5, 11.5), and what strangers learn: nothing."""

from dataclasses import replace

import pytest

from mps_app.core.actor import NOBODY, Role
from mps_app.core.errors import NotAllowed, NotFound, SignInNeeded
from mps_app.core.work import begin
from mps_app.services import applications
from tests import factories
from tests.marks import rule
from tests.services.applications.conftest import School


@rule("3.5")
def test_a_forged_application_to_a_restricted_course_finds_nothing(school: School) -> None:
    with begin(school.staff) as work:
        school.course = factories.make_course(work, title="Slēgts kurss", audience=[school.institution])
    with pytest.raises(NotFound):
        school.apply(school.employee(), school.group())
    with pytest.raises(NotFound):
        school.apply(school.employee("Otra Darbiniece"), None)


@rule("3.5")
def test_a_coordinator_of_the_audience_enrols_an_employee(school: School) -> None:
    with begin(school.staff) as work:
        school.course = factories.make_course(work, title="Slēgts kurss", audience=[school.institution])
    group, anna = school.group(), school.employee()
    speaks = factories.actor(school.coordinator, institutions=frozenset({school.institution.key}))
    with begin(speaks) as work:
        [entry] = applications.enrol(work, school.institution.key, group.key, [anna.key], applications.Rest.LINE)
    assert entry.status == "registered"
    assert [event.actor_id for event in school.audited("applied")] == [school.coordinator.key]
    assert school.mails("application_received", anna)[0].facts["applied_by"] == "Ilze Demoņa"
    assert not school.mails("application_received_coordinator")  # who did it knows it


@rule("3.5")
def test_an_employer_to_whom_the_course_is_not_offered_pays_for_nobody_whom_another_may_enrol(school: School) -> None:
    with begin(school.staff) as work:
        school.course = factories.make_course(work, title="Slēgts kurss", audience=[school.institution])
        other = factories.make_institution(work, name="Otra darbavieta")
    group, anna = school.group(), school.employee()
    with begin(school.staff) as work:
        factories.make_employment(work, anna, other)
    both = factories.actor(school.coordinator, institutions=frozenset({school.institution.key, other.key}))
    for form in (school.form(group, person_id=anna.key), school.form(None, person_id=anna.key)):
        with pytest.raises(NotFound), begin(school.staff) as work:
            applications.apply(work, form.model_copy(update={"institution_id": other.key}))
    with pytest.raises(NotFound), begin(both) as work:
        applications.enrol(work, other.key, group.key, [anna.key], applications.Rest.LINE)
    assert school.status(anna) == ""
    with begin(both) as work:
        [entry] = applications.enrol(work, school.institution.key, group.key, [anna.key], applications.Rest.LINE)
    assert entry.status == "registered"


@rule("11.5")
def test_a_coordinator_applies_for_nobody_as_if_they_were_that_person(school: School) -> None:
    """The receipt is the person's own: it names their address, and what they arranged alone."""
    group, rihards = school.group(), school.payer()
    with begin(school.staff) as work:
        factories.make_employment(work, rihards, school.institution)
    school.apply(rihards, group, "person")
    speaks = factories.actor(school.coordinator, institutions=frozenset({school.institution.key}))
    for wanted in (group, school.group(), None):
        with pytest.raises(NotAllowed), begin(speaks) as work:
            applications.apply(work, school.form(wanted, person_id=rihards.key))


@rule("11.5")
def test_a_coordinator_of_another_institution_enrols_nobody(school: School) -> None:
    group, anna = school.group(), school.employee()
    with begin(school.staff) as work:
        other = factories.make_institution(work, name="Cita")
    stranger = factories.actor(school.coordinator, institutions=frozenset({other.key}))
    for form in (
        school.form(group, person_id=anna.key),
        school.form(group, person_id=anna.key, institution_id=other.key),
    ):
        with pytest.raises(NotAllowed), begin(stranger) as work:
            applications.apply(work, form)
    assert school.taken(group) == 0


def test_a_participant_cannot_apply_for_somebody_else(school: School) -> None:
    group, anna, berta = school.group(), school.employee(), school.employee("Berta Otrā")
    with pytest.raises(NotAllowed), begin(factories.actor(berta)) as work:
        applications.apply(work, school.form(group, person_id=anna.key))


@rule("3.5", "11.5")
def test_nobody_learns_by_applying_for_a_number_whether_there_is_such_a_person(school: School) -> None:
    group, known = school.group(), school.payer()
    speaks = factories.actor(school.coordinator, institutions=frozenset({school.institution.key}))
    for number in (known.key, known.key + 1_000):
        for who in (factories.actor(school.employee(f"Kāda {number}")), speaks):
            with pytest.raises(NotAllowed), begin(who) as work:
                applications.apply(work, school.form(group, person_id=number))
    with pytest.raises(NotFound), begin(school.staff) as work:
        applications.apply(work, school.form(group, person_id=known.key + 1_000))


def test_a_visitor_is_asked_to_sign_in(school: School) -> None:
    group = school.group()
    with pytest.raises(SignInNeeded), begin(NOBODY) as work:
        applications.apply(work, school.form(group))


def test_a_group_of_another_course_is_not_found(school: School) -> None:
    group, anna = school.group(), school.employee()
    with begin(school.staff) as work:
        other = factories.make_course(work, title="Cits")
    with pytest.raises(NotFound), begin(factories.actor(anna)) as work:
        applications.apply(work, school.form(group).model_copy(update={"course_id": other.key}))


def test_staff_enrol_anybody_and_it_is_written_down(school: School) -> None:
    group, anna = school.group(), school.employee()
    with begin(replace(school.staff, roles=frozenset({Role.TRAINING}))) as work:
        applications.apply(work, school.form(group, person_id=anna.key))
    assert len(school.audited("applied")) == 1
