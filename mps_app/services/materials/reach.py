"""Which materials an actor reaches, as one SQL condition for the list and for every file alike (9.1)."""

from sqlalchemy import ColumnElement, and_, exists, false, or_, true
from sqlmodel import col, select

from mps_app.core.actor import Actor
from mps_app.core.work import Work
from mps_app.models import (
    TAKING_PART,
    Application,
    Course,
    CourseGroup,
    Lecturer,
    Material,
    MaterialVisibility,
    SessionLecturer,
    TrainingSession,
    Visibility,
)
from mps_app.policy import Action, Reach, Subject, reaches


def readable(work: Work) -> ColumnElement[bool]:
    """Return the condition on ``Material`` that the actor may read it now."""
    granted = reaches(work.actor, Action.MATERIAL_READ)
    ways = {
        Reach.PUBLIC: for_everybody(),
        Reach.OWN: of_own_courses(work.actor),
        Reach.GROUP: _of_taught_groups(work.actor),
        Reach.ALL: col(Material.id).is_not(None),
    }
    open_ways = [way for reach, way in ways.items() if reach in granted]
    return and_(col(Material.withdrawn_at).is_(None), or_(false(), *open_ways))


def for_everybody() -> ColumnElement[bool]:
    """Return that a material is public; those of courses that not everybody may know of never are (3.5)."""
    known = _some(col(Course.id) == Material.course_id, col(Course.visibility) == Visibility.CATALOGUE)
    return and_(col(Material.visibility) == MaterialVisibility.PUBLIC, known)


def of_own_courses(actor: Actor, *, in_any_group: bool = False) -> ColumnElement[bool]:
    """Return that the actor takes or took part in the material's course, and in its group if it is a group's."""
    fits = or_(col(Material.group_id).is_(None), col(Application.group_id) == Material.group_id)
    return _some(
        col(Application.person_id) == actor.person_id,
        col(Application.course_id) == Material.course_id,
        col(Application.status).in_(TAKING_PART),
        true() if in_any_group else fits,
    )


def _of_taught_groups(actor: Actor) -> ColumnElement[bool]:
    """Return that the actor teaches the material's group, or any group of its course."""
    return _some(
        col(Lecturer.person_id) == actor.person_id,
        col(SessionLecturer.lecturer_id) == Lecturer.id,
        col(TrainingSession.id) == SessionLecturer.session_id,
        col(TrainingSession.withdrawn_at).is_(None),
        col(CourseGroup.id) == TrainingSession.group_id,
        col(CourseGroup.course_id) == Material.course_id,
        or_(col(Material.group_id).is_(None), col(CourseGroup.id) == Material.group_id),
    )


def whose(work: Work, group_id: int | None) -> Subject:
    """Return what the policy needs to know to let somebody manage materials of a group, or of a whole course."""
    if group_id is None:
        return Subject()
    teachers = work.db.exec(
        select(Lecturer.person_id)
        .join(SessionLecturer, col(SessionLecturer.lecturer_id) == Lecturer.id)
        .join(TrainingSession, col(TrainingSession.id) == SessionLecturer.session_id)
        .where(TrainingSession.group_id == group_id, col(TrainingSession.withdrawn_at).is_(None))
    )
    return Subject(lecturer_person_ids=frozenset(teachers))


def _some(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return that rows with all this exist; only the material belongs to the query around."""
    return exists().where(*conditions).correlate(Material)
