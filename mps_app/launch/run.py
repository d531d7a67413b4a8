"""One command starts everything; one key press ends it."""

import asyncio
import fcntl
import os
import socket
import sys
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from mps_app.core.settings import settings
from mps_app.launch import frontend
from mps_app.launch.embedded import Services, arrange, mail_receiver, reached_by, running_file, tell
from mps_app.launch.processes import CouldNotStart, Program, Supervisor, say

BOUND_TO = "MPS_STOP_WITH_PROCESS"  # a test run names itself here: when it is gone, so are we
LOCK_PATIENCE_SECONDS = 12  # as long as the guardian of a killed predecessor may still be cleaning up


def python(name: str, *words: str) -> Program:
    """Return a program of ours that runs in this very interpreter."""
    return Program(name=name, command=(sys.executable, "-u", "-m", *words))


@asynccontextmanager
async def _alone(directory: Path) -> AsyncIterator[int]:
    """Hold the state directory; two systems on one would ruin each other."""
    with (directory / "lock").open("a+") as lock:
        deadline = time.monotonic() + LOCK_PATIENCE_SECONDS
        while not _locked(lock.fileno()):
            if is_running() or time.monotonic() > deadline:
                message = f"MPS is running already on {directory}; end it first, or name another MPS_VAR_DIR"
                raise CouldNotStart(message)
            await asyncio.sleep(0.2)
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield lock.fileno()


def _locked(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def is_running() -> bool:
    """Whether a supervisor lives on this state directory; the guardian of a dead one does not count."""
    try:
        pid = int((settings().var_dir / "lock").read_text())
        os.kill(pid, 0)
    except (OSError, ValueError):
        return False
    return running_file().exists()


def _state_directory() -> Path:
    directory = settings().var_dir.resolve()
    directory.mkdir(parents=True, exist_ok=True)
    return directory


async def supervised(start: Callable[[Supervisor], Coroutine[Any, Any, None]]) -> None:
    """Run ``start`` under a supervisor until somebody asks to end; leave nothing behind."""
    supervisor = Supervisor()
    async with _alone(_state_directory()) as lock:
        try:
            await supervisor.open(lock)
            watching = asyncio.create_task(_end_with(os.environ.get(BOUND_TO), supervisor))
            await supervisor.until_ended(start(supervisor))
            watching.cancel()
        finally:
            say("mps", "ending …")
            await supervisor.close()
            running_file().unlink(missing_ok=True)
            say("mps", "ended")


async def _end_with(pid: str | None, supervisor: Supervisor) -> None:
    """End when the process that asked for us is gone."""
    while pid is not None:
        try:
            os.kill(int(pid), 0)
        except ProcessLookupError:
            supervisor.ending.set()
        await asyncio.sleep(0.5)


async def services_only(supervisor: Supervisor) -> None:
    """Start PostgreSQL and Valkey alone, in haste: what the tests need."""
    await _start_services(supervisor, hasty=True)
    say("mps", "services answer")


async def _start_services(supervisor: Supervisor, *, hasty: bool = False) -> Services:
    services = await asyncio.to_thread(arrange, hasty=hasty)
    supervisor.start(*services.programs)
    await services.answer()
    return services


async def everything(supervisor: Supervisor) -> None:
    """Start the whole system and say where it is."""
    began = time.monotonic()
    configuration = settings()
    _require_free_port(configuration.host, configuration.port)
    say("mps", f"starting; its data lie in {configuration.var_dir.resolve()}")
    content = await asyncio.to_thread(frontend.fingerprint)
    services = await _start_services(supervisor)
    if configuration.is_demo and not configuration.smtp_url:
        supervisor.start(mail_receiver())
    await asyncio.gather(_build(supervisor, content), _prepare(supervisor, services))
    supervisor.start(*_programs(content))
    await _until_ready(configuration.host, configuration.port)
    say("mps", f"ready after {time.monotonic() - began:.1f} s")
    for line in ("", f"    {configuration.address}", "", *_persons()):
        say("mps", line)
    say("mps", "Ctrl-C ends it; starting again keeps the data; make reset starts anew.")


def _persons() -> list[str]:
    """Say who can sign in to the demo, one line each."""
    if not settings().uses_demo_provider:
        return []
    from mps_app.demo.persons import sample_persons

    width = max(len(person.full_name) for person in sample_persons())
    return ["sign in as:", *(f"    {person.full_name:<{width}}  {person.role}" for person in sample_persons()), ""]


def _programs(content: str) -> tuple[Program, ...]:
    """Return what makes up the system above its services."""
    celery = ("celery", "--app", "tasks.celery_app:app", "--quiet")
    processes = str(settings().worker_processes)
    worker = python("worker", *celery, "worker", "--loglevel=WARNING", "--concurrency", processes, "--without-mingle")
    return (
        python("web", "mps_app.launch.web", content),
        replace(worker, environment={"PYTHONWARNINGS": "ignore:You're running the worker"}),  # as root, in containers
        python("beat", *celery, "beat", "--loglevel=WARNING"),
    )


async def _build(supervisor: Supervisor, content: str) -> None:
    if not await asyncio.to_thread(frontend.is_built, content):
        say("mps", "building the front end: about a minute the first time …")
        await supervisor.once(python("build", "mps_app.launch.frontend", content))


async def _prepare(supervisor: Supervisor, services: Services) -> None:
    """Migrate and fill the school, unless our own cluster notes that these very migrations have run on it."""
    migrations = sorted(place.name for place in (frontend.ROOT / "alembic" / "versions").glob("*.py"))
    if services.cluster is not None and services.cluster.note == migrations:
        return
    filled = "; the demo school is filled the first time, in about half a minute" if settings().is_demo else ""
    say("mps", f"preparing the database{filled} …")
    await supervisor.once(python("database", "mps_app.cli", "prepare"))
    if services.cluster is not None:
        services.cluster.note = migrations


def _require_free_port(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            message = f"port {port} is taken ({error.strerror}); choose another: MPS_PORT={port + 1} make run"
            raise CouldNotStart(message) from error


async def _until_ready(host: str, port: int, seconds: float = 90) -> None:
    """Wait until the system calls itself ready; raises ``CouldNotStart`` with what is missing."""
    deadline = time.monotonic() + seconds
    answer = "no answer yet"
    while time.monotonic() < deadline:
        await asyncio.sleep(0.1)
        try:
            reader, writer = await asyncio.open_connection(host, port)
        except OSError:
            continue
        writer.write(f"GET /health/ready HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n".encode())
        answer = (await reader.read()).decode(errors="replace")
        writer.close()
        if answer.startswith("HTTP/1.1 200"):
            return
    message = f"the system is not ready after {seconds:g} s: {answer.rpartition(chr(10))[2]}"
    raise CouldNotStart(message)


async def with_services(step: Callable[[], None]) -> None:
    """Run a step with the services of the running system, or with ones started just for it."""

    async def start(supervisor: Supervisor) -> None:
        await _start_services(supervisor)
        await asyncio.to_thread(step)
        supervisor.ending.set()

    if is_running():
        tell(reached_by())
        step()
    else:
        await supervised(start)
