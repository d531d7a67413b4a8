"""Groups live by themselves: minimum, clock, changes, reminders (rule 5); places have one lock (4.3)."""

from mps_app.services.groups.clock import alert_dropped, alert_undecided, move_clock, send_reminders
from mps_app.services.groups.commands import (
    cancel_group,
    change_maximum,
    confirm_group,
    open_group,
    release_rooms,
)
from mps_app.services.groups.facts import (
    GroupCancelled,
    GroupChanged,
    GroupConfirmed,
    GroupOpened,
    GroupStarted,
    PlacesAdded,
    ReminderDue,
)
from mps_app.services.groups.places import (
    LIVE,
    confirm_at_minimum,
    course_of,
    is_confirmed,
    lock_for_places,
    lock_next_group_line,
    lock_to_enter,
    lock_with_line,
    registered_count,
)
from mps_app.services.groups.planning import change_sessions, plan_group
from mps_app.services.groups.schedule import (
    MY_APPLICATIONS,
    group_facts,
    lecturer_names,
    lecturers_of,
    raise_sequence,
    sessions_of,
    starts_at,
)

__all__ = [
    "LIVE",
    "MY_APPLICATIONS",
    "GroupCancelled",
    "GroupChanged",
    "GroupConfirmed",
    "GroupOpened",
    "GroupStarted",
    "PlacesAdded",
    "ReminderDue",
    "alert_dropped",
    "alert_undecided",
    "cancel_group",
    "change_maximum",
    "change_sessions",
    "confirm_at_minimum",
    "confirm_group",
    "course_of",
    "group_facts",
    "is_confirmed",
    "lecturer_names",
    "lecturers_of",
    "lock_for_places",
    "lock_next_group_line",
    "lock_to_enter",
    "lock_with_line",
    "move_clock",
    "open_group",
    "plan_group",
    "raise_sequence",
    "registered_count",
    "release_rooms",
    "send_reminders",
    "sessions_of",
    "starts_at",
]
