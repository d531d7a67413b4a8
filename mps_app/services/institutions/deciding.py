"""The school confirms and refuses nominations; the institution and the school end what stands (11.1, 11.7).

From the commit of an end the next event of any open tab is refused: who coordinates is read anew each time.
"""

from datetime import date

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from mps_app.core import riga
from mps_app.core.errors import Invalid, NotFound
from mps_app.core.folding import fold
from mps_app.core.work import Work
from mps_app.models import Coordinator, Institution, Person
from mps_app.policy import Action, Subject, require
from mps_app.services import audit, messages, people
from mps_app.services.institutions.reach import own
from mps_app.services.institutions.refusals import AlreadyDecided, AlreadySpeaks, DaysPassed, OwnNomination
from mps_app.text import N_
from mps_app.views.coordinators import ConfirmForm, EndForm

_PAGE, _ASKING = "/iestade/darbinieki", "/iestade/klut-par-koordinatoru"
_NO_END = date.max


def confirm_coordinator(work: Work, form: ConfirmForm) -> None:
    """Let a nominated person speak for the institution; one that the school did not know is entered (11.1)."""
    found = _waiting(work, form.coordinator_id)
    if work.actor.person_id in {found.person_id, found.nominated_by_id}:
        raise OwnNomination
    if found.ended_on is not None and found.ended_on <= riga.today(work.now):
        raise DaysPassed
    institution = _institution(work, found, form)
    _require_free(work, found, institution.key)
    found.institution_id, found.confirmed_on = institution.key, riga.today(work.now)
    found.confirmed_by_id = work.actor.person_id
    work.db.add(found)
    work.db.flush()
    audit.record(
        work, "coordinator:confirm", "coordinator", found.key,
        person_id=found.person_id, institution_id=institution.key, reference=found.document_reference,
    )  # fmt: skip
    _tell(work, found, "coordinator_confirmed", institution.name, from_on=found.from_on, last_on=_last(found))


def refuse_nomination(work: Work, form: EndForm) -> None:
    """Refuse a nomination, saying why (11.1)."""
    found = _waiting(work, form.coordinator_id)
    reason = _reference(form)
    _close(work, found, reason)
    audit.record(work, "coordinator:refuse", "coordinator", found.key, person_id=found.person_id, reason=reason)
    _tell(work, found, "coordinator_refused", _named(work, found), reason=reason)


def end_as_school(work: Work, form: EndForm) -> None:
    """End a coordinatorship, at once (11.1)."""
    require(work, Action.COORDINATOR_CONFIRM, Subject())
    found = _locked(work, form.coordinator_id)
    if found.confirmed_on is None:
        raise NotFound
    _end(work, found, form)


def end_coordinator(work: Work, institution_id: int, form: EndForm) -> None:
    """End a colleague's or one's own coordinatorship, or take a colleague's nomination back (11.7)."""
    own(work, institution_id, Action.COORDINATOR_NOMINATE)
    found = _locked(work, form.coordinator_id)
    if found.institution_id != institution_id:
        raise NotFound
    _end(work, found, form)


def _end(work: Work, found: Coordinator, form: EndForm) -> None:
    reference = _reference(form)
    is_over = found.ended_on is not None and found.ended_on <= riga.today(work.now)
    if is_over or found.ended_by_id is not None:
        return  # over already: ended twice, or by somebody else meanwhile
    spoke = found.confirmed_on is not None
    _close(work, found, reference)
    audit.record(work, "coordinator:end", "coordinator", found.key, person_id=found.person_id, reference=reference)
    if found.person_id != work.actor.person_id:
        template = "coordinator_ended" if spoke else "coordinator_refused"
        _tell(work, found, template, _named(work, found), reason=reference)


def _close(work: Work, found: Coordinator, reference: str) -> None:
    """Write the end: today, or the day it would have begun when that has not come."""
    found.ended_on = max(riga.today(work.now), found.from_on)
    found.ended_by_id, found.end_reference = work.actor.person_id, reference
    work.db.add(found)
    work.db.flush()


def _waiting(work: Work, coordinator_id: int) -> Coordinator:
    require(work, Action.COORDINATOR_CONFIRM, Subject())
    found = _locked(work, coordinator_id)
    if found.confirmed_on is not None or found.ended_by_id is not None:
        raise AlreadyDecided
    return found


def _locked(work: Work, coordinator_id: int) -> Coordinator:
    """Return a row and hold it: of two who decide at once, the second sees what the first did."""
    found = work.db.get(Coordinator, coordinator_id, with_for_update=True)
    if found is None:
        raise NotFound
    return found


def _reference(form: EndForm) -> str:
    if not form.reference:
        raise Invalid({"reference": N_("Give the document, or the reason.")})
    return form.reference


def _require_free(work: Work, found: Coordinator, institution_id: int) -> None:
    """Refuse a second coordinatorship in the same days; the person's row is held, so none comes in between."""
    work.db.execute(select(col(Person.id)).where(col(Person.id) == found.person_id).with_for_update(key_share=True))
    ends, begins = col(Coordinator.ended_on), col(Coordinator.from_on)
    standing = select(col(Coordinator.id)).where(
        col(Coordinator.person_id) == found.person_id,
        col(Coordinator.institution_id) == institution_id,
        col(Coordinator.confirmed_on).is_not(None),
        ends.is_(None) | (ends > found.from_on),
        begins < (found.ended_on or _NO_END),
    )
    if work.db.execute(standing).first():
        raise AlreadySpeaks


def _institution(work: Work, found: Coordinator, form: ConfirmForm) -> Institution:
    """Return the institution of a nomination; its name and address may be corrected when they came with it."""
    if found.institution_id is not None:
        return work.db.get_one(Institution, found.institution_id)
    known = _by_number(work, found.asked_number)
    if known is not None:
        return known
    problems: dict[str, str] = {}
    name, address = people.read(problems, "name", form.name, str), people.read_address(problems, form)
    if problems:
        raise Invalid(problems)
    sides = {"registration_number": found.asked_number, "name": name, "name_folded": fold(name or ""), **address}
    row = {**sides, "needs_approval": False, "created_at": work.now}
    work.db.execute(insert(Institution).values(row).on_conflict_do_nothing(index_elements=["registration_number"]))
    made = _by_number(work, found.asked_number)
    if made is None:
        raise NotFound
    audit.record(work, "institution:enter", "institution", made.key, name=made.name)
    return made


def _by_number(work: Work, number: str | None) -> Institution | None:
    found: Institution | None = work.db.execute(
        select(Institution).where(col(Institution.registration_number) == number)
    ).scalar_one_or_none()
    return found


def _named(work: Work, found: Coordinator) -> str:
    """Return the institution's name; who asked for oneself hears the name that they wrote."""
    if found.institution_id is None:
        return found.asked["name"]
    return work.db.get_one(Institution, found.institution_id).name


def _last(found: Coordinator) -> date | None:
    return date.fromordinal(found.ended_on.toordinal() - 1) if found.ended_on else None


def _tell(work: Work, found: Coordinator, template: str, institution_name: str, **facts: object) -> None:
    path = _PAGE if template == "coordinator_confirmed" else _ASKING
    messages.queue(
        work,
        template,
        person_id=found.person_id,
        key=f"{template}:{found.key}",
        facts={"institution_name": institution_name, "path": path, **facts},
    )
