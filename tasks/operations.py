"""The worker's own sign of life: a job it sends to itself, so that its loop, the broker and its pool are all proven."""

import logging
import time
from typing import Any

from celery import signals
from kombu.exceptions import OperationalError

from mps_app.adapters.pulse import WORKER, Pulse
from mps_app.core.settings import settings
from tasks.celery_app import app

PULSE_SECONDS = 8
_log = logging.getLogger(__name__)


@app.task(name="operations.note_pulse", expires=PULSE_SECONDS)
def note_pulse() -> None:
    """Say that a worker works."""
    Pulse(settings().broker).note(WORKER)


class _SelfCall:
    """Sends the worker its own job now and then; the worker's loop calls it every two seconds."""

    next_at = 0.0

    def __call__(self, **_named: Any) -> None:  # Any: Celery's signals name many things
        if time.monotonic() < self.next_at:
            return
        self.next_at = time.monotonic() + PULSE_SECONDS
        try:
            note_pulse.apply_async(retry=False)
        except (OperationalError, OSError) as error:
            _log.warning("the worker cannot reach its broker: %s", error)


signals.heartbeat_sent.connect(_SelfCall(), weak=False)
