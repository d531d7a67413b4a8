"""An institution whose people were trained on its account, and a neighbour with a record of its own."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from sqlmodel import select

from mps_app.core import riga
from mps_app.core.actor import SYSTEM, Actor
from mps_app.core.work import House, Work, begin
from mps_app.models import (
    Application,
    Attendance,
    Certificate,
    Course,
    EvaluationInvitation,
    Institution,
    Person,
    Questionnaire,
)
from tests import factories

HOURS = 4


@dataclass
class Records:
    """What the tests of this room act on."""

    institution: Institution
    other: Institution
    coordinator: Actor
    stranger: Actor

    def employee(self, name: str = "Anna Paraudziņa", *, at: Institution | None = None, **more: object) -> Person:
        """Somebody who works there since long ago."""
        with begin(SYSTEM) as work:
            person = factories.make_person(work, name=name, email=None)
            factories.make_employment(work, person, at or self.institution, **more)
        return person

    def course(self, title: str = "Korupcijas novēršana", **more: object) -> Course:
        """A course of eight hours, in person."""
        with begin(SYSTEM) as work:
            return factories.make_course(work, title=title, **more)

    def train(
        self, person: Person, course: Course, days: int, *, certified: bool = True, minutes: int = HOURS * 60,
        payer: Institution | None = None, alone: bool = False, status: str = "",
    ) -> int:  # fmt: skip
        """Somebody is at a training of two half days that begins so many days from now; the application's id."""
        with begin(SYSTEM) as work:
            start = work.now + timedelta(days=days)
            coming = start > work.now
            group = factories.make_group(work, course, status="confirmed" if coming else "completed")
            sessions = [
                factories.make_session(work, group, starts_at=start + timedelta(days=day), hours=HOURS)
                for day in (0, 1)
            ]
            paid = (
                {} if alone else {"payer_kind": "institution", "payer_institution_id": (payer or self.institution).key}
            )
            application = factories.make_application(
                work, person, course, group=group, price_cents=18_000, created_at=start - timedelta(days=20),
                status=status or ("registered" if coming else "completed" if certified else "attended"), **paid,
            )  # fmt: skip
            application.status_at = start - timedelta(days=20) if coming else start + timedelta(days=1)
            if not coming and minutes:
                work.db.add_all(
                    Attendance(
                        application_id=application.key, session_id=one.key, present_minutes=minutes, source="staff"
                    )
                    for one in sessions
                )
                _conclude(work, application, start + timedelta(days=1), certified=certified)
            return application.key


def _conclude(work: Work, application: Application, at: datetime, *, certified: bool) -> None:
    answered = riga.today(at) if certified else None
    form = _questionnaire(work)
    work.db.add(
        EvaluationInvitation(
            application_id=application.key, questionnaire_id=form.key, invited_on=riga.today(at), answered_on=answered
        )
    )
    if certified:
        number = f"MPS-{at.year}-{application.key:05}"
        key = f"certificates/{number}.pdf"
        content = b"%PDF-1.7 " + number.encode()
        work.tools.files.keep(key, content)
        work.db.add(
            Certificate(
                application_id=application.key,
                kind="completion",
                series="MPS",
                year=at.year,
                serial=application.key,
                number=number,
                code=number,
                issued_at=at,
                pdf_key=key,
                pdf_digest=hashlib.sha256(content).hexdigest(),
            )
        )
    work.db.flush()


def _questionnaire(work: Work) -> Questionnaire:
    """The questionnaire that is in force; made once."""
    found = work.db.exec(select(Questionnaire)).first()
    if found is None:
        found = Questionnaire(version=1, is_in_force=True)
        work.db.add(found)
        work.db.flush()
    return found


@pytest.fixture
def records(house: House) -> Records:
    """Two institutions with a coordinator each."""
    with begin(SYSTEM) as work:
        first, second = factories.make_institution(work), factories.make_institution(work, name="Cita iestāde")
        people = [factories.make_person(work, name=name) for name in ("Ilze Demoņa", "Ojārs Testonis")]
        for person, institution in zip(people, (first, second), strict=True):
            factories.make_coordinator(work, person, institution)
    speakers = [
        factories.actor(person, institutions=frozenset({one.key}))
        for person, one in zip(people, (first, second), strict=True)
    ]
    return Records(first, second, *speakers)
