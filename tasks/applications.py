"""Offers of freed places run out (4.6), so does the time for approving (4.8); what was needed is forgotten (4.13)."""

from datetime import time

from mps_app.core.work import Work
from mps_app.services import applications
from tasks.base import daily_from, job


@job("applications.expire_offers")
def expire_offers(work: Work) -> None:
    """Pass places that were not taken in time to the next in line."""
    applications.expire_offers(work)


@job("applications.end_undecided")
def end_undecided(work: Work) -> None:
    """Give back the places on which no institution decided in time."""
    applications.end_undecided(work)


@job("applications.note_absent")
def note_absent(work: Work) -> None:
    """Note who missed a training that is over."""
    applications.note_absent(work)


@job("applications.forget_adjustments")
def forget_adjustments(work: Work) -> None:
    """Delete what people needed to take part, once they do not any more."""
    applications.forget_adjustments(work)


@job("applications.remind_of_approvals", once=daily_from(time(8)))
def remind_of_approvals(work: Work) -> None:
    """Remind coordinators of what waits for them."""
    applications.remind_of_approvals(work)
