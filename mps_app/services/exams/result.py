"""How a try went, in words (8.1). What is right is told only once the test is passed: a try may still be granted."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from mps_app.core.work import Work
from mps_app.models import ExamAttempt, ExamQuestion, ExamQuestionKind
from mps_app.services import catalogue
from mps_app.services.exams.rules import is_right, needed
from mps_app.services.exams.sitting import Sitting
from mps_app.text import N_, say, say_n
from mps_app.views.exams import ExamResult, MarkedQuestion, TopicScore

_NEAR = 5  # so many parts of the bar


def result_of(work: Work, found: Sitting) -> ExamResult:
    """Return the result of the try that was handed in."""
    attempt, exam = found.attempt, found.standing.exam
    if attempt is None or attempt.score is None:
        return ExamResult()
    is_passed, line = bool(attempt.is_passed), needed(attempt.points, exam.pass_percent)
    return ExamResult(
        is_passed=is_passed,
        is_by_clock=attempt.is_by_clock,
        title=points_text(work, attempt),
        sentence=_sentence(work, attempt, line),
        score_percent=100 * attempt.score // attempt.points,
        score_text=say(work.language, N_("You {score}"), score=attempt.score),
        pass_percent=100 * line // attempt.points,
        is_near=abs(attempt.score - line) * _NEAR < attempt.points,
        pass_text=say(work.language, N_("needed {points}"), points=line),
        topics=_topics(work, found),
        questions=[
            _marked(work, found, drawn.question, number, tells_right=is_passed)
            for number, drawn in enumerate(found.questions.values(), start=1)
        ],
        can_try_again=found.is_open and found.standing.tries_left > 0,
        next_text=_next(work, found),
    )


def points_text(work: Work, attempt: ExamAttempt) -> str:
    """Return *8 no 10 punktiem*."""
    return say_n(work.language, "{score} of {n} point", "{score} of {n} points", attempt.points, score=attempt.score)


def _sentence(work: Work, attempt: ExamAttempt, line: int) -> str:
    wanted = say_n(work.language, "At least {n} point was needed.", "At least {n} points were needed.", line)
    if attempt.submitted_at is None:
        return wanted
    return f"{wanted} {_took(work, attempt.started_at, attempt.submitted_at)}"


def _took(work: Work, started_at: datetime, ended_at: datetime) -> str:
    """Say how long it took; of what was put aside for days nobody wants to know."""
    seconds = int((ended_at - started_at).total_seconds())
    if seconds >= 24 * 3600:
        return ""
    if seconds < 60:
        return say(work.language, N_("It took you {seconds} s."), seconds=seconds)
    return say(work.language, N_("It took you {minutes} min {seconds} s."), minutes=seconds // 60, seconds=seconds % 60)


def _next(work: Work, found: Sitting) -> str:
    """Say what can be done about a test that is not passed."""
    if found.standing.is_passed:
        return ""
    if found.standing.tries_left <= 0:
        return say(work.language, N_("You have used all tries. Ask the school for another one."))
    return say_n(
        work.language,
        "You have {n} try left. Every try begins anew.",
        "You have {n} tries left. Every try begins anew.",
        found.standing.tries_left,
    )


def _topics(work: Work, found: Sitting) -> list[TopicScore]:
    """Return how much of each topic was right; nothing when there is only one."""
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for drawn in sorted(found.questions.values(), key=lambda drawn: drawn.question.number):
        question = drawn.question
        topic = catalogue.title(work.language, question.topic, question.topic_en)
        sums[topic][0] += question.points if is_right(question, found.given(question.key)) else 0
        sums[topic][1] += question.points
    if len(sums) < 2 or "" in sums:
        return []
    return [
        TopicScore(title=topic, score_text=say(work.language, N_("{score} of {of}"), score=score, of=of))
        for topic, (score, of) in sums.items()
    ]


def _marked(work: Work, found: Sitting, question: ExamQuestion, number: int, *, tells_right: bool) -> MarkedQuestion:
    given = found.given(question.key)
    was_right = is_right(question, given)
    return MarkedQuestion(
        number_text=f"{number}.",
        wording=catalogue.title(work.language, question.wording, question.wording_en),
        is_right=was_right,
        given_text=answer_text(work, question, given) if given else say(work.language, N_("no answer")),
        right_text=_right_text(work, question) if tells_right and not was_right else "",
    )


def _right_text(work: Work, question: ExamQuestion) -> str:
    if question.kind in {ExamQuestionKind.SINGLE, ExamQuestionKind.MULTIPLE}:
        return answer_text(work, question, ",".join(question.accepted))
    return question.accepted[0].replace(".", ",") if _is_latvian_number(work, question) else question.accepted[0]


def _is_latvian_number(work: Work, question: ExamQuestion) -> bool:
    return question.kind == ExamQuestionKind.NUMBER and work.language == "lv"


def answer_text(work: Work, question: ExamQuestion, value: str) -> str:
    """Return an answer in words: of choices the texts that were chosen."""
    if question.kind not in {ExamQuestionKind.SINGLE, ExamQuestionKind.MULTIPLE} or not value:
        return value
    chosen: list[Mapping[str, str]] = [question.options[int(place)] for place in value.split(",")]
    return "; ".join(catalogue.title(work.language, option["text"], option.get("text_en", "")) for option in chosen)
