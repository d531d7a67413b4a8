"""The life of a group (5.1): what is not in this table does not happen."""

from mps_app.core.lifecycle import By, Lifecycle, Step
from mps_app.models import GroupStatus as Status

_STAFF = frozenset({By.STAFF})
_CLOCK = frozenset({By.CLOCK})

LIFE = Lifecycle(
    Step(Status.DRAFT, Status.OPEN, _STAFF, "those who wait for the next group are told and come first (4.9)"),
    Step(
        Status.OPEN,
        Status.CONFIRMED,
        frozenset({By.STAFF, By.LINE, By.CLOCK}),
        "everybody is told where and when (5.2)",
    ),
    Step(Status.CONFIRMED, Status.RUNNING, _CLOCK, "those left in the line wait for the next group (4.6)"),
    Step(Status.RUNNING, Status.COMPLETED, _CLOCK, "what comes after the training can begin (7.1)"),
    Step(Status.DRAFT, Status.CANCELLED, _STAFF, "nobody knew of it"),
    Step(Status.OPEN, Status.CANCELLED, _STAFF, "everybody is told why, the line moves on (5.3)"),
    Step(Status.CONFIRMED, Status.CANCELLED, _STAFF, "everybody is told why, calendar entries are withdrawn (5.3)"),
    Step(Status.RUNNING, Status.CANCELLED, _STAFF, "everybody is told why, calendar entries are withdrawn (5.3)"),
)
