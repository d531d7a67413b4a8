"""Answering an offered place, and letting overdue ones pass on (4.6)."""

from sqlalchemy import select
from sqlmodel import col

from mps_app.core.lifecycle import By
from mps_app.core.work import Work
from mps_app.models import Application, ApplicationStatus, PlaceOffer
from mps_app.policy import Action, require
from mps_app.services import groups
from mps_app.services.applications import line, mails
from mps_app.services.applications.changes import locked, subject_of
from mps_app.services.applications.lifecycle import LIFE
from mps_app.services.applications.pending import granted_to, hold_for_approval
from mps_app.services.applications.receipts import receipt_of
from mps_app.services.applications.refusals import OfferOver
from mps_app.views.applications import ApplicationReceipt


def accept_offer(work: Work, application_id: int) -> ApplicationReceipt:
    """Take the place that is held; a second click shows the same receipt."""
    application, group = locked(work, application_id)
    require(work, Action.APPLICATION_CREATE, subject_of(work, application))
    if group is None:
        raise OfferOver
    sessions = groups.sessions_of(work, [group.key])[group.key]
    if application.status in {ApplicationStatus.REGISTERED, ApplicationStatus.PENDING_APPROVAL}:
        return receipt_of(work, application, group, sessions)
    offer = _open_offer(work, application)
    line.refuse_unless_ready(work, application)
    taken = granted_to(work, application)
    LIFE.require(application.status, taken, By.PERSON)
    offer.answered_at, offer.outcome = work.now, "accepted"
    application.status, application.status_at = taken, work.now
    hold_for_approval(work, application, group)
    line.end_other_wishes(work, application)
    mails.received(work, application, group, sessions)
    groups.confirm_at_minimum(work, group)
    return receipt_of(work, application, group, sessions)


def decline_offer(work: Work, application_id: int) -> None:
    """Leave the place to the next in line; who waits for whichever group comes waits on (4.9)."""
    application, group = locked(work, application_id)
    require(work, Action.APPLICATION_CANCEL, subject_of(work, application))
    if group is None or application.status != ApplicationStatus.OFFERED:
        return
    offer = _open_offer(work, application)
    offer.answered_at, offer.outcome = work.now, "declined"
    line.pass_on(work, application)
    line.settle(work, group)


def expire_offers(work: Work) -> int:
    """Let overdue offers pass on to the next in line; run often, twice is once (invariant 3)."""
    overdue = (
        work.db.execute(
            select(col(Application.group_id))
            .distinct()
            .join(PlaceOffer, col(PlaceOffer.application_id) == col(Application.id))
            .where(
                col(Application.status) == ApplicationStatus.OFFERED,
                col(PlaceOffer.answered_at).is_(None),
                col(PlaceOffer.expires_at) <= work.now,
            )
        )
        .scalars()
        .all()
    )
    locked_groups = groups.lock_for_places(work, [group_id for group_id in overdue if group_id is not None])
    for group in locked_groups.values():
        line.settle(work, group)
    return len(locked_groups)


def _open_offer(work: Work, application: Application) -> PlaceOffer:
    offer: PlaceOffer | None = work.db.execute(
        select(PlaceOffer).where(
            col(PlaceOffer.application_id) == application.key,
            col(PlaceOffer.answered_at).is_(None),
            col(PlaceOffer.expires_at) > work.now,
        )
    ).scalar_one_or_none()
    if offer is None or application.status != ApplicationStatus.OFFERED:
        raise OfferOver
    return offer
