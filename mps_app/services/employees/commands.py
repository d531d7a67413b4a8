"""Adding, changing and ending one employee (11.2, 2.5)."""

from mps_app.core import riga
from mps_app.core.errors import Invalid, NotFound
from mps_app.core.work import Work
from mps_app.models import Employment
from mps_app.policy import Action
from mps_app.services import audit, institutions
from mps_app.services.employees import leaving, roll
from mps_app.services.employees.refusals import AlreadyEmployed, EmployedUntil
from mps_app.services.employees.rules import Entry, read_day, read_entry, until_problem
from mps_app.views.employees import EmployeeCard, EmployeeForm, EmploymentEnding


def add(work: Work, institution_id: int, form: EmployeeForm) -> EmployeeCard:
    """List a person as an employee; the answer is the same whether or not the school knows the person (11.5)."""
    institutions.own(work, institution_id, Action.EMPLOYEE_MANAGE)
    entry = _read(work, form.model_dump())
    roll.lock(work, institution_id)
    _refuse_overlap(work, institution_id, entry)
    employment_id = roll.hire(work, institution_id, [entry])[0]
    audit.record(
        work, "employee:add", "employment", employment_id,
        unit=entry.unit, position=entry.position, from_on=str(entry.from_on or riga.today(work.now)),
    )  # fmt: skip
    return EmployeeCard(employment_id=employment_id, name=f"{entry.given_name} {entry.family_name}")


def _read(work: Work, said: dict[str, str]) -> Entry:
    entry, problems = read_entry(said, riga.today(work.now))
    if problems:
        raise Invalid(problems)
    return entry


def _refuse_overlap(work: Work, institution_id: int, entry: Entry) -> None:
    wanted = work.tools.cipher.lookup(entry.code)
    from_on = entry.from_on or riga.today(work.now)
    for known in roll.read(work, institution_id, code_hash=wanted):
        if known.stands(riga.today(work.now)):
            raise AlreadyEmployed
        if known.until_on is not None and known.until_on > from_on:
            raise EmployedUntil(day=riga.day_text(work.language, known.until_on))


def card(work: Work, institution_id: int, employment_id: int) -> EmployeeCard:
    """Return what the institution keeps of an employee, to be changed."""
    institutions.own(work, institution_id, Action.EMPLOYEE_MANAGE)
    known = _standing(work, institution_id, employment_id)
    return EmployeeCard(
        employment_id=known.employment_id,
        given_name=known.given_name,
        family_name=known.family_name,
        unit=known.unit,
        position=known.position,
        work_email=known.work_email,
        name=known.name,
        since_text=riga.day_short_text(work.language, known.from_on),
    )


def change(work: Work, institution_id: int, employment_id: int, form: EmployeeForm) -> EmployeeCard:
    """Change what the institution keeps of an employee; whose record it is, and since when, stays."""
    institutions.own(work, institution_id, Action.EMPLOYEE_MANAGE)
    entry = _read(work, form.model_dump(exclude={"personal_code", "from_on"}))
    roll.lock(work, institution_id)
    known = _standing(work, institution_id, employment_id)
    changes = changes_between(known, entry)
    if changes:
        roll.change(work, [(known, entry)])
        audit.record(work, "employee:change", "employment", employment_id, **changes)
    return card(work, institution_id, employment_id)


def changes_between(known: roll.Known, entry: Entry) -> dict[str, tuple[str, str]]:
    """Return by field what was and what is said now; what nothing is said of does not change."""
    fields = ("given_name", "family_name", "unit", "position", "work_email")
    pairs = {field: (getattr(known, field), getattr(entry, field)) for field in fields}
    return {field: (before, after) for field, (before, after) in pairs.items() if after not in {None, before}}


def ending(work: Work, institution_id: int, employment_id: int, until_on: str = "") -> EmploymentEnding:
    """Show what ending an employment on a day would bring: today, unless another first day without is named."""
    institutions.own(work, institution_id, Action.EMPLOYEE_MANAGE)
    known = _standing(work, institution_id, employment_id)
    today = riga.today(work.now)
    chosen = read_day(until_on) or max(today, known.from_on)
    withdrawn = leaving.withdrawn_by_leaving(work, [known.employment_id], chosen)
    person_id = work.db.get_one(Employment, known.employment_id).person_id
    return EmploymentEnding(
        employment_id=known.employment_id,
        name=known.name,
        until_on=chosen.isoformat(),
        earliest=known.from_on.isoformat(),
        withdrawn=[leaving.shown(work, one) for one in withdrawn],
        coordinates=any(one.key == person_id for one in institutions.coordinators(work, institution_id)),
    )


def end(work: Work, institution_id: int, employment_id: int, until_on: str) -> EmploymentEnding:
    """End an employment; what it takes along goes in the same transaction, the person's account stays (2.5)."""
    institutions.own(work, institution_id, Action.EMPLOYEE_MANAGE)
    roll.lock(work, institution_id)
    known = _standing(work, institution_id, employment_id)
    day = read_day(until_on)
    problem = until_problem(day, known.from_on, riga.today(work.now))
    if problem or day is None:
        raise Invalid({"until_on": problem})
    ended = ending(work, institution_id, employment_id, until_on)
    roll.end(work, [employment_id], day)
    audit.record(work, "employee:end", "employment", employment_id, until_on=until_on)
    work.happened(leaving.EmploymentsEnded(institution_id, (employment_id,), day))
    return ended


def _standing(work: Work, institution_id: int, employment_id: int) -> roll.Known:
    """Return an employment of the institution that has not ended; for all others there is none."""
    for known in roll.read(work, institution_id, employment_id=employment_id):
        if known.stands(riga.today(work.now)):
            return known
    raise NotFound
