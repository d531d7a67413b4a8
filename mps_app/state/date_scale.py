"""The date scale on the screen (6.1): two leaves, so that picking a day does not wake what only shows months.

Moving is the browser's own work; the server hears where the view came to rest and brings what is missing.
"""

import logging
from datetime import UTC, date, datetime
from typing import Any

import reflex as rx

from mps_app.adapters.connection import current_connection
from mps_app.core import riga
from mps_app.core.callers import ANYONE, SIGNED_IN, allow
from mps_app.core.errors import DomainError
from mps_app.services import applications, my_training
from mps_app.state.base import PageState
from mps_app.state.notice import NoticeState
from mps_app.text import N_, say
from mps_app.views.date_scale import Calendar, DayCard, Marks, Month, Reveal, Ribbon, ScaleWords, Shown

log = logging.getLogger(__name__)

LOADING, READY, FAILED = "loading", "ready", "failed"
_FAR = 62  # days: beyond this one jumps instead of gliding
_LEAD = 8  # days left of the picked one, on a desk
_SMALLEST_CELL, _WIDEST = 20.0, 1e7  # pixels

_GIVEN_UP = N_("You have given up your place. A confirmation is on its way to your e-mail.")


class ScaleState(PageState, rx.State):
    """What the band and the strip show: changes when the view moves, never when a day is picked."""

    phase: str = LOADING
    is_empty: bool = False
    words: ScaleWords = ScaleWords()
    calendar: Calendar = Calendar()
    months: dict[int, Month] = {}
    ribbon: Ribbon = Ribbon()
    shown: Shown = Shown()

    _marks: Marks = Marks()
    _says_span: bool = False

    @rx.event
    @allow(ANYONE)
    async def load(self) -> None:
        """Show the person's sessions with the next one picked; a visitor has none."""
        try:
            opened = await self._ask(my_training.open_scale)
        except DomainError:
            raise
        except Exception:
            # Said on the spot, not in passing: the band stays usable without its sessions.
            log.exception("the date scale could not be filled")
            self._open(Marks(), my_training.calendar_of(Marks(), riga.today(datetime.now(UTC))), FAILED)
            await self._pick(DayCard(day=self.calendar.today))
            return
        if opened is not None:
            self._open(opened.marks, opened.calendar, READY)
            await self._pick(opened.card)

    @rx.event
    @allow(SIGNED_IN)
    async def scrolled(self, left: float, view: float, track: float) -> None:
        """Take note of where the browser's own scrolling has come to rest."""
        if not self.calendar.days or not all(_is_length(number) for number in (left, view, track)):
            return
        cell = max(track / self.calendar.days, _SMALLEST_CELL)
        last = self.calendar.first + self.calendar.days - 1
        first, days = min(self.calendar.first + round(left / cell), last), max(round(view / cell), 1)
        text = my_training.span_text(_language(), first, min(first + days - 1, last)) if self._says_span else ""
        self.shown, self._says_span = Shown(first=first, days=days, text=text), False
        self._look_at(min(first + days // 2, last))

    @rx.event
    @allow(SIGNED_IN)
    async def leafed(self) -> None:
        """Have the next resting place read out: somebody pressed back or forward."""
        self._says_span = True

    @rx.event
    @allow(SIGNED_IN)
    async def show(self, day: int) -> None:
        """Bring a month into view without picking a day."""
        if not my_training.has(self.calendar, day):
            return
        glide = "instant" if abs(day - self.shown.first) > _FAR else "auto"
        self._look_at(day)
        picked = await self.get_state(PickedState)
        picked.reveal = Reveal(day=day, glide=glide, number=picked.reveal.number + 1)

    def _open(self, marks: Marks, calendar: Calendar, phase: str) -> None:
        self.phase, self._marks, self.calendar = phase, marks, calendar
        self.is_empty = phase == READY and not marks.days
        self.words = my_training.words(_language())
        self.months, self.ribbon = {}, Ribbon()

    async def _pick(self, card: DayCard) -> None:
        """Pick the first day, and bring it into view at once."""
        self.shown = Shown(first=card.day - _LEAD)
        self._look_at(card.day)
        picked = await self.get_state(PickedState)
        picked.day, picked.card = card.day, card
        picked.reveal = Reveal(day=card.day, glide="instant", number=picked.reveal.number + 1)

    def _look_at(self, day: int) -> None:
        """Keep the months around a day in the page, and its year on the strip."""
        if my_training.must_move(self.months, self.calendar, day):
            self.months = my_training.months(_language(), self._marks, self.calendar, day)
        year = date.fromordinal(day).year
        if year != self.ribbon.year:
            self.ribbon = my_training.ribbon(_language(), self._marks, year)


class PickedState(PageState, rx.State):
    """The picked day and its card: the whole answer to a click or a key."""

    day: int = 0
    card: DayCard = DayCard()
    reveal: Reveal = Reveal()

    @rx.event
    @allow(SIGNED_IN)
    async def pick(self, day: int) -> None:
        """Show the sessions of a day that was clicked."""
        scale = await self.get_state(ScaleState)
        if my_training.has(scale.calendar, day):
            self.day = day
            await self._show_card(scale)

    @rx.event
    @allow(SIGNED_IN)
    async def jump(self, day: int) -> None:
        """Show the sessions of a day that may be out of view, and bring it there; focus stays where it is."""
        scale = await self.get_state(ScaleState)
        if my_training.has(scale.calendar, day):
            self._go(scale, day, focus=False)
            await self._show_card(scale)

    @rx.event
    @allow(SIGNED_IN)
    async def key(self, key: str, shift: bool) -> None:  # noqa: FBT001  # what the browser sends
        """Go where a key leads; the card follows when the keys rest (``settle``)."""
        scale = await self.get_state(ScaleState)
        if not self.day:
            return
        today = scale.calendar.today
        day = my_training.led_to(str(key), shift=shift is True, day=self.day, marks=scale._marks, today=today)  # noqa: SLF001  # the two leaves are one thing
        if my_training.has(scale.calendar, day):
            self._go(scale, day, focus=True)

    @rx.event
    @allow(SIGNED_IN)
    async def settle(self) -> None:
        """Show the sessions of the day where the keys came to rest."""
        if self.card.day != self.day:
            await self._show_card(await self.get_state(ScaleState))

    @rx.event
    @allow(SIGNED_IN)
    async def refresh(self) -> None:
        """Look again at the picked day: an online link opens about now."""
        if self.day:
            await self._show_card(await self.get_state(ScaleState))

    @rx.event
    @allow(SIGNED_IN)
    async def give_up(self, application_id: int) -> Any:  # Any: Reflex's event types
        """Give up the place in a group (4.7)."""
        if type(application_id) is not int:
            return None
        await self._ask(applications.cancel, application_id)
        return [ScaleState.load, NoticeState.tell(say(_language(), _GIVEN_UP))]

    def _go(self, scale: ScaleState, day: int, *, focus: bool) -> None:
        shown = scale.shown
        glide = "instant" if abs(day - shown.first) > _FAR else "auto"
        at = "nearest" if focus or shown.first <= day < shown.first + shown.days else "start"
        self.day = day
        self.reveal = Reveal(day=day, at=at, glide=glide, focus=focus, number=self.reveal.number + 1)
        scale._look_at(day)  # noqa: SLF001  # the two leaves are one thing

    async def _show_card(self, scale: ScaleState) -> None:
        self.card = await self._ask(my_training.day_card, self.day, scale._marks)  # noqa: SLF001


def _language() -> str:
    return current_connection().language


def _is_length(number: object) -> bool:
    """Whether this is a number of pixels; annotations are no checks, anybody may send anything."""
    return isinstance(number, int | float) and not isinstance(number, bool) and 0 <= number < _WIDEST
