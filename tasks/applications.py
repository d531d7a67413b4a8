"""Offers of freed places run out (4.6)."""

from mps_app.core.work import Work
from mps_app.services import applications
from tasks.base import job


@job("applications.expire_offers")
def expire_offers(work: Work) -> None:
    """Pass places that were not taken in time to the next in line."""
    applications.expire_offers(work)
