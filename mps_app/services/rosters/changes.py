"""What is noted for remembered rosters is of no use after the day they are of."""

from datetime import timedelta

from sqlalchemy import delete
from sqlmodel import col

from mps_app.core.work import Work
from mps_app.models import InstitutionChange

_KEPT = timedelta(days=2)


def forget_changes(work: Work) -> None:
    """Remove old notes; whoever asks has read everything anew since."""
    work.db.execute(delete(InstitutionChange).where(col(InstitutionChange.created_at) < work.now - _KEPT))
