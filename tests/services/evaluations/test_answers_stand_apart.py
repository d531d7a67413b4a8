"""Nobody's identity can be joined to evaluation answers: not by key, not by time, not by order (invariant 5, 7.4)."""

import itertools
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from mps_app.core.actor import SYSTEM
from mps_app.core.work import House, begin
from tests.conftest import Clock, Woken
from tests.marks import rule
from tests.services.certificates.course import (
    Training,
    answer,
    hold_training,
    invite,
    issue,
    mark,
    open_ballots,
    print_all,
    with_paper,
)

MANY = 12
OF_ANSWERS = ("ballot_box", "evaluation_response", "evaluation_answer")
SECRET = "Tikai viņa tā rakstītu: "


@pytest.fixture(autouse=True)
def paper(house: House, tmp_path: Path) -> House:
    return with_paper(house, tmp_path / "files")


def answered(count: int, *, jobs_run: bool = True, shuffled: bool = True) -> Training:
    """Hold a training whose people answered one after another, each with words that only they would write."""
    training = hold_training(MANY)
    mark(training)
    invite()
    order = list(range(count))
    if shuffled:
        random.Random(7).shuffle(order)
    for number in order:
        answer(training, number, f"{SECRET}{number:03}")
        if jobs_run:
            open_ballots()
            issue()
            print_all()
    return training


def rows(table: str) -> list[dict[str, Any]]:
    """Return everything the database can tell of a table's rows, in the order in which they lie."""
    with begin(SYSTEM) as work:
        found = work.db.execute(text(f"SELECT ctid::text, xmin::text, cmin::text, t.* FROM {table} t ORDER BY ctid"))
        return [dict(row._mapping) for row in found]


