"""The background: one Celery app whose worker and clock take the same house as the screens."""

import logging
from typing import Any

from celery import Celery, signals
from celery.app.amqp import AMQP
from celery.beat import Scheduler
from kombu.connection import Connection
from kombu.transport.redis import Channel
from redis import RedisError

from mps_app.adapters.pulse import BEAT, BEAT_SECONDS, Pulse
from mps_app.core.settings import settings

_log = logging.getLogger(__name__)

LONGEST_PAUSE_SECONDS = 2
# A worker that loses the store would give back its unfinished jobs through the connection it has just lost,
# and end over it (kombu 5.7). They come back by themselves: every job has a period, and ``visibility_timeout``.
Channel.do_restore = False


class _Connection(Connection):
    """Asks for a store that is away every other second, instead of ever more seldom."""

    def ensure_connection(self, *words: Any, **named: Any) -> Any:  # Any: handed through to Kombu
        ensure = super().ensure_connection
        return ensure(*words, **{"interval_max": LONGEST_PAUSE_SECONDS, **named})  # type: ignore[no-untyped-call]


class _Broker(AMQP):  # type: ignore[misc]  # Celery carries no types
    Connection = _Connection


app = Celery("mps", broker=settings().broker, amqp=_Broker)
app.conf.update(
    accept_content=["json"],
    task_serializer="json",
    enable_utc=True,
    timezone="UTC",
    task_default_queue="mps",
    task_ignore_result=True,
    task_acks_late=False,  # acknowledging through a connection lost meanwhile ends the worker (kombu 5.7)
    worker_prefetch_multiplier=1,
    task_soft_time_limit=240,
    task_time_limit=300,
    broker_transport_options={"visibility_timeout": 600, "socket_timeout": 10, "socket_connect_timeout": 5},
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,  # a store that is away for an hour is waited for
    worker_cancel_long_running_tasks_on_connection_loss=False,
    worker_hijack_root_logger=False,
    beat_scheduler="tasks.celery_app:BeatingScheduler",
    beat_max_loop_interval=BEAT_SECONDS,
    imports=("tasks.schedule",),
)


class BeatingScheduler(Scheduler):  # type: ignore[misc]  # Celery carries no types
    """Celery's clock, which notes that it ticks; it keeps nothing on disk, periods are the jobs' own business."""

    _pulse: Pulse | None = None

    def tick(self, *words: Any, **named: Any) -> float:  # Any: handed through to Celery
        """Send what is due, and say that the clock goes."""
        pause: float = super().tick(*words, **named)
        self._pulse = self._pulse or Pulse(settings().broker)
        try:
            self._pulse.note(BEAT)
        except RedisError as error:
            _log.warning("the clock could not note its tick: %s", error)
        return pause


@signals.worker_process_init.connect
def _move_in(**_named: Any) -> None:  # Any: Celery's signals name many things
    """Give each forked process a house of its own: connections do not survive a fork."""
    from mps_app.wiring import open_house

    open_house()
