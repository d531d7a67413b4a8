"""What becomes of applications when something happens to their group; see ``services/reactions.py``."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from mps_app.core import riga
from mps_app.core.work import Work
from mps_app.models import ALIVE, HOLDING, TAKING_PART, Application, ApplicationStatus, CourseGroup, Person, PlaceOffer
from mps_app.services import groups, institutions, messages
from mps_app.services.applications import line, mails

_UNDECIDED = (ApplicationStatus.WAITLISTED, ApplicationStatus.OFFERED)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Somebody a group's message goes to, as what, and what tells two such messages apart."""

    person: Person
    audience: str
    key: str
    application: Application | None = None
    has_calendar: bool = True  # entries of a confirmed group were sent to them

    @property
    def institution_id(self) -> int | None:
        """Which institution pays for the place, and may have given an address (11.2)."""
        return self.application.payer_institution_id if self.application else None


def offer_to_waiting(work: Work, fact: groups.GroupOpened) -> None:
    """Everyone who waits for the next group enters its line in order; the first are offered a place (4.9)."""
    group = work.db.get_one(CourseGroup, fact.group_id)
    waiting = (
        work.db.execute(
            select(Application)
            .where(
                col(Application.course_id) == group.course_id,
                (col(Application.status) == ApplicationStatus.WAITING)
                | (col(Application.is_for_next_group) & (col(Application.status) == ApplicationStatus.WAITLISTED)),
            )
            .order_by(col(Application.line_number))
        )
        .scalars()
        .all()
    )
    for application in waiting:
        application.status, application.group_id = ApplicationStatus.WAITLISTED, group.key
        application.status_at = work.now
    work.db.flush()
    line.settle(work, group)
    for position, application in enumerate(line.line_of(work, group.key), start=1):
        mails.still_in_line(work, application, group, position)


def tell_confirmed(work: Work, fact: groups.GroupConfirmed) -> None:
    """Everybody is told date, place and time (5.2)."""
    group = work.db.get_one(CourseGroup, fact.group_id)
    facts = mails.confirmed_facts(work, group)
    for reader in _readers(work, group, (ApplicationStatus.REGISTERED,)):
        if reader.application is not None:
            mails.confirmed(work, reader.application, facts)
        else:
            _tell(work, reader, "group_confirmed", f"{group.key}", facts)


def tell_changed(work: Work, fact: groups.GroupChanged) -> None:
    """Everybody is told what changed, and calendars follow (5.3)."""
    group = work.db.get_one(CourseGroup, fact.group_id)
    facts = groups.group_facts(work, group) | {
        "changes": list(fact.changes),
        "reason": fact.reason,
        "was_confirmed": groups.is_confirmed(group),
    }
    for reader in _readers(work, group, ALIVE):
        _tell(work, reader, "group_changed", f"{group.key}:{group.version}", facts)


def end_with_group(work: Work, fact: groups.GroupCancelled) -> None:
    """Everybody is told why; places end, and the line may go on to the next group in its order (4.6, 5.3)."""
    group = work.db.get_one(CourseGroup, fact.group_id)
    facts = groups.group_facts(work, group) | {"reason": group.cancelled_reason, "was_confirmed": fact.was_confirmed}
    for reader in list(_readers(work, group, ALIVE)):
        keeps = False
        if reader.application is not None:
            keeps = _end(work, reader.application, group, goes_on=fact.line_to_next)
        _tell(work, reader, "group_cancelled", f"{group.key}", facts | {"keeps_waiting": keeps})


def move_line_on(work: Work, fact: groups.GroupStarted) -> None:
    """Who is still in the line when the group starts waits for the next one, in the same order (4.6)."""
    for application in _applications(work, fact.group_id, _UNDECIDED):
        _close_offer(work, application)
        line.to_next_group(work, application)


def settle_group(work: Work, fact: groups.PlacesAdded) -> None:
    """More places: the line moves (4.6)."""
    line.settle(work, work.db.get_one(CourseGroup, fact.group_id))


def remind(work: Work, fact: groups.ReminderDue) -> None:
    """Remind everybody who knew of the session before the day of the reminder (5.5)."""
    group = work.db.get_one(CourseGroup, fact.group_id)
    facts = groups.group_facts(work, group) | {"bring_text": group.bring_text}
    due_at = riga.at_riga(fact.due_on, time())
    for reader in _readers(work, group, (ApplicationStatus.REGISTERED,)):
        if reader.application is None or reader.application.status_at < due_at:
            _tell(work, reader, "session_reminder", f"{group.key}:{fact.occasion}:{fact.first_on}", facts)


def _end(work: Work, application: Application, group: CourseGroup, *, goes_on: bool) -> bool:
    """End one application with its group; return whether the wish goes on."""
    _close_offer(work, application)
    if goes_on and (application.status == ApplicationStatus.WAITLISTED or application.is_for_next_group):
        return line.to_next_group(work, application)
    application.status, application.status_at = ApplicationStatus.CANCELLED, work.now
    application.ended_reason = group.cancelled_reason
    return False


def _close_offer(work: Work, application: Application) -> None:
    offer = work.db.execute(
        select(PlaceOffer).where(
            col(PlaceOffer.application_id) == application.key, col(PlaceOffer.answered_at).is_(None)
        )
    ).scalar_one_or_none()
    if offer is not None:
        offer.answered_at, offer.outcome = work.now, "expired"


def _readers(work: Work, group: CourseGroup, statuses: tuple[ApplicationStatus, ...]) -> Iterator[_Reader]:
    """Return participants, then the coordinators of institutions that pay, then lecturers (5.6)."""
    applications = _applications(work, group.key, statuses)
    asked = select(Person).where(col(Person.id).in_([application.person_id for application in applications]))
    people = {person.key: person for person in work.db.execute(asked).scalars()}
    for application in applications:
        person = people[application.person_id]
        yield _Reader(person, "participant", f"{application.key}", application, application.status in TAKING_PART)
    paying = {one.payer_institution_id for one in applications if one.status in HOLDING} - {None}
    coordinators = {
        person.key: person
        for institution_id in sorted(key for key in paying if key is not None)
        for person in institutions.coordinators(work, institution_id)
    }
    for key, person in coordinators.items():
        yield _Reader(person, "coordinator", f"coordinator:{key}")
    for person in groups.lecturers_of(work, group.key):
        yield _Reader(person, "lecturer", f"lecturer:{person.key}")


def _applications(work: Work, group_id: int, statuses: tuple[ApplicationStatus, ...]) -> list[Application]:
    found = work.db.execute(
        select(Application)
        .where(col(Application.group_id) == group_id, col(Application.status).in_(statuses))
        .order_by(col(Application.line_number))
        .execution_options(populate_existing=True)
    )
    return list(found.scalars())


def _tell(work: Work, reader: _Reader, template: str, occasion: str, facts: dict[str, Any]) -> None:  # Any: facts
    path = facts["path"] if reader.audience == "participant" else "/"
    if "was_confirmed" in facts:  # who only waits got no calendar entry: none is updated or withdrawn
        facts = facts | {"was_confirmed": facts["was_confirmed"] and reader.has_calendar}
    messages.queue(
        work,
        template,
        recipient=reader.person,
        institution_id=reader.institution_id,
        key=f"{template}:{occasion}:{reader.key}",
        facts=facts | {"audience": reader.audience, "path": path},
    )
