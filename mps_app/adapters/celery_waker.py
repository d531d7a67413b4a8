"""Wakes a background job by its name; the worker that knows it need not be known here."""

import logging
import time

from celery import Celery
from kombu.exceptions import OperationalError

_log = logging.getLogger(__name__)
_AWAY_SECONDS = 5.0


class CeleryWaker:
    """Sends a job to the broker; when the broker is away the job's own period finds the work later.

    A broker that did not answer is not asked again for a moment: no command waits for it twice.
    """

    def __init__(self, broker_url: str) -> None:
        self._ask_again_at = 0.0
        self._sender = Celery("waker", broker=broker_url)
        self._sender.conf.update(
            task_default_queue="mps",
            task_ignore_result=True,
            broker_connection_timeout=1,
            broker_transport_options={"socket_connect_timeout": 1, "socket_timeout": 2, "max_retries": 0},
        )

    def wake(self, job: str) -> None:
        """Ask a worker to run ``job`` now; never raises (4.4)."""
        if time.monotonic() < self._ask_again_at:
            return
        try:
            self._sender.send_task(job, retry=False, expires=60)
        except (OperationalError, OSError) as error:
            self._ask_again_at = time.monotonic() + _AWAY_SECONDS
            _log.warning("%s was not woken, its next period will do: %s", job, error)
