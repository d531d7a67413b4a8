"""The school's inbox: what people have asked, and answering it (10.1)."""

from typing import Any

import reflex as rx

from mps_app.adapters.connection import current_connection
from mps_app.core.actor import Role
from mps_app.core.callers import allow
from mps_app.core.errors import Invalid
from mps_app.core.ids import id_of
from mps_app.services import questions
from mps_app.state.base import PageState
from mps_app.state.forms import Form, fields_of, said, tell
from mps_app.state.signed_in import SignedInState
from mps_app.text import N_, say
from mps_app.views.questions import AnswerForm, Inbox

_DRAFT = "answer"  # under which input waits for its person to sign in again
_LONGEST = 8_000


class SchoolQuestionsState(PageState, rx.State):
    """What waits, what was answered, and the answer that is being written."""

    inbox: Inbox = Inbox()
    opened: int = 0
    answer: str = ""
    problem: str = ""
    drawn: int = 0
    is_loaded: bool = False

    @rx.event
    @allow(Role.TRAINING)
    async def load(self) -> None:
        """Show what waits; an answer begun before a session ended comes back."""
        self.inbox = await self._ask(questions.inbox)
        draft = fields_of((await self._draft(_DRAFT)).get("form"))
        self._open(id_of(draft.get("question_id")), str(draft.get("answer", "")))
        self.is_loaded = True

    @rx.event
    @allow(Role.TRAINING)
    def begin(self, question_id: int) -> None:
        """Write an answer."""
        self._open(id_of(question_id))

    @rx.event
    @allow(Role.TRAINING)
    def leave(self) -> None:
        """Leave it as it is."""
        self._open(0)

    @rx.event
    @allow(Role.TRAINING, keeps=_DRAFT)
    async def send(self, form: Form) -> Any:  # Any: Reflex's event types
        """Send the answer; what a colleague answered meanwhile is shown before it is sent all the same."""
        typed = fields_of(form)
        try:
            await self._ask(questions.answer, AnswerForm.read(typed))
        except Invalid as refusal:
            self.problem = said(refusal).get("answer", "")
            return None
        except questions.AnsweredMeanwhile as refusal:
            self.inbox = await self._ask(questions.inbox)
            self._open(id_of(typed.get("question_id")), str(typed.get("answer", "")))
            self.problem = say(current_connection().language, refusal.message)
            return None
        self._open(0)
        self.inbox = await self._ask(questions.inbox)
        return [tell(N_("The answer has been sent.")), SignedInState.load]

    def _open(self, question_id: int, answer: str = "") -> None:
        self.opened, self.answer, self.problem = question_id, answer[:_LONGEST], ""
        self.drawn += 1