def tables() -> list[str]:
    with begin(SYSTEM) as work:
        return list(
            work.db.execute(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")).scalars()
        )


def values_of(row: dict[str, Any]) -> Iterator[str]:
    for value in row.values():
        if value is not None and value is not True and value is not False:
            yield str(value)


@rule("7.4")
def test_no_column_of_the_answers_names_a_person_an_application_or_a_time() -> None:
    with begin(SYSTEM) as work:
        columns = work.db.execute(
            text(
                "SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_name = ANY(:t)"
            ),
            {"t": list(OF_ANSWERS)},
        ).all()
        references = work.db.execute(
            text("""
                SELECT DISTINCT confrelid::regclass::text FROM pg_constraint
                WHERE contype = 'f' AND conrelid::regclass::text = ANY(:t)
            """),
            {"t": list(OF_ANSWERS)},
        ).scalars()
        pointing = work.db.execute(
            text("""
                SELECT conrelid::regclass::text FROM pg_constraint
                WHERE contype = 'f' AND confrelid::regclass::text = ANY(:t)
            """),
            {"t": list(OF_ANSWERS)},
        ).scalars()
        assert set(pointing) == {"evaluation_answer"}  # to its response, and nobody else points there
        assert set(references) == {"course_group", "questionnaire", "question", "lecturer", "evaluation_response"}
    assert not [row for row in columns if "time" in row.data_type or row.data_type == "date"]
    assert not [row for row in columns if "person" in row.column_name or "application" in row.column_name]
    identifiers = {row.table_name: row.data_type for row in columns if row.column_name == "id"}
    assert identifiers == dict.fromkeys(OF_ANSWERS, "uuid")  # a counter would tell the order


@rule("7.4")
def test_no_value_of_any_table_about_persons_occurs_among_the_answers() -> None:
    answered(MANY)
    own = {value for table in OF_ANSWERS for row in rows(table) for value in values_of(row) if len(value) > 12}
    assert own
    for table in set(tables()) - set(OF_ANSWERS):
        elsewhere = "\n".join(value for row in rows(table) for value in values_of(row))
        assert not [value for value in own if value in elsewhere], table
        assert SECRET not in elsewhere


@rule("7.4")
def test_no_transaction_wrote_both_an_answer_and_something_about_a_person() -> None:
    answered(MANY)
    of_answers = {row["xmin"] for table in OF_ANSWERS for row in rows(table)}
    of_persons = {
        row["xmin"]
        for table in (
            "evaluation_invitation",
            "evaluation_draft",
            "application",
            "certificate",
            "outbox_message",
            "draft",
        )
        for row in rows(table)
    }
    assert of_answers
    assert not of_answers & of_persons


@rule("7.4")
def test_all_answers_of_a_group_have_one_writer() -> None:
    answered(MANY)
    for table in ("evaluation_response", "evaluation_answer"):
        assert len({row["xmin"] for row in rows(table)}) == 1


@rule("7.4")
def test_what_waits_in_the_box_has_one_writer_however_it_came(woken: Woken) -> None:
    answered(4)  # too few to be opened
    waiting = rows("ballot_box")
    assert len(waiting) == 4
    assert len({row["xmin"] for row in waiting}) == 1
    assert "evaluations.open_ballots" in woken.jobs  # at once, not with the next sweep


@rule("7.4")
def test_the_box_tells_neither_group_nor_words_nor_length() -> None:
    answered(4, jobs_run=False)
    waiting = rows("ballot_box")
    assert len({len(row["sealed"]) for row in waiting}) == 1
    assert not [row for row in waiting if SECRET.encode() in bytes(row["sealed"])]
    before = {bytes(row["sealed"]) for row in waiting} | {str(row["id"]) for row in waiting}
    open_ballots()
    after = {bytes(row["sealed"]) for row in rows("ballot_box")} | {str(row["id"]) for row in rows("ballot_box")}
    assert not before & after  # whoever noted a ballot when it was put in does not find it again


@rule("7.4")
def test_a_few_answers_stay_sealed_and_are_opened_together() -> None:
    training = answered(4)
    assert rows("evaluation_response") == []
    answer(training, 4)
    open_ballots()
    assert len(rows("evaluation_response")) == 5
    answer(training, 5)
    open_ballots()
    assert len(rows("evaluation_response")) == 5  # the sixth alone would be known as the sixth
    for number in range(6, MANY):
        answer(training, number)
    open_ballots()
    assert len(rows("evaluation_response")) == MANY  # everybody answered: nobody is left to be told apart


@rule("7.4")
def test_no_order_of_the_answers_follows_the_order_of_sending_or_of_persons(clock: Clock) -> None:
    """Sort both sides by everything there is; in many trials the pairs are right no more often than by chance."""
    orders = ("ctid", "id", "cmin")
    right: Counter[tuple[str, str]] = Counter()
    trials = 6
    for _ in range(trials):
        training = hold_training(MANY)
        mark(training)
        invite()
        for number in range(MANY):
            answer(training, number, f"{number:03}")
            if number % 3 == 0:
                open_ballots()
        open_ballots()
        sent = _persons_in_order(training)
        for table, order in itertools.product(("evaluation_response", "evaluation_answer"), orders):
            found = _answers_in_order(training, table, order)
            right[table, order] += sum(mine == theirs for mine, theirs in zip(sent, found, strict=True))
    by_chance = trials  # one of MANY is right in a random order, on the average
    assert all(count <= 4 * by_chance for count in right.values()), right


def _persons_in_order(training: Training) -> list[int]:
    with begin(SYSTEM) as work:
        keys = work.db.execute(
            text("""
                SELECT a.id FROM evaluation_invitation i JOIN application a ON a.id = i.application_id
                WHERE a.group_id = :g ORDER BY i.answered_on, i.id
            """),
            {"g": training.group.key},
        ).scalars()
        return [[one.key for one in training.applications].index(key) for key in keys]


def _answers_in_order(training: Training, table: str, order: str) -> list[int]:
    column = {"evaluation_response": "r", "evaluation_answer": "a"}[table]
    with begin(SYSTEM) as work:
        found = work.db.execute(
            text(f"""
                SELECT a.value FROM evaluation_answer a JOIN evaluation_response r ON r.id = a.response_id
                JOIN question q ON q.id = a.question_id
                WHERE r.group_id = :g AND q.code = 'improve' ORDER BY {column}.{order}::text
            """),
            {"g": training.group.key},
        ).scalars()
        return [int(words) for words in found]


@rule("7.4")
def test_a_draft_is_sealed_and_gone_once_sent() -> None:
    from mps_app.services import evaluations
    from tests.services.certificates.course import answers_for

    training = hold_training()
    mark(training)
    invite()
    invitation_id, given = answers_for(training, 0, SECRET)
    with begin(training.actor(0)) as work:
        evaluations.save(work, invitation_id, given)
    [draft] = rows("evaluation_draft")
    assert SECRET.encode() not in bytes(draft["sealed"])
    answer(training, 0, SECRET)
    assert rows("evaluation_draft") == []
    everything = "\n".join(value for table in tables() for row in rows(table) for value in values_of(row))
    assert SECRET not in everything


@rule("7.4")
def test_what_an_ended_session_left_behind_is_sealed_and_gone_once_sent() -> None:
    from mps_app.services import drafts, evaluations, identity
    from tests.services.certificates.course import answers_for

    training = hold_training()
    mark(training)
    invite()
    invitation_id, given = answers_for(training, 0, SECRET)
    with begin(SYSTEM) as work:
        token = identity.start_session(work, training.people[0].key, user_agent="", network_address="")
    with begin(SYSTEM) as work:
        assert drafts.keep(work, token, evaluations.FORM.format(page=invitation_id), {"form": given})
    [draft] = rows("draft")
    assert SECRET.encode() not in bytes(draft["sealed"])
    everything = "\n".join(value for table in tables() for row in rows(table) for value in values_of(row))
    assert SECRET not in everything
    answer(training, 0, SECRET)
    assert rows("draft") == []
    everything = "\n".join(value for table in tables() for row in rows(table) for value in values_of(row))
    assert SECRET not in everything
