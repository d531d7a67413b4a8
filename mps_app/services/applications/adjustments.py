"""What somebody needs to take part is nobody's business once there is nothing to take part in (4.13)."""

from sqlalchemy import select, update
from sqlmodel import col

from mps_app.core.work import Work
from mps_app.models import ALIVE, Application, CourseGroup, GroupStatus

_OVER = select(col(CourseGroup.id)).where(col(CourseGroup.status).in_([GroupStatus.COMPLETED, GroupStatus.CANCELLED]))


def forget_adjustments(work: Work) -> int:
    """Delete what was asked for with applications that have ended, and in groups that are over; return how many."""
    is_over = col(Application.status).not_in(ALIVE) | col(Application.group_id).in_(_OVER)
    gone = work.db.execute(
        update(Application)
        .where(col(Application.adjustments) != "", is_over)
        .values(adjustments="")
        .returning(col(Application.id))
    )
    return len(gone.all())
