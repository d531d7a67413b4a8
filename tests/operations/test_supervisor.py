"""The supervisor: what dies is started again, and nothing it started is left behind."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path
from subprocess import Popen
from typing import Any

import pytest
import redis
from sqlalchemy.exc import OperationalError

from mps_app.adapters import postgres
from mps_app.core.settings import settings
from mps_app.launch.embedded import arrange
from mps_app.launch.processes import CouldNotStart, Program, Supervisor
from tests import running

STUBBORN = """
import os, pathlib, signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = subprocess.Popen([sys.executable, "-c", "import signal, time; signal.signal(15, 1); time.sleep(99)"])
pathlib.Path(sys.argv[1]).write_text(f"{os.getpid()} {child.pid}")
time.sleep(99)
"""


@pytest.fixture
async def supervisor(tmp_path: Path) -> AsyncIterator[Supervisor]:
    made = Supervisor()
    with (tmp_path / "lock").open("w") as lock:
        await made.open(lock.fileno())
        yield made
        await made.close()


def stubborn(note: Path) -> Program:
    """A program that ends only by force, and has a child like itself."""
    return Program("stubborn", (sys.executable, "-c", STUBBORN, str(note)), grace_seconds=0.5)


async def pids_in(note: Path, *, other_than: list[int] | None = None) -> list[int]:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        found = [int(word) for word in note.read_text().split()] if note.exists() else []
        if found and found != other_than:
            return found
        await asyncio.sleep(0.05)
    raise TimeoutError(note)


async def until_gone(pids: list[int], seconds: float = 10) -> list[int]:
    deadline = time.monotonic() + seconds
    while (left := [pid for pid in pids if running.lives(pid)]) and time.monotonic() < deadline:
        await asyncio.sleep(0.05)
    return left


async def test_a_child_that_is_killed_is_started_again_and_its_own_children_end(
    supervisor: Supervisor, tmp_path: Path
) -> None:
    supervisor.start(stubborn(tmp_path / "note"))
    first = await pids_in(tmp_path / "note")
    os.kill(first[0], signal.SIGKILL)
    second = await pids_in(tmp_path / "note", other_than=first)
    assert not set(first) & set(second)
    assert await until_gone(first) == []


async def test_ending_leaves_no_process_not_even_those_that_refuse(supervisor: Supervisor, tmp_path: Path) -> None:
    supervisor.start(stubborn(tmp_path / "note"))
    pids = await pids_in(tmp_path / "note")
    await supervisor.close()
    assert await until_gone(pids) == []


async def test_the_guardian_is_replaced_and_the_new_one_knows_everybody(supervisor: Supervisor, tmp_path: Path) -> None:
    supervisor.start(stubborn(tmp_path / "note"))
    pids = await pids_in(tmp_path / "note")
    first = supervisor.guardian_pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    while supervisor.guardian_pid in {first, None}:
        await asyncio.sleep(0.05)
    assert all(map(running.lives, pids))


async def test_a_step_of_the_start_that_fails_is_named(supervisor: Supervisor) -> None:
    with pytest.raises(CouldNotStart, match="failing failed with exit code 3"):
        await supervisor.once(Program("failing", (sys.executable, "-c", "raise SystemExit(3)")))


@pytest.fixture
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A state directory of this test's own; what is started on it is not bound to the test run."""
    for name in ("MPS_DATABASE_URL", "MPS_REDIS_URL", "MPS_SMTP_URL"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def asked(directory: Path, question: str) -> Any:
    """Ask the database of a system; nothing while it does not answer."""
    engine = postgres.engine(running.reached_by(directory)["MPS_DATABASE_URL"], pool_size=1)
    try:
        with engine.begin() as connection:
            result = connection.exec_driver_sql(question)
            return result.scalar() if result.returns_rows else True
    except OperationalError:
        return None
    finally:
        engine.dispose()


async def until_asked(directory: Path, question: str, answer: object) -> None:
    deadline = time.monotonic() + 30
    while asked(directory, question) != answer:
        assert time.monotonic() < deadline, (directory / "said.log").read_text()
        await asyncio.sleep(0.1)


def start(directory: Path) -> Popen[bytes]:
    (directory / "said.log").unlink(missing_ok=True)
    process = running.launch(directory, "services", {})
    running.await_sign(directory, process.pid, "services answer")
    return process


async def test_nothing_outlives_a_supervisor_that_was_killed_and_the_data_is_kept(alone: Path) -> None:
    killed = start(alone)
    below = running.descendants(killed.pid)
    assert len(below) > 2
    assert asked(alone, "CREATE TABLE kept AS SELECT 42 AS answer")
    killed.kill()
    killed.wait()
    assert await until_gone(below) == []

    again = start(alone)
    assert asked(alone, "SELECT answer FROM kept") == 42
    below = running.descendants(again.pid)
    again.send_signal(signal.SIGINT)
    assert again.wait(10) == 0
    assert await until_gone(below) == []


async def test_a_killed_database_and_store_come_back_where_they_were(alone: Path) -> None:
    process = start(alone)
    assert asked(alone, "SET LOCAL synchronous_commit = on; CREATE TABLE kept AS SELECT 42 AS answer")
    for pid, words in running.children(process.pid).items():
        if "bin/postgres" in words or "valkey-server" in words:
            os.kill(pid, signal.SIGKILL)
    await until_asked(alone, "SELECT answer FROM kept", 42)
    url = running.reached_by(alone)["MPS_REDIS_URL"]
    deadline = time.monotonic() + 30
    while not answers(url):
        assert time.monotonic() < deadline, (alone / "said.log").read_text()
        await asyncio.sleep(0.1)
    process.send_signal(signal.SIGTERM)
    assert process.wait(10) == 0


async def test_a_second_system_on_the_same_directory_is_refused(alone: Path) -> None:
    process = start(alone)
    second = running.launch(alone / "second", "services", {"MPS_VAR_DIR": str(alone / "var")})
    assert second.wait(30) == 1
    assert "running already" in (alone / "second" / "said.log").read_text()
    process.send_signal(signal.SIGTERM)
    assert process.wait(10) == 0


def test_what_the_environment_names_is_not_started_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    named = {
        "MPS_VAR_DIR": str(tmp_path),
        "MPS_DATABASE_URL": "postgresql://mps@db/mps",
        "MPS_REDIS_URL": "redis://:secret@store/0",
        "MPS_SMTP_URL": "smtp://mail",
    }
    for name, value in named.items():
        monkeypatch.setenv(name, value)
    settings.cache_clear()
    services = arrange()
    settings.cache_clear()
    assert services.programs == ()
    assert {name: os.environ[name] for name in named} == named


def answers(url: str) -> bool:
    try:
        with redis.Redis.from_url(url, socket_timeout=2) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False
