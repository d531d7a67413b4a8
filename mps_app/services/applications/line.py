"""The waiting list (4.6): a place that frees for any cause goes to the head, in the same transaction.

Everything here stands inside the group's lock. ``settle`` is what every path that frees places calls.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import col

from mps_app.core.settings import settings
from mps_app.core.work import Work
from mps_app.models import (
    HOLDING,
    Application,
    ApplicationStatus,
    CourseGroup,
    GroupStatus,
    PayerKind,
    Person,
    PlaceOffer,
)
from mps_app.services import groups, messages
from mps_app.services.applications import mails, shares, situation
from mps_app.services.applications.pending import granted_to, hold_for_approval
from mps_app.services.applications.refusals import refuse_unless
from mps_app.services.applications.rules import Check, is_promoting, offer_expires_at, person_checks


def settle(work: Work, group: CourseGroup) -> None:
    """Let overdue offers pass on, then give the free places to the heads of the line."""
    _expire_overdue(work, group)
    work.db.flush()
    work.db.refresh(group, ["places_taken"])  # counted by the database, see ``CourseGroup``
    free = group.maximum - group.places_taken
    if free <= 0 or group.status not in {GroupStatus.OPEN, GroupStatus.CONFIRMED}:
        return
    line = line_of(work, group.key)
    if not line:
        return
    starts_at = groups.starts_at(groups.sessions_of(work, [group.key])[group.key])
    if not is_promoting(work.now, starts_at):
        _call_list(work, group, line, free)
        return
    for application in line:
        if free and all(checks(work, application).values()):
            _promote(work, application, group, starts_at)
            free -= 1
    work.db.flush()
    work.db.refresh(group, ["places_taken"])
    groups.confirm_at_minimum(work, group)


def length(work: Work, group_id: int) -> int:
    """Return how many wait."""
    counted: int = work.db.execute(
        select(func.count())
        .select_from(Application)
        .where(col(Application.group_id) == group_id, col(Application.status) == ApplicationStatus.WAITLISTED)
    ).scalar_one()
    return counted


def line_of(work: Work, group_id: int) -> Sequence[Application]:
    """Return who waits, in order."""
    return (
        work.db.execute(
            select(Application)
            .where(col(Application.group_id) == group_id, col(Application.status) == ApplicationStatus.WAITLISTED)
            .order_by(col(Application.line_number))
            .execution_options(populate_existing=True)
        )
        .scalars()
        .all()
    )


def position_of(work: Work, application: Application) -> int | None:
    """Return the place in the line, from 1; nothing for those who are in none."""
    if application.status not in {ApplicationStatus.WAITLISTED, ApplicationStatus.WAITING}:
        return None
    of_group, of_course = col(Application.group_id), col(Application.course_id)
    is_in_group = application.status == ApplicationStatus.WAITLISTED
    counted: int = work.db.execute(
        select(func.count())
        .select_from(Application)
        .where(
            of_group == application.group_id if is_in_group else of_course == application.course_id,
            col(Application.status) == application.status,
            col(Application.line_number) <= application.line_number,
        )
    ).scalar_one()
    return counted


def offer_until(work: Work, application: Application) -> datetime | None:
    """Return until when the offered place is held."""
    return work.db.execute(
        select(col(PlaceOffer.expires_at)).where(
            col(PlaceOffer.application_id) == application.key, col(PlaceOffer.answered_at).is_(None)
        )
    ).scalar_one_or_none()


def checks(work: Work, application: Application) -> dict[Check, bool]:
    """Ask of somebody in the line everything that is asked of a new application (4.6)."""
    who = situation.applicant(work, application.person_id)
    group = work.db.get_one(CourseGroup, application.group_id)
    course = groups.course_of(work, group)
    others = [
        own
        for own in situation.own_applications(work, application.person_id, application.course_id)
        if own.id != application.id and own.status in HOLDING
    ]
    is_for = situation.may_take_part(work, course, who, application.payer_institution_id)
    candidate = situation.candidate_of(who, may_know_course=is_for, others=others)
    found = person_checks(
        candidate,
        PayerKind(application.payer_kind),
        application.payer_institution_id,
        by_other=application.applied_by_id != application.person_id,
        is_free=not _price_of(application, group),
    )
    return found | {Check.WITHIN_SHARE: shares.has_room(work, application, group)}


def _price_of(application: Application, group: CourseGroup) -> int:
    """Return what was agreed (4.12); who waited for whichever group comes has agreed to nothing yet."""
    is_new = application.is_for_next_group and group.price_cents is not None
    return group.price_cents or 0 if is_new else application.price_cents


def refuse_unless_ready(work: Work, application: Application) -> None:
    """Raise what bars somebody in the line, or with an offer, from the place: things may have changed since."""
    refuse_unless(checks(work, application))


def _promote(work: Work, application: Application, group: CourseGroup, starts_at: datetime | None) -> None:
    application.status_at = work.now
    if application.is_for_next_group or application.payer_kind != PayerKind.INSTITUTION:
        _offer(work, application, group, starts_at)
        return
    application.status = granted_to(work, application)
    hold_for_approval(work, application, group)
    end_other_wishes(work, application)
    mails.given(work, application, group)


def _offer(work: Work, application: Application, group: CourseGroup, starts_at: datetime | None) -> None:
    application.status = ApplicationStatus.OFFERED
    application.price_cents = _price_of(application, group)
    offer = PlaceOffer(
        application_id=application.key, expires_at=offer_expires_at(work.now, starts_at), created_at=work.now
    )
    work.db.add(offer)
    work.db.flush()
    mails.offered(work, application, group, offer.key, offer.expires_at)


def end_other_wishes(work: Work, application: Application) -> None:
    """Who has a place in the course waits for it no more."""
    work.db.flush()
    work.db.execute(
        update(Application)
        .where(
            col(Application.person_id) == application.person_id,
            col(Application.course_id) == application.course_id,
            col(Application.id) != application.id,
            col(Application.status).in_([ApplicationStatus.WAITING, ApplicationStatus.WAITLISTED]),
        )
        .values(status=ApplicationStatus.CANCELLED, ended_reason="", status_at=work.now)
    )


def _expire_overdue(work: Work, group: CourseGroup) -> None:
    overdue = work.db.execute(
        select(PlaceOffer, Application)
        .join(Application, col(Application.id) == col(PlaceOffer.application_id))
        .where(
            col(Application.group_id) == group.key,
            col(Application.status) == ApplicationStatus.OFFERED,
            col(PlaceOffer.answered_at).is_(None),
            col(PlaceOffer.expires_at) <= work.now,
        )
        .order_by(col(PlaceOffer.expires_at), col(PlaceOffer.id))
        .execution_options(populate_existing=True)
    ).all()
    for offer, application in overdue:
        offer.answered_at, offer.outcome = work.now, "expired"
        mails.expired(work, application, group, offer.key)
        pass_on(work, application)


def pass_on(work: Work, application: Application) -> None:
    """Take an offered place back: who waits for whichever group comes waits on, others are done (4.6, 4.9)."""
    if application.is_for_next_group:
        to_next_group(work, application)
        return
    application.status, application.status_at = ApplicationStatus.CANCELLED, work.now


def to_next_group(work: Work, application: Application) -> bool:
    """Move somebody from a group's line to the course's line for the next group, keeping the order (4.6).

    Who is in that line already (4.2) only leaves this one; returns whether the wish goes on.
    """
    work.db.flush()
    moving = update(Application).where(col(Application.id) == application.id)
    try:
        with work.db.begin_nested():
            work.db.execute(
                moving.values(
                    status=ApplicationStatus.WAITING, group_id=None, is_for_next_group=True, status_at=work.now
                )
            )
    except IntegrityError:
        work.db.execute(moving.values(status=ApplicationStatus.CANCELLED, status_at=work.now))
    work.db.refresh(application)
    return application.status == ApplicationStatus.WAITING


def _call_list(work: Work, group: CourseGroup, line: Sequence[Application], free: int) -> None:
    """Too late for offers: staff get the line with telephone numbers (4.6)."""
    persons = {
        person.key: person
        for person in work.db.execute(
            select(Person).where(col(Person.id).in_([application.person_id for application in line]))
        ).scalars()
    }
    people = [(persons[application.person_id], position) for position, application in enumerate(line, start=1)]
    messages.queue(
        work,
        "staff_call_list",
        recipient=settings().school_email,
        key=f"staff_call_list:{group.key}:{free}:{line[0].key}",
        facts=groups.group_facts(work, group)
        | {
            "free_places": free,
            "people": [
                {
                    "name": person.full_name,
                    "phone": person.phone or "",
                    "email": person.email or "",
                    "position": position,
                }
                for person, position in people
            ],
        },
    )
