"""Checking a certificate without signing in (7.5)."""

from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote

import reflex as rx

from mps_app.adapters.connection import current_connection
from mps_app.core.callers import ANYONE, allow
from mps_app.core.errors import Invalid
from mps_app.services import certificates
from mps_app.state.base import PageState
from mps_app.text import say
from mps_app.views.certificates import CertificateCheck, CheckForm

_LONGEST_CODE = 64


class CertificateCheckState(PageState, rx.State):
    """What the check of one certificate said."""

    answer: CertificateCheck = CertificateCheck()
    number: str = ""
    number_problem: str = ""
    family_name_problem: str = ""
    is_loaded: bool = False

    @rx.event
    @allow(ANYONE)
    async def load(self) -> None:
        """Check the code of the address."""
        code = unquote(PurePosixPath(str(self.router.url.path)).name)[:_LONGEST_CODE]
        self.reset()
        self.answer = await self._ask(certificates.check, code)
        self.is_loaded = True

    @rx.event
    @allow(ANYONE)
    def begin(self) -> None:
        """Show the empty form."""
        self.reset()
        self.is_loaded = True

    @rx.event
    @allow(ANYONE)
    async def find(self, form: dict[str, Any]) -> None:  # Any: whatever a browser sent
        """Check the number and surname that were typed."""
        try:
            asked = CheckForm.read(form)
        except Invalid as refusal:
            language = current_connection().language
            said = {name: say(language, message) for name, message in refusal.fields.items()}
            self.number_problem, self.family_name_problem = said.get("number", ""), said.get("family_name", "")
            return
        self.number_problem, self.family_name_problem, self.number = "", "", asked.number
        self.answer = await self._ask(certificates.find, asked)
