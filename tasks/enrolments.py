"""Nameless places are released on their day (11.6)."""

from datetime import time

from mps_app.core.work import Work
from mps_app.services import enrolments
from tasks.base import daily_from, job


@job("enrolments.release_due")
def release_due(work: Work) -> None:
    """Give back the places that were not named in time."""
    enrolments.release_due(work)


@job("enrolments.remind_of_reservations", once=daily_from(time(8, 0)))
def remind_of_reservations(work: Work) -> None:
    """Remind coordinators of places that wait for names."""
    enrolments.remind_of_reservations(work)
