"""One application on an institution's account: what happened to it, who was told what, what can be done (4.7, 4.8)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, text
from sqlmodel import col

from mps_app.core import riga
from mps_app.core.errors import Invalid, NotFound
from mps_app.core.money import price_text
from mps_app.core.work import Work, only_reads
from mps_app.models import EMPLOYEE_NAME, Application, AuditEvent, Course, CourseGroup
from mps_app.policy import Action
from mps_app.services import audit, catalogue, groups, institutions, messages
from mps_app.services.applications import changes
from mps_app.services.applications.account_list import STANDING, note_of, status_of
from mps_app.services.applications.checklist import dates_text
from mps_app.services.applications.replacing import may_replace
from mps_app.text import N_, say
from mps_app.views.account_list import AccountDetails, HistoryLine

_ONE = text(f"""
    SELECT r.*, {EMPLOYEE_NAME} AS name, e.unit AS works_in, e.position AS works_as, g.status AS group_status,
           {STANDING} AS standing
    FROM institution_record r JOIN employment e ON e.id = r.employment_id JOIN person p ON p.id = r.person_id
    LEFT JOIN course_group g ON g.id = r.group_id
    WHERE r.institution_id = :institution_id AND r.application_id = :application_id
""").bindparams(bindparam("institution_id"), bindparam("application_id"), bindparam("today"))  # noqa: S608  # our own

_NAMES = text(f"""
    SELECT p.id, coalesce((SELECT {EMPLOYEE_NAME} FROM employment e
                           WHERE e.person_id = p.id AND e.institution_id = :institution_id
                           ORDER BY e.from_on DESC LIMIT 1), p.given_name || ' ' || p.family_name)
    FROM person p
    WHERE p.id = :person_id OR p.id IN (SELECT person_id FROM coordinator WHERE institution_id = :institution_id)
""").bindparams(bindparam("institution_id"), bindparam("person_id"))  # noqa: S608  # our own condition

_ACTS = {
    "applied": N_("Applied"),
    "enrolled": N_("Applied"),
    "approved": N_("Approved"),
    "rejected": N_("Was rejected"),
    "cancelled": N_("Was cancelled"),
    "replaced": N_("A colleague took the place"),
    "gave_place": N_("Got a place from the waiting list"),
    "prioritised": N_("Moved in the waiting list"),
}
_WHY_LOOKED = N_("Application on the institution's account")


def account_details(work: Work, institution_id: int, application_id: int) -> AccountDetails:
    """Open an application with its history; looking at one person's is noted (2.6)."""
    row = _read(work, institution_id, application_id)
    audit.record_access(work, row.person_id, _WHY_LOOKED)
    return _details(work, institution_id, row)


@only_reads
def account_details_again(work: Work, institution_id: int, application_id: int) -> AccountDetails:
    """Return what is true now of the application that lies open: the same look, noted when it began (2.6)."""
    return _details(work, institution_id, _read(work, institution_id, application_id))


def _details(work: Work, institution_id: int, row: Any) -> AccountDetails:  # Any: a row of the view
    course = work.db.get_one(Course, row.course_id)
    group = work.db.get_one(CourseGroup, row.group_id) if row.group_id else None
    sessions = groups.sessions_of(work, [group.key])[group.key] if group else []
    application = work.db.get_one(Application, row.application_id)
    status_class, status_text = status_of(row)
    may_cancel = row.standing != "left" and changes.may_cancel(work, application, group)
    return AccountDetails(
        id=row.application_id,
        name=row.name,
        under_text=", ".join(part for part in (row.works_as, row.works_in) if part),
        course_title=catalogue.title(work.language, course.title, course.title_en),
        when_text=dates_text(work, group, sessions),
        group_code=group.code if group else "",
        price_text=price_text(work.language, row.price_cents),
        status_class=status_class,
        status_text=say(work.language, status_text),
        status_note=note_of(work, row),
        history=_history(work, institution_id, row),
        is_to_decide=row.standing == "to_approve" and (not row.decide_by or row.decide_by >= riga.today(work.now)),
        may_cancel=may_cancel,
        may_replace=row.standing in {"registered", "confirmed"} and may_replace(work, application, group),
        acts_text=_acts_text(work, row, may_cancel=may_cancel),
    )


