"""Looking after the system: the self-audit (16.4), and who is the school's own (16.1)."""

from mps_app.services.administration.doctor import alert_administrators, examine
from mps_app.services.administration.roles import STAFF, appoint

__all__ = ["STAFF", "alert_administrators", "appoint", "examine"]
