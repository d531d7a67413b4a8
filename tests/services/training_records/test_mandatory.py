"""Mandatory training and the plan: who is bound, until when, and who may say so (11.5)."""

import pytest
from sqlmodel import select

from mps_app.core.actor import SYSTEM, Actor, Role
from mps_app.core.errors import DomainError, Invalid, NotAllowed, NotFound
from mps_app.core.work import begin
from mps_app.models import Certificate, Course, TrainingRequirement
from mps_app.services import rosters, training_records
from mps_app.views.roster_filter import RosterFilter
from mps_app.views.training_records import PlanForm, RequirementForm, RequirementRow
from tests import factories
from tests.conftest import Clock
from tests.marks import rule
from tests.services.training_records.conftest import Records

STAFF = Actor(roles=frozenset({Role.TRAINING}))


def bind(records: Records, course: Course, *, by: Actor | None = None, **more: object) -> int:
    form = RequirementForm(**{"title": "Korupcijas novēršana", "months": 36, "course_ids": [course.key], **more})
    with begin(by or records.coordinator) as work:
        return training_records.keep_requirement(work, None if by else records.institution.key, form)


def rows(records: Records) -> list[RequirementRow]:
    with begin(records.coordinator) as work:
        return training_records.requirements(work, records.institution.key)


def lacking(records: Records) -> list[int]:
    with begin(records.coordinator) as work:
        return rosters.found_ids(work, records.institution.key, RosterFilter(lacks_mandatory=True))


@rule("11.5")
def test_people_are_in_order_due_soon_overdue_or_never_trained(records: Records) -> None:
    course = records.course()
    fine, soon, late, never = (records.employee(f"{name} Viena") for name in ("Anna", "Berta", "Cilda", "Dace"))
    for person, days in ((fine, -10), (soon, -1060), (late, -1200)):
        with begin(SYSTEM) as work:
            from mps_app.models import Employment

            employment = work.db.exec(select(Employment).where(Employment.person_id == person.key)).one()
            employment.from_on = employment.from_on.replace(year=2020)
        records.train(person, course, days)
    requirement = bind(records, course, by=STAFF)
    [row] = rows(records)
    assert (row.fine, row.soon, row.overdue, row.never, row.is_own) == (1, 1, 1, 1, False)
    assert lacking(records) == [late.key, never.key]
    with begin(records.coordinator) as work:
        people = {
            standing: [
                one.name
                for one in training_records.due_people(work, records.institution.key, requirement, standing).rows
            ]
            for standing in ("fine", "soon", "overdue", "never")
        }
        shown = training_records.person_record(work, records.institution.key, soon.key)
    assert people == {
        "fine": ["Anna Viena"],
        "soon": ["Berta Viena"],
        "overdue": ["Cilda Viena"],
        "never": ["Dace Viena"],
    }
    assert [(due.tone, due.text) for due in shown.dues] == [("warn", "spēkā līdz 14.\u00a0okt. 2026")]


@rule("11.5")
def test_only_certificates_on_the_own_account_fulfil_it_and_revoked_ones_do_not(records: Records) -> None:
    course, anna, berta = records.course(), records.employee(), records.employee("Berta Otrā")
    bind(records, course)
    with begin(SYSTEM) as work:
        factories.make_employment(work, anna, records.other)
    records.train(anna, course, -30, payer=records.other)
    records.train(anna, course, -40, alone=True)
    records.train(berta, course, -30, certified=False)  # was there, the certificate waits for the questionnaire
    assert lacking(records) == [anna.key, berta.key]
    records.train(anna, course, -20)
    assert lacking(records) == [berta.key]
    with begin(SYSTEM) as work:
        for certificate in work.db.exec(select(Certificate)).all():
            certificate.revoked_at, certificate.revoked_reason = work.now, "Kļūda"
    assert lacking(records) == [anna.key, berta.key]


@rule("11.5")
def test_a_requirement_may_bind_some_units_only(records: Records) -> None:
    anna = records.employee("Anna Pirmā", unit="Finanses")
    records.employee("Berta Otrā", unit="Kanceleja")
    bind(records, records.course(), units=["Finanses"])
    assert lacking(records) == [anna.key]
    assert rows(records)[0].units == ["Finanses"]


