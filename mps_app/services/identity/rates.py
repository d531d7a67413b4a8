"""How often something may be tried (1.6): counted per window, in the database, for all processes together."""

from datetime import timedelta

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from mps_app.core.errors import TooMany
from mps_app.core.work import Work
from mps_app.models import RateCount
from mps_app.services.identity.rules import window_of


def count(work: Work, subject: str, *, limit: int, per: timedelta) -> None:
    """Count one try; raise ``TooMany`` beyond the limit of this window."""
    row = insert(RateCount).values(subject=subject, window=window_of(work.now, per), count=1, created_at=work.now)
    counted: int = work.db.execute(
        row.on_conflict_do_update(
            index_elements=["subject", "window"], set_={"count": col(RateCount.count) + 1}
        ).returning(col(RateCount.count))
    ).scalar_one()
    if counted > limit:
        raise TooMany
