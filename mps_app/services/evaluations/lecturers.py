"""Who taught a group, as questions about lecturers name them."""

from sqlalchemy import select
from sqlmodel import col

from mps_app.core.work import Work
from mps_app.models import Lecturer, Person, SessionLecturer, TrainingSession


def lecturers_of(work: Work, group_id: int) -> list[tuple[int, str]]:
    """Return the lecturers of a group by name: their id and full name."""
    found = work.db.execute(
        select(Lecturer, Person)
        .join(Person, col(Person.id) == col(Lecturer.person_id))
        .where(
            col(Lecturer.id).in_(
                select(col(SessionLecturer.lecturer_id))
                .join(TrainingSession, col(TrainingSession.id) == col(SessionLecturer.session_id))
                .where(col(TrainingSession.group_id) == group_id, col(TrainingSession.withdrawn_at).is_(None))
            )
        )
        .order_by(col(Person.family_name), col(Person.given_name), col(Lecturer.id))
    )
    return [(lecturer.key, person.full_name) for lecturer, person in found]
