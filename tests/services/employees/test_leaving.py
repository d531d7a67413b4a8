"""What ends with an employment: upcoming training on the institution's account, and nothing else (2.5)."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlmodel import select

from mps_app.core.actor import SYSTEM
from mps_app.core.work import Work, begin
from mps_app.models import Application, CourseGroup, Employment, OutboxMessage, Person
from mps_app.services import applications, employees, groups
from tests import factories
from tests.conftest import Clock
from tests.marks import rule
from tests.services.applications.test_at_once import one_amid_the_other
from tests.services.employees.conftest import Desk


def employment(key: int) -> Employment:
    with begin(SYSTEM) as work:
        return work.db.get_one(Employment, key)


@dataclass
class Training:
    """An employee with applications on the institution's account and on the own one."""

    employment_id: int
    person: Person
    groups: dict[str, CourseGroup]
    applications: dict[str, int]

    def status(self, which: str) -> str:
        with begin(SYSTEM) as work:
            return work.db.get_one(Application, self.applications[which]).status


@pytest.fixture
def training(desk: Desk) -> Training:
    """Soon and later on the account, begun, waiting, and one that the person pays for."""
    key = desk.add(from_on="2026-01-05")
    groups, made = {}, {}
    with begin(SYSTEM) as work:
        person = work.db.get_one(Person, work.db.get_one(Employment, key).person_id)
        person.email, person.email_verified_at = "anna@epasts.example", work.now
        account = {
            "payer_kind": "institution",
            "payer_institution_id": desk.institution.key,
            "payer": {"name": "Paraugu iestāde"},
        }
        for which, days, payer in (
            ("soon", 7, account),
            ("later", 40, account),
            ("begun", -1, account),
            ("own", 50, {}),
        ):
            course = factories.make_course(work, title=f"Kurss {which}")
            groups[which] = factories.make_group(work, course, maximum=1)
            factories.make_session(work, groups[which], starts_at=work.now + timedelta(days=days))
            made[which] = factories.make_application(work, person, course, group=groups[which], **payer).key
        course = factories.make_course(work, title="E-kurss, kas jau notiek", format="elearning")
        groups["online"] = factories.make_group(work, course, status="running")
        made["online"] = factories.make_application(work, person, course, group=groups["online"], **account).key
        course = factories.make_course(work, title="Kurss gaida")
        made["waiting"] = factories.make_application(
            work, person, course, status="waiting", line_number=1, **account
        ).key
    return Training(key, person, groups, made)


@rule("2.5")
def test_ending_shows_first_what_it_would_withdraw(desk: Desk, training: Training) -> None:
    with begin(desk.actor) as work:
        today = employees.ending(work, desk.institution.key, training.employment_id)
        later = employees.ending(work, desk.institution.key, training.employment_id, "2026-10-01")
    assert [one.course_title for one in today.withdrawn] == ["Kurss soon", "Kurss later", "Kurss gaida"]
    assert [one.course_title for one in later.withdrawn] == ["Kurss later", "Kurss gaida"]
    assert (today.until_on, training.status("soon")) == ("2026-09-07", "registered")


@rule("2.5", "11.7")
def test_ending_says_when_the_person_goes_on_coordinating(desk: Desk, training: Training) -> None:
    def coordinates() -> bool:
        with begin(desk.actor) as work:
            return employees.ending(work, desk.institution.key, training.employment_id).coordinates

    assert not coordinates()
    with begin(SYSTEM) as work:
        factories.make_coordinator(work, training.person, desk.institution)
    assert coordinates()


@rule("2.5")
def test_ending_withdraws_upcoming_training_on_the_account_and_leaves_the_rest(desk: Desk, training: Training) -> None:
    with begin(SYSTEM) as work:
        next_one = factories.make_payer(work, email="r@epasts.example")
        group = training.groups["soon"]
        course = work.db.get_one(CourseGroup, group.key).course_id
        line = Application(
            person_id=next_one.key, course_id=course, group_id=group.key, status="waitlisted", line_number=1,
            payer_kind="person", applied_by_id=next_one.key, status_at=work.now,
        )  # fmt: skip
        work.db.add(line)
        work.db.flush()
        in_line = line.key
    with begin(desk.actor) as work:
        employees.end(work, desk.institution.key, training.employment_id, "2026-09-07")
    statuses = {which: training.status(which) for which in training.applications}
    assert statuses == {
        "soon": "cancelled", "later": "cancelled", "begun": "registered", "own": "registered", "online": "registered", "waiting": "cancelled",
    }  # fmt: skip
    with begin(SYSTEM) as work:
        assert work.db.get_one(Application, in_line).status == "offered"  # the place went on (4.6)
        told = select(OutboxMessage.template).where(OutboxMessage.person_id == training.person.key)
        assert list(work.db.exec(told)).count("application_cancelled") == 3
        assert work.db.get_one(Person, training.person.key).full_name == "Anna Paraudziņa"
    assert employment(training.employment_id).until_on == date(2026, 9, 7)


@rule("2.5")
def test_an_end_set_beforehand_withdraws_what_came_since_on_its_day(
    desk: Desk, training: Training, clock: Clock
) -> None:
    with begin(desk.actor) as work:
        employees.end(work, desk.institution.key, training.employment_id, "2026-10-01")
    assert (training.status("soon"), training.status("later")) == ("registered", "cancelled")
    with begin(SYSTEM) as work:  # the group is moved to November meanwhile
        work.db.execute(
            text(
                "UPDATE training_session SET during = tstzrange(lower(during) + '60 days', upper(during) + '60 days') WHERE group_id = :id"
            ),
            {"id": training.groups["soon"].key},
        )
    clock.advance(days=24)
    with begin(SYSTEM) as work:
        assert employees.let_go(work) == 1
    with begin(SYSTEM) as work:
        employees.let_go(work)  # twice changes nothing more
    assert training.status("soon") == "cancelled"


@rule("2.5")
def test_whoever_is_taken_on_anew_keeps_the_training(desk: Desk, training: Training, clock: Clock) -> None:
    with begin(SYSTEM) as work:
        row = work.db.get_one(Employment, training.employment_id)
        row.until_on = date(2026, 9, 7)
        work.db.flush()
        factories.make_employment(work, training.person, desk.institution, from_on=date(2026, 9, 7))
    with begin(SYSTEM) as work:
        employees.let_go(work)
    assert training.status("later") == "registered"


@rule("2.5")
def test_nothing_ends_by_halves_when_somebody_who_leaves_is_enrolled_meanwhile(desk: Desk, training: Training) -> None:
    with begin(SYSTEM) as work:
        course = factories.make_course(work, title="Cits kurss")
        other = factories.make_group(work, course)
        factories.make_session(work, other)

    def enrol(work: Work) -> None:
        groups.lock_for_places(work, [training.groups["soon"].key])
        applications.enrol(work, desk.institution.key, other.key, [training.person.key], applications.Rest.LEFT_OUT)

    def end(work: Work) -> None:
        employees.end(work, desk.institution.key, training.employment_id, "2026-09-07")

    def statuses() -> list[str]:
        with begin(SYSTEM) as work:
            rows = work.db.exec(select(Application).where(Application.group_id == other.key)).all()
        return [training.status("soon"), *(row.status for row in rows)]

    one_amid_the_other(desk.actor, enrol, end)  # its group is not locked: changing it now would be out of order
    assert (statuses(), employment(training.employment_id).until_on) == (["registered"] * 2, None)
    with begin(desk.actor) as work:
        end(work)
    assert statuses() == ["cancelled"] * 2
