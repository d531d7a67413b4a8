"""The date scale as it opens: the whole calendar, the next session picked (6.1)."""

from dataclasses import dataclass

from mps_app.core import riga
from mps_app.core.work import Work
from mps_app.services.my_training import scale
from mps_app.services.my_training.card import day_card
from mps_app.services.my_training.owner import owner
from mps_app.services.my_training.sessions import marks
from mps_app.views.date_scale import Calendar, DayCard, Marks


@dataclass(frozen=True, slots=True)
class OpenedScale:
    """Everything the screen begins with."""

    marks: Marks
    calendar: Calendar
    card: DayCard


def open_scale(work: Work) -> OpenedScale | None:
    """Return the actor's scale with the next session picked; a visitor has none."""
    if not work.actor.is_signed_in:
        return None
    return _opened(work, marks(work, owner(work)))


def _opened(work: Work, found: Marks) -> OpenedScale:
    today = riga.today(work.now)
    day = scale.picked_first(found, today.toordinal())
    return OpenedScale(found, scale.calendar_of(found, today), day_card(work, day, found))
