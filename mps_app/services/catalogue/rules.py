"""What the button of a course says (3.4), as pure rules: who applies later is refused by the same ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mps_app.models import ApplicationStatus, GroupStatus

_PRICE_BANDS = ((0, "free"), (10_000, "to100"), (20_000, "to200"))
_ABOVE_BANDS = "over200"
PRICE_BANDS = (*(name for _, name in _PRICE_BANDS), _ABOVE_BANDS)

LIVE = (GroupStatus.OPEN, GroupStatus.CONFIRMED, GroupStatus.RUNNING)


def price_band(cents: int) -> str:
    """Return the band of the price filter that a price falls into."""
    return next((name for most, name in _PRICE_BANDS if cents <= most), _ABOVE_BANDS)


class Door(StrEnum):
    """Whether a newcomer gets into a group."""

    FREE = "free"  # there is a free place
    LINE = "line"  # the group is full, or others wait before (4.6)
    NOT_YET = "not_yet"  # registration has not begun
    CLOSED = "closed"  # registration is over, or the group is


@dataclass(frozen=True, slots=True)
class GroupFacts:
    """What of a group decides whether one can apply."""

    group_id: int
    status: str
    opens_at: datetime
    closes_at: datetime
    starts_at: datetime | None
    maximum: int
    places_taken: int
    has_line: bool


@dataclass(frozen=True, slots=True)
class OwnApplication:
    """The person's own alive application to the course; ``group_status`` is empty when it waits for a group."""

    group_id: int | None
    group_status: str
    status: str
    by_other: bool  # enrolled by a coordinator or staff


class ButtonKind(StrEnum):
    """What the button of a course does."""

    APPLY = "apply"
    WAITING_LIST = "waiting_list"
    NEXT_GROUP = "next_group"
    ALREADY_APPLIED = "already_applied"
    NOT_YET_OPEN = "not_yet_open"
    COORDINATOR_ONLY = "coordinator_only"


@dataclass(frozen=True, slots=True)
class ButtonState:
    """The button of a course for one person now; ``group_id`` is the group it leads to, 0 for none."""

    kind: ButtonKind
    group_id: int = 0
    by_other: bool = False
    is_in_line: bool = False
    is_offered: bool = False
    is_waiting: bool = False
    opens_at: datetime | None = None


def free_places(maximum: int, places_taken: int, *, has_line: bool) -> int:
    """Return the places free to newcomers: while anybody waits in line, none is (4.6)."""
    return 0 if has_line else max(0, maximum - places_taken)


def door_of(group: GroupFacts, now: datetime) -> Door:
    """Return whether a newcomer gets into a group now."""
    has_begun = group.starts_at is not None and group.starts_at <= now
    if group.status not in {GroupStatus.OPEN, GroupStatus.CONFIRMED} or has_begun or group.closes_at <= now:
        return Door.CLOSED
    if now < group.opens_at:
        return Door.NOT_YET
    return Door.FREE if free_places(group.maximum, group.places_taken, has_line=group.has_line) else Door.LINE


def button_of(
    groups: Sequence[GroupFacts], own: Sequence[OwnApplication], now: datetime, *, may_apply: bool = True
) -> ButtonState:
    """Return the truth about a course's button (3.4); ``groups`` in the order of their dates.

    Waiting for the next group does not bar anybody from a group that has a free place now (4.9).
    """
    held = next((one for one in own if one.group_status in LIVE), None)
    if held is not None:
        return ButtonState(
            ButtonKind.ALREADY_APPLIED,
            held.group_id or 0,
            held.by_other,
            is_in_line=held.status == ApplicationStatus.WAITLISTED,
            is_offered=held.status == ApplicationStatus.OFFERED,
        )
    if not may_apply:
        return ButtonState(ButtonKind.COORDINATOR_ONLY)  # 3.5
    by_door: dict[Door, GroupFacts] = {}
    for group in groups:
        by_door.setdefault(door_of(group, now), group)
    waiting = next((one for one in own if one.status == ApplicationStatus.WAITING), None)
    if Door.FREE in by_door:
        return ButtonState(ButtonKind.APPLY, by_door[Door.FREE].group_id)
    if waiting is not None:
        return ButtonState(ButtonKind.ALREADY_APPLIED, by_other=waiting.by_other, is_waiting=True)
    if Door.LINE in by_door:
        return ButtonState(ButtonKind.WAITING_LIST, by_door[Door.LINE].group_id)
    return _not_now(by_door.get(Door.NOT_YET))


def _not_now(soon: GroupFacts | None) -> ButtonState:
    """Return the button of a course that nobody can apply to yet, or that has no group (3.3)."""
    if soon is None:
        return ButtonState(ButtonKind.NEXT_GROUP)
    return ButtonState(ButtonKind.NOT_YET_OPEN, soon.group_id, opens_at=soon.opens_at)
