"""Cancelling, replacing, reordering (4.6, 4.7); every freed place goes to the line in the same transaction."""

from collections.abc import Collection, Sequence

from sqlalchemy import select, update
from sqlmodel import col

from mps_app.core.errors import Invalid, NotFound
from mps_app.core.lifecycle import By
from mps_app.core.work import Work
from mps_app.models import (
    HOLDING,
    Application,
    ApplicationStatus,
    CourseGroup,
    GroupStatus,
    PlaceOffer,
)
from mps_app.policy import Action, Subject, may, require
from mps_app.services import audit, groups, institutions
from mps_app.services.applications import line, mails, shares
from mps_app.services.applications.lifecycle import CANCELLABLE, LIFE
from mps_app.services.applications.pending import granted_to, hold_for_approval
from mps_app.services.applications.refusals import DeadlinePassed, RegistrationClosed
from mps_app.services.applications.rules import moved
from mps_app.text import N_

ENDED = frozenset({ApplicationStatus.CANCELLED, ApplicationStatus.REJECTED, ApplicationStatus.NO_SHOW})


def subject_of(work: Work, application: Application) -> Subject:
    """Return whose application it is: the person's, and the institution's on whose account it is (11.5)."""
    speaks = bool(work.actor.institution_ids)  # who speaks for none need not be asked for
    accounts = institutions.accounts_of(work, application.key) if speaks else frozenset()
    return Subject(person_id=application.person_id, institution_ids=accounts)


def seen(work: Work, application_id: int) -> Application:
    """Return an application the actor may see; for all others there is none."""
    application = work.db.get(Application, application_id)
    if application is None or not may(work.actor, Action.APPLICATION_READ, subject_of(work, application)):
        raise NotFound
    return application


def locked(work: Work, application_id: int) -> tuple[Application, CourseGroup | None]:
    """Lock what an application's place depends on and return both as they are now."""
    application = seen(work, application_id)
    group_id = application.group_id
    if group_id is None:
        groups.lock_next_group_line(work, application.course_id)
    elif application.is_for_next_group:
        groups.lock_with_line(work, [group_id])
    else:
        groups.lock_for_places(work, [group_id])
    work.db.refresh(application)
    if application.group_id != group_id:
        return locked(work, application_id)  # it moved between lines while we waited
    return application, work.db.get(CourseGroup, group_id) if group_id else None


def cancel(work: Work, application_id: int, reason: str = "") -> None:
    """Give up an application; a repeated request changes nothing."""
    application, group = locked(work, application_id)
    if _cancelled(work, application, group, reason) and group is not None:
        _freed(work, group)


def cancel_all(work: Work, group_id: int, application_ids: Sequence[int], named: Collection[int] = ()) -> int:
    """Give up several applications to one group, and then let the line move; return how many that were.

    Those ``named`` were on places that their institution had reserved: these are its own again, not the line's (11.6).
    """
    group = groups.lock_for_places(work, [group_id])[group_id]
    ended = 0
    for application_id in application_ids:
        application = seen(work, application_id)
        work.db.refresh(application)
        if application.group_id != group_id:
            raise NotFound
        had_place = application.status in HOLDING
        ended += _cancelled(work, application, group, "")
        if had_place and application_id in named:
            shares.reserve_again(work, application, group)
    _freed(work, group)
    return ended


def _cancelled(work: Work, application: Application, group: CourseGroup | None, reason: str) -> bool:
    """End a locked application if the actor may, and tell; the place is not given on yet."""
    subject = subject_of(work, application)
    require(work, Action.APPLICATION_CANCEL, subject)
    if application.status in ENDED:
        return False
    by_staff = may(work.actor, Action.APPLICATION_CANCEL_LATE, subject)
    if not by_staff and _deadline_passed(work, application, group):
        raise DeadlinePassed
    had_place = application.status in HOLDING
    end_application(work, application, By.STAFF if by_staff else By.PERSON, reason)
    own = work.actor.person_id == application.person_id
    by = "self" if own else "staff" if by_staff else "coordinator"
    mails.cancelled(work, application, group, by=by, had_place=had_place)
    if not own:
        audit.record(work, "cancelled", "application", application.key, reason=reason)
    return True


