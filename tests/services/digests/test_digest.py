"""One mail a day with what needs the coordinator, instead of one of each event, by choice (11)."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import text, update
from sqlmodel import col, select

from mps_app.core.actor import NOBODY, SYSTEM, Actor
from mps_app.core.work import House, Work, begin
from mps_app.models import (
    Certificate,
    Employment,
    Institution,
    OutboxMessage,
    Person,
    PlaceReservation,
    TrainingRequirement,
    TrainingRequirementCourse,
)
from mps_app.services import applications, digests, institutions
from mps_app.views.applications import ApplyForm
from tests import factories
from tests.conftest import Clock
from tests.marks import rule

MORNING = datetime(2026, 9, 8, 5, 0, tzinfo=UTC)  # Tuesday, 8:00 in Riga


class Desk:
    """An institution whose coordinator chose the digest on Monday noon."""

    def __init__(self) -> None:
        with begin(SYSTEM) as work:
            self.institution = factories.make_institution(work, name="Upeslīču novads")
            self.ilze = factories.make_person(work, name="Ilze Demoņa", email="ilze@iestade.example")
            factories.make_coordinator(work, self.ilze, self.institution)
            self.course = factories.make_course(work, title="Iepirkuma līgums")
            self.group = factories.make_group(work, self.course)
            factories.make_session(work, self.group)
        self.choose(True)

    @property
    def actor(self) -> Actor:
        return factories.actor(self.ilze, institutions=frozenset({self.institution.key}))

    def choose(self, wanted: bool) -> None:  # noqa: FBT001  # as the switch tells it
        with begin(self.actor) as work:
            institutions.choose_digest(work, self.institution.key, wanted)

    def applies(self, name: str, institution: Institution | None = None) -> Person:
        """An employee applies on the institution's account."""
        paying = institution or self.institution
        with begin(SYSTEM) as work:
            person = factories.make_person(work, name=name, email=f"{name[0].lower()}@iestade.example")
            factories.make_employment(work, person, paying)
        form = ApplyForm(
            agreed=True,
            course_id=self.course.key,
            group_id=self.group.key,
            payer="institution",
            institution_id=paying.key,
        )
        with begin(factories.actor(person)) as work:
            applications.apply(work, form)
        return person


@pytest.fixture
def desk(house: House, clock: Clock) -> Desk:
    made = Desk()
    clock.advance(minutes=5)
    return made


def send() -> None:
    with begin(SYSTEM) as work:
        digests.send_digests(work)


def letters(person: Person, template: str = "coordinator_digest") -> list[dict[str, Any]]:
    with begin(NOBODY) as work:
        found = select(OutboxMessage).where(
            col(OutboxMessage.person_id) == person.key, col(OutboxMessage.template) == template
        )
        return [message.facts for message in work.db.exec(found.order_by(col(OutboxMessage.id)))]


def names(lines: list[dict[str, Any]]) -> list[str]:
    return [line["person_name"] for line in lines]


@rule("11.5")
def test_a_digest_tells_what_is_new_once_and_nothing_when_there_is_nothing(desk: Desk, clock: Clock) -> None:
    desk.applies("Anna Pirmā")
    clock.now = MORNING
    send()
    send()  # twice, late, or on two machines
    (told,) = letters(desk.ilze)
    assert (names(told["applied"]), told["applied"][0]["course_title"]) == (["Anna Pirmā"], "Iepirkuma līgums")
    clock.advance(days=1)
    send()
    assert len(letters(desk.ilze)) == 1


@rule("11.5")
def test_what_is_committed_while_digests_are_made_is_told_by_the_next_one(desk: Desk, clock: Clock) -> None:
    begun = datetime(2026, 9, 8, 4, 59, 55, tzinfo=UTC)
    clock.now = MORNING
    send()
    with begin(SYSTEM) as work:
        person = factories.make_person(work, name="Lēnā Zane")
        factories.make_employment(work, person, desk.institution)
        factories.make_application(
            work, person, desk.course, group=desk.group, payer_kind="institution",
            payer_institution_id=desk.institution.key, created_at=begun,
        )  # fmt: skip
    clock.advance(days=1)
    send()
    assert [names(told["applied"]) for told in letters(desk.ilze)] == [["Lēnā Zane"]]


@rule("4.4")
def test_who_chose_the_digest_gets_no_message_of_each_application_and_who_did_not_does(desk: Desk) -> None:
    with begin(SYSTEM) as work:
        second = factories.make_person(work, name="Otrs Koordinators", email="otrs@iestade.example")
        factories.make_coordinator(work, second, desk.institution)
    desk.applies("Anna Pirmā")
    assert letters(desk.ilze, "application_received_coordinator") == []
    assert len(letters(second, "application_received_coordinator")) == 1
    desk.choose(False)
    desk.applies("Zane Otrā")
    assert [facts["person_name"] for facts in letters(desk.ilze, "application_received_coordinator")] == ["Zane Otrā"]


@rule("11.5")
def test_a_digest_begins_when_it_is_chosen(desk: Desk, clock: Clock) -> None:
    desk.choose(False)
    desk.applies("Anna Pirmā")
    clock.advance(hours=1)
    desk.choose(True)
    clock.advance(seconds=10)
    send()  # so soon that the digest's own moment lies before the choice
    clock.now = MORNING
    send()
    assert letters(desk.ilze) == []


