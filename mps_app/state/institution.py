"""Which institution a coordinator works for: what the states of all its pages inherit (rule 11)."""

from typing import Any

import reflex as rx

from mps_app.adapters.connection import current_connection
from mps_app.core.actor import Role
from mps_app.core.callers import ANYONE, allow
from mps_app.core.ids import id_of
from mps_app.services import institutions
from mps_app.state import live
from mps_app.state.base import PageState, pages_under
from mps_app.state.notice import NoticeState
from mps_app.text import N_, say
from mps_app.views.institutions import InstitutionDesk

HOME = "/iestade/darbinieki"
_NOT_NOW = N_("You don't have the rights of a coordinator of this institution now.")


class InstitutionState(PageState, rx.State):
    """The institution chosen in this tab; ``desk.id`` is only a wish, each service asks the policy."""

    desk: InstitutionDesk = InstitutionDesk()

    async def _enter(self) -> None:
        """Read the desk anew; every page's ``load`` begins with it. A page that is live is told of changes from now."""
        desk = await self._ask(institutions.desk, self.desk.id)
        if self.desk.id not in {0, desk.id}:
            await self._forget()
        self.desk = desk
        if refresh := getattr(type(self), "refresh", None):
            live.watch(desk.id, refresh)

    async def _forget(self) -> None:
        """Empty every page of an institution in this tab: nothing of one stays behind for another (11.5)."""
        for page in pages_under(InstitutionState):
            (await self.get_state(page)).reset()
        self.desk = InstitutionDesk()

    @rx.event
    @allow(Role.COORDINATOR)
    async def choose_institution(self, institution_id: str) -> rx.event.EventSpec:
        """Work for another of the coordinator's institutions: its roster opens."""
        await self._forget()
        self.desk = await self._ask(institutions.desk, id_of(institution_id))
        return rx.redirect(HOME)

    @rx.event
    @allow(ANYONE)
    async def put_away(self) -> list[Any]:  # Any: Reflex's event types
        """Leave nobody's data on the screen of somebody who coordinates no more, and lead away (11.1)."""
        live.leave()
        await self._forget()
        return [rx.redirect("/"), NoticeState.refuse(say(current_connection().language, _NOT_NOW), "/")]


class LivePage(PageState, rx.State, mixin=True):
    """A page that changes by itself: ``class RosterState(LivePage, InstitutionState)``.

    Write ``_look_again``: ask anew for what is shown, keeping what is chosen. ``_enter`` does the rest.
    """

    async def _look_again(self) -> Any:  # Any: Reflex's event types
        """Ask anew; each page says what."""

    @rx.event
    @allow(Role.COORDINATOR)
    async def refresh(self) -> Any:  # Any: Reflex's event types
        """Show what is true now: something of the institution has changed (11.4)."""
        home = await self.get_state(InstitutionState)
        desk = await self._ask(institutions.desk, home.desk.id)
        if desk.id != home.desk.id:  # they still speak for another one, or went elsewhere meanwhile
            return InstitutionState.put_away
        home.desk = desk
        return await self._look_again()