@rule("11.5")
def test_an_institution_changes_only_its_own_requirements(records: Records) -> None:
    course = records.course()
    own, general = bind(records, course), bind(records, course, by=STAFF)
    bind(records, course, id=own, title="Ētika", months=12)
    assert {(row.title, row.is_own) for row in rows(records)} == {("Ētika", True), ("Korupcijas novēršana", False)}
    refused: list[tuple[Actor, int, int, type[DomainError]]] = [
        (records.coordinator, records.institution.key, general, NotFound),
        (records.stranger, records.other.key, own, NotFound),
        (records.stranger, records.institution.key, own, NotAllowed),
    ]
    for by, institution_id, requirement_id, refusal in refused:
        form = RequirementForm(id=requirement_id, title="Cita", months=1, course_ids=[course.key])
        with pytest.raises(refusal), begin(by) as work:
            training_records.keep_requirement(work, institution_id, form)
        with pytest.raises(refusal), begin(by) as work:
            training_records.remove_requirement(work, institution_id, requirement_id)
    with pytest.raises(NotFound), begin(records.stranger) as work:
        training_records.due_people(work, records.other.key, own, "never")
    with pytest.raises(NotAllowed), begin(records.coordinator) as work:
        training_records.keep_requirement(work, None, form)
    with begin(records.coordinator) as work:
        training_records.remove_requirement(work, records.institution.key, own)
    with begin(SYSTEM) as work:
        assert [one.id for one in work.db.exec(select(TrainingRequirement)).all()] == [general]


@rule("3.5", "11.5")
def test_a_course_restricted_to_others_is_neither_found_nor_taken(records: Records) -> None:
    hidden = records.course("Slepenais kurss", audience=[records.other])
    with begin(records.coordinator) as work:
        assert training_records.courses_for(work, records.institution.key, "slepen") == []
    with pytest.raises(Invalid):
        bind(records, hidden)
    bind(records, hidden, by=STAFF)
    assert rows(records)[0].courses_text == ""
    with pytest.raises(Invalid), begin(records.coordinator) as work:
        training_records.plan_course(work, records.institution.key, 2026, hidden.key, 5)


@rule("11.5")
def test_the_plan_stands_against_what_is_done(records: Records, clock: Clock) -> None:
    anna, course = records.employee(), records.course()
    records.employee("Berta Otrā")
    records.train(anna, course, -30)
    form = PlanForm.read({"year": 2026, "hours_per_employee": "8", "budget_cents": "1 000,50"})
    for _ in range(2):
        with begin(records.coordinator) as work:
            training_records.keep_plan(work, records.institution.key, form)
            training_records.plan_course(work, records.institution.key, 2026, course.key, 4)
    with begin(records.coordinator) as work:
        page = training_records.plan(work, records.institution.key)
    assert (page.hours_text, page.hours_percent) == ("8 no 16 akad. st.", 50)
    assert (page.budget_text, page.money_percent, page.is_over_budget) == ("1000,50", 18, False)
    assert [(row.people, row.done_text, row.is_done) for row in page.courses] == [(4, "1 no 4", False)]
    with begin(records.coordinator) as work:
        training_records.plan_course(work, records.institution.key, 2026, course.key, 0)
        assert training_records.plan(work, records.institution.key).courses == []
        assert not training_records.plan(work, records.institution.key, 2025).is_made


@rule("11.5")
@pytest.mark.parametrize("money", ["-1", "1,234", "abc", "1e5", "1.5.5"])
def test_money_that_can_not_be_read_is_refused(money: str) -> None:
    with pytest.raises(Invalid) as refused:
        PlanForm.read({"year": 2026, "budget_cents": money})
    assert "sum in euros" in refused.value.fields["budget_cents"]


@rule("11.5")
def test_another_institutions_plan_is_out_of_reach(records: Records) -> None:
    for ask in (
        training_records.plan,
        lambda work, key: training_records.keep_plan(work, key, PlanForm.read({"year": 2026})),
        lambda work, key: training_records.plan_course(work, key, 2026, 1, 1),
        training_records.requirements,
        lambda work, key: training_records.courses_for(work, key, "a"),
    ):
        for key in (records.other.key, 9_999_999):
            with pytest.raises(NotAllowed), begin(records.coordinator) as work:
                ask(work, key)
