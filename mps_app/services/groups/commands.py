"""What staff decide about a group: open, confirm, cancel, more or fewer places."""

from sqlalchemy import delete, select, update
from sqlmodel import col

from mps_app.core.errors import Invalid, NotFound
from mps_app.core.lifecycle import By
from mps_app.core.work import Work
from mps_app.models import CourseFormat, GroupStatus, SessionLecturer, TrainingSession
from mps_app.policy import Action, Subject, require
from mps_app.services import audit, catalogue
from mps_app.services.groups.facts import GroupCancelled, GroupOpened, PlacesAdded
from mps_app.services.groups.lifecycle import LIFE
from mps_app.services.groups.places import confirm_locked, course_of, lock_for_places, lock_with_line
from mps_app.services.groups.refusals import NoSessions, TooFewPlaces
from mps_app.services.groups.schedule import raise_sequence, sessions_of
from mps_app.text import N_


def open_group(work: Work, group_id: int) -> None:
    """Open a drafted group; whoever waits for the next one is told and comes first (4.9)."""
    require(work, Action.GROUP_MANAGE, Subject())
    group = lock_with_line(work, [group_id])[group_id]
    LIFE.require(group.status, GroupStatus.OPEN, By.STAFF)
    if course_of(work, group).format != CourseFormat.ELEARNING and not sessions_of(work, [group_id])[group_id]:
        raise NoSessions
    group.status = GroupStatus.OPEN
    audit.record(work, "opened", "group", group_id)
    work.happened(GroupOpened(group_id))
    catalogue.touched(work, [group.course_id])


def confirm_group(work: Work, group_id: int) -> None:
    """Confirm a group whatever its number of participants (5.7)."""
    require(work, Action.GROUP_MANAGE, Subject())
    group = lock_for_places(work, [group_id])[group_id]
    confirm_locked(work, group, By.STAFF)
    audit.record(work, "confirmed", "group", group_id)


def cancel_group(work: Work, group_id: int, reason: str, *, line_to_next: bool = True) -> None:
    """Call a group off; everybody is told why, and calendar entries are withdrawn (5.3)."""
    require(work, Action.GROUP_MANAGE, Subject())
    if not reason.strip():
        raise Invalid({"reason": N_("Fill in this field.")})
    group = lock_with_line(work, [group_id])[group_id]
    was = group.status
    LIFE.require(was, GroupStatus.CANCELLED, By.STAFF)
    group.status, group.cancelled_reason = GroupStatus.CANCELLED, reason.strip()
    group.version += 1
    raise_sequence(work, group_id)
    audit.record(work, "cancelled", "group", group_id, reason=group.cancelled_reason, was=was)
    fact = GroupCancelled(group_id, was in {GroupStatus.CONFIRMED, GroupStatus.RUNNING}, line_to_next)
    if was == GroupStatus.DRAFT:
        release_rooms(work, fact)  # nobody knew of it
        return
    work.happened(fact)
    catalogue.touched(work, [group.course_id])


def release_rooms(work: Work, fact: GroupCancelled) -> None:
    """Withdraw the sessions of a cancelled group, so that rooms and lecturers are free again (5.4)."""
    sessions = select(col(TrainingSession.id)).where(col(TrainingSession.group_id) == fact.group_id)
    work.db.execute(delete(SessionLecturer).where(col(SessionLecturer.session_id).in_(sessions)))
    work.db.execute(
        update(TrainingSession)
        .where(col(TrainingSession.group_id) == fact.group_id, col(TrainingSession.withdrawn_at).is_(None))
        .values(withdrawn_at=work.now)
    )


def change_maximum(work: Work, group_id: int, maximum: int) -> None:
    """Give a group more places or fewer, never fewer than are taken (4.3); more move the line (4.6)."""
    require(work, Action.GROUP_MANAGE, Subject())
    group = lock_for_places(work, [group_id])[group_id]
    if group.status in {GroupStatus.COMPLETED, GroupStatus.CANCELLED}:
        raise NotFound
    if maximum < max(group.places_taken, group.minimum):
        raise TooFewPlaces(taken=max(group.places_taken, group.minimum))
    before, group.maximum = group.maximum, maximum
    audit.record(work, "changed_maximum", "group", group_id, before=before, after=maximum)
    if maximum > before:
        work.happened(PlacesAdded(group_id))
    catalogue.touched(work, [group.course_id])
