"""Asking to coordinate, nominating a colleague, naming a deputy (11.1, 11.7).

Who asks for oneself gets the same answer whether the school knows the institution or not. The same nomination
made twice is one: the database's unique indexes say so, also between two tabs.
"""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from mps_app.core import codes, riga
from mps_app.core.errors import Invalid, NotFound
from mps_app.core.work import Work
from mps_app.models import EMPLOYED, Coordinator, Institution, Person
from mps_app.policy import Action, Subject, require
from mps_app.services import audit, people
from mps_app.services.institutions.reach import own
from mps_app.services.institutions.refusals import AlreadyNominated, AlreadySpeaks, TooManyNominations
from mps_app.text import N_
from mps_app.views.coordinators import ColleagueForm, DocumentForm, NominationForm

_MOST_WAITING = 5
_FARTHEST = timedelta(days=366)
_EMPTY = N_("Fill in this field.")
_WAITS = (col(Coordinator.confirmed_on).is_(None), col(Coordinator.ended_by_id).is_(None))
_IS_EMPLOYEE = text(f"""
    SELECT EXISTS (SELECT FROM employment e
                   WHERE e.person_id = :person_id AND e.institution_id = :institution_id AND {EMPLOYED})
""")  # noqa: S608  # our own condition


def ask_to_coordinate(work: Work, form: NominationForm) -> None:
    """Nominate oneself with the institution's order; the school decides (11.1)."""
    require(work, Action.COORDINATOR_NOMINATE, Subject(person_id=work.actor.person_id))
    problems: dict[str, str] = {}
    number = people.read(problems, "registration_number", form.registration_number, codes.parse_registration_number)
    name = people.read(problems, "name", form.name, str)
    address = people.read_address(problems, form)
    document = _document(work, problems, form)
    if problems:
        raise Invalid(problems)
    speaks = select(col(Coordinator.id)).join(Institution).where(
        col(Institution.registration_number) == number,
        col(Coordinator.person_id) == work.actor.person_id,
        *_stands(work, document["from_on"], None),
    )  # fmt: skip
    if work.db.execute(speaks).first():
        raise AlreadySpeaks
    _nominate(work, work.actor.person_id, document | {"asked_number": number, "asked": {"name": name, **address}})


def nominate_colleague(work: Work, institution_id: int, form: ColleagueForm) -> None:
    """Nominate one of the institution's employees, or name a deputy for some days (11.1, 11.7)."""
    own(work, institution_id, Action.COORDINATOR_NOMINATE)
    problems: dict[str, str] = {}
    document = _document(work, problems, form)
    if form.is_deputy:
        document |= {"ended_on": _end_of(problems, form), "deputy_of_id": work.actor.person_id}
    if form.person_id in {0, work.actor.person_id}:
        problems["person_id"] = N_("Choose an employee.")
    if problems:
        raise Invalid(problems)
    asked = {"person_id": form.person_id, "institution_id": institution_id, "today": riga.today(work.now)}
    if not work.db.execute(_IS_EMPLOYEE, asked).scalar_one():
        raise NotFound
    speaks = select(col(Coordinator.id)).where(
        col(Coordinator.institution_id) == institution_id,
        col(Coordinator.person_id) == form.person_id,
        *_stands(work, document["from_on"], document.get("ended_on")),
    )
    if work.db.execute(speaks).first():
        raise AlreadySpeaks
    _nominate(work, form.person_id, document | {"institution_id": institution_id})


def withdraw_nomination(work: Work, coordinator_id: int) -> None:
    """Take back a nomination of oneself that nobody has decided."""
    require(work, Action.COORDINATOR_NOMINATE, Subject(person_id=work.actor.person_id))
    found = work.db.execute(
        update(Coordinator)
        .where(col(Coordinator.id) == coordinator_id, col(Coordinator.nominated_by_id) == work.actor.person_id)
        .where(col(Coordinator.person_id) == work.actor.person_id, *_WAITS)
        .values(
            ended_on=func.greatest(col(Coordinator.from_on), riga.today(work.now)), ended_by_id=work.actor.person_id
        )
        .returning(col(Coordinator.id))
    ).scalar_one_or_none()
    if found is not None:
        audit.record(work, "coordinator:withdraw", "coordinator", found)


