"""My certificates: all that were ever received (2.4)."""

import reflex as rx

from mps_app.core.callers import SIGNED_IN, allow
from mps_app.services import certificates
from mps_app.state.base import PageState
from mps_app.views.certificates import MyCertificates


class MyCertificatesState(PageState, rx.State):
    """The person's certificates."""

    page: MyCertificates = MyCertificates()
    is_loaded: bool = False

    @rx.event
    @allow(SIGNED_IN)
    async def load(self) -> None:
        """Ask anew at every visit."""
        self.page = await self._ask(certificates.my_certificates)
        self.is_loaded = True
