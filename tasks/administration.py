"""The nightly self-audit (16.4)."""

from datetime import time

from mps_app.core.work import Work
from mps_app.services import administration
from tasks.base import daily_from, job


@job("administration.examine", once=daily_from(time(3, 30)))
def examine(work: Work) -> None:
    """Check what must always be true; mail the administrators when it is not."""
    administration.alert_administrators(work)
