"""A coordinator of the demo school enrols colleagues into a closed group, and holds nameless places (11.3, 11.6)."""

from datetime import datetime, timedelta

from sqlmodel import col, select

from mps_app.core import riga
from mps_app.core.actor import Actor, Role
from mps_app.core.work import Work, begin
from mps_app.demo.inhabitants import Inhabitants
from mps_app.models import Coordinator, CourseGroup
from mps_app.services import enrolments
from mps_app.views.enrolments import EnrolForm, ReserveForm

_ILZE, _INSTITUTION = "Ilze Demoņa", "INST-04"
_CLOSED, _ENROLLED = "VAD-04/%", slice(20, 25)
_HELD, _PLACES, _DAYS = "DIG-03/%", 4, 12


def enrol_together(people: Inhabitants, now: datetime) -> None:
    """Let Ilze enrol five colleagues at once, and hold four places in another group for some days."""
    ilze, institution_id = _speaker(people.by_name[_ILZE])
    with begin(ilze, now=now - timedelta(hours=20)) as work:
        group_id = _coming(work, _CLOSED)
        people_ids = people.employees[_INSTITUTION][_ENROLLED]
        enrolments.enrol(work, institution_id, EnrolForm(group_id=group_id, person_ids=people_ids))
    with begin(ilze, now=now - timedelta(hours=19)) as work:
        group_id = _coming(work, _HELD)
        day = riga.add_working_days(riga.today(now), _DAYS)
        enrolments.reserve(work, institution_id, ReserveForm(group_id=group_id, places=_PLACES, release_on=day))


def _coming(work: Work, code: str) -> int:
    """Return the newest group of a course that takes applications."""
    wanted = (col(CourseGroup.code).like(code), col(CourseGroup.status).in_(["open", "confirmed"]))
    found: int = work.db.execute(
        select(col(CourseGroup.id)).where(*wanted).order_by(col(CourseGroup.id).desc()).limit(1)
    ).scalar_one()
    return found


def _speaker(person_id: int) -> tuple[Actor, int]:
    with begin(Actor(person_id=person_id)) as work:
        found = select(Coordinator.institution_id).where(col(Coordinator.person_id) == person_id)
        institution_id = work.db.exec(found).one() or 0
    mine = frozenset({institution_id})
    return Actor(person_id=person_id, roles=frozenset({Role.COORDINATOR}), institution_ids=mine), institution_id
