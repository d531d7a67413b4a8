"""Which courses somebody may know of (3.5)."""

from sqlalchemy import ColumnElement, or_, select
from sqlmodel import col

from mps_app.core.work import Work
from mps_app.models import Course, CourseAudience, Visibility
from mps_app.policy import Action, Reach, reaches
from mps_app.services.catalogue.reading import CourseRecord


def offered_to(institution_id: int) -> ColumnElement[bool]:
    """Return the condition of courses that are published, or restricted to the institution among others."""
    invited = select(col(CourseAudience.course_id)).where(col(CourseAudience.institution_id) == institution_id)
    restricted = (col(Course.visibility) == Visibility.RESTRICTED) & col(Course.id).in_(invited)
    return or_(col(Course.visibility) == Visibility.CATALOGUE, restricted)


def seen_institutions(work: Work) -> frozenset[int] | None:
    """Return the institutions whose restricted courses the actor may know of; None for all (3.5)."""
    reach = reaches(work.actor, Action.COURSE_READ)
    if Reach.ALL in reach:
        return None
    return work.actor.institution_ids if Reach.INSTITUTION in reach else frozenset()


def may_know(work: Work, course: CourseRecord) -> bool:
    """Whether the actor may know of a course as it was read: it may have been restricted since it was found."""
    if course.visibility != Visibility.RESTRICTED:
        return course.visibility == Visibility.CATALOGUE
    seen = seen_institutions(work)
    return seen is None or not seen.isdisjoint(course.institution_ids)
