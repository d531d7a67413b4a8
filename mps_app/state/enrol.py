"""The roster's side panel: where the chosen are to be enrolled, one confirmation, and a way back (11.3)."""

from typing import Any

import reflex as rx

from mps_app.adapters.connection import current_connection
from mps_app.core.actor import Role
from mps_app.core.callers import allow
from mps_app.core.ids import id_of
from mps_app.services import enrolments
from mps_app.state.notice import NoticeState
from mps_app.state.roster import RosterState
from mps_app.text import say_n
from mps_app.views.enrolments import MOST_AT_ONCE, EnrolChoices, EnrolForm, EnrolReceipt, Mode


class EnrolState(RosterState):
    """What the panel offers, and what came of the last act; who is chosen is the roster's."""

    options: EnrolChoices = EnrolChoices()
    receipt: EnrolReceipt = EnrolReceipt()
    is_sheet_open: bool = False
    _offered: int = -1  # for which course the options were read

    @rx.event
    @allow(Role.COORDINATOR)
    async def offer(self) -> None:
        """Read what can be chosen; runs after the roster has read the address."""
        if self._offered != self.course_id:
            await self._offer(self.course_id)
        if self.receipt.group_id != self.group_id:
            self.receipt = EnrolReceipt()

    @rx.event
    @allow(Role.COORDINATOR)
    async def choose_course(self, course_id: str) -> None:
        """Look at another course, in its first group."""
        wanted = id_of(course_id)
        await self._offer(wanted)
        await self._lead_to(wanted, self.options.groups[0].id if self.options.groups else 0)

    @rx.event
    @allow(Role.COORDINATOR)
    async def choose_group(self, group_id: str) -> None:
        """Look at another group of the course."""
        await self._lead_to(self.course_id, id_of(group_id))

    @rx.event
    @allow(Role.COORDINATOR)
    async def choose_mode(self, mode: str) -> None:
        """Say what becomes of those for whom there is no place."""
        wanted = str(mode)
        if wanted in set(Mode):
            self.panel = self.panel.model_copy(update={"mode": wanted})
            await self._look_panel()

    @rx.event
    @allow(Role.COORDINATOR)
    async def leave_out(self, person_id: int) -> None:
        """Take one of the chosen off."""
        left_out = id_of(person_id)
        self._selected = [one for one in self._selected if one != left_out]
        await self._show_chosen()

    @rx.event
    @allow(Role.COORDINATOR)
    async def confirm(self) -> Any:  # Any: Reflex's event types
        """Enrol the chosen; a double click meets the receipt (4.3). Whoever has a place now is chosen no more."""
        if not self._selected or self.receipt.title:
            return None
        form = EnrolForm(group_id=self.group_id, person_ids=self._selected[:MOST_AT_ONCE], mode=Mode(self.panel.mode))
        self.receipt = await self._ask(enrolments.enrol, self.desk.id, form)
        there = {one.person_id for one in self.receipt.people if one.outcome in {"enrolled", "line", "already"}}
        self._selected = [one for one in self._selected if one not in there]
        await self._look_again()
        return NoticeState.tell(self.receipt.title)

    @rx.event
    @allow(Role.COORDINATOR)
    async def undo(self) -> Any:  # Any: Reflex's event types
        """Take back exactly what was just done; the receipt stays when that is refused."""
        done = self.receipt
        if not done.application_ids:
            return None
        count = await self._ask(enrolments.undo, self.desk.id, done.group_id, done.application_ids, done.named_ids)
        self.receipt = EnrolReceipt()
        await self._look_again()
        words = say_n(current_connection().language, "{n} application taken back", "{n} applications taken back", count)
        return NoticeState.tell(words)

    @rx.event
    @allow(Role.COORDINATOR)
    def go_on(self) -> None:
        """Put the receipt away and choose the next ones."""
        self.receipt = EnrolReceipt()

    @rx.event
    @allow(Role.COORDINATOR)
    def show_sheet(self, is_open: bool) -> None:  # noqa: FBT001  # the sheet tells what it became
        """Open the panel on a phone, or close it."""
        self.is_sheet_open = is_open is True

    async def _offer(self, course_id: int) -> None:
        self.options = await self._ask(enrolments.choices, self.desk.id, course_id)
        self._offered = course_id

    async def _lead_to(self, course_id: int, group_id: int) -> None:
        """Show the other group in every row, and in the address bar."""
        self.receipt = EnrolReceipt()
        page = self.found.page
        wanted = self._wanted().changed(into_course_id=course_id, into_group_id=group_id, page=page)
        await self._turn_to(wanted)
