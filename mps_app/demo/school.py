"""The demo school: filled once, through the services, as if ten years had passed in it."""

from datetime import timedelta

from sqlalchemy import update
from sqlmodel import col

from mps_app.core.actor import SYSTEM
from mps_app.core.work import Work, begin
from mps_app.demo.calendar import Calendar
from mps_app.demo.exams import set_exams
from mps_app.demo.furniture import furnish
from mps_app.demo.inhabitants import move_in
from mps_app.demo.institution_coordinators import coordinate
from mps_app.demo.institution_enrolments import enrol_together
from mps_app.demo.institution_training import learn, train
from mps_app.demo.materials import put_on_shelves
from mps_app.demo.questions import ask_and_answer
from mps_app.demo.running import Life
from mps_app.demo.story import ANNA, Story
from mps_app.models import MessageState, OutboxMessage
from mps_app.services import exams, groups

_FRESH = timedelta(days=10)


def fill() -> None:
    """Fill the school up to this moment; who calls sees to it that it happens once (``launch.seeding``)."""
    with begin(SYSTEM) as work:
        now = work.now
        furniture = furnish(work)
        people = move_in(work, furniture)
        set_exams(work, furniture)
    life = Life(Calendar(now), furniture, people)
    Story(life).tell()
    learn(life)
    with begin(SYSTEM) as work:
        groups.move_clock(work)
        exams.invite_due(work)
    put_on_shelves(people.staff)
    ask_and_answer(people.by_name[ANNA], people.staff, now)
    coordinate(people, now)
    enrol_together(people, now)
    train(people, now)
    with begin(SYSTEM) as work:
        _file_away(work, people.by_name[ANNA])


def _file_away(work: Work, anna: int) -> None:
    """Note old letters as sent; only the last days' to one person still go out, to be read in the demo's mailbox."""
    own = col(OutboxMessage.person_id).is_not_distinct_from(anna)
    fresh = own & (col(OutboxMessage.created_at) > work.now - _FRESH)
    work.db.execute(
        update(OutboxMessage)
        .where(~fresh)
        .values(state=MessageState.SENT, attempts=1, sent_at=OutboxMessage.created_at)
    )
