"""Who am I: the name and the role in the shell."""

import reflex as rx

from mps_app.core.callers import ANYONE, allow
from mps_app.services import identity
from mps_app.state import live
from mps_app.state.base import PageState
from mps_app.views.signed_in import SignedInPerson


class SignedInState(PageState, rx.State):
    """The person of the account menu."""

    person: SignedInPerson = SignedInPerson()

    @rx.event
    @allow(ANYONE)
    async def load(self) -> None:
        """Ask who holds this connection's session; a visit has begun, so what was shown before is shown no more."""
        live.leave()
        self.person = await self._ask(identity.signed_in_person)
