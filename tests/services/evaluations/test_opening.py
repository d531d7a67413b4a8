"""Answers are opened several at once, never one alone, and a group answers one questionnaire (7.4)."""

from collections.abc import Iterable
from pathlib import Path

import pytest
import yaml
from sqlalchemy import text

from mps_app.core.actor import SYSTEM
from mps_app.core.work import begin
from mps_app.services import evaluations
from mps_app.services.evaluations import questionnaire
from mps_app.views.evaluations import EvaluationResults, QuestionnairePlan
from tests.conftest import Clock
from tests.factories import make_lecturer
from tests.marks import rule
from tests.services.certificates.course import (
    STAFF,
    Training,
    also_teaches,
    answer,
    hold_training,
    invite,
    mark,
    open_ballots,
)

STANDARD = Path(questionnaire.__file__).with_name("standard.yaml")

pytestmark = pytest.mark.usefixtures("house")


def read(training: Training) -> EvaluationResults:
    with begin(STAFF) as work:
        return evaluations.results(work, training.group.key)


def publish() -> int:
    with begin(STAFF) as work:
        return evaluations.publish(work, QuestionnairePlan.read(yaml.safe_load(STANDARD.read_text(encoding="utf-8"))))


def answer_and_read(training: Training, numbers: Iterable[int]) -> list[tuple[int, bool, int]]:
    """Let people answer one by one; after each, return how many answered, and how many answers can be read."""
    seen = []
    for number in numbers:
        answer(training, number, f"{number:03}")
        open_ballots()
        found = read(training)
        shown = sum(count.count for count in found.questions[0].counts) if found.questions else 0
        seen.append((found.answered, found.is_open, shown))
    return seen


def ask(people: int) -> Training:
    training = hold_training(people)
    mark(training)
    invite()
    return training


@rule("7.4")
def test_the_last_of_six_stays_sealed_for_good(clock: Clock) -> None:
    training = ask(6)
    assert answer_and_read(training, range(6))[-2:] == [(5, True, 5), (6, True, 5)]
    clock.advance(days=100)  # nobody is reminded any more
    assert open_ballots() == 0
    assert read(training).explanation == "1 atbilde netiek rādīta: vienu pašu to varētu atpazīt."


@rule("7.4")
@pytest.mark.parametrize("people", [7, 8, 9])
def test_the_rest_is_opened_together_when_nobody_is_left_to_answer(people: int) -> None:
    *_, before, last = answer_and_read(ask(people), range(people))
    assert before == (people - 1, True, 5)
    assert last == (people, True, people)


@rule("7.4")
def test_the_rest_is_opened_together_when_nobody_is_reminded_any_more(clock: Clock) -> None:
    training = ask(8)
    assert answer_and_read(training, range(7))[-1] == (7, True, 5)
    clock.advance(days=100)
    assert open_ballots() == 2


@rule("7.4")
def test_fewer_than_five_are_never_opened(clock: Clock) -> None:
    training = ask(4)
    assert answer_and_read(training, range(4))[-1] == (4, False, 0)
    clock.advance(days=100)
    assert open_ballots() == 0


@rule("7.4")
def test_a_latecomer_is_asked_what_the_group_was_asked() -> None:
    training = hold_training(6)
    mark(training, who=range(5))
    invite()
    newer = publish()
    mark(training, who=[5])
    invite()
    other = ask(1)
    with begin(SYSTEM) as work:
        asked = work.db.execute(
            text("""
                SELECT a.group_id, array_agg(DISTINCT i.questionnaire_id)
                FROM evaluation_invitation i JOIN application a ON a.id = i.application_id GROUP BY 1
            """)
        ).all()
    versions = {row[0]: row[1] for row in asked}
    assert len(versions[training.group.key]) == 1
    assert versions[training.group.key] != [newer]
    assert versions[other.group.key] == [newer]


@rule("7.4")
def test_five_answers_of_two_versions_open_nothing() -> None:
    training = ask(6)
    newer = publish()
    with begin(SYSTEM) as work:  # as it could be before latecomers were asked what the others were
        work.db.execute(
            text("UPDATE evaluation_invitation SET questionnaire_id = :newer WHERE application_id = :late"),
            {"newer": newer, "late": training.applications[0].key},
        )
    assert answer_and_read(training, range(5))[-1] == (5, False, 0)
    assert answer_and_read(training, [5])[-1] == (6, True, 5)


@rule("7.4")
def test_a_lecturer_added_later_has_no_results_of_fewer_than_five() -> None:
    training = ask(7)
    answer_and_read(training, range(5))
    with begin(SYSTEM) as work:
        also_teaches(work, training.sessions[0], make_lecturer(work, name="Vēlais Pasniedzējs"))
    answer_and_read(training, [5, 6])
    found = read(training)
    assert found.answered == 7
    assert {one.about for one in found.questions} == {"", "Pasniedzējs 0"}
