"""One employee's record (11.5): only what the institution arranged, only of the time of employment."""

from datetime import date
from typing import Any

from sqlalchemy import bindparam, text

from mps_app.core import riga
from mps_app.core.errors import NotFound
from mps_app.core.money import price_text
from mps_app.core.work import Work
from mps_app.models import EMPLOYEE_NAME
from mps_app.policy import Action
from mps_app.services import attendance, audit, catalogue, groups, institutions
from mps_app.services.training_records.standing import of_person
from mps_app.text import N_, say
from mps_app.views.training_records import PersonRecord, TrainingLine

_MOST = 300
_WHY_LOOKED = N_("Training record kept by your institution")

_EMPLOYMENTS = text(f"""
    SELECT e.id, {EMPLOYEE_NAME}, e.unit, e.position, e.from_on, e.until_on
    FROM employment e JOIN person p ON p.id = e.person_id AND p.anonymised_at IS NULL
    WHERE e.institution_id = :institution_id AND e.person_id = :person_id ORDER BY e.from_on DESC
""").bindparams(bindparam("institution_id"), bindparam("person_id"))  # noqa: S608  # our own condition

# What lies before the day of leaving: the training counts by its first day, the certificate by its own.
_TRAININGS = text("""
    SELECT r.application_id, r.group_id, r.status, r.price_cents, r.until_on, c.title, c.title_en, c.format,
           c.academic_hours, (r.status_at AT TIME ZONE 'Europe/Riga')::date AS status_on,
           (SELECT min((lower(s.during) AT TIME ZONE 'Europe/Riga')::date) FROM training_session s
            WHERE s.group_id = r.group_id AND s.withdrawn_at IS NULL) AS first_on,
           k.certificate_id, t.number, t.pdf_digest IS NOT NULL AS is_printed,
           EXISTS (SELECT FROM evaluation_invitation i WHERE i.application_id = r.application_id
                   AND i.answered_on IS NULL AND (r.until_on IS NULL OR i.invited_on < r.until_on)) AS waits_for_answer,
           (SELECT sum(least(a.present_minutes, extract(epoch FROM upper(s.during) - lower(s.during)) / 60))
            FROM attendance a JOIN training_session s ON s.id = a.session_id AND s.withdrawn_at IS NULL
            WHERE a.application_id = r.application_id
              AND (r.until_on IS NULL OR (lower(s.during) AT TIME ZONE 'Europe/Riga')::date < r.until_on)) AS present
    FROM institution_record r JOIN course c ON c.id = r.course_id
    LEFT JOIN institution_certificate k ON k.application_id = r.application_id AND k.revoked_at IS NULL
    LEFT JOIN certificate t ON t.id = k.certificate_id
    WHERE r.institution_id = :institution_id AND r.person_id = :person_id
      AND r.status IN ('registered', 'attended', 'completed', 'no_show', 'left')
    ORDER BY 11 DESC NULLS LAST, r.application_id DESC LIMIT :most
""").bindparams(bindparam("institution_id"), bindparam("person_id"), bindparam("most"))


def person_record(work: Work, institution_id: int, person_id: int) -> PersonRecord:
    """Return an employee's trainings with hours and certificates; the look is noted (2.6)."""
    institutions.own(work, institution_id, Action.TRAINING_RECORD_READ)
    asked = {"institution_id": institution_id, "person_id": person_id}
    employments = work.db.execute(_EMPLOYMENTS, asked).all()
    if not employments:
        raise NotFound
    audit.record_access(work, person_id, _WHY_LOOKED)
    latest = employments[0]
    rows = work.db.execute(_TRAININGS, asked | {"most": _MOST}).all()
    seen = [row for row in rows if row.until_on is None or (row.first_on or row.status_on) < row.until_on]
    sessions = groups.sessions_of(work, {row.group_id for row in seen if row.group_id})
    totals = attendance.presence_of(work, [row.application_id for row in seen])
    hours = {row.application_id: _hours(row, totals[row.application_id]) for row in seen}
    return PersonRecord(
        person_id=person_id,
        name=latest[1],
        under_text=", ".join(part for part in (latest[3], latest[2]) if part),
        employed_text="; ".join(_span_text(work, row[4], row[5]) for row in reversed(employments)),
        hours_text=say(work.language, N_("{n} ac. h"), n=sum(hours.values())),
        lines=[_line(work, row, sessions.get(row.group_id, []), hours[row.application_id]) for row in seen],
        dues=of_person(work, institution_id, latest[0]),
    )


def _span_text(work: Work, from_on: date, until_on: date | None) -> str:
    """Return since when, and until which last day, somebody is or was employed."""
    since = riga.day_short_text(work.language, from_on)
    if until_on is None:
        return say(work.language, N_("employed since {day}"), day=since)
    until = riga.day_short_text(work.language, date.fromordinal(until_on.toordinal() - 1))
    return say(work.language, N_("employed {since}–{until}"), since=since, until=until)


def _hours(row: Any, presence: attendance.Presence) -> int:  # Any: a row of trainings
    """Return the hours attended while employed, begun ones left out (7.2)."""
    if presence.total_minutes:
        return int(row.academic_hours * (row.present or 0) // presence.total_minutes)
    return row.academic_hours if row.status == "completed" else 0


def _line(work: Work, row: Any, sessions: list[Any], hours: int) -> TrainingLine:  # Any: a row; its sessions
    held_on = [riga.today(session.starts_at) for session in sessions]
    days = riga.days_seen_text(work.language, held_on, riga.today(work.now))
    return TrainingLine(
        course_title=catalogue.title(work.language, row.title, row.title_en),
        form=row.format,
        when_text=days or riga.day_short_text(work.language, row.status_on),
        hours_text=say(work.language, N_("{n} of {of} ac. h"), n=hours, of=row.academic_hours),
        status_text=say(work.language, _status(work, row, sessions)),
        price_text=price_text(work.language, row.price_cents),
        certificate_text=say(work.language, N_("Certificate {number}"), number=row.number)
        if row.certificate_id
        else "",
        certificate_path=f"/sertifikati/{row.certificate_id}.pdf" if row.is_printed else "",
    )


def _status(work: Work, row: Any, sessions: list[Any]) -> str:  # Any: a row; its sessions
    if row.certificate_id:
        return N_("Training completed")
    if row.waits_for_answer:
        return N_("Waits for the questionnaire")
    if row.status == "registered" and any(session.ends_at > work.now for session in sessions):
        return N_("To come")
    return N_("Was at the training") if row.present else N_("Was absent") if row.status == "no_show" else ""
