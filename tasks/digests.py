"""Coordinators who chose it read one mail a day (11)."""

from datetime import time

from mps_app.core.work import Work
from mps_app.services import digests
from tasks.base import daily_from, job


@job("digests.send_daily", once=daily_from(time(8, 0)))
def send_daily(work: Work) -> None:
    """Send the digests of a working day."""
    digests.send_digests(work)
