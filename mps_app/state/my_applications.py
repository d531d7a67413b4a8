"""My applications: where each stands, and what can be done about it."""

from typing import Any

import reflex as rx
from reflex.event import EventSpec

from mps_app.adapters.connection import current_connection
from mps_app.core.callers import SIGNED_IN, allow
from mps_app.core.ids import id_of
from mps_app.services import applications
from mps_app.state.base import PageState
from mps_app.state.notice import NoticeState
from mps_app.text import N_, say
from mps_app.views.applications import MyApplications


class MyApplicationsState(PageState, rx.State):
    """The person's applications."""

    page: MyApplications = MyApplications()
    is_loaded: bool = False

    @rx.event
    @allow(SIGNED_IN)
    async def load(self) -> None:
        """Ask anew at every visit."""
        await self._refresh()

    @rx.event
    @allow(SIGNED_IN)
    async def accept(self, application_id: int) -> EventSpec:
        """Take the offered place (4.6)."""
        await self._ask(applications.accept_offer, id_of(application_id))
        await self._refresh()
        return _tell(N_("The place is yours. We have sent a confirmation."))

    @rx.event
    @allow(SIGNED_IN)
    async def decline(self, application_id: int) -> EventSpec:
        """Leave the offered place to the next in line (4.6)."""
        await self._ask(applications.decline_offer, id_of(application_id))
        await self._refresh()
        return _tell(N_("The place went to the next in line."))

    @rx.event
    @allow(SIGNED_IN)
    async def cancel(self, application_id: int) -> EventSpec:
        """Withdraw an application (4.7)."""
        await self._ask(applications.cancel, id_of(application_id))
        await self._refresh()
        return _tell(N_("The application is withdrawn. We have sent a confirmation."))

    async def _refresh(self) -> None:
        self.page = await self._ask(applications.my_applications)
        self.is_loaded = True


def _tell(message: str) -> EventSpec:
    handler: Any = NoticeState.tell  # Any: Reflex turns methods into handlers at run time
    spec: EventSpec = handler(say(current_connection().language, message))
    return spec
