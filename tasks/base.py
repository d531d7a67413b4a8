"""How the clock acts: one unit of work as the system, safe to run twice, late, or on two machines (invariant 3)."""

import logging
from collections.abc import Callable
from datetime import datetime, time
from typing import Any

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from mps_app.core import riga
from mps_app.core.actor import SYSTEM
from mps_app.core.errors import DomainError
from mps_app.core.work import Work, begin
from mps_app.models import ScheduledRun
from tasks.celery_app import app

_log = logging.getLogger(__name__)
_ALONE = text("SELECT pg_try_advisory_xact_lock(hashtextextended(:job, 0))")

Period = Callable[[datetime], str | None]
"""Names the period a moment belongs to; nothing when its time has not come yet."""


def daily_from(clock: time) -> Period:
    """Once a day, as soon as Riga's clocks show this or later."""

    def period(now: datetime) -> str | None:
        return riga.today(now).isoformat() if riga.to_riga(now).time() >= clock else None

    return period


def job(name: str, *, once: Period | None = None) -> Callable[[Callable[[Work], object]], Any]:  # Any: a Celery task
    """Make a service a job named ``room.verb_object``; with ``once`` it is done one time in each period.

    A job that fails leaves no trace of its period, so the next beat tries again.
    """

    def decorate(service: Callable[[Work], object]) -> Any:  # Any: Celery carries no types
        def run() -> None:
            try:
                with begin(SYSTEM) as work:
                    if _is_alone(work, name) and _is_first(work, name, once):
                        service(work)
            except DomainError as refusal:  # a lock was not had, a rule was in the way: the next beat comes soon
                _log.warning("%s was refused: %s %s", name, refusal.code, refusal.facts)

        run.__doc__ = service.__doc__
        return app.task(name=name)(run)

    return decorate


def _is_alone(work: Work, name: str) -> bool:
    return bool(work.db.execute(_ALONE, {"job": name}).scalar_one())


def _is_first(work: Work, name: str, once: Period | None) -> bool:
    if once is None:
        return True
    period = once(work.now)
    if period is None:
        return False
    row = insert(ScheduledRun).values(job=name, period=period, created_at=work.now)
    return work.db.execute(row.on_conflict_do_nothing().returning(col(ScheduledRun.id))).scalar() is not None
