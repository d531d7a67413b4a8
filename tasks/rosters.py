"""What remembered rosters leave behind (11.4)."""

from mps_app.core.work import Work
from mps_app.services import rosters
from tasks.base import job


@job("rosters.forget_changes")
def forget_changes(work: Work) -> None:
    """Remove notes of changes that everybody has read."""
    rosters.forget_changes(work)