def _freed(work: Work, group: CourseGroup) -> None:
    """Give what was freed to the line; staff hear when a confirmed group is below its minimum (5.7)."""
    line.settle(work, group)
    groups.alert_dropped(work, group)


def may_cancel(work: Work, application: Application, group: CourseGroup | None) -> bool:
    """Whether the actor can cancel this now (4.7)."""
    subject = subject_of(work, application)
    if application.status not in CANCELLABLE or not may(work.actor, Action.APPLICATION_CANCEL, subject):
        return False
    late = may(work.actor, Action.APPLICATION_CANCEL_LATE, subject)
    return late or not _deadline_passed(work, application, group)


def _deadline_passed(work: Work, application: Application, group: CourseGroup | None) -> bool:
    """Whether only staff can cancel (4.7); the line and offers can be left at any time."""
    binds = application.status in {ApplicationStatus.REGISTERED, ApplicationStatus.PENDING_APPROVAL}
    return binds and group is not None and work.now >= group.cancellation_deadline_at


def end_application(work: Work, application: Application, by: By, reason: str) -> None:
    """Note that an application is given up; the caller tells and lets the line move."""
    LIFE.require(application.status, ApplicationStatus.CANCELLED, by)
    application.status, application.status_at = ApplicationStatus.CANCELLED, work.now
    application.ended_reason = reason.strip()[:500]
    work.db.execute(
        update(PlaceOffer)
        .where(col(PlaceOffer.application_id) == application.id, col(PlaceOffer.answered_at).is_(None))
        .values(answered_at=work.now, outcome="declined")
    )


def give_place(work: Work, application_id: int) -> None:
    """Give a free place to somebody of the call list who said yes on the telephone (4.6)."""
    require(work, Action.APPLICATION_PRIORITISE, Subject())
    application, group = locked(work, application_id)
    if group is None:
        raise NotFound
    if application.status in {ApplicationStatus.REGISTERED, ApplicationStatus.PENDING_APPROVAL}:
        return
    given = granted_to(work, application)
    LIFE.require(application.status, given, By.STAFF)
    if group.places_taken >= group.maximum or group.status not in {GroupStatus.OPEN, GroupStatus.CONFIRMED}:
        raise RegistrationClosed
    line.refuse_unless_ready(work, application)
    application.status, application.status_at = given, work.now
    hold_for_approval(work, application, group)
    line.end_other_wishes(work, application)
    mails.given(work, application, group)
    audit.record(work, "gave_place", "application", application.key)
    groups.confirm_at_minimum(work, group)


def prioritise(work: Work, application_id: int, position: int, reason: str) -> None:
    """Move somebody within their line, with a reason (4.6)."""
    require(work, Action.APPLICATION_PRIORITISE, Subject())
    if not reason.strip():
        raise Invalid({"reason": N_("Fill in this field.")})
    application, group = locked(work, application_id)
    if application.status not in {ApplicationStatus.WAITLISTED, ApplicationStatus.WAITING}:
        raise NotFound
    same = col(Application.group_id) == group.id if group else col(Application.course_id) == application.course_id
    waiting = (
        work.db.execute(
            select(Application)
            .where(same, col(Application.status) == application.status)
            .order_by(col(Application.line_number))
        )
        .scalars()
        .all()
    )
    by_id = {one.key: one for one in waiting}
    numbers = sorted(one.line_number or 0 for one in waiting)
    before = list(by_id).index(application.key) + 1
    for key, number in zip(moved(list(by_id), application.key, position), numbers, strict=True):
        by_id[key].line_number = number
    audit.record(
        work, "prioritised", "application", application.key, before=before, after=position, reason=reason.strip()
    )
