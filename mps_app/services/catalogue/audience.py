"""Which courses an institution's coordinators may know, as a condition of their queries (3.5)."""

from sqlalchemy import ColumnElement, or_, select
from sqlmodel import col

from mps_app.models import Course, CourseAudience, Visibility


def offered_to(institution_id: int) -> ColumnElement[bool]:
    """Return the condition of courses that are published, or restricted to the institution among others."""
    invited = select(col(CourseAudience.course_id)).where(col(CourseAudience.institution_id) == institution_id)
    restricted = (col(Course.visibility) == Visibility.RESTRICTED) & col(Course.id).in_(invited)
    return or_(col(Course.visibility) == Visibility.CATALOGUE, restricted)
