"""Applications on an institution's account wait for its coordinator, until a day (4.8).

The place is held meanwhile. What is not decided in time is rejected by the clock, with nobody's name under it,
and the place goes to the line: a place held for nobody would keep somebody else from training.
"""

from datetime import date

from sqlalchemy import select
from sqlmodel import col

from mps_app.core import riga
from mps_app.core.errors import DomainError, Invalid, NotFound
from mps_app.core.lifecycle import By
from mps_app.core.work import Work
from mps_app.models import TAKING_PART, Application, ApplicationStatus, CourseGroup, GroupStatus
from mps_app.policy import Action
from mps_app.services import audit, groups, institutions
from mps_app.services.applications import decision_mails, line
from mps_app.services.applications.changes import locked
from mps_app.services.applications.lifecycle import LIFE
from mps_app.services.applications.refusals import RegistrationClosed
from mps_app.services.applications.rules import Check
from mps_app.text import N_, say


class DecisionOver(DomainError):
    """The day until which the institution could decide is past."""

    code = "decision_over"
    message = N_("The time for deciding is over, and the place goes to the next in line.")


class CantTakePlace(DomainError):
    """Something has changed since applying, so the place can't be given."""

    code = "cant_take_place"
    message = N_("This application can't be approved now: {why}")


_WHY = {
    Check.COURSE_KNOWN: N_("the course is not for this institution any more."),
    Check.NOT_APPLIED: N_("the employee has to look at My applications first."),  # why is the person's own (11.5)
    Check.EMAIL_VERIFIED: N_("there is no confirmed e-mail."),
    Check.EMPLOYED: N_("the person is no employee any more."),
    Check.WITHIN_SHARE: N_("the share of your institution in this group is used up."),
}


def approve(work: Work, institution_id: int, application_id: int) -> None:
    """Let an application take effect; a repeated request changes nothing."""
    application, group = _to_decide(work, institution_id, application_id)
    if application.status in TAKING_PART:
        return
    LIFE.require(application.status, ApplicationStatus.REGISTERED, By.PAYER)
    _refuse_unless_in_time(work, application, group)
    _refuse_unless_ready(work, application)
    _decide(work, application, ApplicationStatus.REGISTERED)
    decision_mails.decided(work, application, group)
    audit.record(work, "approved", "application", application.key, person_id=application.person_id)
    work.db.flush()
    groups.confirm_at_minimum(work, group)


def reject(work: Work, institution_id: int, application_id: int, reason: str) -> None:
    """Refuse an application with a reason; the place goes to the line at once, a repeated request changes nothing."""
    said = reason.strip()[:500]
    if not said:
        raise Invalid({"reason": N_("Fill in this field.")})
    application, group = _to_decide(work, institution_id, application_id)
    if application.status == ApplicationStatus.REJECTED:
        return
    LIFE.require(application.status, ApplicationStatus.REJECTED, By.PAYER)
    _end(work, application, group, reason=said)
    audit.record(work, "rejected", "application", application.key, person_id=application.person_id, reason=said)


def end_undecided(work: Work) -> int:
    """Give back the places on which nobody decided in time; run often, twice is once (invariant 3)."""
    overdue = (
        work.db.execute(
            select(col(Application.group_id))
            .distinct()
            .where(
                col(Application.status) == ApplicationStatus.PENDING_APPROVAL,
                col(Application.decide_by) < riga.today(work.now),
            )
        )
        .scalars()
        .all()
    )
    found = groups.lock_for_places(work, [group_id for group_id in overdue if group_id is not None])
    return sum(_end_overdue(work, group) for group in found.values())


def _end_overdue(work: Work, group: CourseGroup) -> int:
    late = (
        work.db.execute(
            select(Application)
            .where(
                col(Application.group_id) == group.key,
                col(Application.status) == ApplicationStatus.PENDING_APPROVAL,
                col(Application.decide_by) < riga.today(work.now),
            )
            .order_by(col(Application.line_number))
            .execution_options(populate_existing=True)
        )
        .scalars()
        .all()
    )
    for application in late:
        LIFE.require(application.status, ApplicationStatus.REJECTED, By.CLOCK)
        _end(work, application, group, reason="")
    return len(late)


def _to_decide(work: Work, institution_id: int, application_id: int) -> tuple[Application, CourseGroup]:
    """Return an application of the institution's own account with its locked group; for all others there is none."""
    institutions.own(work, institution_id, Action.APPLICATION_APPROVE)
    application, group = locked(work, application_id)
    if group is None or institution_id not in institutions.accounts_of(work, application_id):
        raise NotFound
    return application, group


def _refuse_unless_in_time(work: Work, application: Application, group: CourseGroup) -> None:
    if group.status not in {GroupStatus.OPEN, GroupStatus.CONFIRMED}:
        raise RegistrationClosed
    if (application.decide_by or date.max) < riga.today(work.now):
        raise DecisionOver


def _refuse_unless_ready(work: Work, application: Application) -> None:
    """Ask all that a promotion asks (4.6): things may have changed while nobody decided."""
    for check, is_met in line.checks(work, application).items():
        if not is_met:
            raise CantTakePlace(why=say(work.language, _WHY[check]))


def _decide(work: Work, application: Application, status: ApplicationStatus) -> None:
    application.status, application.status_at = status, work.now
    application.decided_by_id = work.actor.person_id


def _end(work: Work, application: Application, group: CourseGroup, *, reason: str) -> None:
    """Reject, and let the line move in the same transaction."""
    _decide(work, application, ApplicationStatus.REJECTED)
    application.ended_reason = reason
    decision_mails.decided(work, application, group)
    line.settle(work, group)
