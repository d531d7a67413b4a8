"""A real worker and a real clock as processes of their own, with short times, to be killed and started again."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from mps_app.launch.valkey import Store
from tests.mail import Receiver
from tests.running import ROOT

LEASE_SECONDS = 2
PATIENCE_SECONDS = 70
SHORT_TIMES = {
    "MPS_MAIL_LEASE_SECONDS": str(LEASE_SECONDS),
    "MPS_MAIL_RETRY_SECONDS": str([1] * 30),
    "MPS_MAIL_SWEEP_SECONDS": "1",
}
WORKER = ("worker", "--loglevel=WARNING", "--without-mingle", "--without-gossip")


class Background:
    """Starts processes of ours and ends them; what they say goes to a file."""

    def __init__(self, directory: Path, variables: Mapping[str, str]) -> None:
        self._variables = {**os.environ, **SHORT_TIMES, "MPS_VAR_DIR": str(directory), **variables}
        self._said = directory / "said.log"
        self._processes: list[subprocess.Popen[bytes]] = []

    def worker(self, processes: int = 1) -> subprocess.Popen[bytes]:
        """Start a worker."""
        return self._celery(*WORKER, f"--concurrency={processes}")

    def beat(self) -> subprocess.Popen[bytes]:
        """Start the clock."""
        return self._celery("beat", "--loglevel=WARNING")

    def _celery(self, *words: str) -> subprocess.Popen[bytes]:
        with self._said.open("ab") as said:
            process = subprocess.Popen(
                [sys.executable, "-m", "celery", "--app", "tasks.celery_app:app", "--quiet", *words],
                cwd=ROOT, env=self._variables, stdin=subprocess.DEVNULL, stdout=said, stderr=said,
                start_new_session=True,
            )  # fmt: skip
        self._processes.append(process)
        return process

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """End a process and everything it forked with no chance to say goodbye."""
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def end(self) -> None:
        """Leave nothing behind."""
        for process in self._processes:
            if process.poll() is None:
                self.kill(process)

    def said(self) -> str:
        """Return what the processes said."""
        return self._said.read_text()


@contextmanager
def working(directory: Path, variables: Mapping[str, str]) -> Iterator[Background]:
    """Give processes a place; whatever was started is gone after the block."""
    background = Background(directory, variables)
    try:
        yield background
    finally:
        background.end()


@contextmanager
def serving_store(store: Store) -> Iterator[None]:
    """Run a key-value store while the block runs; the same one may be run again."""
    process = subprocess.Popen(store.prepare().command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until(store.answers, "the store answers")
        yield
    finally:
        process.kill()
        process.wait()


def until(is_so: Callable[[], bool], what: str, background: Background | None = None) -> None:
    """Wait until something is so; fail with what the processes said when it never is."""
    ends_at = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < ends_at, f"{what}: never\n{background.said() if background else ''}"
        time.sleep(0.02)


def deliveries(receiver: Receiver) -> Counter[str]:
    """Count how often each message, known by its Message-ID, was delivered."""
    return Counter(str(letter["Message-ID"]) for letter in receiver.letters)
