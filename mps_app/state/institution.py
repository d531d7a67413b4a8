"""Which institution a coordinator works for: what the states of all its pages inherit (rule 11)."""

import reflex as rx

from mps_app.core.actor import Role
from mps_app.core.callers import allow
from mps_app.services import institutions
from mps_app.state.base import PageState, id_of
from mps_app.views.institutions import InstitutionDesk


class InstitutionState(PageState, rx.State):
    """The institution chosen in this tab; ``desk.id`` is only a wish, each service asks the policy."""

    desk: InstitutionDesk = InstitutionDesk()

    async def _enter(self) -> None:
        """Read the desk anew; every page's ``load`` begins with it."""
        self.desk = await self._ask(institutions.desk, self.desk.id)

    @rx.event
    @allow(Role.COORDINATOR)
    async def choose_institution(self, institution_id: str) -> rx.event.EventSpec:
        """Work for another of the coordinator's institutions: its roster opens."""
        self.desk = await self._ask(institutions.desk, id_of(institution_id))
        return rx.redirect(HOME)


HOME = "/iestade/darbinieki"
