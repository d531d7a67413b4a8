"""The screen of an institution's requisites and of its consent to applications (11.5, 4.8)."""

from typing import Any

import reflex as rx

from mps_app.core.actor import Role
from mps_app.core.callers import allow
from mps_app.core.errors import Invalid
from mps_app.services import institutions
from mps_app.state.forms import Form, fields_of, said, tell, typed
from mps_app.state.institution import InstitutionState, LivePage
from mps_app.text import N_
from mps_app.views.institutions import ApprovalForm, RequisitesPage
from mps_app.views.people import RequisitesCard, RequisitesForm, RequisitesProblems

_DRAFT = "requisites"  # under which input waits for its person to sign in again


class RequisitesState(LivePage, InstitutionState):
    """What is kept, what stands in the fields, and what of it cannot be used."""

    page: RequisitesPage = RequisitesPage()
    fields: RequisitesCard = RequisitesCard()
    problems: RequisitesProblems = RequisitesProblems()
    asks_approval: bool = False
    days_problem: str = ""
    is_loaded: bool = False

    @rx.event
    @allow(Role.COORDINATOR)
    async def load(self) -> None:
        """Show what is kept; what was typed before a session ended comes back."""
        await self._enter()
        await self._read()
        self.fields = typed(self.page.card, await self._draft(_DRAFT))
        self.problems, self.days_problem = RequisitesProblems(), ""
        self.is_loaded = True

    async def _read(self) -> None:
        self.page = await self._ask(institutions.requisites, self.desk.id)
        self.asks_approval = self.page.needs_approval

    async def _look_again(self) -> None:
        """Leave the fields alone: somebody may be typing."""

    @rx.event
    @allow(Role.COORDINATOR, keeps=_DRAFT)
    async def save(self, form: Form) -> Any:  # Any: Reflex's event types
        """Keep the requisites."""
        try:
            await self._ask(institutions.save_requisites, self.desk.id, RequisitesForm.read(form))
        except Invalid as refusal:
            self.problems = RequisitesProblems(**said(refusal))
            return None
        self.problems = RequisitesProblems()
        await self._read()
        self.fields = self.page.card
        return tell(N_("Saved."))

    @rx.event
    @allow(Role.COORDINATOR)
    def choose_approval(self, wanted: bool) -> None:  # noqa: FBT001  # a switch tells what it became
        """Show what the choice would mean; nothing is kept yet."""
        self.asks_approval = wanted is True

    @rx.event
    @allow(Role.COORDINATOR)
    async def save_approval(self, form: Form) -> Any:  # Any: Reflex's event types
        """Demand consent to applications from now on, or demand it no more (4.8)."""
        days = fields_of(form).get("approval_days", self.page.approval_days)
        try:
            wanted = ApprovalForm.read({"needs_approval": self.asks_approval, "approval_days": days})
            await self._ask(institutions.save_approval, self.desk.id, wanted)
        except Invalid as refusal:
            self.days_problem = said(refusal).get("approval_days", "")
            return None
        self.days_problem = ""
        await self._read()
        return tell(N_("Saved."))
