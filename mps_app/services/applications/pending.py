"""Whether, and until when, an institution decides about an application on its account (4.8)."""

from datetime import date, timedelta

from sqlalchemy import bindparam, text

from mps_app.core import riga
from mps_app.core.work import Work
from mps_app.models import SPEAKS, Application, ApplicationStatus, CourseGroup, Institution
from mps_app.services import groups
from mps_app.services.applications import situation
from mps_app.services.applications.rules import granted

_IS_ITS_OWN_WISH = text(f"""
    SELECT EXISTS (SELECT FROM coordinator c
                   WHERE c.person_id = :applied_by_id AND c.institution_id = :institution_id AND {SPEAKS})
""").bindparams(bindparam("applied_by_id"), bindparam("institution_id"), bindparam("today"))  # noqa: S608  # our own


def granted_to(work: Work, application: Application) -> ApplicationStatus:
    """Return the status of somebody in the line who gets a place: what a new application on this account would have.

    Whom its coordinator has put there, the institution need not be asked about again.
    """
    employer = situation.applicant(work, application.person_id).employer(application.payer_institution_id)
    if employer is None or not employer.needs_approval:
        return granted(needs_approval=False)
    asked = {
        "applied_by_id": application.applied_by_id,
        "institution_id": employer.institution_id,
        "today": riga.today(application.created_at),
    }
    return granted(needs_approval=not work.db.execute(_IS_ITS_OWN_WISH, asked).scalar_one())


def decide_until(today: date, working_days: int, end_on: date) -> date:
    """Return the last day for deciding: so many working days from now, but before the day on which it is too late.

    When that day is today or past, today still counts: an application always gets one day.
    """
    return max(min(riga.add_working_days(today, working_days), end_on - timedelta(days=1)), today)


def hold_for_approval(work: Work, application: Application, group: CourseGroup) -> None:
    """Say until when the institution decides, as soon as its approval is waited for."""
    if application.status != ApplicationStatus.PENDING_APPROVAL:
        return
    institution = work.db.get_one(Institution, application.payer_institution_id)
    starts_at = groups.starts_at(groups.sessions_of(work, [group.key])[group.key])
    ends = [riga.today(moment) for moment in (group.cancellation_deadline_at, starts_at) if moment is not None]
    application.decide_by = decide_until(riga.today(work.now), institution.approval_days, min(ends))
