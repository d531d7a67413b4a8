"""The outbox on its way out."""

import logging
import time
from contextlib import closing

from mps_app.core.actor import SYSTEM
from mps_app.core.tools import Mailer
from mps_app.core.work import begin, house
from mps_app.services import messages
from tasks.celery_app import app

LONGEST_SECONDS = 60  # then the next sweep goes on
_log = logging.getLogger(__name__)


@app.task(name="messages.sweep_outbox")
def sweep_outbox() -> None:
    """Send what is due; several workers may sweep at once, each message is lent to one of them."""
    ends_at = time.monotonic() + LONGEST_SECONDS
    with closing(house().tools.mailer()) as mailer:
        while time.monotonic() < ends_at:
            with begin(SYSTEM) as work:
                lent = messages.claim(work)
            if not lent or not _delivered(lent, mailer):
                return


def _delivered(lent: list[messages.Claim], mailer: Mailer) -> bool:
    """Deliver a claimed batch, each message in a transaction of its own; stop when nothing passes."""
    for number, claim in enumerate(lent, start=1):
        with begin(SYSTEM) as work:
            passes = messages.deliver(work, claim, mailer)
        if not passes:
            with begin(SYSTEM) as work:
                messages.give_back(work, lent[number:])
            _log.warning("the mail server takes nothing now; %s messages wait", len(lent) - number + 1)
            return False
    return True
