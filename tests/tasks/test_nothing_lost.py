"""Whatever dies while mail goes out, every message arrives, and none twice (invariant 2)."""

import asyncio
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from mps_app.adapters.celery_waker import CeleryWaker
from mps_app.core.actor import NOBODY
from mps_app.core.settings import Settings
from mps_app.core.work import House, begin, plug
from mps_app.launch.valkey import Store
from mps_app.services import messages
from tests.mail import Receiver, receiving
from tests.marks import rule
from tests.services.messages.samples import FACTS
from tests.tasks.background import Background, deliveries, serving_store, until, working

MANY = 60
A_MINUTE = 60.0


class Withholding(Receiver):
    """Takes letters, but tells nobody that it took the chosen one."""

    chosen = 5

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Take the letter; after the chosen one, be silent for longer than any lease."""
        answer = await super().handle_DATA(server, session, envelope)
        if len(self.letters) == self.chosen:
            await asyncio.sleep(60)
        return answer


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A key-value store of this test's own, not running yet."""
    return Store(tmp_path / "store")


@pytest.fixture
def real_house(house: House, store: Store) -> House:
    """The house with the real time and the real waker."""
    broker = Settings(redis_url=store.url).broker
    real = replace(house, clock=lambda: datetime.now(UTC), tools=replace(house.tools, waker=CeleryWaker(broker)))
    plug(real)
    return real


@pytest.fixture
def post(real_house: House) -> Iterator[Receiver]:
    """A mail receiver on a port that stays the same, not listening yet."""
    with receiving(Receiver()) as receiver:
        receiver.pause = 0.02  # so that there is a middle to be killed in
    yield receiver
    plug(real_house)


@pytest.fixture
def background(
    real_house: House, store: Store, post: Receiver, database_url: str, tmp_path: Path
) -> Iterator[Background]:
    """Worker and clock, as soon as the test starts them."""
    variables = {"MPS_DATABASE_URL": database_url, "MPS_REDIS_URL": store.url, "MPS_SMTP_URL": post.url}
    with working(tmp_path, variables) as started:
        yield started


def queue(first: int, count: int) -> set[str]:
    """Queue messages as commands do, one transaction each; return their Message-IDs."""
    keys = [f"offer_expired:{number}" for number in range(first, first + count)]
    for key in keys:
        with begin(NOBODY) as work:
            messages.queue(work, "offer_expired", recipient="a@b.example", key=key, facts=FACTS["offer_expired"])
    return {messages.message_id_of(key) for key in keys}


@rule("16.5")
def test_a_worker_killed_while_mail_goes_out_loses_nothing(
    background: Background, store: Store, post: Receiver
) -> None:
    with serving_store(store), receiving(post):
        expected = queue(0, MANY)
        background.beat()
        killed = background.worker(processes=2)
        until(lambda: len(post.letters) >= MANY // 3, "a third was sent", background)
        background.kill(killed)
        background.worker(processes=2)
        until(lambda: deliveries(post).keys() == expected, "all arrived", background)
    repeated = [count for count in deliveries(post).values() if count > 1]
    assert repeated in ([], [2], [2, 2])  # at most what each of the two processes had in its hands


@rule("16.5")
def test_only_what_the_server_took_in_the_moment_of_the_crash_is_repeated(
    background: Background, store: Store, post: Receiver
) -> None:
    withholding = Withholding()
    withholding.port = post.port
    with serving_store(store):
        expected = queue(0, 12)
        background.beat()
        killed = background.worker()
        with receiving(withholding):
            until(lambda: len(withholding.letters) == Withholding.chosen, "the chosen one was taken", background)
            background.kill(killed)
        in_its_hands = str(withholding.letters[-1]["Message-ID"])
        with receiving(post):
            background.worker()
            post.letters.extend(withholding.letters)
            until(lambda: deliveries(post).keys() == expected, "all arrived", background)
            until(lambda: deliveries(post)[in_its_hands] > 1, "it was repeated", background)
    assert {found: count for found, count in deliveries(post).items() if count != 1} == {in_its_hands: 2}


@rule("16.5")
def test_a_store_and_a_mail_server_that_were_away_for_a_minute_delay_mail_and_lose_none(
    background: Background, store: Store, post: Receiver
) -> None:
    with serving_store(store), receiving(post):
        background.beat()
        background.worker(processes=2)
        expected = queue(0, MANY)
        until(lambda: len(post.letters) >= MANY // 3, "a third was sent", background)
    ends_at = time.monotonic() + A_MINUTE
    expected |= queue(MANY, 20)  # commands succeed all the same: their wake-up is lost, nothing else
    until(lambda: background.said().count("refused") > 1, "worker and clock miss the store", background)
    time.sleep(ends_at - time.monotonic())
    with serving_store(store):
        expected |= queue(MANY + 20, 5)
        until(lambda: "the mail server takes nothing" in background.said(), "the mail server is missed", background)
        with receiving(post):
            until(lambda: deliveries(post).keys() == expected, "all arrived", background)
    assert set(deliveries(post).values()) == {1}


@rule("16.5")
def test_a_mail_server_that_was_away_delays_mail_and_loses_none(
    background: Background, store: Store, post: Receiver
) -> None:
    with serving_store(store):
        background.beat()
        background.worker(processes=2)
        expected = queue(0, MANY)
        with receiving(post):
            until(lambda: len(post.letters) >= MANY // 3, "a third was sent", background)
        before = len(post.letters)
        expected |= queue(MANY, 10)
        assert before < MANY
        with receiving(post):
            until(lambda: deliveries(post).keys() == expected, "all arrived", background)
    assert set(deliveries(post).values()) == {1}
