"""Nameless places of an institution: reserved, changed, given back, and released on their day (11.6, 4.10).

``release_on`` is the day on whose morning the places still without a name are given back; it is before the group
starts. While it has not come they are taken (4.10), and only the institution's people can have them.
"""

from datetime import date, timedelta
from typing import ClassVar

from sqlalchemy import select
from sqlmodel import col

from mps_app.core import riga
from mps_app.core.errors import DomainError, Invalid, NotFound
from mps_app.core.work import Work
from mps_app.models import CourseGroup, PlaceReservation
from mps_app.policy import Action
from mps_app.services import applications, audit, groups, institutions
from mps_app.services.applications import Enterable
from mps_app.services.enrolments import reservation_mails
from mps_app.services.enrolments.choices import entrances
from mps_app.services.enrolments.standing import offered_group
from mps_app.text import N_
from mps_app.views.enrolments import ReserveForm


class TooFewFree(DomainError):
    """There are not so many places free to newcomers (4.6)."""

    code = "too_few_free"
    message: ClassVar[str] = N_("Only {free} more places can be reserved in this group.")


class ShareTooSmall(DomainError):
    """The group caps what one institution takes (11.6)."""

    code = "share_too_small"
    message: ClassVar[str] = N_("This group leaves your institution {share} places, and {held} of them are taken.")


def reserve(work: Work, institution_id: int, form: ReserveForm) -> None:
    """Hold so many nameless places in all; fewer than before gives some back, none gives back all."""
    institutions.own(work, institution_id, Action.PLACE_RESERVE)
    group = offered_group(work, institution_id, form.group_id)
    if group is None:
        raise NotFound  # 3.5
    groups.lock_for_places(work, [group.key])
    kept = _reservation(work, institution_id, group)
    before = kept.places if kept else 0
    if form.places == 0:
        if kept is not None:
            _give_back(work, kept, group)
        return
    one = next(
        (found for found in entrances(work, institution_id, group.course_id) if found.group.key == group.key), None
    )
    if one is None:
        raise applications.RegistrationClosed
    last = last_release_on(one)
    release_on = form.release_on or (kept.release_on if kept else last)
    if not riga.today(work.now) < release_on <= last:
        raise Invalid({"release_on": N_("Choose a day from tomorrow until the last day before the group starts.")})
    if form.places > before:
        _refuse_unless_free(work, institution_id, one, form.places, before)
    _keep(work, kept, group, institution_id, places=form.places, release_on=release_on)
    if form.places < before:
        applications.settle(work, group)


def last_release_on(one: Enterable) -> date:
    """Return the latest day to give nameless places back: the end of registration, but before the first day."""
    closes_on = riga.today(one.group.registration_closes_at)
    starts_at = groups.starts_at(one.sessions)
    return closes_on if starts_at is None else min(closes_on, riga.today(starts_at) - timedelta(days=1))


def _refuse_unless_free(work: Work, institution_id: int, one: Enterable, wanted: int, before: int) -> None:
    places = applications.Places(one.group.maximum, one.group.places_taken, one.waiting)
    account = applications.account(work, one.group, institution_id)
    if account.left is not None and wanted - before > account.left:
        raise ShareTooSmall(share=account.share or 0, held=account.holding + account.reserved)
    if wanted - before > places.open:
        raise TooFewFree(free=places.open)


def _keep(  # noqa: PLR0913  # a reservation has these parts, all named
    work: Work,
    kept: PlaceReservation | None,
    group: CourseGroup,
    institution_id: int,
    *,
    places: int,
    release_on: date,
) -> None:
    found = kept or PlaceReservation(
        institution_id=institution_id, group_id=group.key, places=0, release_on=release_on, created_at=work.now
    )
    before = found.places
    found.places, found.release_on, found.reserved_by_id = places, release_on, work.actor.person_id
    work.db.add(found)
    work.db.flush()
    work.db.refresh(group, ["places_taken"])  # counted by the database
    changes = {"institution_id": institution_id, "before": before, "after": places, "release_on": str(release_on)}
    audit.record(work, "reserved", "group", group.key, **changes)


def _give_back(work: Work, kept: PlaceReservation, group: CourseGroup) -> None:
    _end(work, kept, "gave_back_places")
    applications.settle(work, group)


def _end(work: Work, kept: PlaceReservation, verb: str) -> None:
    work.db.delete(kept)
    work.db.flush()
    audit.record(work, verb, "group", kept.group_id, institution_id=kept.institution_id, before=kept.places, after=0)


def _reservation(work: Work, institution_id: int, group: CourseGroup) -> PlaceReservation | None:
    """Return the institution's reservation as it is inside the group's lock."""
    found: PlaceReservation | None = work.db.execute(
        select(PlaceReservation)
        .where(col(PlaceReservation.institution_id) == institution_id, col(PlaceReservation.group_id) == group.key)
        .execution_options(populate_existing=True)
    ).scalar_one_or_none()
    return found


def release_due(work: Work) -> int:
    """Give back the nameless places whose day has come, to the line first; run often, twice is once (invariant 3)."""
    due = col(PlaceReservation.release_on) <= riga.today(work.now)
    ids = work.db.execute(select(col(PlaceReservation.group_id)).distinct().where(due)).scalars().all()
    released = 0
    for group in groups.lock_for_places(work, ids).values():
        overdue = work.db.execute(
            select(PlaceReservation)
            .where(due, col(PlaceReservation.group_id) == group.key)
            .order_by(col(PlaceReservation.id))
            .execution_options(populate_existing=True)
        )
        for kept in overdue.scalars().all():
            _end(work, kept, "released_places")
            reservation_mails.tell(work, kept, group, "released")
            released += 1
        applications.settle(work, group)
    return released


def remind_of_reservations(work: Work) -> None:
    """Tell coordinators two working days before nameless places are given back; once for each day."""
    today = riga.today(work.now)
    until = riga.add_working_days(today, 2)
    rows = work.db.execute(
        select(PlaceReservation, CourseGroup)
        .join(CourseGroup, col(CourseGroup.id) == col(PlaceReservation.group_id))
        .where(col(PlaceReservation.release_on) > today, col(PlaceReservation.release_on) <= until)
        .order_by(col(PlaceReservation.id))
    )
    for kept, group in rows:
        reservation_mails.tell(work, kept, group, "due")


def end_reservations(work: Work, fact: groups.GroupCancelled | groups.GroupStarted) -> None:
    """Hold nothing for anybody in a group that is cancelled, or has begun."""
    group = work.db.get_one(CourseGroup, fact.group_id)
    rows = work.db.execute(select(PlaceReservation).where(col(PlaceReservation.group_id) == group.key))
    for kept in rows.scalars().all():
        _end(work, kept, "released_places")
        reservation_mails.tell(work, kept, group, "cancelled" if group.status == "cancelled" else "released")
