"""The screen of applications on an institution's account: approve, reject, replace, cancel (4.7, 4.8)."""

from typing import Any

import reflex as rx

from mps_app.adapters.connection import current_connection
from mps_app.core.actor import Role
from mps_app.core.callers import allow
from mps_app.core.errors import DomainError, Invalid
from mps_app.core.ids import id_of
from mps_app.services import applications
from mps_app.state.forms import Form, fields_of, said, tell
from mps_app.state.institution import InstitutionState, LivePage
from mps_app.state.notice import NoticeState
from mps_app.text import N_, say, say_n
from mps_app.views.account_list import (
    ADDRESS,
    LONGEST_QUERY,
    STANDINGS,
    AccountDetails,
    AccountFilter,
    AccountList,
    ColleaguesFound,
)

_MOST_CHOSEN = 200
_LONGEST_REASON = 500


class AccountState(LivePage, InstitutionState):
    """What was found, which are chosen, and the one that is looked at."""

    page: AccountList = AccountList()
    query: str = ""
    chosen: list[int] = []
    is_loaded: bool = False
    quiet_address: str = ""
    drawn: int = 0
    details: AccountDetails = AccountDetails()
    colleagues: ColleaguesFound = ColleaguesFound()
    rejecting: list[int] = []
    rejecting_text: str = ""
    is_cancelling: bool = False
    problem: str = ""
    _address: str = ADDRESS

    @rx.event
    @allow(Role.COORDINATOR)
    async def load(self) -> None:
        """Read the address bar; nonsense in it is as if it had not been written."""
        await self._enter()
        self._put_away()
        self.chosen = []
        await self._look(AccountFilter.read_address(str(self.router.url)))
        self.drawn += 1
        self.is_loaded = True

    async def _look(self, wanted: AccountFilter) -> None:
        self.page = await self._ask(applications.account_list, self.desk.id, wanted)
        self.query = wanted.query
        self._address = wanted.changed(page=self.page.page).address()
        self.quiet_address = self._address
        here = {row.id for row in self.page.rows if row.is_to_decide}
        self.chosen = [one for one in self.chosen if one in here]

    async def _look_again(self) -> None:
        await self._look(self._wanted())
        if self.details.id:
            self.details = await self._ask(applications.account_details_again, self.desk.id, self.details.id)

    def _wanted(self) -> AccountFilter:
        return AccountFilter.read_address(self._address)

    def _put_away(self) -> None:
        self.details, self.colleagues = AccountDetails(), ColleaguesFound()
        self.rejecting, self.is_cancelling, self.problem = [], False, ""

    @rx.event(supersedes=True)
    @allow(Role.COORDINATOR)
    async def search(self, text: str) -> None:
        """Find what is typed, as it is typed."""
        query = " ".join(str(text).split())[:LONGEST_QUERY]
        if query != self.query:
            await self._look(self._wanted().changed(query=query))

    @rx.event
    @allow(Role.COORDINATOR)
    async def choose_standing(self, standing: str) -> None:
        """Show the applications of one standing, or all."""
        wanted = standing if standing in STANDINGS.values() else ""
        await self._look(self._wanted().changed(standing=wanted))

    @rx.event
    @allow(Role.COORDINATOR)
    async def turn_page(self, by: int) -> None:
        """Show the next page, or the one before."""
        step = 1 if by == 1 else -1
        await self._look(self._wanted().changed(page=max(self.page.page + step, 1)))

    @rx.event
    @allow(Role.COORDINATOR)
    def choose(self, application_id: int) -> None:
        """Choose one that waits, or leave it again."""
        key = id_of(application_id)
        if key in self.chosen:
            self.chosen = [one for one in self.chosen if one != key]
        elif len(self.chosen) < _MOST_CHOSEN and any(row.id == key and row.is_to_decide for row in self.page.rows):
            self.chosen = [*self.chosen, key]

    @rx.event
    @allow(Role.COORDINATOR)
    def choose_all(self) -> None:
        """Choose all of the page that wait, or none."""
        waiting = [row.id for row in self.page.rows if row.is_to_decide]
        self.chosen = [] if len(self.chosen) == len(waiting) else waiting

    @rx.event
    @allow(Role.COORDINATOR)
    async def approve(self, application_id: int) -> Any:  # Any: Reflex's event types
        """Approve one (4.8)."""
        await self._ask(applications.approve, self.desk.id, id_of(application_id))
        await self._look_again()
        return tell(N_("Approved. The employee has been told."))

    @rx.event
    @allow(Role.COORDINATOR)
    async def approve_chosen(self) -> Any:  # Any: Reflex's event types
        """Approve all that are chosen; each for itself, so that one refusal holds up no other."""
        done, refusals = 0, []
        for key in list(self.chosen):
            try:
                await self._ask(applications.approve, self.desk.id, key)
                done += 1
            except DomainError as refusal:
                refusals.append(say(current_connection().language, refusal.message, **refusal.facts))
        self.chosen = []
        await self._look_again()
        language = current_connection().language
        return _told(say_n(language, "{n} application approved.", "{n} applications approved.", done), refusals)

    @rx.event
    @allow(Role.COORDINATOR)
    def begin_reject(self, application_id: int) -> None:
        """Ask for the reason: of one, or of all that are chosen."""
        key = id_of(application_id)
        self.rejecting = [key] if key else list(self.chosen)
        names = [row.name for row in self.page.rows if row.id in self.rejecting]
        self.rejecting_text, self.problem = ", ".join(names), ""

    @rx.event
    @allow(Role.COORDINATOR)
    async def reject(self, form: Form) -> Any:  # Any: Reflex's event types
        """Reject with a reason (4.8)."""
        reason, done, refusals = self._reason(form), 0, []
        for key in list(self.rejecting):
            try:
                await self._ask(applications.reject, self.desk.id, key, reason)
                done += 1
            except Invalid as refusal:
                self.problem = said(refusal).get("reason", "")
                return None
            except DomainError as refusal:
                refusals.append(say(current_connection().language, refusal.message, **refusal.facts))
        self.chosen, self.rejecting, self.problem = [], [], ""
        await self._look_again()
        language = current_connection().language
        return _told(say_n(language, "{n} application rejected.", "{n} applications rejected.", done), refusals)

    def _reason(self, form: Form) -> str:
        return str(fields_of(form).get("reference") or "")[:_LONGEST_REASON]

    @rx.event
    @allow(Role.COORDINATOR)
    def close_reason(self, is_open: bool) -> None:  # noqa: FBT001  # an event's argument
        """Ask for no reason any more."""
        if not is_open:
            self.rejecting, self.is_cancelling, self.problem = [], False, ""

    @rx.event
    @allow(Role.COORDINATOR)
    async def open(self, application_id: int) -> None:
        """Show one application with its history."""
        self._put_away()
        self.details = await self._ask(applications.account_details, self.desk.id, id_of(application_id))
        self.drawn += 1

    @rx.event
    @allow(Role.COORDINATOR)
    def close(self, is_open: bool) -> None:  # noqa: FBT001  # an event's argument
        """Go back to the list."""
        if not is_open:
            self._put_away()

    @rx.event
    @allow(Role.COORDINATOR)
    def begin_cancel(self) -> None:
        """Ask for the reason before cancelling."""
        self.is_cancelling, self.problem = True, ""

    @rx.event
    @allow(Role.COORDINATOR)
    async def cancel(self, form: Form) -> Any:  # Any: Reflex's event types
        """Cancel the application that is looked at (4.7)."""
        try:
            await self._ask(applications.withdraw, self.desk.id, self.details.id, self._reason(form))
        except Invalid as refusal:
            self.problem = said(refusal).get("reason", "")
            return None
        self._put_away()
        await self._look(self._wanted())
        return tell(N_("Cancelled. The employee has been told."))

    @rx.event(supersedes=True)
    @allow(Role.COORDINATOR)
    async def search_colleague(self, text: str) -> None:
        """Find who could take the place, as one types (4.7)."""
        asked = str(text)[:LONGEST_QUERY]
        self.colleagues = await self._ask(applications.colleagues, self.desk.id, self.details.id, asked)

    @rx.event
    @allow(Role.COORDINATOR)
    async def replace(self, person_id: int) -> Any:  # Any: Reflex's event types
        """Give the place to a colleague (4.7)."""
        await self._ask(applications.replace, self.details.id, id_of(person_id))
        self._put_away()
        await self._look(self._wanted())
        return tell(N_("The colleague has the place. Both have been told."))


def _told(done: str, refusals: list[str]) -> Any:  # Any: Reflex's event types
    """Say what was done, and what was not and why."""
    if not refusals:
        return NoticeState.tell(done)
    language = current_connection().language
    left = say_n(language, "{n} was not: {why}", "{n} were not: {why}", len(refusals), why=refusals[0])
    return NoticeState.refuse(f"{done} {left}")
