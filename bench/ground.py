"""What every measure stands on: services of its own, web servers started as in production, processor time."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

from sqlalchemy import Engine, text

from mps_app.adapters import migrations, postgres
from mps_app.launch import frontend
from mps_app.launch.valkey import free_port
from tests import running

ROOT = Path(__file__).parents[1]
_TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Ground:
    """PostgreSQL and Valkey that only this measure uses."""

    directory: Path
    variables: Mapping[str, str]
    pid: int

    def database(self, name: str) -> tuple[str, Engine]:
        """Make an empty, migrated database; return its address and a pool of connections to it."""
        url = self.variables["MPS_DATABASE_URL"]
        admin = postgres.engine(url, pool_size=1).execution_options(isolation_level="AUTOCOMMIT")
        with admin.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        admin.dispose()
        own = url.replace("/mps?", f"/{name}?")
        engine = postgres.engine(own)
        migrations.upgrade(engine)
        return own, engine


@dataclass(frozen=True)
class Web:
    """A running web server and where it answers."""

    address: str
    pid: int

    @property
    def megabytes(self) -> float:
        """Proportional memory of all its processes."""
        return megabytes(self.pid)


@contextmanager
def ground() -> Iterator[Ground]:
    """Start the services, and end everything that was started when the measure is over."""
    running.begin_run()
    try:
        services = running.started("services", "services", {}, "services answer")
        yield Ground(services.directory, services.variables, services.pid)
    finally:
        running.end_run()


@contextmanager
def serving(ground_: Ground, variables: Mapping[str, str], *, bare: bool = False) -> Iterator[Web]:
    """Serve the app, or the bare one, on a port of its own, until the measure is over."""
    port = free_port()
    content = frontend.fingerprint()
    if not bare:
        building = "import sys; from mps_app.launch import frontend; frontend.build(sys.argv[1])"
        subprocess.run([sys.executable, "-c", building, content], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    words = [str(ROOT / "bench" / "bare" / "serve.py")] if bare else ["-m", "mps_app.launch.web", content]
    log = ground_.directory / f"web-{port}.log"
    said = log.open("ab")
    process = subprocess.Popen(
        [sys.executable, *words], cwd=ROOT, stdin=subprocess.DEVNULL, stdout=said, stderr=said, start_new_session=True,
        env={**os.environ, **ground_.variables, "MPS_PORT": str(port), **variables},
    )  # fmt: skip
    try:
        address = f"http://localhost:{port}"
        _await_answer(f"{address}/ping", process, log)
        yield Web(address, process.pid)
    finally:
        process.terminate()
        process.wait(60)


def requests_per_second(address: str, headers: Mapping[str, str], *, people: int = 4, seconds: float = 5) -> float:
    """Return how many times a second an address answers so many who ask again at once; 304 is an answer too."""
    until = time.perf_counter() + seconds

    def ask(_: int) -> int:
        count = 0
        while time.perf_counter() < until:
            asked = urllib.request.Request(address, headers=dict(headers))  # noqa: S310  # our own address
            try:
                with urllib.request.urlopen(asked, timeout=20) as answer:  # noqa: S310  # our own address
                    answer.read()
            except urllib.error.HTTPError as error:
                if error.code != HTTPStatus.NOT_MODIFIED:
                    raise
            count += 1
        return count

    with ThreadPoolExecutor(people) as pool:
        return sum(pool.map(ask, range(people))) / seconds


def _await_answer(address: str, process: subprocess.Popen[bytes], said: Path) -> None:
    for _ in range(600):
        try:
            with urllib.request.urlopen(address, timeout=2):  # noqa: S310  # our own address
                return
        except OSError:
            if process.poll() is not None:
                break
            time.sleep(0.1)
    message = f"{address} does not answer; the server said:\n{said.read_text()[-2_000:]}"
    raise RuntimeError(message)


def cpu_seconds(pid: int) -> float:
    """Return the processor time that a process and its descendants have used, those ended included."""
    return sum(map(_seconds, _tree(pid)))


def megabytes(pid: int) -> float:
    """Return the proportional memory of a process and its descendants."""
    return sum(map(_megabytes, _tree(pid)))


def _tree(pid: int) -> list[int]:
    return [pid, *running.descendants(pid)]


def _seconds(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(int(fields[place]) for place in (11, 12, 13, 14)) / _TICK


def _megabytes(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def percentile(samples: list[float], share: float) -> float:
    """Return the value below which a share of the samples lies."""
    ordered = sorted(samples)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
