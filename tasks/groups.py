"""Groups live by themselves (5.2, 5.5, 5.7)."""

from datetime import time

from mps_app.core.work import Work
from mps_app.services import groups
from tasks.base import daily_from, job


@job("groups.move_clock")
def move_clock(work: Work) -> None:
    """Confirm at the minimum, start with the first session, complete after the last."""
    groups.move_clock(work)


@job("groups.send_reminders", once=daily_from(time(8, 0)))
def send_reminders(work: Work) -> None:
    """Remind of first sessions that are near."""
    groups.send_reminders(work)


@job("groups.alert_undecided", once=daily_from(time(8, 0)))
def alert_undecided(work: Work) -> None:
    """Tell staff of groups whose decision date has come."""
    groups.alert_undecided(work)
