"""What every test may stand on: a real database, a real key-value store, a house, a clock, a mail receiver.

Services are started once per test run and shared by its workers; each worker has a database of its own,
migrated once and emptied after each test that had a house, and a live system of its own.
"""

import base64
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import hypothesis
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from sqlalchemy import Engine, event, text

from mps_app.adapters import migrations, postgres
from mps_app.adapters.file_store import FileStore
from mps_app.core.settings import settings
from mps_app.core.work import House, plug
from mps_app.launch.house import furnish
from mps_app.launch.valkey import free_port
from tests import browsers, reading, running

PATIENCE = 20_000  # milliseconds until a page is as it should be, on a machine that has much else to do
KEY = base64.urlsafe_b64encode(bytes(range(32))).decode()
os.environ.update(
    MPS_ENV="test",
    MPS_SECRET_KEY=KEY,
    MPS_SECRET_KEY_PERSONAL_CODE=KEY,
    MPS_SECRET_KEY_CODE_LOOKUP=KEY,
    REFLEX_PERF_MODE="raise",
    REFLEX_TELEMETRY_ENABLED="false",
)

EMPTY_EVERY_TABLE = text("""
DO $$ DECLARE name text; filled boolean; BEGIN
  SET LOCAL session_replication_role = replica;  -- neither foreign keys nor append-only guards object
  FOR name IN SELECT format('%I', tablename) FROM pg_tables
              WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
    EXECUTE format('SELECT EXISTS (SELECT FROM %s)', name) INTO filled;
    IF filled THEN EXECUTE format('DELETE FROM %s', name); END IF;
  END LOOP;
END $$
""")


hypothesis.settings.register_profile(
    "house", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)  # a busy machine is no finding: nothing in a test asserts a time
hypothesis.settings.load_profile("house")


def pytest_configure(config: pytest.Config) -> None:
    """Begin the run in the process that owns it; its workers inherit the directory by environment."""
    if not hasattr(config, "workerinput"):
        running.begin_run()
        # pytest's own place is shared by all runs, and each that begins shuts PostgreSQL's user out of it again
        config.option.basetemp = running.run_directory() / "tmp"


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark every test that needs the filled school: it is filled once, and only for them."""
    if "demo_school" in getattr(item, "fixturenames", ()):
        item.add_marker(pytest.mark.live)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what mostly waits for other processes: in the end everybody would wait with it."""
    items.sort(key=lambda item: item.path.parent.name not in {"tasks", "operations"})


def pytest_unconfigure(config: pytest.Config) -> None:
    """End what the run started."""
    if not hasattr(config, "workerinput"):
        running.end_run()


@pytest.fixture(scope="session")
def services() -> running.Running:
    """PostgreSQL and Valkey, running."""
    given = {"MPS_DATABASE_URL": "", "MPS_REDIS_URL": "", "MPS_SMTP_URL": ""}
    return running.started("services", "services", given, "services answer")


@pytest.fixture(scope="session")
def database_url(services: running.Running, worker_id: str) -> str:
    """A migrated database of this worker's own."""
    url = services.variables["MPS_DATABASE_URL"]
    template = f"template_{os.environ['MPS_STOP_WITH_PROCESS']}"
    own = f"test_{worker_id}"
    admin = postgres.engine(url, pool_size=1).execution_options(isolation_level="AUTOCOMMIT")
    with running.once_per_run("database") as directory:
        if not (directory / "migrated").exists():
            with admin.connect() as connection:
                connection.execute(text(f"CREATE DATABASE {template}"))
            blank = postgres.engine(url.replace("/mps?", f"/{template}?"), pool_size=1)
            migrations.upgrade(blank)
            blank.dispose()
            (directory / "migrated").touch()
        with admin.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {own} TEMPLATE {template}"))
    admin.dispose()
    return url.replace("/mps?", f"/{own}?")


@pytest.fixture(scope="session")
def redis_url(services: running.Running, worker_id: str) -> str:
    """A numbered database of this worker's own; the one after it is its broker's."""
    number = 2 * (int(worker_id.removeprefix("gw")) + 1) if worker_id != "master" else 0
    return services.variables["MPS_REDIS_URL"].removesuffix("/0") + f"/{number % 16}"


