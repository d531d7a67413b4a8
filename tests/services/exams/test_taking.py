"""A test is begun, answered and handed in once, however often one presses and from however many tabs (8.1)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from mps_app.core.actor import NOBODY, SYSTEM
from mps_app.core.errors import NotFound
from mps_app.core.work import House, begin
from mps_app.models import Application, ExamQuestion
from mps_app.services import exams
from mps_app.services.exams.refusals import AlreadyPassed, ExamClosed, NoTriesLeft, TimeOver, TryOver
from tasks.exams import end_overdue
from tests.conftest import Clock
from tests.marks import rule
from tests.services.certificates.course import STAFF, Training
from tests.services.exams.course import answers, attempts, invitation_of, prepared, right_answers, start, take


@pytest.fixture
def training(house: House) -> Training:
    return prepared(2)


@rule("8.1")
def test_answers_are_kept_as_they_are_given_and_come_back(training: Training) -> None:
    invitation_id, _ = invitation_of(training), start(training)
    right = right_answers(training.actor(0), invitation_id)
    for key, value in right.items():
        with begin(training.actor(0)) as work:
            exams.save(work, invitation_id, {key: value})
    with begin(training.actor(0)) as work:
        pages = [exams.exam_page(work, invitation_id, number) for number in range(1, 5)]
    shown = {page.question.key: page.question.value or _chosen(page) for page in pages}
    assert shown == right
    assert (pages[0].percent, pages[0].unanswered_text) == (100, "Uz visiem jautājumiem ir atbildēts.")


def _chosen(page: object) -> str:
    return ",".join(choice.value for choice in page.question.choices if choice.is_chosen)  # type: ignore[attr-defined]


@rule("8.1")
def test_a_ticked_box_leaves_the_others_as_they_are(training: Training) -> None:
    invitation_id, _ = invitation_of(training), start(training)
    key = next(key for key, value in right_answers(training.actor(0), invitation_id).items() if "," in value)
    for value, is_on in (("0", True), ("2", True), ("2", True), ("0", False), ("9", True)):
        with begin(training.actor(0)) as work:
            page = exams.choose_answer(work, invitation_id, key, value, is_on=is_on, number=_number(training, key))
    assert [choice.is_chosen for choice in page.question.choices] == [False, False, True]


def _number(training: Training, key: str) -> int:
    return list(right_answers(training.actor(0), invitation_of(training))).index(key) + 1


@rule("8.1")
def test_the_order_that_was_drawn_stays_the_tries_own(training: Training) -> None:
    for number in range(2):
        start(training, number)
    first = attempts()[0].drawn
    for _ in range(3):
        with begin(training.actor(0)) as work:
            page = exams.exam_page(work, invitation_of(training), 1)
            assert page.question.key == f"q{attempts()[0].key}-{first[0][0]}"
    assert attempts()[0].drawn == first
    for statement in ("UPDATE exam_attempt SET drawn = '[]'", "UPDATE exam_attempt SET ends_at = NULL"):
        with pytest.raises(DBAPIError), begin(SYSTEM) as work:
            work.db.execute(text(statement))


@rule("8.1")
def test_questions_and_options_are_drawn_in_random_order_only_when_the_test_says_so(house: House) -> None:
    shuffled, plain = prepared(12), prepared(3, exam={"is_shuffled": False})
    for number in range(12):
        start(shuffled, number)
    orders = [_order(attempt.drawn) for attempt in attempts()]
    assert len({order for order, _ in orders}) > 1
    assert len({options for _, options in orders}) > 1
    for number in range(3):
        start(plain, number)
    with begin(SYSTEM) as work:
        for attempt in attempts()[12:]:
            assert [work.db.get_one(ExamQuestion, key).number for key, _ in attempt.drawn] == [1, 2, 3, 4]
            assert all(options == sorted(options) for _, options in attempt.drawn)


def _order(drawn: list[list[object]]) -> tuple[tuple[object, ...], tuple[object, ...]]:
    keys = sorted(drawn, key=lambda one: str(one[0]))
    return tuple(one[0] for one in drawn), tuple(tuple(one[1]) for one in keys)  # type: ignore[arg-type]


@rule("8.1")
def test_a_double_click_begins_one_try_and_hands_in_one(training: Training) -> None:
    assert start(training) == start(training)
    [attempt] = attempts()
    for _ in range(2):
        with begin(training.actor(0)) as work:
            exams.submit(work, invitation_of(training), attempt.key)
    [handed_in] = attempts()
    assert (handed_in.score, handed_in.is_passed, handed_in.is_by_clock) == (0, False, False)


@rule("8.1")
@pytest.mark.parametrize("tries", [1, 2])
def test_two_starts_at_the_same_instant_make_one_try_and_never_one_too_many(house: House, tries: int) -> None:
    training = prepared(exam={"attempts_allowed": tries})
    for _ in range(tries - 1):
        take(training, right=0)
    barrier, invitation_id = Barrier(8), invitation_of(training)

    def begin_at_once(_: int) -> int:
        barrier.wait()
        with begin(training.actor(0)) as work:
            return exams.start(work, invitation_id)

    with ThreadPoolExecutor(8) as pool:
        begun = set(pool.map(begin_at_once, range(8)))
    assert begun == {attempts()[-1].key}
    assert len(attempts()) == tries


@rule("8.1")
def test_the_database_refuses_a_try_too_many_and_a_second_open_one(training: Training) -> None:
    row = """INSERT INTO exam_attempt (invitation_id, number, started_at, is_by_clock, drawn, points)
             VALUES (:invitation, :number, now(), false, '[]', 5)"""
    start(training)
    for number in (2, 3, 1, 0):
        with pytest.raises(DBAPIError), begin(SYSTEM) as work:
            work.db.execute(text(row), {"invitation": invitation_of(training), "number": number})
    with begin(SYSTEM) as work:
        work.db.execute(text(row), {"invitation": invitation_of(training, 1), "number": 2})  # the last one allowed
    with pytest.raises(DBAPIError), begin(SYSTEM) as work:
        work.db.execute(text(row), {"invitation": invitation_of(training, 1), "number": 3})


@rule("8.1")
def test_whoever_has_used_all_tries_begins_no_more(training: Training) -> None:
    take(training, right=0)
    take(training, right=1)
    with pytest.raises(NoTriesLeft):
        start(training)
    with begin(training.actor(0)) as work:
        page = exams.exam_page(work, invitation_of(training))
    assert (page.result.can_try_again, page.result.next_text) == (
        False,
        "Visi mēģinājumi ir izmantoti. Lūdziet skolai vēl vienu.",
    )


@rule("8.1")
def test_what_is_passed_is_not_begun_again(training: Training) -> None:
    take(training)
    with pytest.raises(AlreadyPassed):
        start(training)


@rule("8.1")
def test_another_tabs_try_is_neither_answered_nor_handed_in(training: Training) -> None:
    invitation_id, old = invitation_of(training), start(training)
    stale = right_answers(training.actor(0), invitation_id)
    with begin(training.actor(0)) as work:
        exams.submit(work, invitation_id, old)
    new = start(training)
    with pytest.raises(TryOver), begin(training.actor(0)) as work:
        exams.save(work, invitation_id, stale)
    with begin(training.actor(0)) as work:
        exams.submit(work, invitation_id, old)  # pressed again in the old tab
    assert answers() == []
    assert {attempt.key: attempt.submitted_at is None for attempt in attempts()} == {old: False, new: True}


@rule("8.1")
def test_after_the_hand_in_nothing_changes(training: Training) -> None:
    take(training, right=3)
    for statement in (
        "UPDATE exam_answer SET value = '0'",
        "UPDATE exam_attempt SET score = 5",
        "INSERT INTO exam_answer (attempt_id, question_id, value, is_marked) SELECT attempt_id, (SELECT max(id) FROM exam_question), '0', false FROM exam_answer LIMIT 1",
    ):
        with pytest.raises(DBAPIError), begin(SYSTEM) as work:
            work.db.execute(text(statement))


@rule("8.1")
def test_the_clock_hands_in_what_was_saved_and_does_it_once(training: Training, clock: Clock) -> None:
    invitation_id, _ = invitation_of(training), start(training)
    right = right_answers(training.actor(0), invitation_id)
    with begin(training.actor(0)) as work:
        exams.save(work, invitation_id, right)
    clock.advance(minutes=19, seconds=59)
    end_overdue()
    assert attempts()[0].submitted_at is None
    clock.advance(minutes=30)
    for _ in range(2):
        end_overdue()
    [attempt] = attempts()
    assert (attempt.score, attempt.is_passed, attempt.is_by_clock) == (5, True, True)
    assert attempt.submitted_at == attempt.started_at + timedelta(minutes=20)


@rule("8.1")
def test_saving_after_the_end_is_refused_in_words_and_nothing_is_lost(training: Training, clock: Clock) -> None:
    invitation_id, attempt_id = invitation_of(training), start(training)
    first, *rest = right_answers(training.actor(0), invitation_id).items()
    with begin(training.actor(0)) as work:
        exams.save(work, invitation_id, dict([first]))
    clock.advance(minutes=20)
    for act in (
        lambda work: exams.save(work, invitation_id, dict(rest)),
        lambda work: exams.mark_question(work, invitation_id, rest[0][0], is_marked=True, number=1),
        lambda work: exams.choose_answer(work, invitation_id, rest[0][0], "0", is_on=True, number=1),
    ):
        with pytest.raises(TimeOver), begin(training.actor(0)) as work:
            act(work)
    with begin(training.actor(0)) as work:
        exams.submit(work, invitation_id, attempt_id)
    assert len(answers()) == 1
    assert attempts()[0].is_by_clock


@rule("8.1")
def test_whoever_looks_after_the_end_sees_the_result_without_waiting_for_the_clock(
    training: Training, clock: Clock
) -> None:
    invitation_id, _ = invitation_of(training), start(training)
    clock.advance(hours=1)
    with begin(training.actor(0)) as work:
        page = exams.exam_page(work, invitation_id)
    assert (page.stage, page.result.is_by_clock, page.result.can_try_again) == ("result", True, True)


@rule("8.1")
def test_a_test_without_a_limit_waits_as_long_as_one_likes(house: House, clock: Clock) -> None:
    training = prepared(exam={"time_limit_minutes": None})
    start(training)
    clock.advance(days=30)
    end_overdue()
    take(training)
    assert [attempt.is_passed for attempt in attempts()] == [True]


@rule("8.1")
def test_what_ended_with_the_application_is_not_begun(training: Training) -> None:
    with begin(SYSTEM) as work:
        work.db.get_one(Application, training.applications[0].key).status = "cancelled"
    with pytest.raises(ExamClosed):
        start(training)
    with begin(training.actor(0)) as work:
        assert exams.exam_page(work, invitation_of(training)).can_start is False


@rule("8.1")
def test_nobody_else_sees_or_takes_it(training: Training) -> None:
    invitation_id, attempt_id = invitation_of(training), start(training)
    right = right_answers(training.actor(0), invitation_id)
    key = next(iter(right))
    for stranger in (training.actor(1), STAFF, NOBODY):
        for act in (
            lambda work: exams.exam_page(work, invitation_id),
            lambda work: exams.clock_of(work, invitation_id),
            lambda work: exams.start(work, invitation_id),
            lambda work: exams.turn_page(work, invitation_id, right, 1),
            lambda work: exams.choose_answer(work, invitation_id, key, "0", is_on=True, number=1),
            lambda work: exams.mark_question(work, invitation_id, key, is_marked=True, number=1),
            lambda work: exams.resume(work, invitation_id, {"key": key, "value": "0"}, 1),
            lambda work: exams.submit(work, invitation_id, attempt_id),
        ):
            with pytest.raises(NotFound), begin(stranger) as work:
                act(work)
    with pytest.raises(NotFound), begin(training.actor(1)) as work:
        exams.submit(work, invitation_of(training, 1), attempt_id)
    assert answers() == []
