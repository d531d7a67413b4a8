"""Kill the worker in the middle of a pile of certificates: afterwards all are there, each once (invariants 3 and 4)."""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from sqlmodel import select

from mps_app.adapters.celery_waker import CeleryWaker
from mps_app.core.actor import SYSTEM
from mps_app.core.settings import Settings
from mps_app.core.work import House, begin, plug
from mps_app.launch.valkey import Store
from mps_app.models import Certificate, OutboxMessage
from mps_app.services import certificates
from tests.marks import rule
from tests.services.certificates.course import answer, hold_training, invite, mark, with_paper
from tests.tasks.background import Background, serving_store, until, working

PILE = int(os.environ.get("MPS_TEST_PILE", "24"))  # 500 by hand, with --timeout 3000


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A key-value store of this test's own, not running yet."""
    return Store(tmp_path / "store")


@pytest.fixture
def dressed(house: House, tmp_path: Path) -> House:
    """The house with the files that the worker sees."""
    return with_paper(house, tmp_path / "var" / "files")


@pytest.fixture
def background(dressed: House, store: Store, database_url: str, tmp_path: Path) -> Iterator[Background]:
    """Worker and clock on the same database, store and files."""
    variables = {
        "MPS_DATABASE_URL": database_url,
        "MPS_REDIS_URL": store.url,
        "MPS_SMTP_URL": "smtp://127.0.0.1:9",  # no mail server: that is another test
        "MPS_VAR_DIR": str(tmp_path / "var"),
    }
    with working(tmp_path, variables) as started:
        yield started


def issued() -> list[Certificate]:
    with begin(SYSTEM) as work:
        return list(work.db.exec(select(Certificate).order_by(Certificate.serial)))


def printed(count: float) -> bool:
    return len([one for one in issued() if one.pdf_digest]) >= count


@rule("7.2")
def test_a_worker_killed_in_the_middle_leaves_no_gap_no_double_and_every_sheet(
    background: Background, store: Store, dressed: House
) -> None:
    training = hold_training(PILE)
    mark(training)
    invite()
    for number in range(PILE):
        answer(training, number)
    with serving_store(store):
        waker = CeleryWaker(Settings(redis_url=store.url).broker)
        plug(replace(dressed, tools=replace(dressed.tools, waker=waker)))
        background.beat()
        for share in (0.25, 0.6):
            killed = background.worker(processes=2)
            with begin(SYSTEM) as work:
                work.wake(certificates.ISSUE)
                work.wake(certificates.PRINT)
            until(partial(printed, share * PILE), "some are printed", background)
            background.kill(killed)
        assert [one for one in issued() if one.pdf_digest is None]  # it was in the middle
        background.worker(processes=2)
        with begin(SYSTEM) as work:
            work.wake(certificates.PRINT)
        until(lambda: all(one.pdf_digest for one in issued()) and len(issued()) == PILE, "all are printed", background)
    found = issued()
    assert [one.serial for one in found] == list(range(1, PILE + 1))
    assert len({one.application_id for one in found}) == PILE
    for one in found:
        content = dressed.tools.files.read(str(one.pdf_key))
        assert hashlib.sha256(content).hexdigest() == one.pdf_digest
        assert content.startswith(b"%PDF-")
        assert b"/ETSI.CAdES.detached" in content
    with begin(SYSTEM) as work:
        told = work.db.exec(select(OutboxMessage).where(OutboxMessage.template == "certificate_ready")).all()
    assert len(told) == PILE
