"""What browsers report of their errors goes into the log bounded: anybody can report anything."""

import logging
import time
from dataclasses import dataclass, field

from mps_app.core.plain_text import one_line
from mps_app.state.rates import Buckets

log = logging.getLogger(__name__)

LONGEST = 1_000  # characters of one report
_A_MINUTE, _AT_ONCE = 1 / 60, 20


@dataclass(slots=True)
class BrowserErrors:
    """Logs reports on one line each, twenty at once and twenty a minute; the rest is counted."""

    _buckets: Buckets = field(default_factory=lambda: Buckets(_AT_ONCE * _A_MINUTE, _AT_ONCE))
    _left_out: int = 0

    def report(self, exception: Exception) -> None:
        """Write one report into the log, and before it how many were left out."""
        if not self._buckets.take("all", time.monotonic()):
            self._left_out += 1
            return
        if self._left_out:
            log.warning("browsers reported %d more errors", self._left_out)
            self._left_out = 0
        log.warning("a browser reported: %s", one_line(str(exception)[:LONGEST]))
