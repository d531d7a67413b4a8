"""What happens to groups; ``services/reactions.py`` lists what follows in the same transaction."""

from dataclasses import dataclass
from datetime import date

from mps_app.core.work import Fact
from mps_app.services.messages.templates import Change


@dataclass(frozen=True, slots=True)
class GroupOpened(Fact):
    """Registration can begin; whoever waits for the next group comes first (4.9)."""

    group_id: int


@dataclass(frozen=True, slots=True)
class GroupConfirmed(Fact):
    """The group will take place (5.2)."""

    group_id: int


@dataclass(frozen=True, slots=True)
class GroupChanged(Fact):
    """Date, time or place of sessions changed (5.3)."""

    group_id: int
    changes: tuple[Change, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class GroupCancelled(Fact):
    """The group will not take place (5.3); its line may move to the next group (4.6)."""

    group_id: int
    was_confirmed: bool
    line_to_next: bool


@dataclass(frozen=True, slots=True)
class GroupStarted(Fact):
    """The first session began: nobody of the line gets in any more (4.6)."""

    group_id: int


@dataclass(frozen=True, slots=True)
class PlacesAdded(Fact):
    """The maximum was raised: places freed, the line moves (4.6)."""

    group_id: int


@dataclass(frozen=True, slots=True)
class ReminderDue(Fact):
    """The first session is near (5.5); whoever joined before ``due_on`` is reminded."""

    group_id: int
    occasion: str
    due_on: date
    first_on: date
