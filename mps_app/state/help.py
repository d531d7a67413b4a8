"""The help page: usual questions, and asking the school (10)."""

from typing import Any

import reflex as rx

from mps_app.adapters.connection import current_connection
from mps_app.core.callers import ANYONE, SIGNED_IN, allow
from mps_app.core.errors import Invalid
from mps_app.services import questions
from mps_app.state.base import PageState
from mps_app.text import say
from mps_app.views.catalogue_filter import clean_query
from mps_app.views.questions import HelpAnswer, QuestionForm, QuestionRow

_FORM = "question"  # under which input waits for its person to sign in again

Form = dict[str, Any]  # Any: whatever a browser sent


class HelpState(PageState, rx.State):
    """What was found, what was asked, and what is wrong with a question that could not be sent."""

    answers: list[HelpAnswer] = []
    query: str = ""
    own: list[QuestionRow] = []
    email: str = ""
    question: str = ""
    email_problem: str = ""
    question_problem: str = ""
    sent_to: str = ""
    drawn: int = 0
    is_loaded: bool = False

    @rx.event
    @allow(ANYONE)
    async def load(self) -> None:
        """Show every answer, and take up what was typed before a session ended."""
        self.query, self.sent_to, self.email_problem, self.question_problem = "", "", "", ""
        self.answers = await self._ask(questions.help_answers, "")
        await self._look_up_asker()
        typed = (await self._draft(_FORM)).get("form")
        kept: Form = typed if isinstance(typed, dict) else {}
        self.email = str(kept.get("email") or self.email)[:254]
        self.question = str(kept.get("question", ""))[:4_000]
        self.drawn += 1
        self.is_loaded = True

    @rx.event(supersedes=True)
    @allow(ANYONE)
    async def search(self, query: str) -> None:
        """Find answers as one types."""
        self.query = clean_query(query)
        self.answers = await self._ask(questions.help_answers, self.query)

    @rx.event
    @allow(ANYONE)
    async def clear(self) -> None:
        """Forget what was typed into the search."""
        self.query = ""
        self.drawn += 1
        self.answers = await self._ask(questions.help_answers, "")

    @rx.event
    @allow(ANYONE)
    async def ask(self, form: Form) -> None:
        """Send a visitor's question."""
        await self._send(form)

    @rx.event
    @allow(SIGNED_IN, keeps=_FORM)
    async def ask_signed_in(self, form: Form) -> None:
        """Send a person's question; it waits when the session has ended meanwhile."""
        await self._send(form)
        await self._look_up_asker()

    @rx.event
    @allow(ANYONE)
    def ask_another(self) -> None:
        """Show the form again, empty."""
        self.sent_to, self.question = "", ""
        self.drawn += 1

    async def _send(self, form: Form) -> None:
        self.email_problem, self.question_problem = "", ""
        try:
            receipt = await self._ask(questions.ask, QuestionForm.read(form))
        except Invalid as refusal:
            language = current_connection().language
            said = {name: say(language, message) for name, message in refusal.fields.items()}
            self.email_problem, self.question_problem = said.get("email", ""), said.get("question", "")
            return
        self.sent_to = receipt.email

    async def _look_up_asker(self) -> None:
        asker = await self._ask(questions.asker)
        self.own, self.email = asker.questions, asker.email
