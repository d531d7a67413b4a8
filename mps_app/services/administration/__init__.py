"""Looking after the system: the self-audit (16.4)."""

from mps_app.services.administration.doctor import alert_administrators, examine

__all__ = ["alert_administrators", "examine"]
