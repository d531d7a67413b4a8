"""Two institutions with a coordinator each, a colleague, and the school's own people."""

from dataclasses import dataclass
from typing import Any

import pytest
from sqlmodel import col, select

from mps_app.core.actor import NOBODY, Actor, Role
from mps_app.core.work import House, begin
from mps_app.models import Coordinator, Institution, OutboxMessage, Person
from mps_app.services import identity, institutions
from mps_app.views.coordinators import ColleagueForm, ConfirmForm, EndForm, NominationForm
from tests import factories

DOCUMENT = {"document_number": "1-5/31", "document_on": "2026-09-01", "from_on": "2026-09-07"}
ADDRESS = {"street": "Upes iela 1", "city": "Upeslīči", "postal_code": "1050"}
UNKNOWN_NUMBER = "99990000018"


@dataclass
class Desk:
    """What the tests of this room act on; each call is a transaction of its own."""

    institution: Institution
    other: Institution
    ilze: Actor
    stranger: Actor  # speaks for the other one
    staff: Actor
    colleague: Person

    def person(self, name: str, **more: object) -> Person:
        """Somebody who has signed in once."""
        with begin(NOBODY) as work:
            return factories.make_person(work, name=name, **more)

    def employee(self, name: str, institution: Institution | None = None) -> Person:
        """An employee, of this institution unless another is named."""
        with begin(NOBODY) as work:
            person = factories.make_person(work, name=name)
            factories.make_employment(work, person, institution or self.institution)
        return person

    def nominate(self, person: Person | int, who: Actor | None = None, **more: object) -> None:
        """The coordinator nominates an employee."""
        person_id = person if isinstance(person, int) else person.key
        form = ColleagueForm.read({**DOCUMENT, "person_id": person_id, **more})
        with begin(who or self.ilze) as work:
            institutions.nominate_colleague(work, self.institution.key, form)

    def ask(self, person: Person, number: str = UNKNOWN_NUMBER, **more: object) -> None:
        """A person asks to coordinate."""
        form = {**DOCUMENT, **ADDRESS, "registration_number": number, "name": "Jaunā iestāde", **more}
        with begin(factories.actor(person)) as work:
            institutions.ask_to_coordinate(work, NominationForm.read(form))

    def confirm(self, coordinator_id: int, who: Actor | None = None, **more: object) -> None:
        """The school confirms."""
        with begin(who or self.staff) as work:
            institutions.confirm_coordinator(work, ConfirmForm.read({"coordinator_id": coordinator_id, **more}))

    def refuse(self, coordinator_id: int, reason: str = "Rīkojumu parakstījusi cita persona") -> None:
        """The school refuses."""
        with begin(self.staff) as work:
            institutions.refuse_nomination(work, EndForm(coordinator_id=coordinator_id, reference=reason))

    def end(self, coordinator_id: int, who: Actor | None = None, reference: str = "Rīkojums Nr. 1-5/40") -> None:
        """A coordinator ends a coordinatorship of the institution."""
        form = EndForm(coordinator_id=coordinator_id, reference=reference)
        with begin(who or self.ilze) as work:
            institutions.end_coordinator(work, self.institution.key, form)


def rows(person: Person | int) -> list[Coordinator]:
    """Everything kept of a person's coordinating, the oldest first."""
    person_id = person if isinstance(person, int) else person.key
    with begin(NOBODY) as work:
        found = select(Coordinator).where(col(Coordinator.person_id) == person_id).order_by(col(Coordinator.id))
        return list(work.db.exec(found))


def letters(person: Person, template: str) -> list[dict[str, Any]]:
    """The facts of the messages of a kind to somebody."""
    with begin(NOBODY) as work:
        found = select(OutboxMessage).where(
            col(OutboxMessage.person_id) == person.key, col(OutboxMessage.template) == template
        )
        return [message.facts for message in work.db.exec(found)]


def speaks_for(person: Person) -> frozenset[int]:
    """The institutions for which a session of the person acts, read anew as every event reads it."""
    with begin(NOBODY) as work:
        token = identity.start_session(work, person.key, user_agent="test", network_address="192.0.2.1")
    with begin(NOBODY) as work:
        return identity.actor_of(work, token).institution_ids


@pytest.fixture
def desk(house: House) -> Desk:
    with begin(NOBODY) as work:
        institution = factories.make_institution(work, name="Upeslīču novads")
        other = factories.make_institution(work, name="Cita iestāde")
        speakers = []
        for name, one in (("Ilze Demoņa", institution), ("Ojārs Testonis", other)):
            person = factories.make_person(work, name=name)
            factories.make_employment(work, person, one)
            factories.make_coordinator(work, person, one)
            speakers.append(factories.actor(person, institutions=frozenset({one.key})))
        staff = factories.actor(factories.make_person(work, name="Vija Plānotāja"), Role.TRAINING)
        colleague = factories.make_person(work, name="Ģirts Kolēģis")
        factories.make_employment(work, colleague, institution, unit="Finanšu nodaļa", position="ekonomists")
    return Desk(institution, other, *speakers, staff, colleague)
