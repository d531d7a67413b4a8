"""Places of a group: one lock, everything re-read inside it, never a path without it (4.3, invariant 1)."""

from collections.abc import Iterable

from sqlalchemy import Integer, bindparam, func, select, text, true
from sqlmodel import col

from mps_app.core.errors import NotFound
from mps_app.core.lifecycle import By
from mps_app.core.work import Work
from mps_app.models import Application, ApplicationStatus, Course, CourseGroup, GroupStatus
from mps_app.services import catalogue
from mps_app.services.groups.facts import GroupConfirmed
from mps_app.services.groups.lifecycle import LIFE

LIVE = (GroupStatus.OPEN, GroupStatus.CONFIRMED, GroupStatus.RUNNING)

_NEXT_GROUP_LOCKS = 4_009  # the class of the advisory locks over a course's line for the next group


_LOCK = (
    select(CourseGroup)
    .where(col(CourseGroup.id).in_(bindparam("ids", expanding=True)))
    .order_by(col(CourseGroup.id))
    .with_for_update(key_share=True)
    .execution_options(populate_existing=True)
)


_LOCK_TO_ENTER = (
    select(CourseGroup)
    .join(
        select(func.pg_advisory_xact_lock(_NEXT_GROUP_LOCKS, bindparam("course_id", type_=Integer))).subquery(), true()
    )
    .where(col(CourseGroup.id) == bindparam("group_id"))
    .with_for_update(key_share=True, of=CourseGroup)
    .execution_options(populate_existing=True)
)


def lock_for_places(work: Work, group_ids: Iterable[int]) -> dict[int, CourseGroup]:
    """Lock groups with their courses' lines and return them as they are now; ``TryAgain`` when that takes too long.

    There is no lock of a group without its course's: who is in the lines of two groups gets a place in one (4.2).
    One order everywhere, so that nobody waits in a circle: the courses' lines by id, then the groups by id.
    What was read before is stale: statements after this one see all that the former holder committed.
    """
    wanted = set(group_ids)
    _lock_lines(work, wanted)
    return _locked(work, wanted)


def lock_with_line(work: Work, group_ids: Iterable[int]) -> dict[int, CourseGroup]:
    """Lock groups whose line may move to the next group, with all live groups of their courses."""
    wanted = set(group_ids)
    course_ids = _lock_lines(work, wanted)
    siblings = work.db.execute(
        select(col(CourseGroup.id)).where(col(CourseGroup.course_id).in_(course_ids), col(CourseGroup.status).in_(LIVE))
    ).scalars()
    return _locked(work, wanted | set(siblings))


def _lock_lines(work: Work, group_ids: Iterable[int]) -> list[int]:
    courses = work.db.execute(select(col(CourseGroup.course_id)).where(col(CourseGroup.id).in_(group_ids)).distinct())
    course_ids = sorted(courses.scalars())
    for course_id in course_ids:
        lock_next_group_line(work, course_id)
    return course_ids


def _locked(work: Work, group_ids: set[int]) -> dict[int, CourseGroup]:
    groups = {group.key: group for group in work.db.execute(_LOCK, {"ids": sorted(group_ids)}).scalars()}
    if len(groups) != len(group_ids):
        raise NotFound
    return groups


def lock_to_enter(work: Work, course_id: int, group_id: int) -> CourseGroup:
    """Lock one group with its course's line, as ``lock_for_places`` does.

    Both in one statement, because everybody waits for it: rows are locked last, and read anew when they are.
    """
    asked = {"course_id": course_id, "group_id": group_id}
    group: CourseGroup | None = work.db.execute(_LOCK_TO_ENTER, asked).scalar_one_or_none()
    if group is None:
        raise NotFound
    return group


def lock_next_group_line(work: Work, course_id: int) -> None:
    """Lock a course's line for the next group (4.9); always before the groups' own locks."""
    work.db.execute(
        text("SELECT pg_advisory_xact_lock(:kind, CAST(:course_id AS integer))"),
        {"kind": _NEXT_GROUP_LOCKS, "course_id": course_id},
    )


def registered_count(work: Work, group_id: int) -> int:
    """Return how many participants count towards the minimum (5.2): those registered, not those asked."""
    counted: int = work.db.execute(
        select(func.count())
        .select_from(Application)
        .where(col(Application.group_id) == group_id, col(Application.status) == ApplicationStatus.REGISTERED)
    ).scalar_one()
    return counted


def confirm_at_minimum(work: Work, group: CourseGroup, *, by: By = By.LINE) -> None:
    """Confirm a locked group that has reached its minimum (5.2)."""
    if group.status != GroupStatus.OPEN or registered_count(work, group.key) < group.minimum:
        return
    confirm_locked(work, group, by)


def confirm_locked(work: Work, group: CourseGroup, by: By) -> None:
    """Make the step and state the fact; the caller holds the lock."""
    LIFE.require(group.status, GroupStatus.CONFIRMED, by)
    group.status = GroupStatus.CONFIRMED
    work.happened(GroupConfirmed(group.key))
    catalogue.touched(work, [group.course_id])


def is_confirmed(group: CourseGroup) -> bool:
    """Whether participants have been told the dates (5.2), so that their calendars hold them."""
    return group.status in {GroupStatus.CONFIRMED, GroupStatus.RUNNING}


def course_of(work: Work, group: CourseGroup) -> Course:
    """Return the course of a group."""
    course = work.db.get(Course, group.course_id)
    if course is None:
        raise NotFound
    return course
