"""Jobs of the clock: twice, late, or two at once, the result is the same (invariant 3)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, time
from threading import Barrier

import pytest
from sqlalchemy import text
from sqlmodel import select

from mps_app.core.actor import NOBODY, SYSTEM
from mps_app.core.errors import TryAgain
from mps_app.core.work import House, Work, begin
from mps_app.models import OutboxMessage, ScheduledRun
from mps_app.services import messages
from tasks.base import daily_from, job
from tasks.celery_app import app
from tasks.messages import sweep_outbox
from tasks.schedule import SCHEDULE
from tests.conftest import Clock
from tests.mail import Receiver
from tests.marks import rule
from tests.services.messages.samples import FACTS

done: list[datetime] = []


@pytest.fixture(autouse=True)
def _forget() -> None:
    done.clear()


@job("test.every_time")
def every_time(work: Work) -> None:
    """Note the moment."""
    done.append(work.now)


@job("test.every_day", once=daily_from(time(8, 0)))
def every_day(work: Work) -> None:
    """Note the moment, once a day."""
    done.append(work.now)


@job("test.refused", once=daily_from(time(8, 0)))
def refused(work: Work) -> None:
    """Be refused after having written something."""
    work.db.add(ScheduledRun(job="test.left_behind", period="x"))
    work.db.flush()
    done.append(work.now)
    raise TryAgain


def runs() -> list[tuple[str, str]]:
    with begin(NOBODY) as work:
        return [(run.job, run.period) for run in work.db.exec(select(ScheduledRun))]


@rule("5.6")
def test_a_job_of_the_day_runs_once_and_not_before_its_hour(house: House, clock: Clock) -> None:
    clock.now = datetime(2026, 9, 7, 4, 59, tzinfo=UTC)  # 07:59 in Riga
    every_day()
    assert done == []
    for _ in range(3):
        clock.advance(minutes=5)
        every_day()
    assert len(done) == 1
    clock.advance(days=1)
    every_day()
    assert len(done) == 2
    assert runs() == [("test.every_day", "2026-09-07"), ("test.every_day", "2026-09-08")]


@rule("5.6")
def test_a_clock_that_slept_past_the_hour_still_runs_the_job_that_day(house: House, clock: Clock) -> None:
    clock.now = datetime(2026, 9, 7, 20, 30, tzinfo=UTC)  # 23:30 in Riga
    every_day()
    clock.advance(hours=1)  # past midnight in Riga, before eight
    every_day()
    assert len(done) == 1


@rule("5.6")
@pytest.mark.parametrize("day", [(2026, 3, 29), (2026, 10, 25)])
def test_the_days_of_the_clock_change_have_one_run_each(house: House, clock: Clock, day: tuple[int, int, int]) -> None:
    clock.now = datetime(*day, 0, 0, tzinfo=UTC)
    for _ in range(8 * 12):
        clock.advance(minutes=5)
        every_day()
    assert len(done) == 1


@rule("5.6")
def test_a_refused_job_leaves_nothing_and_runs_again(house: House) -> None:
    refused()
    refused()
    assert len(done) == 2
    assert runs() == []


@rule("5.6")
def test_of_two_at_once_one_works_and_the_other_leaves(house: House) -> None:
    both = Barrier(2, timeout=10)

    @job("test.slow")
    def slow(work: Work) -> None:
        """Stay until the other one has been turned away."""
        done.append(work.now)
        both.wait()

    def second() -> None:
        with begin(SYSTEM) as work:
            alone = text("SELECT pg_try_advisory_xact_lock(hashtextextended('test.slow', 0))")
            while work.db.execute(alone).scalar():
                work.db.rollback()  # the first has not begun yet
        slow()
        both.wait()

    with ThreadPoolExecutor(2) as pool:
        for waiting in [pool.submit(slow), pool.submit(second)]:
            waiting.result(timeout=15)
    assert len(done) == 1


@rule("16.5")
def test_two_sweeps_at_once_send_each_message_once(post: Receiver) -> None:
    with begin(NOBODY) as work:
        for number in range(60):
            messages.queue(
                work, "offer_expired", recipient="a@b.example", key=str(number), facts=FACTS["offer_expired"]
            )
    with ThreadPoolExecutor(3) as pool:
        for sweep in [pool.submit(sweep_outbox) for _ in range(3)]:
            sweep.result(timeout=30)
    assert len({str(letter["Message-ID"]) for letter in post.letters}) == len(post.letters) == 60
    with begin(NOBODY) as work:
        assert {message.attempts for message in work.db.exec(select(OutboxMessage))} == {1}


@rule("5.6")
def test_every_job_of_the_table_is_known_to_the_worker_and_says_why(house: House) -> None:
    for task, every, why in SCHEDULE:
        assert task.name in app.tasks
        assert app.conf.beat_schedule[task.name]["schedule"] == every
        assert why
        if not task.name.startswith("messages."):
            task()
            task()


def test_only_json_is_accepted() -> None:
    assert app.conf.accept_content == ["json"]
    assert app.conf.task_serializer == "json"