@pytest.fixture(scope="session")
def engine(database_url: str) -> Iterator[Engine]:
    """The pool of connections to this worker's database."""
    made = postgres.engine(database_url, pool_size=16)
    yield made
    made.dispose()


@pytest.fixture
def database(engine: Engine) -> Iterator[Engine]:
    """An empty, migrated database; emptied again after the test."""
    yield engine
    with engine.begin() as connection:
        connection.execute(EMPTY_EVERY_TABLE)


class Clock:
    """The time of the test: stands still until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 9, 7, 9, 0, tzinfo=UTC)  # a Monday, noon in Riga

    def __call__(self) -> datetime:
        """Return the moment; what ``House.clock`` calls."""
        return self.now

    def advance(self, **duration: float) -> None:
        """Let time pass: ``clock.advance(days=3)``."""
        self.now += timedelta(**duration)


@pytest.fixture
def clock() -> Clock:
    """A clock that stands on Monday, 7 September 2026, 12:00 in Riga."""
    return Clock()


class Woken:
    """Remembers which jobs were woken after a commit."""

    def __init__(self) -> None:
        self.jobs: list[str] = []

    def wake(self, job: str) -> None:
        """Note the job; the test that wants it run calls it."""
        self.jobs.append(job)


@pytest.fixture
def woken() -> Woken:
    """Which jobs commands have woken."""
    return Woken()


@pytest.fixture(scope="session")
def honest_readers() -> None:
    """Services marked as only reading can't write."""
    reading.hold_to_their_word()


@pytest.fixture
def house(honest_readers: None, database: Engine, clock: Clock, woken: Woken, tmp_path: Path) -> House:
    """A plugged house on an empty database; the clock stands still, jobs are noted, the rest is real."""
    furnished = furnish(settings(), database)
    tools = replace(furnished.tools, waker=woken, files=FileStore(str(tmp_path / "files")))
    plugged = replace(furnished, clock=clock, tools=tools)
    plug(plugged)
    return plugged


@pytest.fixture
def asked(house: House) -> Iterator[list[str]]:
    """The statements sent to the database, each on one line."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        sent.append(" ".join(statement.split()))

    event.listen(house.engine, "before_cursor_execute", note)
    yield sent
    event.remove(house.engine, "before_cursor_execute", note)


@pytest.fixture(scope="session")
def demo_school() -> Path:
    """The data of the demo school just filled, at rest; filled once for all workers, and copied by each.

    The front end is built meanwhile, as at a first start.
    """
    with running.once_per_run("school") as directory:
        if not (directory / "filled").exists():
            steps = [running.launch(directory, step, {"MPS_ENV": "demo"}) for step in ("build", "seed")]
            ended = [step.wait(running.PATIENCE_SECONDS) for step in steps]
            assert ended == [0, 0], (directory / "said.log").read_text()
            (directory / "filled").touch()
    return directory / "var"


@dataclass(frozen=True)
class Live:
    """The whole running system: its address, and what lies behind it."""

    address: str
    system: running.Running


@pytest.fixture(scope="session")
def live(demo_school: Path, worker_id: str) -> Live:
    """The whole system as ``make run`` starts it, with the demo school in it; one of this worker's own."""
    name, port = f"live-{worker_id}", str(free_port())
    running.move_in(name, demo_school)
    system = running.started(name, "run", {"MPS_ENV": "demo", "MPS_PORT": port}, "Ctrl-C ends it")
    return Live(f"http://localhost:{port}", system)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Headless Chromium, one for each module: while it is open, its loop lets no asynchronous test run."""
    try:
        path = browsers.chromium()
    except browsers.NoBrowser as error:
        pytest.fail(str(error), pytrace=False)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=browsers.ARGUMENTS)
        expect.set_options(timeout=PATIENCE)
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser, live: Live) -> Iterator[Page]:
    """An empty window of a visitor nobody knows, on the live system."""
    context = browser.new_context(base_url=live.address, locale="lv-LV", timezone_id="Europe/Riga")
    yield context.new_page()
    context.close()
