"""Who looked at the person's record, what has to be kept and why, what was asked for (2.6)."""

from collections import defaultdict

from sqlalchemy import func
from sqlmodel import col, select

from mps_app.core import riga
from mps_app.core.settings import settings
from mps_app.core.work import Work
from mps_app.models import AccessRecord, ErasureRequest, ErasureStatus, Person, RoleGrant
from mps_app.policy import Action, Subject, require
from mps_app.services import identity
from mps_app.services.my_data.erasure import open_request
from mps_app.text import N_, say, say_n
from mps_app.views.my_data import ErasureRow, KeptRow, LookRow, MyDataPage

_SHOWN_LOOKS = 50

_STATUSES = {
    ErasureStatus.OPEN: ("warn", N_("The school is dealing with it")),
    ErasureStatus.WITHDRAWN: ("none", N_("Withdrawn")),
    ErasureStatus.DONE: ("ok", N_("Erased")),
    ErasureStatus.REFUSED: ("bad", N_("Refused")),
}


def my_data_page(work: Work) -> MyDataPage:
    """Return the page of the actor's own data."""
    require(work, Action.PERSON_READ, Subject(person_id=work.actor.person_id))
    own = col(AccessRecord.person_id) == work.actor.person_id
    total = work.db.execute(select(func.count()).select_from(AccessRecord).where(own)).scalar_one()
    older = max(0, total - _SHOWN_LOOKS)
    return MyDataPage(
        looks=looks(work, limit=_SHOWN_LOOKS),
        older_looks_text=say_n(
            work.language, "{n} older one is in the download.", "{n} older ones are in the download.", older
        )
        if older
        else "",
        kept=kept_by_law(work.language),
        requests=_requests(work),
        may_request=open_request(work) is None,
    )


def looks(work: Work, *, limit: int | None = None) -> list[LookRow]:
    """Return who looked at the actor's record, newest first."""
    found = work.db.execute(
        select(AccessRecord, Person)
        .join(Person, col(Person.id) == AccessRecord.actor_id, isouter=True)
        .where(AccessRecord.person_id == work.actor.person_id)
        .order_by(col(AccessRecord.created_at).desc(), col(AccessRecord.id).desc())
        .limit(limit)
    ).all()
    roles = _roles_of(work, {record.actor_id for record, _ in found if record.actor_id is not None})
    return [
        LookRow(
            id=record.key,
            when_text=riga.day_short_text(work.language, riga.today(record.created_at))
            + f", {riga.time_text(record.created_at)}",
            who_text=_who(work.language, person, roles),
            why_text=say(work.language, record.purpose, **record.facts),
        )
        for record, person in found
    ]


def kept_by_law(language: str) -> list[KeptRow]:
    """Return what the school has to keep although erasure was asked for."""
    here = settings()
    rows = (
        (
            N_("Invoices and other source documents"),
            say_n(language, "{n} year", "{n} years", here.keep_invoices_years),
            N_("Accounting Law, section 28"),
        ),
        (
            N_("Evidence of taking part in EU projects"),
            say_n(language, "{n} year", "{n} years", here.keep_projects_years),
            N_("Regulation (EU) 2021/1060, article 82"),
        ),
        (
            N_("Training history and certificates"),
            say_n(language, "{n} year", "{n} years", here.keep_learning_years),
            N_("Cabinet Regulation no. 706 of 26 October 2021"),
        ),
        (
            N_("Records of acts in the system"),
            say_n(language, "{n} month", "{n} months", here.keep_logs_months),
            N_("National Cybersecurity Law"),
        ),
    )
    return [
        KeptRow(what_text=say(language, what), how_long_text=how_long, basis_text=say(language, basis))
        for what, how_long, basis in rows
    ]


def _roles_of(work: Work, person_ids: set[int]) -> dict[int, set[str]]:
    held: dict[int, set[str]] = defaultdict(set)
    for grant in work.db.exec(select(RoleGrant).where(col(RoleGrant.person_id).in_(person_ids))):
        held[grant.person_id].add(grant.role)
    return held


def _who(language: str, person: Person | None, roles: dict[int, set[str]]) -> str:
    """Return name and leading role; the system itself when nobody did."""
    if person is None:
        return say(language, N_("The system"))
    leading = next((name for role, name in identity.ROLE_NAMES.items() if role in roles[person.key]), "")
    return f"{person.full_name}, {say(language, leading).lower()}" if leading else person.full_name


def _requests(work: Work) -> list[ErasureRow]:
    own = work.db.exec(
        select(ErasureRequest)
        .where(ErasureRequest.person_id == work.actor.person_id)
        .order_by(col(ErasureRequest.id).desc())
    )
    return [_row(work, request) for request in own]


def _row(work: Work, request: ErasureRequest) -> ErasureRow:
    tone, words = _STATUSES[ErasureStatus(request.status)]
    return ErasureRow(
        id=request.key,
        asked_text=riga.day_short_text(work.language, riga.today(request.created_at)),
        wish=request.wish,
        status_text=say(work.language, words),
        tone=tone,
        is_open=request.status == ErasureStatus.OPEN,
        answer_text=request.decision,
    )
