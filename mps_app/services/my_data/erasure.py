"""The request for erasure (2.6): noted with its day, told to the school, withdrawn by the person while it is open."""

import calendar
from datetime import date

from sqlmodel import col, select

from mps_app.core import riga
from mps_app.core.errors import DomainError, NotFound
from mps_app.core.plain_text import several_lines
from mps_app.core.settings import settings
from mps_app.core.work import Work
from mps_app.models import ErasureRequest, ErasureStatus, Person
from mps_app.policy import Action, Subject, require
from mps_app.services import audit, messages
from mps_app.text import N_
from mps_app.views.my_data import ErasureForm

_MONTHS = 12


class AlreadyRequested(DomainError):
    """A request is open; a second one would say nothing new."""

    code = "already_requested"
    message = N_("You have already asked for erasure. The school is dealing with it.")


def request_erasure(work: Work, form: ErasureForm) -> None:
    """Note that the person asks for erasure, and tell the school until when it must answer (GDPR 12.3)."""
    require(work, Action.ERASURE_REQUEST, Subject(person_id=work.actor.person_id))
    person = work.db.get_one(Person, work.actor.person_id, with_for_update=True)
    if open_request(work) is not None:
        raise AlreadyRequested
    request = ErasureRequest(person_id=person.key, wish=several_lines(form.wish), created_at=work.now)
    work.db.add(request)
    work.db.flush()
    messages.queue(
        work,
        "erasure_requested",
        recipient=settings().school_email,
        key=f"erasure_requested:{request.key}",
        facts={
            "name": person.full_name,
            "wish": request.wish,
            "answer_by": a_month_after(riga.today(work.now)),
        },
    )
    audit.record(work, "erasure:request", "erasure_request", request.key)


def withdraw_erasure(work: Work) -> None:
    """Take back the open request."""
    require(work, Action.ERASURE_REQUEST, Subject(person_id=work.actor.person_id))
    request = open_request(work)
    if request is None:
        raise NotFound
    request.status, request.decided_at = ErasureStatus.WITHDRAWN, work.now
    work.db.add(request)
    audit.record(work, "erasure:withdraw", "erasure_request", request.key)


def open_request(work: Work) -> ErasureRequest | None:
    """Return the actor's open request."""
    own = col(ErasureRequest.person_id) == work.actor.person_id
    is_open = col(ErasureRequest.status) == ErasureStatus.OPEN
    return work.db.exec(select(ErasureRequest).where(own, is_open)).one_or_none()


def a_month_after(day: date) -> date:
    """Return the same day of the next month, or its last one."""
    year, month = (day.year, day.month + 1) if day.month < _MONTHS else (day.year + 1, 1)
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
