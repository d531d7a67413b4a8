"""Who was there (12.4): the minutes by which certificates are earned (7.2)."""

from mps_app.services.attendance.commands import AttendanceRecorded, record
from mps_app.services.attendance.presence import Presence, presence_of

__all__ = ["AttendanceRecorded", "Presence", "presence_of", "record"]
