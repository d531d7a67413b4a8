"""Who am I: the name and the role in the shell, whether the page is for this person at all, and where to sign in."""

from typing import Any
from urllib.parse import quote

import reflex as rx

from mps_app.core.callers import ANYONE, allow
from mps_app.services import identity
from mps_app.state import live
from mps_app.state.base import PageState
from mps_app.state.notice import NoticeState
from mps_app.views.signed_in import SignedInPerson

_SIGN_OUT = "/iziet"  # whoever pressed it there is on the way out already


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
        return None if self.router.url.path == _SIGN_OUT else rx.redirect(sign_in_address(self, ended=False))

    async def _forget_pages(self) -> None:
        for page in _descendants(rx.State):
            if issubclass(page, PageState) and page is not SignedInState:
                (await self.get_state(page)).reset()


def sign_in_address(state: Any, *, ended: bool, again: str = "") -> str:  # Any: a state of Reflex's
    """Return the address of the sign-in page that leads back to where the person was, to go on there."""
    url = state.router.url
    asked = "&".join(part for part in (getattr(url, "query", ""), again) if part)
    back = f"{url.path}?{asked}" if asked else str(url.path)
    back = back if back.startswith("/") and not back.startswith(("//", "/\\")) else "/"
    return f"/pieslegties?uz={quote(back, safe='')}{'&beigusies=1' if ended else ''}"


def _descendants(state: Any) -> list[Any]:  # Any: Reflex's classes of states
    return [page for child in state.get_substates() for page in (child, *_descendants(child))]
