"""Certificates in the background: a batch a transaction, a sheet a transaction, so that nothing is done twice."""

import logging
import random
import time

from mps_app.core.actor import SYSTEM
from mps_app.core.work import begin
from mps_app.services import certificates
from tasks.celery_app import app

LONGEST_SECONDS = 120  # then the next sweep goes on
_log = logging.getLogger(__name__)


@app.task(name="certificates.issue_due")
def issue_due() -> None:
    """Issue to everybody who earned it; several workers may do so at once, each takes other applications."""
    after: int | None = 0
    while after is not None:
        with begin(SYSTEM) as work:
            after = certificates.issue_due(work, after)


@app.task(name="certificates.print_due")
def print_due() -> None:
    """Print what was issued; several workers may do so at once, each takes other sheets."""
    ends_at = time.monotonic() + LONGEST_SECONDS
    failed: set[int] = set()
    while time.monotonic() < ends_at:
        with begin(SYSTEM) as work:
            pile = [key for key in certificates.unprinted(work) if key not in failed]
        if not pile:
            return
        random.shuffle(pile)  # so that two workers rarely reach for the same sheet
        failed |= {key for key in pile if time.monotonic() < ends_at and not _printed(key)}


def _printed(certificate_id: int) -> bool:
    """Print one sheet; one that can't be printed is told of and keeps no other waiting."""
    try:
        with begin(SYSTEM) as work:
            certificates.print_one(work, certificate_id)
    except Exception:  # noqa: BLE001  # whatever it is, the others are not to wait for it
        _log.exception("certificate %s could not be printed", certificate_id)
        return False
    return True
