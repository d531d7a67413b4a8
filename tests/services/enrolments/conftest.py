"""An institution with its coordinator, a course and a group in a month, and its employees."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from sqlmodel import col, select

from mps_app.core.actor import SYSTEM, Actor
from mps_app.core.work import House, begin
from mps_app.models import Application, Course, CourseGroup, Institution, OutboxMessage, Person
from mps_app.services import enrolments
from mps_app.views.enrolments import EnrolForm, EnrolPanel, EnrolReceipt, Standing
from tests import factories


@dataclass
class Office:
    """An institution; each call is a transaction of its own."""

    institution: Institution
    coordinator: Person
    course: Course
    group: CourseGroup
    people: list[Person] = field(default_factory=list)

    @property
    def actor(self) -> Actor:
        """The coordinator who acts."""
        return factories.actor(self.coordinator, institutions=frozenset({self.institution.key}))

    def employee(self, name: str = "Aija Šķēle", *, work_email: str | None = None, **more: object) -> Person:
        """A person who works here."""
        with begin(SYSTEM) as work:
            person = factories.make_person(work, name=name, **{"email": _address(name), **more})
            factories.make_employment(work, person, self.institution, work_email=work_email)
        return person

    def employees(self, count: int) -> list[Person]:
        """Several at once."""
        with begin(SYSTEM) as work:
            return factories.make_crowd(work, count, self.institution)

    def another_group(self, *, course: Course | None = None, starts_in: float = 30, **more: object) -> CourseGroup:
        """A group with one session, so many days from now."""
        with begin(SYSTEM) as work:
            group = factories.make_group(work, course or self.course, **more)
            factories.make_session(work, group, starts_at=work.now + timedelta(days=starts_in))
        return group

    def panel(self, people: Sequence[Person], group: CourseGroup | None = None, **more: object) -> EnrolPanel:
        """What the side panel shows."""
        wanted = group or self.group
        with begin(self.actor) as work:
            ids = [person.key for person in people]
            return enrolments.panel(work, self.institution.key, wanted.course_id, wanted.key, ids, **more)

    def standing(self, person: Person, group: CourseGroup | None = None) -> Standing:
        """What the roster says of one."""
        with begin(self.actor) as work:
            found = enrolments.standings(work, self.institution.key, (group or self.group).key, [person.key])
        return found[person.key]

    def enrol(self, people: Sequence[Person], group: CourseGroup | None = None, mode: str = "fit") -> EnrolReceipt:
        """Confirm."""
        form = EnrolForm(group_id=(group or self.group).key, person_ids=[person.key for person in people], mode=mode)
        with begin(self.actor) as work:
            return enrolments.enrol(work, self.institution.key, form)

    def statuses(self, group: CourseGroup | None = None) -> list[str]:
        """The statuses in a group, in the order of arrival."""
        with begin(SYSTEM) as work:
            asked = select(Application.status).where(col(Application.group_id) == (group or self.group).key)
            return list(work.db.exec(asked.order_by(col(Application.line_number))).all())

    def taken(self, group: CourseGroup | None = None) -> int:
        """How many places the database counts."""
        with begin(SYSTEM) as work:
            return work.db.get_one(CourseGroup, (group or self.group).key).places_taken

    def mails(self, template: str = "", person: Person | None = None) -> Sequence[OutboxMessage]:
        """The messages queued."""
        with begin(SYSTEM) as work:
            asked = select(OutboxMessage).order_by(col(OutboxMessage.id))
            asked = asked.where(col(OutboxMessage.template) == template) if template else asked
            asked = asked.where(col(OutboxMessage.person_id) == person.key) if person else asked
            return work.db.exec(asked).all()


def _address(name: str) -> str:
    return f"{name.partition(' ')[0].lower()}@iestade.example"


def made(house: House, *, name: str = "Upeslīču novada pašvaldība", **more: object) -> Office:
    """An institution with one group of a course of its own."""
    with begin(SYSTEM) as work:
        institution = factories.make_institution(work, name=name)
        coordinator = factories.make_person(work, name="Ilze Demoņa", email="ilze@iestade.example")
        factories.make_coordinator(work, coordinator, institution)
        course = factories.make_course(work, title="Iepirkuma līguma izpilde", price_cents=18_000)
        group = factories.make_group(work, course, **more)
        factories.make_session(work, group, starts_at=work.now + timedelta(days=30))
    return Office(institution, coordinator, course, group)


@pytest.fixture
def office(house: House) -> Office:
    """An institution that enrols; its group has ten places."""
    return made(house)
