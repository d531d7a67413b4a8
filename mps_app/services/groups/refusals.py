"""Why something about a group can't be done."""

from typing import ClassVar

from mps_app.core.errors import DomainError
from mps_app.text import N_


class RoomTaken(DomainError):
    """Another session is in the room then (5.4)."""

    code = "room_taken"
    message: ClassVar[str] = N_("The room is taken at that time. Choose another room or time.")


class LecturerBusy(DomainError):
    """The lecturer teaches elsewhere then (5.4)."""

    code = "lecturer_busy"
    message: ClassVar[str] = N_("The lecturer is busy at that time. Choose another time or lecturer.")


class TooFewPlaces(DomainError):
    """A maximum below the places already taken, or below the minimum (4.3)."""

    code = "too_few_places"
    message: ClassVar[str] = N_("{taken} places are taken already, so there can't be fewer.")


class NoSessions(DomainError):
    """A group to be attended needs dates before it opens."""

    code = "no_sessions"
    message: ClassVar[str] = N_("Add the sessions before opening the group.")