def withdraw(work: Work, institution_id: int, application_id: int, reason: str) -> None:
    """Cancel an application on the institution's account, with the reason its person is told (4.7)."""
    if not reason.strip():
        raise Invalid({"reason": N_("Fill in this field.")})
    _read(work, institution_id, application_id)
    changes.cancel(work, application_id, reason)


def _read(work: Work, institution_id: int, application_id: int) -> Any:  # Any: a row of the view
    institutions.own(work, institution_id, Action.APPLICATION_READ)
    asked = {"institution_id": institution_id, "application_id": application_id, "today": riga.today(work.now)}
    row = work.db.execute(_ONE, asked).one_or_none()
    if row is None:
        raise NotFound
    return row


def _acts_text(work: Work, row: Any, *, may_cancel: bool) -> str:  # Any: a row of the view
    """Say why nothing can be done where one would expect it."""
    if may_cancel or row.standing not in {"registered", "confirmed", "to_approve"}:
        return ""
    return say(work.language, N_("The time for withdrawing has passed. Write to the school, and we will find a way."))


def _history(work: Work, institution_id: int, row: Any) -> list[HistoryLine]:  # Any: a row of the view
    """Return what happened and who was told, in order; nothing from the day of leaving on (11.5)."""
    names = _names(work, institution_id, row.person_id)
    lines = [(row.created_at, _line(work, row.created_at, _ACTS["applied"], names.get(row.applied_by_id)))]
    lines += [
        (event.created_at, _act_line(work, event, names, institution_id))
        for event in _events(work, row.application_id)
        if event.action not in {"applied", "enrolled"}  # said by the application itself
    ]
    lines += [
        (told.at, _mail_line(work, told, names))
        for told in messages.told_of(work, row.application_id, row.group_id, list(names))
    ]
    known = [pair for pair in lines if row.until_on is None or riga.today(pair[0]) < row.until_on]
    return [line for _, line in sorted(known, key=lambda pair: pair[0])]


def _names(work: Work, institution_id: int, person_id: int) -> dict[int, str]:
    """Return the names of a person and of those who coordinate or did, as the institution writes them."""
    asked = {"institution_id": institution_id, "person_id": person_id}
    return {key: name for key, name in work.db.execute(_NAMES, asked)}  # noqa: C416


def _events(work: Work, application_id: int) -> Sequence[AuditEvent]:
    return (
        work.db.execute(
            select(AuditEvent)
            .where(
                col(AuditEvent.subject_kind) == "application",
                col(AuditEvent.subject_id) == application_id,
                col(AuditEvent.action).in_(_ACTS),
            )
            .order_by(col(AuditEvent.id))
        )
        .scalars()
        .all()
    )


def _act_line(work: Work, event: AuditEvent, names: dict[int, str], institution_id: int) -> HistoryLine:
    by_clock = event.actor_id is None
    who = say(work.language, N_("System")) if by_clock else names.get(event.actor_id or 0)
    reason = str(audit.told(event).get("reason") or "")
    if event.action == "replaced":  # the place stayed with the institution: it may know who has it (4.7)
        colleague = int(event.changes["person_id"])
        reason = _names(work, institution_id, colleague).get(colleague, "")
    return _line(work, event.created_at, _ACTS[event.action], who, reason)


def _mail_line(work: Work, told: messages.Told, names: dict[int, str]) -> HistoryLine:
    state = "" if told.is_sent else say(work.language, N_("not delivered yet"))
    line = _line(work, told.at, "", names.get(told.person_id), state)
    return line.model_copy(update={"what_text": told.subject, "is_mail": True})


def _line(work: Work, at: datetime, what: str, who: str | None, more: str = "") -> HistoryLine:
    said = who or say(work.language, N_("School"))
    return HistoryLine(
        when_text=f"{riga.day_seen_text(work.language, riga.today(at), riga.today(work.now))}, {riga.time_text(at)}",
        what_text=say(work.language, what) if what else "",
        who_text=f"{said}. {more}" if more else said,
    )
