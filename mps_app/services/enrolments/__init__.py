"""Enrolling employees, many at once, and nameless places of an institution (11.3, 11.6)."""

from mps_app.services.enrolments.choices import choices
from mps_app.services.enrolments.enrolling import enrol, undo
from mps_app.services.enrolments.panel import panel
from mps_app.services.enrolments.places import places
from mps_app.services.enrolments.reservations import (
    ShareTooSmall,
    TooFewFree,
    end_reservations,
    release_due,
    remind_of_reservations,
    reserve,
)
from mps_app.services.enrolments.standing import standings

__all__ = [
    "ShareTooSmall",
    "TooFewFree",
    "choices",
    "end_reservations",
    "enrol",
    "panel",
    "places",
    "release_due",
    "remind_of_reservations",
    "reserve",
    "standings",
    "undo",
]
