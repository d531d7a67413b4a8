"""What may be seen of questions and help (10), and what is filled in."""

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
    """What the school answers."""

    question_id: int
    answer: str = Field(min_length=1, max_length=8_000)
