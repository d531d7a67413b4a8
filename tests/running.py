"""Systems the tests run against, started once for a whole test run and shared by its workers."""

import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
RUN_DIRECTORY = "MPS_TEST_RUN_DIR"
PATIENCE_SECONDS = 400


def begin_run() -> None:
    """Make the directory of this run; only the process that owns the run does it."""
    directory = tempfile.mkdtemp(prefix="mps-tests-")
    Path(directory).chmod(0o711)  # PostgreSQL's own user passes through when we are root
    os.environ[RUN_DIRECTORY] = directory
    os.environ["MPS_STOP_WITH_PROCESS"] = str(os.getpid())


def end_run() -> None:
    """End everything that was started for this run, and forget its data."""
    directory = run_directory()
    for pid_file in directory.glob("*/started.pid"):
        pid = int(pid_file.read_text())
        _end(pid)
    shutil.rmtree(directory, ignore_errors=True)


def run_directory() -> Path:
    """Where this run keeps its systems."""
    return Path(os.environ[RUN_DIRECTORY])


@contextmanager
def once_per_run(name: str) -> Iterator[Path]:
    """Let one worker at a time into a step; yields the step's directory."""
    directory = run_directory() / name
    directory.mkdir(exist_ok=True, mode=0o711)
    with (directory / "step.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield directory


@dataclass(frozen=True)
class Running:
    """A system that answers: where its files are, and the variables by which it is reached."""

    directory: Path
    variables: Mapping[str, str]
    pid: int

    @property
    def log(self) -> str:
        """What it has said so far."""
        return (self.directory / "said.log").read_text()


def move_in(name: str, data: Path) -> None:
    """Give a system that is not started yet a copy of data; with their owners, as PostgreSQL's files are its user's."""
    directory = run_directory() / name
    directory.mkdir(mode=0o711)
    subprocess.run(["cp", "-a", str(data), str(directory / "var")], check=True)


def started(name: str, command: str, variables: Mapping[str, str], sign: str) -> Running:
    """Return the system of this run, started by the first who asks; ready when ``sign`` was said."""
    with once_per_run(name) as directory:
        pid_file = directory / "started.pid"
        if not pid_file.exists():
            pid_file.write_text(str(launch(directory, command, variables).pid))
        await_sign(directory, int(pid_file.read_text()), sign)  # a start that failed fails for every test at once
        return Running(directory, reached_by(directory), int(pid_file.read_text()))


def launch(directory: Path, command: str, variables: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Start ``mps <command>`` on a state directory of its own; what it says goes to a file."""
    directory.mkdir(exist_ok=True, parents=True)
    with (directory / "said.log").open("ab") as said:
        return subprocess.Popen(
            [sys.executable, "-m", "mps_app.cli", command], cwd=ROOT, stdin=subprocess.DEVNULL, stdout=said,
            stderr=subprocess.STDOUT, start_new_session=True,
            env={**os.environ, "MPS_VAR_DIR": str(directory / "var"), **variables},
        )  # fmt: skip


def await_sign(directory: Path, pid: int, sign: str) -> None:
    """Wait until a started system has said ``sign``; raises with all it said when it never does."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    said = directory / "said.log"
    while sign not in said.read_text():
        if time.monotonic() > deadline or not lives(pid):
            message = f"the system did not start; it said:\n{said.read_text()}"
            raise RuntimeError(message)
        time.sleep(0.05)


def reached_by(directory: Path) -> dict[str, str]:
    """Return the variables by which a system started with ``launch`` is reached."""
    variables: dict[str, str] = json.loads((directory / "var" / "run" / "environment.json").read_text())
    return variables


def lives(pid: int) -> bool:
    """Whether a process is there and is more than an entry waiting to be read by its parent."""
    try:
        finished, _ = os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
        return True
    return finished == 0


def children(pid: int) -> dict[int, str]:
    """Return the processes that a process has started itself: number → command line."""
    listed = subprocess.run(["ps", "-ww", "-eo", "pid=,ppid=,args="], capture_output=True, text=True, check=True)
    rows = [line.split(None, 2) for line in listed.stdout.splitlines()]
    return {int(row[0]): row[-1] for row in rows if int(row[1]) == pid}


def descendants(pid: int) -> list[int]:
    """Return the numbers of every process below one."""
    below = list(children(pid))
    return below + [further for child in below for further in descendants(child)]


def _end(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGTERM)
    except ProcessLookupError:
        return
    deadline = time.monotonic() + 15
    while lives(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
