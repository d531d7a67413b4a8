"""The tests of the demo school, and how its people take them: most pass, some need a second try."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from sqlmodel import col, select

from mps_app.core.actor import SYSTEM, Actor
from mps_app.core.work import Work, begin
from mps_app.demo.furniture import Furniture
from mps_app.models import Application, ExamAttempt, ExamInvitation, ExamQuestion
from mps_app.services import exams
from mps_app.views.exams import ExamPlan

_WRITTEN = Path(__file__).with_name("exams.yaml")
_SECOND_TRY = 5  # every so many-th needs one
_RIGHT_AT_FIRST = 2
_BOTH_TRIES = timedelta(hours=2)


def set_exams(work: Work, furniture: Furniture) -> None:
    """Give every course that demands a test the one that is written for it."""
    written: dict[str, Any] = yaml.safe_load(_WRITTEN.read_text(encoding="utf-8"))  # Any: as it is written
    for row in written["exams"]:
        plan = ExamPlan.read(row)
        for code in row["courses"]:
            exams.define(work, furniture.courses[code], plan)


def examine(group_id: int, at: datetime, now: datetime) -> None:
    """Invite a group to its test, and let all of it take that until they have passed."""
    with begin(SYSTEM, now=at) as work:
        exams.invite_due(work)
        rows = work.db.exec(
            select(Application.person_id, ExamInvitation.id)
            .join(ExamInvitation, col(ExamInvitation.application_id) == col(Application.id))
            .where(col(Application.group_id) == group_id)
            .order_by(col(Application.id))
        ).all()
    for number, (person_id, invitation_id) in enumerate(rows, start=1):
        who, begins = (
            Actor(person_id=person_id),
            min(at + timedelta(hours=1 + number % 7, minutes=number), now - _BOTH_TRIES),
        )
        if number % _SECOND_TRY == 0:
            _take(who, invitation_id or 0, begins, right=_RIGHT_AT_FIRST)
        _take(who, invitation_id or 0, begins + timedelta(hours=1))


def _take(who: Actor, invitation_id: int, at: datetime, *, right: int = 100) -> None:
    """Take a test in nine minutes, answering the first few questions rightly and the others not at all."""
    with begin(who, now=at) as work:
        attempt_id = exams.start(work, invitation_id)
        answers = _right(work, attempt_id)
    ends_at = at + timedelta(minutes=9, seconds=12)
    with begin(who, now=ends_at) as work:
        exams.save(work, invitation_id, dict(list(answers.items())[:right]))
        exams.submit(work, invitation_id, attempt_id)


def _right(work: Work, attempt_id: int) -> dict[str, str]:
    """Return what is right, by the fields that a browser would fill; the last question is too hard for everybody."""
    found: dict[str, str] = {}
    for question_id, shown in work.db.get_one(ExamAttempt, attempt_id).drawn:
        question = work.db.get_one(ExamQuestion, question_id)
        places = [str(shown.index(int(one))) for one in question.accepted] if question.options else []
        found[f"q{attempt_id}-{question_id}"] = ",".join(places) or question.accepted[0]
    return dict(list(found.items())[:-1]) if len(found) > 5 else found
