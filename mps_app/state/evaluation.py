"""The questionnaire's screen: one part at a time, every answer saved as it is given (7.1)."""

from pathlib import PurePosixPath
from typing import Any

import reflex as rx

from mps_app.core.callers import SIGNED_IN, allow
from mps_app.core.errors import Invalid
from mps_app.core.ids import id_of
from mps_app.services import certificates, evaluations
from mps_app.state.base import PageState
from mps_app.views.applications import Step
from mps_app.views.evaluations import EvaluationPage, SavedReceipt

_LOOKS = (2, 3, 5, 10, 20, 40)  # seconds from one look for the certificate to the next


class EvaluationState(PageState, rx.State):
    """One person's questionnaire, the part that is shown."""

    page: EvaluationPage = EvaluationPage()
    saved: SavedReceipt = SavedReceipt()
    steps: list[Step] = []
    leads_to_certificate: bool = False
    sheet_path: str = ""  # of the certificate, once it can be downloaded
    next_look: int = 0  # seconds; 0 when nothing is awaited any more
    is_loaded: bool = False
    visit: int = 0  # a field keeps what it was drawn with: each visit draws the form anew
    _looks: int = 0

    @rx.event
    @allow(SIGNED_IN)
    async def load(self) -> None:
        """Show where the person stopped; what an ended session kept back is saved first."""
        invitation_id = id_of(PurePosixPath(str(self.router.url.path)).name)
        part = self.page.part if self.page.id == invitation_id else 0
        kept = await self._draft(evaluations.FORM.format(page=invitation_id))
        page = await self._ask(evaluations.evaluation_page, invitation_id, part)
        if kept and not page.is_sent:
            answers = _answers(kept.get("form") or {kept.get("key"): kept.get("value")})
            await self._ask(evaluations.keep_answers, invitation_id, answers)
            page = await self._ask(evaluations.evaluation_page, invitation_id, part)
        self._looks = 0
        await self._show(page)
        self.visit += 1
        self.is_loaded = True

    @rx.event
    @allow(SIGNED_IN, keeps=evaluations.FORM)
    async def save(self, key: str, value: str) -> None:
        """Keep one answer."""
        self.saved = await self._ask(evaluations.keep_answers, self.page.id, {str(key): value})

    @rx.event
    @allow(SIGNED_IN, keeps=evaluations.FORM)
    async def advance(self, form: dict[str, Any]) -> None:  # Any: whatever a browser sent
        """Keep the whole part, which heals whatever a lost connection swallowed, and go on; at the end, send."""
        answers = _answers(form)
        if not self.page.is_last:
            await self._show(await self._ask(evaluations.turn_page, self.page.id, self.page.part, answers, 1))
            return
        await self._ask(evaluations.keep_answers, self.page.id, answers)
        problems: dict[str, str] = {}
        try:
            await self._ask(evaluations.send, self.page.id, answers)
        except Invalid as refusal:
            problems = refusal.fields
        await self._show(await self._ask(evaluations.evaluation_page, self.page.id, self.page.part, problems))

    @rx.event
    @allow(SIGNED_IN)
    async def go_back(self) -> None:
        """Show the part before; what was typed here is saved already."""
        await self._show(await self._ask(evaluations.turn_page, self.page.id, self.page.part, {}, -1))

    async def _show(self, page: EvaluationPage) -> None:
        self.page = page
        self.saved = SavedReceipt(progress_text=page.progress_text, percent=page.percent)
        promised = await self._ask(certificates.awaiting_questionnaire, [page.application_id])
        self.leads_to_certificate = page.application_id in promised
        self.steps, self.sheet_path, self.next_look = [], "", 0
        if page.is_sent:
            await self._look()

    @rx.event
    @allow(SIGNED_IN)
    async def look_again(self) -> None:
        """See whether the certificate has come meanwhile: it is issued and printed within seconds (4.11)."""
        if self.page.is_sent and self.next_look:
            self._looks += 1
            await self._look()

    async def _look(self) -> None:
        self.steps = await self._ask(certificates.checklist, self.page.application_id)
        issued = await self._ask(certificates.of_application, self.page.application_id)
        self.sheet_path = issued.pdf_path if issued and issued.is_ready else ""
        is_coming = issued is not None or any(step.state == "now" for step in self.steps)
        waits = is_coming and not self.sheet_path and self._looks < len(_LOOKS)
        self.next_look = _LOOKS[self._looks] if waits else 0


def _answers(form: object) -> dict[str, str]:
    """Return what a form holds as texts by the names of their fields."""
    given = form if isinstance(form, dict) else {}
    return {str(key): value for key, value in given.items() if isinstance(value, str)}
