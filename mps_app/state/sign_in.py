"""The sign-in page: where to go back to, and when there is training."""

from urllib.parse import quote

import reflex as rx

from mps_app.core.callers import ANYONE, allow
from mps_app.services import catalogue, identity
from mps_app.state.base import PageState
from mps_app.state.signed_in import ENDED, Ended
from mps_app.views.open_calendar import CalendarMonth


class SignInState(PageState, rx.State):
    """What the page was opened for."""

    start_address: str = "/auth/start"
    ended: str = Ended.NONE
    months: list[CalendarMonth] = []

    @rx.event
    @allow(ANYONE)
    async def load(self) -> rx.event.EventSpec | None:
        """Read the address; whoever is signed in already goes on."""
        asked = self.router.url.query_parameters
        return_to = identity.safe_return_path(asked.get("uz", "/"))
        if (await self._ask(identity.signed_in_person)).is_signed_in:
            return rx.redirect(return_to)
        self.start_address = f"/auth/start?return_to={quote(return_to, safe='')}"
        self.ended = asked.get(ENDED, Ended.NONE)
        self.months = await self._ask(catalogue.open_calendar)
        return None

    @rx.event
    @allow(ANYONE)
    async def load_calendar(self) -> None:
        """Show when there is training, whoever looks."""
        self.start_address, self.ended = "/auth/start", Ended.NONE
        self.months = await self._ask(catalogue.open_calendar)
