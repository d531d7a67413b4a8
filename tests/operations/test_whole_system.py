"""``make run`` as an operator meets it: it becomes ready, mends itself, ends at once, and keeps what it knows."""

import os
import signal
import time
from pathlib import Path

import httpx
import pytest

from mps_app.adapters import postgres
from mps_app.core.settings import Settings
from mps_app.launch.valkey import free_port
from tests import running
from tests.conftest import Live

pytestmark = pytest.mark.live
PATIENCE_SECONDS = 60


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    """A directory and a port for a system that this module may hurt."""
    directory = tmp_path_factory.mktemp("own")
    directory.chmod(0o711)
    return directory, free_port()


def started(directory: Path, port: int) -> int:
    (directory / "said.log").unlink(missing_ok=True)
    process = running.launch(directory, "run", {"MPS_ENV": "test", "MPS_PORT": str(port), **EMBEDDED})
    running.await_sign(directory, process.pid, "Ctrl-C ends it")
    return process.pid


EMBEDDED = {"MPS_DATABASE_URL": "", "MPS_REDIS_URL": "", "MPS_SMTP_URL": ""}


def ready(port: int) -> tuple[int, dict[str, object]]:
    try:
        answer = httpx.get(f"http://localhost:{port}/health/ready", timeout=10)
    except httpx.HTTPError:
        return 0, {}
    return answer.status_code, answer.json()


def until_ready(port: int) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while ready(port)[0] != 200:
        assert time.monotonic() < deadline, ready(port)
        time.sleep(0.1)


def program(pid: int, part: str) -> int | None:
    """The child of a supervisor whose command line holds these words."""
    return next((child for child, words in running.children(pid).items() if part in words), None)


def web_workers(pid: int) -> set[int]:
    """The processes that answer the web under a supervisor."""
    web = program(pid, "mps_app.launch.web")
    return set(running.children(web)) if web else set()


def kill_a_web_worker(pid: int) -> None:
    """Kill one of them, and wait until there are as many as the settings say again."""
    wanted = Settings().web_workers
    assert wanted > 1
    deadline = time.monotonic() + PATIENCE_SECONDS
    while len(before := web_workers(pid)) < wanted:
        assert time.monotonic() < deadline, f"only {before} answer the web"
        time.sleep(0.1)
    victim = min(before)
    os.kill(victim, signal.SIGKILL)
    while victim in (now := web_workers(pid)) or len(now) < wanted:
        assert time.monotonic() < deadline, f"{victim} was not replaced: {now}"
        time.sleep(0.1)


def test_the_system_is_ready_and_says_so(live: Live) -> None:
    answer = httpx.get(f"{live.address}/health/ready")
    assert (answer.status_code, answer.json()) == (200, {"status": "ready"})
    assert httpx.get(f"{live.address}/health/live").json() == {"status": "live"}


def test_pages_and_routes_and_the_unknown_come_from_one_port(live: Live) -> None:
    home = httpx.get(f"{live.address}/")
    assert home.status_code == 200
    assert '<html lang="lv"' in home.text
    assert httpx.get(f"{live.address}/no-such-page").status_code == 404


def test_it_mends_itself_ends_at_once_and_keeps_its_data(own: tuple[Path, int]) -> None:
    directory, port = own
    pid = started(directory, port)
    for part in ("mps_app.launch.web", "worker --loglevel", "beat --loglevel"):
        victim = program(pid, part)
        assert victim is not None
        os.kill(victim, signal.SIGKILL)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while program(pid, part) in {victim, None}:
            assert time.monotonic() < deadline, f"{part} was not started again"
            time.sleep(0.1)
    until_ready(port)
    kill_a_web_worker(pid)
    until_ready(port)
    engine = postgres.engine(running.reached_by(directory)["MPS_DATABASE_URL"], pool_size=1)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE kept AS SELECT 42 AS answer")
    engine.dispose()

    below = running.descendants(pid)
    os.kill(pid, signal.SIGINT)
    deadline = time.monotonic() + 10
    while left := [each for each in [pid, *below] if running.lives(each)]:
        assert time.monotonic() < deadline, f"left after 10 s: {left}"
        time.sleep(0.05)

    pid = started(directory, port)
    engine = postgres.engine(running.reached_by(directory)["MPS_DATABASE_URL"], pool_size=1)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT answer FROM kept").scalar() == 42
    engine.dispose()
    os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + 10
    while running.lives(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not running.lives(pid)


def test_a_taken_port_is_named_with_the_way_out(live: Live, tmp_path: Path) -> None:
    port = live.address.rpartition(":")[2]
    process = running.launch(tmp_path, "run", {"MPS_ENV": "test", "MPS_PORT": port, **EMBEDDED})
    assert process.wait(30) == 1
    said = (tmp_path / "said.log").read_text()
    assert f"port {port} is taken" in said
    assert f"MPS_PORT={int(port) + 1} make run" in said
