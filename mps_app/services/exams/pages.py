"""A test in words: before it begins, question by question, and how long is left (8.1)."""

from collections.abc import Mapping

from mps_app.core.work import Work
from mps_app.models import Course, Exam, ExamQuestionKind
from mps_app.services import catalogue
from mps_app.services.exams.result import result_of
from mps_app.services.exams.rules import as_shown, needed
from mps_app.services.exams.sitting import Drawn, Sitting, points_of, question_count, sitting
from mps_app.services.exams.taking import answers_in, choose, end_if_over, mark_for_later, save
from mps_app.text import N_, say, say_n
from mps_app.views.exams import ExamChoice, ExamClock, ExamDot, ExamFact, ExamItem, ExamPage

_HOW = {
    ExamQuestionKind.SINGLE: N_("one right answer"),
    ExamQuestionKind.MULTIPLE: N_("several right answers are possible"),
    ExamQuestionKind.NUMBER: N_("write a number"),
    ExamQuestionKind.WORDS: N_("write a word or a few"),
}
_WARN_AT = (300, 60)  # seconds before the end


def exam_page(work: Work, invitation_id: int, number: int = 0) -> ExamPage:
    """Return the test as it stands; without a number, at the first question that has no answer."""
    found = sitting(work, invitation_id, locked=True)
    if end_if_over(work, found):
        found = sitting(work, invitation_id)
    course, exam = work.db.get_one(Course, found.application.course_id), found.standing.exam
    head = ExamPage(
        id=found.standing.invitation.key,
        application_id=found.application.key,
        title=catalogue.title(work.language, exam.title, exam.title_en),
        course_title=catalogue.title(work.language, course.title, course.title_en),
    )
    if found.standing.begun is not None:
        return head.model_copy(update=_taking(work, found, number))
    if found.attempt is None:
        return head.model_copy(update=_start(work, found, exam))
    told = {"stage": "result", "percent": 100, "result": result_of(work, found), "attempt_id": found.attempt.key}
    return head.model_copy(update=told)


def turn_page(work: Work, invitation_id: int, answers: Mapping[str, str], number: int) -> ExamPage:
    """Keep answers, if there are any, and show a question."""
    if answers:
        save(work, invitation_id, answers)
    page = exam_page(work, invitation_id, number)
    return _saved(work, page) if answers else page


def choose_answer(work: Work, invitation_id: int, key: str, value: str, *, is_on: bool, number: int) -> ExamPage:  # noqa: PLR0913  # one box: whose, which, how, and what is shown
    """Keep one of several answers and show the same question."""
    choose(work, invitation_id, key, value, is_on=is_on)
    return _saved(work, exam_page(work, invitation_id, number))


def resume(work: Work, invitation_id: int, kept: Mapping[str, object], number: int) -> ExamPage:
    """Take up what an ended session kept back, if it belongs to the try that is begun, and show the test."""
    begun = sitting(work, invitation_id).standing.begun
    answers = answers_in(kept.get("form") or {kept.get("key"): kept.get("value")})
    own = {key: value for key, value in answers.items() if begun and key.startswith(f"q{begun.key}-")}
    if "is_on" in kept:
        for key, value in own.items():
            choose(work, invitation_id, key, value, is_on=kept["is_on"] is True)
    elif own:
        save(work, invitation_id, own)
    return exam_page(work, invitation_id, number)


def mark_question(work: Work, invitation_id: int, key: str, *, is_marked: bool, number: int) -> ExamPage:
    """Mark a question for later and show it as it is."""
    mark_for_later(work, invitation_id, key, is_marked=is_marked)
    return exam_page(work, invitation_id, number)


def clock_of(work: Work, invitation_id: int) -> ExamClock:
    """Return how long the try that is begun has left; what is said of it when little is."""
    begun = sitting(work, invitation_id).standing.begun
    if begun is None or begun.ends_at is None:
        return ExamClock()
    left = max(int((begun.ends_at - work.now).total_seconds()), 0)
    coming = next((left - mark for mark in _WARN_AT if left > mark), left)
    is_near = left <= _WARN_AT[0]
    return ExamClock(left=left, next_look=coming + 1, warning=_left_text(work, left) if is_near else "")


def _left_text(work: Work, seconds: int) -> str:
    return say_n(work.language, "{n} minute is left.", "{n} minutes are left.", max(round(seconds / 60), 1))


def _saved(work: Work, page: ExamPage) -> ExamPage:
    return page.model_copy(update={"saved_text": say(work.language, N_("Answers saved"))})


def _start(work: Work, found: Sitting, exam: Exam) -> dict[str, object]:
    closed = "" if found.is_open else say(work.language, N_("Your application for the training has ended."))
    words = catalogue.title(work.language, exam.introduction, exam.introduction_en)
    return {
        "stage": "start",
        "introduction": [line.strip() for line in words.splitlines() if line.strip()],
        "rules": _rules(work, exam, found.standing.tries_left),
        "can_start": found.is_open,
        "closed_text": closed,
    }


