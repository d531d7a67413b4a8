"""Questionnaires by the clock: asked, reminded of, and opened when several are there (7.1-7.4)."""

from datetime import time

from mps_app.core.work import Work
from mps_app.services import evaluations
from tasks.base import daily_from, job


@job("evaluations.invite_due")
def invite_due(work: Work) -> None:
    """Ask everybody who attended a training that is over."""
    evaluations.invite_due(work)


@job("evaluations.send_reminders", once=daily_from(time(9, 0)))
def send_reminders(work: Work) -> None:
    """Remind whoever's day has come."""
    evaluations.send_reminders(work)


@job("evaluations.open_ballots")
def open_ballots(work: Work) -> None:
    """Shuffle what was sent, and open what nobody can be known by."""
    evaluations.open_ballots(work)
