"""The test's screen: one question at a time, answers saved as they are given; the server judges the time (8.1)."""

from pathlib import PurePosixPath
from typing import Any

import reflex as rx

from mps_app.core.callers import SIGNED_IN, allow
from mps_app.core.ids import id_of
from mps_app.services import certificates, exams
from mps_app.state.base import PageState
from mps_app.views.applications import Step
from mps_app.views.exams import ExamClock, ExamPage


class ExamState(PageState, rx.State):
    """One person's test, the question that is shown."""

    page: ExamPage = ExamPage()
    clock: ExamClock = ExamClock()
    steps: list[Step] = []
    drawn: int = 0  # how often the clock was set: its new face begins anew
    is_asking: bool = False  # whether to hand in
    is_loaded: bool = False

    @rx.event
    @allow(SIGNED_IN)
    async def load(self) -> None:
        """Show where the person stopped; what an ended session kept back is saved first."""
        invitation_id = id_of(PurePosixPath(str(self.router.url.path)).name)
        number = self.page.number if self.page.id == invitation_id else 0
        kept = await self._draft(exams.FORM.format(page=invitation_id))
        page = await self._ask(exams.exam_page, invitation_id, number)
        if kept and page.stage == "taking":
            page = await self._ask(exams.resume, invitation_id, kept, number)
        self.is_asking = False
        await self._show(page)
        await self._set_clock()
        self.is_loaded = True

    @rx.event
    @allow(SIGNED_IN)
    async def start(self) -> None:
        """Begin a try, or go on with the one that is begun elsewhere."""
        await self._ask(exams.start, self.page.id)
        await self._show(await self._ask(exams.exam_page, self.page.id))
        await self._set_clock()

    @rx.event
    @allow(SIGNED_IN, keeps=exams.FORM)
    async def save(self, key: str, value: str) -> None:
        """Keep one answer."""
        await self._turn(exams.answers_in({str(key): value}), self.page.number)

    @rx.event
    @allow(SIGNED_IN, keeps=exams.FORM)
    async def choose(self, key: str, value: str, is_on: bool) -> None:  # noqa: FBT001  # a box says so
        """Keep one of several answers, or keep it no more."""
        page = self.page
        self.page = await self._ask(
            exams.choose_answer, page.id, str(key), str(value), is_on=is_on is True, number=page.number
        )

    @rx.event
    @allow(SIGNED_IN, keeps=exams.FORM)
    async def advance(self, form: dict[str, Any]) -> None:  # Any: whatever a browser sent
        """Keep what is shown, which heals whatever a lost connection swallowed, and go on; at the end, ask."""
        item = self.page.question
        answers = exams.answers_in(form)
        if item.kind == "multiple" and item.key not in answers:
            answers[item.key] = ""  # no box is ticked
        await self._turn(answers, self.page.number + 1)
        self.is_asking = self.page.is_last and self.page.stage == "taking" and item.key == self.page.question.key

    @rx.event
    @allow(SIGNED_IN)
    async def go(self, number: int) -> None:
        """Show a question; what was typed elsewhere is saved already."""
        await self._turn({}, id_of(number) or 1)

    @rx.event
    @allow(SIGNED_IN)
    async def mark(self, is_marked: bool) -> None:  # noqa: FBT001  # a button says so
        """Mark what is shown for later, or no more."""
        page = self.page
        self.page = await self._ask(
            exams.mark_question, page.id, page.question.key, is_marked=is_marked is True, number=page.number
        )

    @rx.event
    @allow(SIGNED_IN)
    def leave(self) -> None:
        """Go on with the test."""
        self.is_asking = False

    @rx.event
    @allow(SIGNED_IN)
    async def submit(self) -> None:
        """Hand in, and show how it went."""
        self.is_asking = False
        await self._ask(exams.submit, self.page.id, self.page.attempt_id)
        await self._show(await self._ask(exams.exam_page, self.page.id))
        await self._set_clock()

    @rx.event
    @allow(SIGNED_IN)
    async def tick(self) -> None:
        """Say that little time is left, or that it is over: the browser's clock has come to one of these moments."""
        if self.page.stage != "taking":
            return
        await self._show(await self._ask(exams.exam_page, self.page.id, self.page.number))
        await self._set_clock()

    async def _turn(self, answers: dict[str, str], number: int) -> None:
        await self._show(await self._ask(exams.turn_page, self.page.id, answers, number))

    async def _set_clock(self) -> None:
        self.clock = await self._ask(exams.clock_of, self.page.id)
        self.drawn += 1

    async def _show(self, page: ExamPage) -> None:
        self.page = page
        self.is_asking = self.is_asking and page.stage == "taking"
        self.steps = []
        if page.stage == "result" and page.result.is_passed:
            self.steps = await self._ask(certificates.checklist, page.application_id)
