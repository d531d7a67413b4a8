"""Who am I: the name and the role in the shell, whether the page is for this person at all, and where to sign in."""

from enum import StrEnum
from typing import Any
from urllib.parse import quote

import reflex as rx

from mps_app.adapters.connection import current_connection
from mps_app.core.callers import ANYONE, allow
from mps_app.services import identity
from mps_app.state import live
from mps_app.state.base import PageState, page_path, pages_under
from mps_app.state.notice import NoticeState
from mps_app.views.signed_in import SignedInPerson

_SIGN_OUT = "/iziet"  # whoever pressed it there is on the way out already


ENDED = "beigusies"  # the parameter that tells the sign-in page why somebody is there


class Ended(StrEnum):
    """What became of the session of somebody who is led to the sign-in."""

    NONE = ""
    BY_ITSELF = "pati"
    KEPT = "saglabats"  # by itself, and what was just sent is kept
    ELSEWHERE = "citur"


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
        was_signed_in, self.person = self.person.is_signed_in, await self._ask(identity.signed_in_person)
        is_over = was_signed_in and not self.person.is_signed_in
        if is_over and await self._ask(identity.was_ended, current_connection().token):
            await self._forget_pages()  # ended while this tab had no connection

    @rx.event
    @allow(ANYONE)
    async def turn_away(self) -> None:
        """Say that the page is not for this person; nothing of it, or of what a lost role has shown, stays behind."""
        if not self.is_turned_away:
            live.leave()
            await self._forget_pages()
            self.is_turned_away = True

    @rx.event
    @allow(ANYONE)
    async def end(self) -> rx.event.EventSpec | None:
        """Leave nothing on the screen when the session has been ended elsewhere, and lead to the sign-in (1.4)."""
        if (await self._ask(identity.signed_in_person)).is_signed_in:
            return None
        live.leave()
        await self._forget_pages()
        self.reset()
        (await self.get_state(NoticeState)).reset()
        return None if page_path(self) == _SIGN_OUT else rx.redirect(sign_in_address(self, Ended.ELSEWHERE))

    async def _forget_pages(self) -> None:
        for page in pages_under(rx.State):
            if issubclass(page, PageState) and page is not SignedInState:
                (await self.get_state(page)).reset()


def sign_in_address(state: Any, ended: Ended, again: str = "") -> str:  # Any: a state of Reflex's
    """Return the address of the sign-in page that leads back to where the person was, to go on there."""
    url = state.router.url
    asked = "&".join(part for part in (getattr(url, "query", ""), again) if part)
    back = f"{url.path}?{asked}" if asked else str(url.path)
    back = back if back.startswith("/") and not back.startswith(("//", "/\\")) else "/"
    return f"/pieslegties?uz={quote(back, safe='')}" + (f"&{ENDED}={ended}" if ended else "")