@rule("4.8")
def test_what_waits_for_approval_is_told_every_day_with_its_deadline(desk: Desk, clock: Clock) -> None:
    with begin(SYSTEM) as work:
        work.db.execute(update(Institution).values(needs_approval=True))
    desk.applies("Anna Pirmā")
    for day in (8, 9):
        clock.now = MORNING.replace(day=day)
        send()
    first, second = letters(desk.ilze)
    assert names(first["to_approve"]) == names(second["to_approve"]) == ["Anna Pirmā"]
    assert first["to_approve"][0]["decide_by"] is not None
    assert first["applied"] == []


@rule("4.7")
def test_cancelled_applications_are_told(desk: Desk, clock: Clock) -> None:
    person = desk.applies("Anna Pirmā")
    clock.now = MORNING
    send()
    clock.advance(hours=3)
    with begin(factories.actor(person)) as work:
        application_id = factories.application_of(work, person.key, desk.group.key)
        applications.cancel(work, application_id)
    clock.advance(days=1)
    send()
    assert names(letters(desk.ilze)[1]["cancelled"]) == ["Anna Pirmā"]


@rule("11.6")
def test_places_are_told_before_they_are_released(desk: Desk, clock: Clock) -> None:
    with begin(SYSTEM) as work:
        for release_on, places, group in ((date(2026, 9, 11), 3, desk.group), (date(2026, 9, 25), 2, None)):
            where = group or factories.make_group(work, desk.course)
            work.db.add(
                PlaceReservation(
                    institution_id=desk.institution.key, group_id=where.key, places=places, release_on=release_on
                )
            )
    clock.now = MORNING
    send()
    (place,) = letters(desk.ilze)[0]["places"]
    assert (place["places"], place["release_on"], place["group_code"]) == (3, "2026-09-11", desk.group.code)


@rule("11.5")
def test_mandatory_training_is_told_a_month_before_it_falls_due_and_once(desk: Desk, clock: Clock) -> None:
    with begin(SYSTEM) as work:
        requirement = TrainingRequirement(institution_id=desk.institution.key, title="Korupcijas novēršana", months=36)
        work.db.add(requirement)
        work.db.flush()
        work.db.add(TrainingRequirementCourse(requirement_id=requirement.key, course_id=desk.course.key))
        _trained(work, desk, datetime(2023, 10, 8, 9, 0, tzinfo=UTC))
    clock.now = MORNING
    send()
    assert letters(desk.ilze)[0]["due"] == [{"title": "Korupcijas novēršana", "people": 1}]
    clock.advance(days=1)
    send()
    assert len(letters(desk.ilze)) == 1


def _trained(work: Work, desk: Desk, at: datetime) -> None:
    """An employee got the course's certificate at a moment."""
    person = factories.make_person(work, name="Vera Vecā")
    factories.make_employment(work, person, desk.institution, from_on=date(2020, 1, 1))
    application = factories.make_application(
        work, person, desk.course, group=factories.make_group(work, desk.course), status="completed",
        payer_kind="institution", payer_institution_id=desk.institution.key, created_at=at,
    )  # fmt: skip
    sides = {"series": "MPS", "year": 2023, "serial": 1, "number": "MPS-2023-1", "code": "vecais-kods"}
    work.db.add(Certificate(application_id=application.key, kind="completion", issued_at=at, **sides))


@rule("11.5")
def test_a_digest_knows_nothing_of_other_institutions_and_of_those_who_left(desk: Desk, clock: Clock) -> None:
    with begin(SYSTEM) as work:
        other = factories.make_institution(work, name="Cita iestāde")
    desk.applies("Svešs Cilvēks", other)
    gone = desk.applies("Aizgājis Kolēģis")
    with begin(SYSTEM) as work:
        work.db.execute(
            update(Employment).where(col(Employment.person_id) == gone.key).values(until_on=date(2026, 9, 8))
        )
    clock.now = MORNING
    send()
    assert letters(desk.ilze) == []


@rule("11.5")
def test_on_days_of_rest_nothing_is_sent_and_nothing_is_lost(desk: Desk, clock: Clock) -> None:
    desk.applies("Anna Pirmā")
    clock.now = datetime(2026, 9, 12, 5, 0, tzinfo=UTC)  # Saturday
    send()
    assert letters(desk.ilze) == []
    clock.advance(days=2)
    send()
    assert len(letters(desk.ilze)) == 1


@rule("11.7")
def test_who_speaks_no_more_reads_no_digest(desk: Desk, clock: Clock) -> None:
    desk.applies("Anna Pirmā")
    clock.now = MORNING
    with begin(SYSTEM) as work:
        work.db.execute(text("UPDATE coordinator SET ended_on = '2026-09-08'"))
    send()
    assert letters(desk.ilze) == []


@rule("11.5")
def test_many_are_counted_and_not_all_listed(desk: Desk, clock: Clock) -> None:
    with begin(SYSTEM) as work:
        group = factories.make_group(work, desk.course, maximum=50)
        for person in factories.make_crowd(work, 23, desk.institution):
            application = factories.make_application(
                work, person, desk.course, group=group, payer_kind="institution",
                payer_institution_id=desk.institution.key,
            )  # fmt: skip
            application.created_at = work.now
    clock.now = MORNING
    send()
    (told,) = letters(desk.ilze)
    assert (len(told["applied"]), told["more_applied"]) == (20, 3)
