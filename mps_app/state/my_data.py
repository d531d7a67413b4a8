"""The screen of one's own data (2.6)."""

from typing import Any

import reflex as rx

from mps_app.adapters.connection import current_connection
from mps_app.core.callers import SIGNED_IN, allow
from mps_app.core.errors import Invalid
from mps_app.services import my_data
from mps_app.state.base import PageState
from mps_app.text import say
from mps_app.views.my_data import ErasureForm, ErasureRow, KeptRow, LookRow, MyDataPage

_FORM = "erasure"  # under which input waits for its person to sign in again

Form = dict[str, Any]  # Any: whatever a browser sent


class MyDataState(PageState, rx.State):
    """Who looked, what was asked for, and what was typed when a session ended."""

    page: MyDataPage = MyDataPage()
    looks: list[LookRow] = []
    kept: list[KeptRow] = []
    requests: list[ErasureRow] = []
    wish: str = ""
    wish_problem: str = ""
    drawn: int = 0
    is_loaded: bool = False

    @rx.event
    @allow(SIGNED_IN)
    async def load(self) -> None:
        """Show the page, and take up what was typed before a session ended."""
        await self._look_up()
        typed = (await self._draft(_FORM)).get("form")
        self.wish = str(typed.get("wish", ""))[:2_000] if isinstance(typed, dict) else ""
        self.wish_problem = ""
        self.drawn += 1
        self.is_loaded = True

    @rx.event
    @allow(SIGNED_IN, keeps=_FORM)
    async def request_erasure(self, form: Form) -> None:
        """Ask the school to erase."""
        try:
            await self._ask(my_data.request_erasure, ErasureForm.read(form))
        except Invalid as refusal:
            self.wish_problem = say(current_connection().language, refusal.fields.get("wish", refusal.message))
            return
        self.wish, self.wish_problem = "", ""
        await self._look_up()

    @rx.event
    @allow(SIGNED_IN)
    async def withdraw_erasure(self) -> None:
        """Take the request back."""
        await self._ask(my_data.withdraw_erasure)
        await self._look_up()

    async def _look_up(self) -> None:
        self.page = await self._ask(my_data.my_data_page)
        self.looks, self.kept, self.requests = self.page.looks, self.page.kept, self.page.requests
