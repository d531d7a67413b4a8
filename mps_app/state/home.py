"""The home page's data."""

import reflex as rx

from mps_app.core.callers import ANYONE, allow
from mps_app.services import my_training
from mps_app.state.base import PageState
from mps_app.views.my_training import HomePage


class HomeState(PageState, rx.State):
    """What is next, due and new for whoever looks."""

    page: HomePage = HomePage()
    is_loaded: bool = False

    @rx.event
    @allow(ANYONE)
    async def load(self) -> None:
        """Ask for the page anew at every visit."""
        self.page = await self._ask(my_training.home_page)
        self.is_loaded = True
