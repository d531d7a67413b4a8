"""Coordinating in the demo school: a nomination that waits, a deputy, one whose time is over (11.1, 11.7)."""

from datetime import date, datetime, timedelta

from sqlmodel import col, select

from mps_app.core import riga
from mps_app.core.actor import Actor, Role
from mps_app.core.work import begin
from mps_app.demo.inhabitants import Inhabitants
from mps_app.models import Coordinator
from mps_app.services import institutions
from mps_app.views.coordinators import ColleagueForm, ConfirmForm, EndForm, NominationForm

_ILZE, _INSTITUTION = "Ilze Demoņa", "INST-04"
_ELSEWHERE = "INST-20"
_DEPUTY, _FORMER = 5, 8  # of the employees of Ilze's institution
_NEW = {
    "registration_number": "99990000906", "name": "Dzirnavu novada pašvaldība", "street": "Dzirnavu laukums 1",
    "city": "Dzirnavas", "postal_code": "LV-4101",
}  # fmt: skip


def coordinate(people: Inhabitants, now: datetime) -> None:
    """Let an institution change its coordinators, and somebody ask for one that is new here."""
    ilze, employees = _speaker(people.by_name[_ILZE]), people.employees[_INSTITUTION]
    began, ended = now - timedelta(days=240), now - timedelta(days=45)
    former = _confirmed(people, ilze, employees[_FORMER], _order("1-5/22", began), began)
    with begin(ilze, now=ended) as work:
        form = EndForm(coordinator_id=former, reference=f"Rīkojums Nr. 1-5/58, {riga.today(ended):%d.%m.%Y.}")
        institutions.end_coordinator(work, _institution_of(ilze), form)
    today = riga.today(now)
    days = {"is_deputy": True, "from_on": today, "last_on": today + timedelta(days=18)}
    _confirmed(people, ilze, employees[_DEPUTY], _order("1-5/61", now) | days, now - timedelta(days=1))
    asked = _order("1-14/87", now - timedelta(days=3)) | {"from_on": today + timedelta(days=4)}
    with begin(Actor(person_id=people.employees[_ELSEWHERE][0]), now=now - timedelta(days=1)) as work:
        institutions.ask_to_coordinate(work, NominationForm.read({**_NEW, **asked}))


def _speaker(person_id: int) -> Actor:
    with begin(Actor(person_id=person_id)) as work:
        found = select(Coordinator.institution_id).where(col(Coordinator.person_id) == person_id)
        institution_id = work.db.exec(found).one() or 0
    return Actor(person_id=person_id, roles=frozenset({Role.COORDINATOR}), institution_ids=frozenset({institution_id}))


def _institution_of(speaker: Actor) -> int:
    return next(iter(speaker.institution_ids))


def _order(number: str, at: datetime) -> dict[str, object]:
    day: date = riga.today(at) - timedelta(days=2)
    return {"document_number": number, "document_on": day, "from_on": riga.today(at)}


def _confirmed(people: Inhabitants, speaker: Actor, person_id: int, order: dict[str, object], at: datetime) -> int:
    """Have an employee nominated and confirmed; return the coordinatorship."""
    institution_id = _institution_of(speaker)
    with begin(speaker, now=at) as work:
        institutions.nominate_colleague(work, institution_id, ColleagueForm.read({"person_id": person_id, **order}))
    with begin(people.staff, now=at) as work:
        (waiting,) = [card.id for card in institutions.nominations(work)]
        institutions.confirm_coordinator(work, ConfirmForm(coordinator_id=waiting))
    return waiting
