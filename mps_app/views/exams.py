"""A test as it is taken and as its result is read. None of these knows what is right before the test is passed."""

from decimal import Decimal
from typing import Literal, Self

from pydantic import Field, model_validator

from mps_app.core.plain_text import one_line
from mps_app.views.base import Form, View


class ExamFact(View):
    """One thing to know before one begins."""

    icon: str
    text: str


class ExamChoice(View):
    """One answer that can be chosen; ``value`` is its place as it is shown, no other."""

    value: str
    text: str
    is_chosen: bool = False


class ExamItem(View):
    """The question that is shown, with what was answered so far."""

    key: str = ""  # the name of its field: of this question in this try alone
    number_text: str = ""
    wording: str = ""
    kind: str = ""  # an ExamQuestionKind
    choices: list[ExamChoice] = []
    value: str = ""
    is_marked: bool = False


class ExamDot(View):
    """One question on the map of questions. ``look``: here, marked, answered, or open."""

    number: int
    look: str
    label: str


class ExamClock(View):
    """How long is left, in seconds as of now; the browser counts on from there."""

    left: int = 0  # 0: no limit
    next_look: int = 0  # when the server is asked again
    warning: str = ""  # said aloud


class TopicScore(View):
    """How much of one topic was right."""

    title: str
    score_text: str


class MarkedQuestion(View):
    """How one question went; what is right is told only once the test is passed."""

    number_text: str
    wording: str
    is_right: bool
    given_text: str = ""
    right_text: str = ""


class ExamResult(View):
    """How a try went, and what comes now."""

    is_passed: bool = False
    is_by_clock: bool = False
    title: str = ""  # 8 of 10 points
    sentence: str = ""
    score_percent: int = 0
    score_text: str = ""
    pass_percent: int = 0
    pass_text: str = ""
    is_near: bool = False  # score and line: their words would stand on one another
    topics: list[TopicScore] = []
    questions: list[MarkedQuestion] = []
    can_try_again: bool = False
    next_text: str = ""


class ExamPage(View):
    """One person's test: before it, in it, or after it."""

    id: int = 0
    application_id: int = 0
    title: str = ""
    course_title: str = ""
    stage: Literal["start", "taking", "result"] = "start"
    introduction: list[str] = []
    rules: list[ExamFact] = []
    can_start: bool = False
    closed_text: str = ""  # why it can't be started
    attempt_id: int = 0
    number: int = 0
    total: int = 0
    is_last: bool = False
    question: ExamItem = ExamItem()
    dots: list[ExamDot] = []
    percent: int = 0
    unanswered_text: str = ""
    marked_text: str = ""
    saved_text: str = ""
    result: ExamResult = ExamResult()


class DueExam(View):
    """A test that waits for the person."""

    id: int
    application_id: int
    title: str
    course_title: str
    group_code: str
    path: str
    tries_text: str
    reminder_text: str
    is_begun: bool
    is_needed: bool  # for the certificate


class ExamResultRow(View):
    """How one participant of a group stands, for the school's staff."""

    application_id: int
    person_name: str
    is_passed: bool
    score_text: str
    tries: int
    tries_left: int


class ExamOptionPlan(Form):
    """One answer to choose from."""

    text: str = Field(min_length=1, max_length=300)
    text_en: str = Field(default="", max_length=300)
    is_right: bool = False


class ExamQuestionPlan(Form):
    """A question to be asked: with options to choose from, or with what is accepted."""

    topic: str = Field(default="", max_length=120)
    topic_en: str = Field(default="", max_length=120)
    kind: Literal["single", "multiple", "number", "words"]
    wording: str = Field(min_length=1, max_length=500)
    wording_en: str = Field(default="", max_length=500)
    options: list[ExamOptionPlan] = []
    accepted: list[str] = []
    tolerance: Decimal = Field(default=Decimal(0), ge=0)
    points: int = Field(default=1, ge=1, le=100)

    @model_validator(mode="after")
    def _can_be_marked(self) -> Self:
        """Refuse a question that nobody could answer, or that everybody does."""
        right = sum(option.is_right for option in self.options)
        sound = {
            "single": right == 1 < len(self.options),
            "multiple": right >= 1 and len(self.options) > 1,
            "number": len(self.accepted) == 1 and not self.options and _is_number(self.accepted[0]),
            "words": bool(self.accepted) and not self.options and all(map(one_line, self.accepted)),
        }
        if not sound[self.kind]:
            message = "nothing can be right here"
            raise ValueError(message)
        return self


class ExamPlan(Form):
    """A version of a course's test to be put in force."""

    timing: Literal["before", "after"]
    title: str = Field(min_length=1, max_length=200)
    title_en: str = Field(default="", max_length=200)
    introduction: str = Field(default="", max_length=2_000)
    introduction_en: str = Field(default="", max_length=2_000)
    time_limit_minutes: int | None = Field(default=None, ge=1, le=480)
    attempts_allowed: int = Field(ge=1, le=20)
    pass_percent: int = Field(ge=1, le=100)
    is_shuffled: bool = False
    questions: list[ExamQuestionPlan] = Field(min_length=1, max_length=200)


def _is_number(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except ArithmeticError:
        return False
