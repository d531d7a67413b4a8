"""What a group answered, for its lecturers and staff, from five answers on (7.4)."""

from collections import defaultdict

from sqlalchemy import func, select
from sqlmodel import col

from mps_app.core.errors import NotFound
from mps_app.core.work import Work
from mps_app.models import (
    Application,
    CourseGroup,
    EvaluationAnswer,
    EvaluationInvitation,
    EvaluationResponse,
    Lecturer,
    QuestionKind,
)
from mps_app.policy import Action, Reach, Subject, reaches, require
from mps_app.services import catalogue, groups
from mps_app.services.evaluations.questionnaire import Asked, asked
from mps_app.services.evaluations.rules import FEWEST, allowed
from mps_app.text import say_n
from mps_app.views.evaluations import ChoiceCount, EvaluationResults, QuestionResult


def results(work: Work, group_id: int) -> EvaluationResults:
    """Return a group's results; a lecturer does not see what was said about another one."""
    if work.db.get(CourseGroup, group_id) is None:
        raise NotFound
    people = frozenset(person.key for person in groups.lecturers_of(work, group_id))
    require(work, Action.EVALUATION_RESULTS, Subject(lecturer_person_ids=people))
    invited, answered = work.db.execute(
        select(func.count(), func.count(col(EvaluationInvitation.answered_on)))
        .join(Application, col(Application.id) == col(EvaluationInvitation.application_id))
        .where(col(Application.group_id) == group_id)
    ).one()
    versions = {version: count for version, count in _opened(work, group_id).items() if count >= FEWEST}
    if not versions:
        return EvaluationResults(invited=invited, answered=answered, is_open=False, explanation=_not_yet(work))
    given = _given(work, group_id)
    shown = [
        (one, given.get((one.question.key, one.lecturer_id), []))
        for version in sorted(versions)
        for one in asked(work, version, group_id)
        if one.lecturer_id is None or _may_see(work, one.lecturer_id)
    ]
    # Who began to teach after some had answered was judged by the others alone (7.4).
    questions = [_result(work, one, said) for one, said in shown if one.lecturer_id is None or len(said) >= FEWEST]
    sealed = _sealed(work, answered - sum(versions.values()))
    return EvaluationResults(invited=invited, answered=answered, is_open=True, explanation=sealed, questions=questions)


def _not_yet(work: Work) -> str:
    return say_n(
        work.language,
        "Results open when {n} answer is there, so that nobody can be recognised.",
        "Results open when {n} answers are there, so that nobody can be recognised.",
        FEWEST,
    )


def _sealed(work: Work, count: int) -> str:
    """Say that some answers are counted and not shown."""
    if count <= 0:
        return ""
    return say_n(
        work.language,
        "{n} answer is not shown: on its own it could be recognised.",
        "{n} answers are not shown: on their own they could be recognised.",
        count,
    )


def _may_see(work: Work, lecturer_id: int) -> bool:
    if Reach.ALL in reaches(work.actor, Action.EVALUATION_RESULTS):
        return True
    lecturer = work.db.get(Lecturer, lecturer_id)
    return lecturer is not None and lecturer.person_id == work.actor.person_id


def _opened(work: Work, group_id: int) -> dict[int, int]:
    """Return how many answered, by version of the questionnaire."""
    rows = work.db.execute(
        select(col(EvaluationResponse.questionnaire_id), func.count())
        .where(col(EvaluationResponse.group_id) == group_id)
        .group_by(col(EvaluationResponse.questionnaire_id))
    )
    return {row[0]: row[1] for row in rows}


def _given(work: Work, group_id: int) -> dict[tuple[int, int | None], list[str]]:
    """Return the answers to each question, in the order of the words themselves."""
    rows = work.db.execute(
        select(col(EvaluationAnswer.question_id), col(EvaluationAnswer.lecturer_id), col(EvaluationAnswer.value))
        .join(EvaluationResponse, col(EvaluationResponse.id) == col(EvaluationAnswer.response_id))
        .where(col(EvaluationResponse.group_id) == group_id)
        .order_by(col(EvaluationAnswer.value))
    )
    given: dict[tuple[int, int | None], list[str]] = defaultdict(list)
    for question_id, lecturer_id, value in rows:
        given[question_id, lecturer_id].append(value)
    return given


def _result(work: Work, one: Asked, given: list[str]) -> QuestionResult:
    question = one.question
    is_number = question.kind in {QuestionKind.SCALE, QuestionKind.RECOMMEND}
    average = sum(map(int, given)) / len(given) if is_number and given else None
    said = f"{average:.1f}" if average is not None else ""
    return QuestionResult(
        wording=catalogue.title(work.language, question.wording, question.wording_en),
        about=one.about,
        kind=question.kind,
        average_text=said.replace(".", ",") if work.language == "lv" else said,
        counts=_counts(work, one, given),
        words=given if question.kind == QuestionKind.WORDS else [],
    )


def _counts(work: Work, one: Asked, given: list[str]) -> list[ChoiceCount]:
    question = one.question
    if question.kind == QuestionKind.WORDS:
        return []
    return [
        ChoiceCount(
            text=_text(work, one, value),
            count=(count := given.count(value)),
            percent=round(100 * count / len(given)) if given else 0,
        )
        for value in allowed(question.kind, len(question.options))
    ]


def _text(work: Work, one: Asked, value: str) -> str:
    if one.question.kind != QuestionKind.CHOICE:
        return value
    option = one.question.options[int(value)]
    return catalogue.title(work.language, option["text"], option.get("text_en", ""))
