"""An institution with a coordinator, and another one beside it."""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from mps_app.core.actor import SYSTEM, Actor
from mps_app.core.work import House, begin
from mps_app.models import Attendance, Course, CourseGroup, Institution, Person
from mps_app.services import rosters
from mps_app.views.roster_filter import RosterFilter
from mps_app.views.rosters import RosterPage
from tests import factories


@dataclass
class School:
    """Two institutions, and what a test puts into them."""

    ours: Institution
    theirs: Institution
    coordinator: Actor
    foreign: Actor
    people: dict[str, Person] = field(default_factory=dict)

    def employ(self, name: str, *, at: Institution | None = None, **more: object) -> int:
        """Somebody who works for the institution; the same name is the same person."""
        with begin(SYSTEM) as work:
            person = self.people.get(name) or factories.make_person(work, name=name)
            self.people[name] = person
            factories.make_employment(work, person, at or self.ours, **more)
            return person.key

    def train(self, name: str, *, days_ago: int = 30, share: float = 1, **more: object) -> tuple[Course, CourseGroup]:
        """Somebody was in a group of eight academic hours, for a share of its minutes."""
        with begin(SYSTEM) as work:
            course = factories.make_course(work, academic_hours=8)
            group = factories.make_group(work, course)
            session = factories.make_session(work, group, starts_at=work.now - timedelta(days=days_ago), hours=6)
            sides = {
                "group": group, "status": "attended", "payer_kind": "institution",
                "payer_institution_id": self.ours.key, "created_at": work.now - timedelta(days=days_ago + 20), **more,
            }  # fmt: skip
            application = factories.make_application(work, self.people[name], course, **sides)
            work.db.add(Attendance(application_id=application.key, session_id=session.key,
                                   present_minutes=int(360 * share), source="staff"))  # fmt: skip
            return course, group

    def look(self, actor: Actor | None = None, at: Institution | None = None, **wanted: object) -> RosterPage:
        """What the coordinator sees."""
        with begin(actor or self.coordinator, reads=True) as work:
            return rosters.roster(work, (at or self.ours).key, RosterFilter(**wanted))

    def names(self, **wanted: object) -> list[str]:
        """Whom the coordinator sees."""
        return [row.name for row in self.look(**wanted).rows]


@pytest.fixture
def school(house: House) -> School:
    with begin(SYSTEM) as work:
        ours, theirs = (factories.make_institution(work, name=name) for name in ("Mūsu iestāde", "Cita iestāde"))
        speakers = [factories.make_person(work, name=name) for name in ("Ilze Demoņa", "Ojārs Testonis")]
        for person, institution in zip(speakers, (ours, theirs), strict=True):
            factories.make_coordinator(work, person, institution)
    return School(
        ours,
        theirs,
        factories.actor(speakers[0], institutions=frozenset({ours.key})),
        factories.actor(speakers[1], institutions=frozenset({theirs.key})),
    )