def _rules(work: Work, exam: Exam, tries: int) -> list[ExamFact]:
    """Return what one should know before one begins."""
    language, minutes = work.language, exam.time_limit_minutes
    count, points = question_count(work, exam), points_of(work, exam)
    time = (
        say_n(
            language,
            "{n} minute from the start; the time runs on even if you close the page",
            "{n} minutes from the start; the time runs on even if you close the page",
            minutes,
        )
        if minutes
        else say(language, N_("No time limit: you can stop and go on later"))
    )
    passing = say_n(
        language,
        "To pass, {n} point of {of} is needed ({percent} %)",
        "To pass, {n} points of {of} are needed ({percent} %)",
        needed(points, exam.pass_percent),
        of=points,
        percent=exam.pass_percent,
    )
    return [
        ExamFact(icon="list-checks", text=say_n(language, "{n} question", "{n} questions", count)),
        ExamFact(icon="timer", text=time),
        ExamFact(icon="repeat", text=say_n(language, "{n} try", "{n} tries", tries)),
        ExamFact(icon="flag", text=passing),
        ExamFact(icon="cloud-check", text=say(language, N_("Every answer is saved as you give it"))),
    ]


def tries_text(work: Work, tries: int) -> str:
    """Return *vēl 2 mēģinājumi*."""
    return say_n(work.language, "{n} try left", "{n} tries left", tries)


def _taking(work: Work, found: Sitting, number: int) -> dict[str, object]:
    fields = list(found.questions.items())
    answered = [bool(found.given(drawn.question.key)) for _, drawn in fields]
    first_open = answered.index(False) + 1 if False in answered else 1
    here = min(max(number, 1), len(fields)) if number else first_open
    key, drawn = fields[here - 1]
    unanswered, marked = answered.count(False), sum(answer.is_marked for answer in found.answers.values())
    return {
        "stage": "taking",
        "attempt_id": found.attempt.key if found.attempt else 0,
        "number": here,
        "total": len(fields),
        "is_last": here == len(fields),
        "question": _item(work, found, key, drawn, here),
        "dots": [_dot(work, found, place, one, here) for place, (_, one) in enumerate(fields, start=1)],
        "percent": 100 * answered.count(True) // len(fields),
        "unanswered_text": _unanswered(work, unanswered),
        "marked_text": say_n(
            work.language, "{n} question is marked for later.", "{n} questions are marked for later.", marked
        )
        if marked
        else "",
    }


def _unanswered(work: Work, count: int) -> str:
    if count == 0:
        return say(work.language, N_("All questions are answered."))
    return say_n(work.language, "{n} question is not answered.", "{n} questions are not answered.", count)


def _item(work: Work, found: Sitting, key: str, drawn: Drawn, number: int) -> ExamItem:
    question, language = drawn.question, work.language
    shown = as_shown(question.kind, found.given(question.key), drawn.shown)
    is_chosen = question.kind in {ExamQuestionKind.SINGLE, ExamQuestionKind.MULTIPLE}
    chosen = set(shown.split(",")) if is_chosen else set()
    answer = found.answers.get(question.key)
    return ExamItem(
        key=key,
        number_text=say(
            language,
            N_("Question {number} of {of}, {how}"),
            number=number,
            of=len(found.questions),
            how=say(language, _HOW[ExamQuestionKind(question.kind)]),
        ),
        wording=catalogue.title(language, question.wording, question.wording_en),
        kind=question.kind,
        choices=[
            ExamChoice(
                value=str(place), text=option_text(work, question.options[option]), is_chosen=str(place) in chosen
            )
            for place, option in enumerate(drawn.shown)
        ],
        value="" if is_chosen else shown,
        is_marked=answer is not None and answer.is_marked,
    )


def option_text(work: Work, option: Mapping[str, str]) -> str:
    """Return an option in the reader's language."""
    return catalogue.title(work.language, option["text"], option.get("text_en", ""))


def _dot(work: Work, found: Sitting, number: int, drawn: Drawn, here: int) -> ExamDot:
    answer = found.answers.get(drawn.question.key)
    is_marked, is_answered = answer is not None and answer.is_marked, bool(found.given(drawn.question.key))
    said = {
        "marked": N_("Question {number}, marked for later"),
        "answered": N_("Question {number}, answered"),
        "open": N_("Question {number}, not answered"),
    }
    standing = "marked" if is_marked else "answered" if is_answered else "open"
    return ExamDot(
        number=number,
        look=f"here {standing}" if number == here else standing,
        label=say(work.language, said[standing], number=number),
    )
