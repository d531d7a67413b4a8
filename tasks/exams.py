"""Tests by the clock: invited to, reminded of, handed in when their time is over (8.1)."""

from datetime import time

from mps_app.core.work import Work
from mps_app.services import exams
from tasks.base import daily_from, job


@job(exams.INVITE)
def invite_due(work: Work) -> None:
    """Invite everybody whose test has come."""
    exams.invite_due(work)


@job("exams.send_reminders", once=daily_from(time(9, 0)))
def send_reminders(work: Work) -> None:
    """Remind whoever's day has come."""
    exams.send_reminders(work)


@job("exams.end_overdue")
def end_overdue(work: Work) -> None:
    """Hand in what was saved of every try whose time is over."""
    exams.end_overdue(work)
