"""What a coordinator can choose from: courses that have a group to enter, closed ones too (3.5, 11.3)."""

from sqlalchemy import exists, func, select
from sqlmodel import col

from mps_app.core import riga
from mps_app.core.work import Work, only_reads
from mps_app.models import Course, CourseGroup, TrainingSession, Visibility
from mps_app.policy import Action
from mps_app.services import applications, catalogue, institutions
from mps_app.text import N_, say
from mps_app.views.enrolments import CourseOption, EnrolChoices, GroupOption

_MOST_COURSES = 500


@only_reads
def choices(work: Work, institution_id: int, course_id: int = 0) -> EnrolChoices:
    """Return the courses with a group that takes applications now, and the groups of the chosen one."""
    institutions.own(work, institution_id, Action.APPLICATION_CREATE)
    found = [
        CourseOption(
            id=key, title=catalogue.title(work.language, title, english), is_closed=visibility == Visibility.RESTRICTED
        )
        for key, title, english, visibility in _courses(work, institution_id)
    ]
    return EnrolChoices(
        courses=[course for course in found if not course.is_closed],
        closed=[course for course in found if course.is_closed],
        groups=[_option(work, one) for one in entrances(work, institution_id, course_id)] if course_id else [],
    )


def entrances(work: Work, institution_id: int, course_id: int) -> list[applications.Enterable]:
    """Return the groups of a course that the institution's people can enter now; none of a course not for it (3.5)."""
    meant = select(col(Course.id)).where(col(Course.id) == course_id, catalogue.offered_to(institution_id))
    return applications.enterable(work, col(CourseGroup.course_id).in_(meant))


def group_text(work: Work, one: applications.Enterable) -> str:
    """Return *LIG-26-03, 3. un 4. novembris*."""
    days = riga.days_text(work.language, [riga.today(session.starts_at) for session in one.sessions])
    return ", ".join((one.group.code, days or say(work.language, N_("At your own pace"))))


def _option(work: Work, one: applications.Enterable) -> GroupOption:
    return GroupOption(id=one.group.key, label=group_text(work, one))


def _courses(work: Work, institution_id: int) -> list[tuple[int, str, str, str]]:
    """Return courses by title; the same rule as ``catalogue.door_of``, asked of all groups at once."""
    begun = exists().where(
        col(TrainingSession.group_id) == col(CourseGroup.id),
        col(TrainingSession.withdrawn_at).is_(None),
        func.lower(col(TrainingSession.during)) <= work.now,
    )
    has_group = exists().where(
        col(CourseGroup.course_id) == col(Course.id),
        col(CourseGroup.status).in_(["open", "confirmed"]),
        col(CourseGroup.registration_opens_at) <= work.now,
        col(CourseGroup.registration_closes_at) > work.now,
        ~begun,
    )
    rows = work.db.execute(
        select(col(Course.id), col(Course.title), col(Course.title_en), col(Course.visibility))
        .where(catalogue.offered_to(institution_id), has_group)
        .order_by(col(Course.title_sort), col(Course.id))
        .limit(_MOST_COURSES)
    )
    return [tuple(row) for row in rows]
