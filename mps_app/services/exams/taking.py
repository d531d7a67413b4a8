"""Taking a test: begun once however often one presses, saved answer by answer, handed in once, ended by the clock.

Whoever begins, saves or hands in holds the invitation's row, so two tabs and the clock never meet in one try.
"""

import re
from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from mps_app.core.errors import NotFound
from mps_app.core.work import Work
from mps_app.models import ExamAnswer, ExamAttempt, ExamInvitation
from mps_app.services import drafts
from mps_app.services.exams.refusals import AlreadyPassed, ExamClosed, NoTriesLeft, TimeOver, TryOver
from mps_app.services.exams.rules import as_shown, sound
from mps_app.services.exams.sitting import Drawn, Sitting, draw, hand_in, points_of, sitting

FORM = "exam {page}"  # the screen's name for input that outlives a session, one for each invitation
_FIELD = re.compile(r"q(\d{1,18})-\d{1,18}")
_BOX = re.compile(r"(q\d{1,18}-\d{1,18})-(\d{1,3})")
_MOST = 200


def start(work: Work, invitation_id: int) -> int:
    """Begin a try, or go on with the one that is begun; return the try."""
    found = sitting(work, invitation_id, locked=True)
    if not found.is_open:
        raise ExamClosed
    end_if_over(work, found)
    standing = sitting(work, invitation_id).standing
    if standing.begun is not None:
        return standing.begun.key
    if standing.is_passed:
        raise AlreadyPassed
    if standing.tries_left <= 0:
        raise NoTriesLeft
    limit = standing.exam.time_limit_minutes
    attempt = ExamAttempt(
        invitation_id=invitation_id,
        number=len(standing.attempts) + 1,
        started_at=work.now,
        ends_at=work.now + timedelta(minutes=limit) if limit else None,
        drawn=draw(work, standing.exam),
        points=points_of(work, standing.exam),
        created_at=work.now,
    )
    work.db.add(attempt)
    work.db.flush()
    return attempt.key


def save(work: Work, invitation_id: int, answers: Mapping[str, str]) -> None:
    """Keep answers of the try that is begun, as the browser names them; what belongs to no question is left out."""
    found, attempt = _being_taken(work, invitation_id, answers)
    for key, value in answers.items():
        _save_one(work, attempt, found.questions.get(key), str(value))


def choose(work: Work, invitation_id: int, key: str, value: str, *, is_on: bool) -> None:
    """Choose one of several answers, or no more; the others stay as they are."""
    found, attempt = _being_taken(work, invitation_id, {key: value})
    drawn = found.questions.get(key)
    if drawn is None:
        return
    now = as_shown(drawn.question.kind, found.given(drawn.question.key), drawn.shown)
    chosen = set(filter(None, now.split(","))) - {value} | ({value} if is_on else set())
    _save_one(work, attempt, drawn, ",".join(sorted(chosen)))


def mark_for_later(work: Work, invitation_id: int, key: str, *, is_marked: bool) -> None:
    """Mark a question to be looked at once more, or no more."""
    found, attempt = _being_taken(work, invitation_id, {key: ""})
    if key in found.questions:
        _keep(work, attempt.key, found.questions[key].question.key, is_marked=is_marked)


def submit(work: Work, invitation_id: int, attempt_id: int) -> None:
    """Hand a try in; handed in twice, or late, it counts once and as it stood at its end."""
    found = sitting(work, invitation_id, locked=True)
    attempt = next((one for one in found.standing.attempts if one.key == attempt_id), None)
    if attempt is None:
        raise NotFound
    by_clock = attempt.ends_at is not None and attempt.ends_at <= work.now
    hand_in(work, attempt, found.application.key, by_clock=by_clock)
    drafts.take(work, FORM.format(page=invitation_id))  # what an ended session left behind goes with it


def end_if_over(work: Work, found: Sitting) -> bool:
    """Hand in the try that is begun if its time is over; its invitation must be locked. Tell whether it was."""
    begun = found.standing.begun
    if begun is None or begun.ends_at is None or begun.ends_at > work.now:
        return False
    hand_in(work, begun, found.application.key, by_clock=True)
    return True


def end_overdue(work: Work) -> int:
    """Hand in every try whose time is over, with what had been saved; return how many."""
    overdue = work.db.execute(
        select(ExamAttempt, ExamInvitation)
        .join(ExamInvitation, col(ExamInvitation.id) == col(ExamAttempt.invitation_id))
        .where(col(ExamAttempt.submitted_at).is_(None), col(ExamAttempt.ends_at) <= work.now)
        .order_by(col(ExamInvitation.id))
        .limit(_MOST)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    ).all()
    for attempt, invitation in overdue:
        hand_in(work, attempt, invitation.application_id, by_clock=True)
    return len(overdue)


def answers_in(form: object) -> dict[str, str]:
    """Return what a form holds as answers by question: of boxes, the names of those that are ticked."""
    given = {str(key): value for key, value in form.items() if isinstance(value, str)} if isinstance(form, dict) else {}
    answers = {key: value for key, value in given.items() if _FIELD.fullmatch(key)}
    for box in filter(None, map(_BOX.fullmatch, given)):
        key, place = box.groups()
        answers[key] = ",".join(filter(None, (answers.get(key, ""), place)))
    return answers


def _being_taken(work: Work, invitation_id: int, answers: Mapping[str, str]) -> tuple[Sitting, ExamAttempt]:
    """Lock the try that is begun; raises ``TryOver`` when there is none, or the fields are those of another one."""
    found = sitting(work, invitation_id, locked=True)
    begun = found.standing.begun
    named = {match.group(1) for match in map(_FIELD.fullmatch, map(str, answers)) if match}
    if begun is None or named - {str(begun.key)}:
        last = found.standing.told
        raise TimeOver if last is not None and last.is_by_clock else TryOver
    if begun.ends_at is not None and begun.ends_at <= work.now:
        raise TimeOver
    return found, begun


def _save_one(work: Work, attempt: ExamAttempt, drawn: Drawn | None, value: str) -> None:
    """Keep an answer as the browser names it; nothing when it is none, or to no question of this try."""
    kept = sound(drawn.question.kind, value, drawn.shown) if drawn else None
    if drawn is not None and kept is not None:
        _keep(work, attempt.key, drawn.question.key, value=kept)


def _keep(work: Work, attempt_id: int, question_id: int, **sides: object) -> None:
    row = insert(ExamAnswer).values(
        attempt_id=attempt_id,
        question_id=question_id,
        created_at=work.now,
        **{"value": "", "is_marked": False, **sides},
    )
    work.db.execute(row.on_conflict_do_update(index_elements=["attempt_id", "question_id"], set_=sides))
