"""What may be seen of questions and help (10), and what is filled in."""

from typing import Annotated

from pydantic import Field

from mps_app.views.base import Form, View


class HelpAnswer(View):
    """The answer to a usual question; ``name`` is its place on the page, ``address`` where it leads on."""

    name: str
    question: str
    answer: str
    address: str = ""
    link_text: str = ""


class QuestionRow(View):
    """A question of the reader's own with what the school answered, paragraph by paragraph."""

    id: int
    asked_text: str
    question: str
    answered_text: str = ""
    answer: str = ""


class InboxRow(QuestionRow):
    """A question as the school reads it; without ``name`` a visitor asked. ``last_reply_id`` is 0 before any answer."""

    name: str = ""
    email: str
    last_reply_id: int = 0


class Inbox(View):
    """What waits for an answer, the oldest first, and what was answered lately."""

    waiting: list[InboxRow] = []
    waiting_count: int = 0
    answered: list[InboxRow] = []


class Asker(View):
    """What is known of the one who asks, so that it need not be typed."""

    email: str = ""
    questions: list[QuestionRow] = []


class QuestionReceipt(View):
    """The question is on its way; ``email`` is where the answer will come."""

    email: str


class QuestionForm(Form):
    """A question; ``website`` is seen by no person, only programs fill it."""

    email: str = Field(max_length=254)
    question: str = Field(max_length=4_000)
    website: str = Field(default="", max_length=1_000)


class AnswerForm(Form):
    """What the school answers; ``last_reply_id`` is the last answer that its author has read, 0 for none."""

    question_id: Annotated[int, Field(gt=0, lt=2**62)]
    last_reply_id: Annotated[int, Field(ge=0, lt=2**62)] = 0
    answer: str = Field(min_length=1, max_length=8_000)
