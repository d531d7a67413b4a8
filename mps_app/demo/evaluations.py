"""What comes after a training of the demo school: who was there, what they thought, and their certificates."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlmodel import col, select

from mps_app.core.actor import SYSTEM, Actor
from mps_app.core.work import begin
from mps_app.demo.exams import examine
from mps_app.models import Application, ApplicationStatus, EvaluationInvitation, TrainingSession
from mps_app.services import attendance, certificates, evaluations

_WORDS = (
    "Praktiskie piemēri no iestāžu ikdienas.",
    "Vairāk laika jautājumiem.",
    "Materiāli, ko varēs izmantot arī vēlāk.",
    "",
    "Skaidrs un saprotams izklāsts.",
    "Būtu noderīgs turpinājums ar uzdevumiem.",
)
_LEFT_EARLY = 9  # every so many-th left after the first half


def conclude(group_id: int, ends_at: datetime, answering: Collection[int], staff: Actor, now: datetime) -> None:
    """Record who was in a group that is over; all pass the test, those named answer two days later."""
    _attend(group_id, ends_at, staff)
    with begin(SYSTEM, now=ends_at + timedelta(minutes=5)) as work:
        evaluations.invite_due(work)
    examine(group_id, ends_at + timedelta(minutes=5), now)
    at = min(ends_at + timedelta(days=2), now)
    asked = _asked(group_id, at)
    for number, (person_id, invitation_id) in enumerate(asked):
        if person_id in answering:
            _answer(person_id, invitation_id, number, at)
    with begin(SYSTEM, now=at) as work:
        evaluations.open_ballots(work)
    _certify(at)


def _attend(group_id: int, at: datetime, staff: Actor) -> None:
    with begin(staff, now=at) as work:
        own = select(Application.id).where(
            col(Application.group_id) == group_id, col(Application.status) == ApplicationStatus.REGISTERED
        )
        people = [key for key in work.db.exec(own.order_by(col(Application.id))) if key is not None]
        held = select(TrainingSession).where(col(TrainingSession.group_id) == group_id)
        for session in work.db.exec(held):
            whole = int((session.ends_at - session.starts_at).total_seconds() // 60)
            minutes = {
                key: whole // 2 if number % _LEFT_EARLY == _LEFT_EARLY - 1 else whole
                for number, key in enumerate(people)
            }
            attendance.record(work, session.key, minutes)


def _asked(group_id: int, at: datetime) -> list[tuple[int, int]]:
    """Return who was asked: person and invitation."""
    with begin(SYSTEM, now=at) as work:
        rows = work.db.exec(
            select(Application.person_id, EvaluationInvitation.id)
            .join(EvaluationInvitation, col(EvaluationInvitation.application_id) == col(Application.id))
            .where(col(Application.group_id) == group_id)
            .order_by(col(Application.id))
        )
        return [(person_id, key) for person_id, key in rows if key is not None]


def _answer(person_id: int, invitation_id: int, number: int, at: datetime) -> None:
    """Answer mostly well, as people do."""
    with begin(Actor(person_id=person_id), now=at) as work:
        questions = evaluations.filling(work, invitation_id).questions
        given = {}
        for place, (key, one) in enumerate(questions.items()):
            mood = (number * 7 + place * 3) % 10
            given[key] = {
                "scale": "5" if mood < 5 else "4" if mood < 8 else "3",
                "recommend": str(10 - mood % 4),
                "choice": "1" if mood < 8 else "0",
                "words": _WORDS[(number + place) % len(_WORDS)],
            }[one.question.kind]
        evaluations.send(work, invitation_id, given)


def _certify(at: datetime) -> None:
    """Issue and print now, so that every old letter about it is an old letter."""
    after: int | None = 0
    while after is not None:
        with begin(SYSTEM, now=at) as work:
            after = certificates.issue_due(work, after)
    with begin(SYSTEM, now=at) as work:
        pile = certificates.unprinted(work)
    for certificate_id in pile:
        with begin(SYSTEM, now=at) as work:
            certificates.print_one(work, certificate_id)
