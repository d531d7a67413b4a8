"""The questionnaire after a training as it is filled in, and its results as they are read."""

from typing import Literal

from pydantic import Field

from mps_app.views.base import Form, View


class AnswerChoice(View):
    """One answer that can be chosen."""

    value: str
    text: str
    is_chosen: bool = False


class QuestionItem(View):
    """One question, or one question about one lecturer, with what was answered so far."""

    key: str
    number_text: str
    wording: str
    about: str = ""  # the lecturer's name
    kind: str  # a QuestionKind
    choices: list[AnswerChoice] = []
    first_text: str = ""  # what the ends of the scale mean
    last_text: str = ""
    is_required: bool = True
    value: str = ""
    problem: str = ""


class EvaluationPage(View):
    """One part of the questionnaire of one invitation."""

    id: int = 0
    course_title: str = ""
    when_text: str = ""
    part: int = 0
    part_text: str = ""
    part_title: str = ""
    questions: list[QuestionItem] = []
    is_first: bool = True
    is_last: bool = False
    answered: int = 0
    total: int = 0
    progress_text: str = ""
    percent: int = 0
    is_sent: bool = False
    application_id: int = 0


class SavedReceipt(View):
    """What a saved answer changes on the screen."""

    progress_text: str = ""
    percent: int = 0
    saved_text: str = ""


class DueEvaluation(View):
    """A questionnaire that waits for the person."""

    id: int
    application_id: int
    course_title: str
    group_code: str
    path: str
    reminder_text: str  # next reminder on 14 May; empty when none comes


class ChoiceCount(View):
    """How often an answer was given."""

    text: str
    count: int
    percent: int


class QuestionResult(View):
    """What a group answered to one question."""

    wording: str
    about: str = ""
    kind: str
    average_text: str = ""
    counts: list[ChoiceCount] = []
    words: list[str] = []


class EvaluationResults(View):
    """What a group answered; from five answers on (7.4)."""

    invited: int
    answered: int
    is_open: bool
    explanation: str = ""
    questions: list[QuestionResult] = []


class QuestionPlan(Form):
    """A question to be asked."""

    part: int = Field(ge=0)
    code: str = Field(pattern=r"^[a-z][a-z0-9_]{0,40}$")
    kind: Literal["scale", "recommend", "choice", "words"]
    wording: str = Field(min_length=1, max_length=300)
    wording_en: str = Field(default="", max_length=300)
    options: list[dict[str, str]] = []
    is_required: bool = True
    per_lecturer: bool = False


class QuestionnairePlan(Form):
    """A version of the questionnaire to be put in force."""

    parts: list[dict[str, str]] = Field(min_length=1)
    questions: list[QuestionPlan] = Field(min_length=1)
