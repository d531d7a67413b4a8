"""From a sent questionnaire to a group's results, with nothing that leads back to a person (invariant 5).

What is sent goes into a box, sealed together with its group. The transaction that puts it there also notes
that the person answered, and for a moment the database could tell that the two were written together. So
every sending wakes a job that takes all of the box out, seals it anew, shuffles it and writes it back: then
every ballot has the same writer, a new key, a new cipher text and a random place. A group's ballots are
opened several at once (``rules.are_ripe``), and with them all of the group's earlier answers are written
anew in random order.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from secrets import SystemRandom
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, delete, func, insert, select
from sqlmodel import col

from mps_app.core import riga
from mps_app.core.settings import settings
from mps_app.core.work import Work
from mps_app.models import (
    Application,
    BallotBox,
    EvaluationAnswer,
    EvaluationInvitation,
    EvaluationResponse,
)
from mps_app.services.evaluations.rules import Ballots, are_ripe

OPEN_BALLOTS = "evaluations.open_ballots"
_random = SystemRandom()

Given = tuple[int, int | None, str]
"""Question, lecturer, value."""


class Ballot(NamedTuple):
    """One answered questionnaire, of nobody."""

    group_id: int
    questionnaire_id: int
    given: list[Given]


class Pile(NamedTuple):
    """The ballots that are opened together: a group's, of one version of the questionnaire."""

    group_id: int
    questionnaire_id: int


def put(work: Work, ballot: Ballot) -> None:
    """Put a ballot into the box, and have the box shuffled at once."""
    work.db.add(BallotBox(sealed=_sealed(work, ballot)))
    work.db.flush()
    work.wake(OPEN_BALLOTS)


def open_ballots(work: Work) -> int:
    """Shuffle the box and open what is ripe; return how many ballots were opened."""
    taken = work.db.execute(delete(BallotBox).returning(col(BallotBox.sealed))).scalars().all()
    piles: dict[Pile, list[Ballot]] = defaultdict(list)
    for sealed in taken:
        ballot = _unsealed(work, sealed)
        piles[Pile(ballot.group_id, ballot.questionnaire_id)].append(ballot)
    ripe = {pile for pile, found in piles.items() if are_ripe(_standing(work, pile, len(found)))}
    kept = [ballot for pile, found in piles.items() if pile not in ripe for ballot in found]
    _insert(work, BallotBox, [{"sealed": _sealed(work, ballot)} for ballot in kept])
    for pile in sorted(ripe):
        _write(work, [*_earlier(work, pile), *piles[pile]])
    return sum(len(piles[pile]) for pile in ripe)


def _standing(work: Work, pile: Pile, waiting: int) -> Ballots:
    opened = work.db.execute(select(func.count()).select_from(EvaluationResponse).where(*_of(pile))).scalar_one()
    is_open = col(EvaluationInvitation.answered_on).is_(None)
    expected, last_invited = work.db.execute(
        select(func.count().filter(is_open), func.max(EvaluationInvitation.invited_on))
        .join(Application, col(Application.id) == col(EvaluationInvitation.application_id))
        .where(
            col(Application.group_id) == pile.group_id,
            col(EvaluationInvitation.questionnaire_id) == pile.questionnaire_id,
        )
    ).one()
    closes_on = last_invited + timedelta(days=settings().evaluation_closes_days) if last_invited else None
    return Ballots(waiting, opened, expected, is_closed=closes_on is not None and closes_on < riga.today(work.now))


def _of(pile: Pile) -> tuple[ColumnElement[bool], ...]:
    return (
        col(EvaluationResponse.group_id) == pile.group_id,
        col(EvaluationResponse.questionnaire_id) == pile.questionnaire_id,
    )


def _earlier(work: Work, pile: Pile) -> list[Ballot]:
    """Take out all that a group answered so far."""
    responses = work.db.execute(select(col(EvaluationResponse.id)).where(*_of(pile))).scalars().all()
    given: dict[Any, list[Given]] = defaultdict(list)  # Any: a response's key
    answers = work.db.execute(
        delete(EvaluationAnswer)
        .where(col(EvaluationAnswer.response_id).in_(responses))
        .returning(
            col(EvaluationAnswer.response_id), col(EvaluationAnswer.question_id),
            col(EvaluationAnswer.lecturer_id), col(EvaluationAnswer.value),
        )
    )  # fmt: skip
    for response_id, question_id, lecturer_id, value in answers:
        given[response_id].append((question_id, lecturer_id, value))
    work.db.execute(delete(EvaluationResponse).where(col(EvaluationResponse.id).in_(responses)))
    return [Ballot(*pile, given[key]) for key in responses]


def _write(work: Work, ballots: list[Ballot]) -> None:
    """Write a group's answers, responses and answers each in an order of their own."""
    responses = [
        EvaluationResponse(group_id=ballot.group_id, questionnaire_id=ballot.questionnaire_id) for ballot in ballots
    ]
    answers = [
        {"response_id": response.id, "question_id": question, "lecturer_id": lecturer, "value": value}
        for response, ballot in zip(responses, ballots, strict=True)
        for question, lecturer, value in ballot.given
    ]
    _insert(work, EvaluationResponse, [response.model_dump() for response in responses])
    _insert(work, EvaluationAnswer, answers)


def _insert(work: Work, table: Any, rows: Iterable[dict[str, Any]]) -> None:  # Any: a table, and its values
    """Write rows shuffled, in one statement; keys are random, so none of them tells an order."""
    shuffled = list(rows)
    _random.shuffle(shuffled)
    if shuffled:
        work.db.execute(insert(table), shuffled)


def _sealed(work: Work, ballot: Ballot) -> bytes:
    return work.tools.vault.seal(json.dumps(ballot, ensure_ascii=False).encode())


def _unsealed(work: Work, sealed: bytes) -> Ballot:
    group_id, questionnaire_id, given = json.loads(work.tools.vault.unseal(sealed))
    return Ballot(group_id, questionnaire_id, [(question, lecturer, value) for question, lecturer, value in given])
