"""Wakes a background job by its name; the worker that knows it need not be known here."""

import logging
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cached_property
from threading import Lock

from celery import Celery
from kombu.exceptions import OperationalError

_log = logging.getLogger(__name__)
_AWAY_SECONDS = 5.0
_GATHERED_SECONDS = 0.2


class CeleryWaker:
    """Sends a job to the broker; when the broker is away the job's own period finds the work later.

    A thread of its own does the sending, so no command waits for it, and what many commands ask for at once is sent
    once. A broker that did not answer is not asked again for a moment.
    """

    def __init__(self, broker_url: str) -> None:
        self._ask_again_at = 0.0
        self._asked: set[str] = set()
        self._lock = Lock()
        self._sender = Celery("waker", broker=broker_url)
        self._sender.conf.update(
            task_default_queue="mps",
            task_ignore_result=True,
            broker_connection_timeout=1,
            broker_transport_options={"socket_connect_timeout": 1, "socket_timeout": 2, "max_retries": 0},
        )

    @cached_property
    def _thread(self) -> ThreadPoolExecutor:
        """Begun by the first who asks, after any fork; at the end of the process it sends what was asked for."""
        return ThreadPoolExecutor(1, thread_name_prefix="waker")

    def wake(self, job: str) -> None:
        """Ask a worker to run ``job`` now; never raises (4.4)."""
        with self._lock:
            if job in self._asked:
                return
            self._asked.add(job)
        with suppress(RuntimeError):  # the process is ending
            self._thread.submit(self._send, job)

    def _send(self, job: str) -> None:
        time.sleep(_GATHERED_SECONDS)
        with self._lock:
            self._asked.discard(job)  # who asks from now on has committed something that this waking may not find
        if time.monotonic() < self._ask_again_at:
            return
        try:
            self._sender.send_task(job, retry=False, expires=60)
        except (OperationalError, OSError) as error:
            self._ask_again_at = time.monotonic() + _AWAY_SECONDS
            _log.warning("%s was not woken, its next period will do: %s", job, error)
