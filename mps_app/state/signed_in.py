"""Who am I: the name and the role in the shell, and whether the page is for this person at all."""

from typing import Any

import reflex as rx

from mps_app.core.callers import ANYONE, allow
from mps_app.services import identity
from mps_app.state import live
from mps_app.state.base import PageState
from mps_app.views.signed_in import SignedInPerson


class SignedInState(PageState, rx.State):
    """The person of the account menu."""

    person: SignedInPerson = SignedInPerson()
    is_turned_away: bool = False

    @rx.event
    @allow(ANYONE)
    async def load(self) -> None:
        """Ask who holds this connection's session; a visit has begun, so what was shown before is shown no more."""
        live.leave()
        self.is_turned_away = False
        self.person = await self._ask(identity.signed_in_person)

    @rx.event
    @allow(ANYONE)
    async def turn_away(self) -> None:
        """Say that the page is not for this person; nothing of it, or of what a lost role has shown, stays behind."""
        if not self.is_turned_away:
            live.leave()
            await self._forget_pages()
            self.is_turned_away = True

    async def _forget_pages(self) -> None:
        for page in _descendants(rx.State):
            if issubclass(page, PageState) and page is not SignedInState:
                (await self.get_state(page)).reset()


def _descendants(state: Any) -> list[Any]:  # Any: Reflex's classes of states
    return [page for child in state.get_substates() for page in (child, *_descendants(child))]
