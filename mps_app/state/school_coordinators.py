"""The school's screen of nominations and standing coordinators (11.1)."""

from typing import Any

import reflex as rx

from mps_app.core.actor import Role
from mps_app.core.callers import allow
from mps_app.core.errors import Invalid
from mps_app.core.ids import id_of
from mps_app.services import institutions
from mps_app.state.base import PageState
from mps_app.state.forms import Form, fields_of, said, tell, typed
from mps_app.state.signed_in import SignedInState
from mps_app.text import N_
from mps_app.views.catalogue_filter import clean_query
from mps_app.views.coordinators import (
    ConfirmForm,
    EndForm,
    NewInstitutionFields,
    NewInstitutionProblems,
    NominationCard,
    StandingList,
    StandingRow,
)


class SchoolCoordinatorsState(PageState, rx.State):
    """What waits, who stands, and what is being decided."""

    waiting: list[NominationCard] = []
    standing: StandingList = StandingList()
    words: str = ""
    confirming: NominationCard = NominationCard()
    fields: NewInstitutionFields = NewInstitutionFields()
    problems: NewInstitutionProblems = NewInstitutionProblems()
    refusing: NominationCard = NominationCard()
    ending: StandingRow = StandingRow()
    problem: str = ""
    is_loaded: bool = False

    @rx.event
    @allow(Role.TRAINING, Role.ADMIN)
    async def load(self) -> None:
        """Show both lists."""
        self.words = ""
        self._leave()
        await self._look_again()
        self.is_loaded = True

    async def _look_again(self) -> None:
        self.waiting = await self._ask(institutions.nominations)
        self.standing = await self._ask(institutions.standing_coordinators, self.words)

    def _leave(self) -> None:
        self.confirming, self.refusing, self.ending = NominationCard(), NominationCard(), StandingRow()
        self.problem, self.problems = "", NewInstitutionProblems()

    @rx.event(supersedes=True)
    @allow(Role.TRAINING, Role.ADMIN)
    async def search(self, words: str) -> None:
        """Find standing coordinators as one types."""
        self.words = clean_query(words)
        self.standing = await self._ask(institutions.standing_coordinators, self.words)

    @rx.event
    @allow(Role.TRAINING, Role.ADMIN)
    def leave(self) -> None:
        """Leave it as it is."""
        self._leave()

    @rx.event
    @allow(Role.TRAINING, Role.ADMIN)
    def begin_confirm(self, nomination_id: int) -> None:
        """Show once more what is confirmed; what came with the nomination can be corrected."""
        self._leave()
        self.confirming = self._card(nomination_id)
        card = self.confirming
        self.fields = NewInstitutionFields(
            name=card.institution_name, street=card.street, city=card.city, postal_code=card.postal_code
        )

    @rx.event
    @allow(Role.TRAINING, Role.ADMIN)
    def begin_refuse(self, nomination_id: int) -> None:
        """Ask for the reason."""
        self._leave()
        self.refusing = self._card(nomination_id)

    @rx.event
    @allow(Role.TRAINING, Role.ADMIN)
    def begin_end(self, coordinator_id: int) -> None:
        """Ask for the document or the reason."""
        self._leave()
        wanted = id_of(coordinator_id)
        self.ending = next((row for row in self.standing.rows if row.id == wanted), StandingRow())

    def _card(self, nomination_id: object) -> NominationCard:
        wanted = id_of(nomination_id)
        return next((card for card in self.waiting if card.id == wanted), NominationCard())

    @rx.event
    @allow(Role.TRAINING, Role.ADMIN)
    async def confirm(self, form: Form) -> Any:  # Any: Reflex's event types
        """Let the person speak for the institution."""
        self.fields = typed(self.fields, fields_of(form))
        try:
            wanted = ConfirmForm.read({**self.fields.model_dump(), "coordinator_id": self.confirming.id})
            await self._ask(institutions.confirm_coordinator, wanted)
        except Invalid as refusal:
            self.problems = NewInstitutionProblems(**said(refusal))
            return None
        return await self._decided(N_("{name} is confirmed."), self.confirming.person_name)

    @rx.event
    @allow(Role.TRAINING, Role.ADMIN)
    async def refuse(self, form: Form) -> Any:  # Any: Reflex's event types
        """Refuse the nomination, saying why."""
        try:
            await self._ask(institutions.refuse_nomination, _with_reason(self.refusing.id, form))
        except Invalid as refusal:
            self.problem = said(refusal).get("reference", "")
            return None
        return await self._decided(N_("Not confirmed. {name} can read why."), self.refusing.person_name)

    @rx.event
    @allow(Role.TRAINING, Role.ADMIN)
    async def end(self, form: Form) -> Any:  # Any: Reflex's event types
        """End a coordinatorship at once."""
        try:
            await self._ask(institutions.end_as_school, _with_reason(self.ending.id, form))
        except Invalid as refusal:
            self.problem = said(refusal).get("reference", "")
            return None
        return await self._decided(N_("{name} does not coordinate any more, from now on."), self.ending.person_name)

    async def _decided(self, message: str, name: str) -> Any:  # Any: Reflex's event types
        self._leave()
        await self._look_again()
        return [tell(message, name=name), SignedInState.load]


def _with_reason(coordinator_id: int, form: object) -> EndForm:
    return EndForm.read({"coordinator_id": coordinator_id, "reference": fields_of(form).get("reference", "")})
