"""A participant with sessions, and a moment to look at them."""

from dataclasses import dataclass
from datetime import datetime

import pytest
from sqlalchemy import update
from sqlmodel import col

from mps_app.core import riga
from mps_app.core.actor import SYSTEM, Actor
from mps_app.core.work import House, begin
from mps_app.models import Person, TrainingSession
from mps_app.services import my_training
from mps_app.views.date_scale import DayCard, Marks
from tests import factories


@dataclass
class Participant:
    """One person; each call is a transaction of its own."""

    person: Person

    @property
    def actor(self) -> Actor:
        """The person as the one who asks."""
        return factories.actor(self.person)

    def session(  # a session has this many sides, all optional
        self,
        starts_at: datetime,
        *,
        hours: float = 4,
        form: str = "in_person",
        online_url: str | None = None,
        status: str = "registered",
        **group: object,
    ) -> TrainingSession:
        """A session in a group of its own, in which the person has a place."""
        with begin(SYSTEM) as work:
            course = factories.make_course(work, format=form)
            made = factories.make_group(work, course, **{"status": "confirmed", **group})
            room = None if online_url else factories.make_room(work, name="205. telpa")
            session = factories.make_session(work, made, starts_at=starts_at, hours=hours, room=room)
            change = update(TrainingSession).where(col(TrainingSession.id) == session.key)
            work.db.execute(change.values(online_url=online_url))
            factories.make_application(work, self.person, course, group=made, status=status, created_at=work.now)
            return session

    def marks(self) -> Marks:
        """The days of the scale."""
        with begin(self.actor) as work:
            opened = my_training.open_scale(work)
            assert opened is not None
            return opened.marks

    def card(self, moment: datetime) -> DayCard:
        """The card of a moment's day in Riga."""
        with begin(self.actor) as work:
            return my_training.day_card(work, riga.today(moment).toordinal(), self.marks())


@pytest.fixture
def anna(house: House) -> Participant:
    """A participant without any sessions yet."""
    with begin(SYSTEM) as work:
        return Participant(factories.make_person(work))
