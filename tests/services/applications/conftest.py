"""A school with one course, one institution and those who act in it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from sqlmodel import col, select

from mps_app.core.actor import Actor, Role
from mps_app.core.work import House, begin
from mps_app.models import Application, AuditEvent, Course, CourseGroup, Institution, OutboxMessage, Person
from mps_app.services import applications
from mps_app.views.applications import ApplicationReceipt, ApplyForm
from tests import factories


@dataclass
class School:
    """What the tests of this room act on; each call is a transaction of its own."""

    course: Course
    institution: Institution
    coordinator: Person
    staff: Actor
    groups: list[CourseGroup] = field(default_factory=list)

    def group(self, *, starts_in: float = 30, **more: object) -> CourseGroup:
        """A group of the course with one session, so many days from now."""
        with begin(self.staff) as work:
            group = factories.make_group(work, self.course, **more)
            factories.make_session(work, group, starts_at=work.now + timedelta(days=starts_in))
        return group

    def employee(self, name: str = "Anna Paraudziņa", **more: object) -> Person:
        """A person whom the institution pays for."""
        with begin(self.staff) as work:
            person = factories.make_person(work, name=name, email=_address(name, "iestade"), **more)
            factories.make_employment(work, person, self.institution)
        return person

    def payer(self, name: str = "Rihards Piemērs", **more: object) -> Person:
        """A person who pays alone."""
        with begin(self.staff) as work:
            return factories.make_payer(work, name=name, email=_address(name, "epasts"), **more)

    def form(self, group: CourseGroup | None, payer: str = "institution", **more: object) -> ApplyForm:
        """What the dialog sends."""
        institution = self.institution.key if payer == "institution" else None
        return ApplyForm(
            course_id=self.course.key,
            group_id=group.key if group else 0,
            payer=payer,
            **{"agreed": True, "institution_id": institution, **more},
        )

    def apply(
        self, person: Person, group: CourseGroup | None, payer: str = "institution", **more: object
    ) -> ApplicationReceipt:
        """The person applies."""
        with begin(factories.actor(person)) as work:
            return applications.apply(work, self.form(group, payer, **more))

    def fill(self, group: CourseGroup, places: int) -> list[Application]:
        """Take places by others."""
        with begin(self.staff) as work:
            return [
                factories.make_application(
                    work,
                    factories.make_person(work, name=f"Cits {number}"),
                    self.course,
                    group=group,
                    payer_kind="institution",
                    payer_institution_id=self.institution.key,
                    payer={"name": self.institution.name},
                )
                for number in range(places)
            ]

    def status(self, person: Person, group: CourseGroup | None = None) -> str:
        """The status of the person's latest application, to a group if one is named."""
        with begin(self.staff) as work:
            asked = select(Application.status).where(col(Application.person_id) == person.key)
            asked = asked.where(col(Application.group_id) == group.key) if group else asked
            return work.db.exec(asked.order_by(col(Application.id).desc())).first() or ""

    def application(self, person: Person) -> Application:
        """The person's latest application."""
        with begin(self.staff) as work:
            asked = select(Application).where(col(Application.person_id) == person.key)
            return work.db.exec(asked.order_by(col(Application.id).desc())).first()

    def mails(self, template: str = "", person: Person | None = None) -> Sequence[OutboxMessage]:
        """The messages queued, by template and person."""
        with begin(self.staff) as work:
            asked = select(OutboxMessage).order_by(col(OutboxMessage.id))
            asked = asked.where(col(OutboxMessage.template) == template) if template else asked
            asked = asked.where(col(OutboxMessage.person_id) == person.key) if person else asked
            return work.db.exec(asked).all()

    def audited(self, action: str) -> list[AuditEvent]:
        """What was written down of an action."""
        with begin(self.staff) as work:
            return list(work.db.exec(select(AuditEvent).where(col(AuditEvent.action) == action)).all())

    def taken(self, group: CourseGroup) -> int:
        """How many places the database counts."""
        with begin(self.staff) as work:
            return work.db.get_one(CourseGroup, group.key).places_taken


def _address(name: str, where: str) -> str:
    return f"{name.partition(' ')[0].lower()}@{where}.example"


@pytest.fixture
def school(house: House) -> School:
    """A course, an institution with its coordinator, and staff."""
    with begin(Actor()) as work:
        course = factories.make_course(work, price_cents=18_000)
        institution = factories.make_institution(work)
        coordinator = factories.make_person(work, name="Ilze Demoņa", email="ilze@iestade.example")
        factories.make_coordinator(work, coordinator, institution)
        staff = factories.actor(factories.make_person(work, name="Līga Testiņa"), Role.TRAINING)
    return School(course, institution, coordinator, staff)
