"""One mail a day with what needs the coordinator, instead of one of each event, for who chose it (11)."""

from mps_app.services.digests.sending import send_digests

__all__ = ["send_digests"]