def _document(work: Work, problems: dict[str, str], form: DocumentForm) -> dict[str, Any]:  # Any: columns
    """Return the columns of a dated document; both days lie near enough to be no slip of the keyboard."""
    today = riga.today(work.now)
    number = people.read(problems, "document_number", form.document_number, str)
    if form.document_on is None or form.from_on is None:
        problems |= {name: _EMPTY for name in ("document_on", "from_on") if getattr(form, name) is None}
        return {}
    if form.document_on > today:
        problems["document_on"] = N_("This day has not come yet.")
    if abs(form.from_on - today) > _FARTHEST:
        problems["from_on"] = N_("Choose a day at most a year from today.")
    return {"document_reference": f"{number}, {form.document_on:%d.%m.%Y.}", "from_on": form.from_on}


def _end_of(problems: dict[str, str], form: ColleagueForm) -> date | None:
    """Return the first day without the deputy, as ``ended_on`` means it."""
    if form.last_on is None:
        problems["last_on"] = N_("Give the deputy's last day.")
        return None
    if form.from_on is None or "from_on" in problems:
        return None
    if not form.from_on <= form.last_on <= form.from_on + _FARTHEST:
        problems["last_on"] = N_("The last day comes after the first, within a year.")
        return None
    return form.last_on + timedelta(days=1)


def _stands(work: Work, from_on: date, until_on: date | None) -> tuple[Any, ...]:  # Any: SQL conditions
    """Return the conditions of a confirmed coordinator whose days meet these."""
    ends, begins = col(Coordinator.ended_on), col(Coordinator.from_on)
    return (
        col(Coordinator.confirmed_on).is_not(None),
        ends.is_(None) | (ends > max(from_on, riga.today(work.now))),
        *((begins < until_on,) if until_on else ()),
    )


def _nominate(work: Work, person_id: int | None, columns: dict[str, Any]) -> None:  # Any: columns
    """Write the nomination once; those of the person's making are counted under the lock of their own row."""
    me = work.actor.person_id
    work.db.execute(select(col(Person.id)).where(col(Person.id) == me).with_for_update(key_share=True))
    _close_lapsed(work, person_id, columns)
    same = (
        *_WAITS,
        col(Coordinator.person_id) == person_id,
        *(col(getattr(Coordinator, name)) == columns[name] for name in ("institution_id", "asked_number")
          if name in columns),
    )  # fmt: skip
    if work.db.execute(select(col(Coordinator.id)).where(*same, *_as_written(columns))).first():
        return  # sent twice
    mine = select(func.count()).where(col(Coordinator.nominated_by_id) == me, *_WAITS)
    if work.db.execute(mine).scalar_one() >= _MOST_WAITING:
        raise TooManyNominations
    sides = {"person_id": person_id, "nominated_on": riga.today(work.now), "nominated_by_id": me}
    kept = {"asked": {}, "end_reference": "", "wants_digest": False, "created_at": work.now, **columns, **sides}
    row = insert(Coordinator).values(kept).on_conflict_do_nothing().returning(col(Coordinator.id))
    written = work.db.execute(row).scalar_one_or_none()
    if written is None:
        raise AlreadyNominated
    about = {name: columns[name] for name in ("institution_id", "asked_number") if name in columns}
    audit.record(work, "coordinator:nominate", "coordinator", written, person_id=person_id, **about)


def _as_written(columns: dict[str, Any]) -> tuple[Any, ...]:  # Any: SQL conditions
    return tuple(
        col(getattr(Coordinator, name)).is_not_distinct_from(columns.get(name))
        for name in ("document_reference", "from_on", "ended_on", "deputy_of_id")
    )


def _close_lapsed(work: Work, person_id: int | None, columns: dict[str, Any]) -> None:  # Any: columns
    """Let a deputy's nomination whose days passed undecided make way for a new one (11.7)."""
    if "institution_id" not in columns:
        return
    work.db.execute(
        update(Coordinator)
        .where(col(Coordinator.person_id) == person_id, *_WAITS)
        .where(col(Coordinator.institution_id) == columns["institution_id"])
        .where(col(Coordinator.ended_on) <= riga.today(work.now))
        .values(ended_by_id=work.actor.person_id)
    )
