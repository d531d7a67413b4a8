"""The screen on which anybody asks to coordinate an institution (11.1)."""

from typing import Any

import reflex as rx

from mps_app.core.callers import SIGNED_IN, allow
from mps_app.core.errors import Invalid
from mps_app.core.ids import id_of
from mps_app.services import institutions
from mps_app.state.base import PageState
from mps_app.state.forms import Form, said, tell, typed
from mps_app.text import N_
from mps_app.views.coordinators import AskingPage, NominationFields, NominationForm, NominationProblems

_DRAFT = "nomination"  # under which input waits for its person to sign in again


class AskingState(PageState, rx.State):
    """What one has asked before, and the form."""

    page: AskingPage = AskingPage()
    fields: NominationFields = NominationFields()
    problems: NominationProblems = NominationProblems()
    drawn: int = 0
    is_loaded: bool = False

    @rx.event
    @allow(SIGNED_IN)
    async def load(self) -> None:
        """Show what was asked; what was typed before a session ended comes back."""
        self.page = await self._ask(institutions.asking_page)
        self.fields = typed(NominationFields(), await self._draft(_DRAFT))
        self.problems = NominationProblems()
        self.drawn += 1
        self.is_loaded = True

    @rx.event
    @allow(SIGNED_IN, keeps=_DRAFT)
    async def ask(self, form: Form) -> Any:  # Any: Reflex's event types
        """Send the nomination to the school."""
        try:
            await self._ask(institutions.ask_to_coordinate, NominationForm.read(form))
        except Invalid as refusal:
            self.problems = NominationProblems(**said(refusal))
            return None
        self.fields, self.problems = NominationFields(), NominationProblems()
        self.drawn += 1
        self.page = await self._ask(institutions.asking_page)
        return tell(N_("Sent to the school. Its decision is shown here."))

    @rx.event
    @allow(SIGNED_IN)
    async def withdraw(self, nomination_id: int) -> Any:  # Any: Reflex's event types
        """Take back what nobody has decided yet."""
        await self._ask(institutions.withdraw_nomination, id_of(nomination_id))
        self.page = await self._ask(institutions.asking_page)
        return tell(N_("The nomination is taken back."))
