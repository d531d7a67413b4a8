"""Keeps programs running: one that dies is started again, and none outlives the supervisor."""

import asyncio
import contextlib
import os
import pwd
import signal
import sys
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 15.0
STEADY_AFTER_SECONDS = 30.0
GUARDIAN = Path(__file__).with_name("guardian.py")


class CouldNotStart(RuntimeError):
    """A program did not begin to answer, or a step of the start failed."""


@dataclass(frozen=True)
class Program:
    """What to run, as whom, and how to ask it to end."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)
    user: str | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    grace_seconds: float = 3.5  # all stages together end within ten seconds


def say(name: str, line: str) -> None:
    """Print one line of one program; a vanished terminal is nobody's error."""
    with contextlib.suppress(OSError, ValueError):
        sys.stdout.write(f"{name:>9} │ {line}\n")
        sys.stdout.flush()


def identity_of(user: str | None) -> dict[str, Any]:  # keyword arguments of subprocess.Popen
    """Return what makes a process run as another user; nothing for ourselves."""
    if user is None:
        return {}
    return {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []}


def signal_group(pid: int, number: int) -> None:
    """Signal every process of a group; a group that is gone is what we wanted."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, number)


class Guardian:
    """A process that ends every group named to it when our end of its pipe closes, even by ``kill -9``."""

    def __init__(self) -> None:
        self._process: asyncio.subprocess.Process | None = None
        self._watched: dict[int, int] = {}

    async def start(self, keep_open: int) -> None:
        """Start it in a session of its own, holding the lock file ``keep_open`` until it is done."""
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-I", "-S", str(GUARDIAN),
            stdin=asyncio.subprocess.PIPE, start_new_session=True, pass_fds=(keep_open,),
        )  # fmt: skip
        for pid, number in self._watched.items():
            self._tell(f"+{pid} {number}\n")

    def watch(self, pid: int, stop_signal: int) -> None:
        """Name a group to be ended."""
        self._watched[pid] = stop_signal
        self._tell(f"+{pid} {stop_signal}\n")

    def forget(self, pid: int) -> None:
        """Let a group go that is gone: its number may be another's soon."""
        self._watched.pop(pid, None)
        self._tell(f"-{pid}\n")

    def _tell(self, line: str) -> None:
        if self._process is not None and self._process.stdin is not None:
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                self._process.stdin.write(line.encode())

    @property
    def pid(self) -> int | None:
        """Its process."""
        return self._process.pid if self._process is not None else None

    async def ended(self) -> None:
        """Wait until the guardian itself has ended."""
        if self._process is not None:
            await self._process.wait()

    async def stop(self) -> None:
        """Close the pipe; everything named is gone already, so it ends at once."""
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.close()
            await self._process.wait()


async def _repeat(name: str, pipe: int) -> None:
    """Print what a program says until nobody holds the other end."""
    reader = asyncio.StreamReader(limit=2**20)
    protocol = asyncio.StreamReaderProtocol(reader)
    transport, _ = await asyncio.get_running_loop().connect_read_pipe(lambda: protocol, os.fdopen(pipe, "rb"))
    try:
        while line := await reader.readline():
            say(name, line.decode(errors="replace").rstrip())
    finally:
        transport.close()


class Child:
    """One program, started again with growing pauses whenever it ends by itself."""

    def __init__(self, program: Program, guardian: Guardian) -> None:
        self.program = program
        self._guardian = guardian
        self._process: asyncio.subprocess.Process | None = None
        self._stopping = asyncio.Event()
        self._life: asyncio.Task[None] | None = None

    def keep(self) -> None:
        """Begin to keep it running."""
        self._life = asyncio.create_task(self._keep())

    async def _keep(self) -> None:
        clock = asyncio.get_running_loop().time
        pause = FIRST_PAUSE_SECONDS
        while not self._stopping.is_set():
            began = clock()
            code = await self.live_once()
            if self._stopping.is_set():
                return
            if clock() - began > STEADY_AFTER_SECONDS:
                pause = FIRST_PAUSE_SECONDS
            say(self.program.name, f"ended with {code}; starting it again in {pause:g} s")
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE_SECONDS)

    async def live_once(self) -> int:
        """Run it from start to end and leave nothing of its group; return its exit code."""
        program = self.program
        hears, speaks = os.pipe()  # asyncio's own pipe would make wait() last as long as any grandchild holds it
        try:
            process = await asyncio.create_subprocess_exec(
                *program.command, env={**os.environ, **program.environment}, start_new_session=True,
                stdin=asyncio.subprocess.DEVNULL, stdout=speaks, stderr=speaks, **identity_of(program.user),
            )  # fmt: skip
        finally:
            os.close(speaks)
        speaking = asyncio.create_task(_repeat(program.name, hears))
        self._process = process
        self._guardian.watch(process.pid, program.stop_signal)
        try:
            if self._stopping.is_set():  # asked to end while it was being born
                self._ask(program.stop_signal)
            return await process.wait()
        finally:
            signal_group(process.pid, signal.SIGKILL)
            self._guardian.forget(process.pid)
            self._process = None
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(speaking, 1)

    def _ask(self, number: int) -> None:
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                self._process.send_signal(number)

    async def stop(self) -> None:
        """Ask it to end, wait for its grace, then kill its whole group."""
        self._stopping.set()
        process = self._process
        if process is None:
            if self._life is not None:
                self._life.cancel()
            return
        self._ask(self.program.stop_signal)
        try:
            await asyncio.wait_for(process.wait(), self.program.grace_seconds)
        except TimeoutError:
            say(self.program.name, "did not end by itself; killed")
            signal_group(process.pid, signal.SIGKILL)
        if self._life is not None:
            await asyncio.wait([self._life], timeout=2)


class Supervisor:
    """Starts programs in the order given and ends them in the reverse order, by stages."""

    def __init__(self) -> None:
        self.ending = asyncio.Event()
        self._guardian = Guardian()
        self._stages: list[list[Child]] = []
        self._watching: asyncio.Task[None] | None = None

    async def open(self, lock: int) -> None:
        """Take the signals that end us and start the guardian."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, self._on_signal)
        await self._guardian.start(lock)
        self._watching = asyncio.create_task(self._keep_guardian(lock))

    def _on_signal(self) -> None:
        if self.ending.is_set():
            for child in (child for stage in self._stages for child in stage):
                child._ask(signal.SIGKILL)  # noqa: SLF001  # asked twice: at once
        self.ending.set()

    @property
    def guardian_pid(self) -> int | None:
        """The guardian's process, for whoever watches over it."""
        return self._guardian.pid

    async def _keep_guardian(self, lock: int) -> None:
        while True:
            await self._guardian.ended()
            await self._guardian.start(lock)

    def start(self, *programs: Program) -> None:
        """Start one stage: programs that begin and end together."""
        stage = [Child(program, self._guardian) for program in programs]
        self._stages.append(stage)
        for child in stage:
            child.keep()

    async def once(self, program: Program) -> None:
        """Run a step of the start to its end; raises ``CouldNotStart`` when it fails."""
        child = Child(program, self._guardian)
        self._stages.append([child])
        code = await child.live_once()
        self._stages.remove([child])
        if code != 0 and not self.ending.is_set():
            message = f"{program.name} failed with exit code {code}; what it said stands above"
            raise CouldNotStart(message)

    async def until_ended(self, start: Coroutine[Any, Any, None]) -> None:
        """Run the start, then stay until somebody asks us to end."""
        starting = asyncio.create_task(start)
        asked = asyncio.create_task(self.ending.wait())
        await asyncio.wait({starting, asked}, return_when=asyncio.FIRST_COMPLETED)
        if not starting.done():
            starting.cancel()
        elif starting.exception() is None:
            await asked
        try:
            await starting
        except asyncio.CancelledError:
            pass
        finally:
            asked.cancel()

    async def close(self) -> None:
        """End every program, the last stage first, and then the guardian."""
        self.ending.set()
        for stage in reversed(self._stages):
            await asyncio.gather(*(child.stop() for child in stage))
        if self._watching is not None:
            self._watching.cancel()
        await self._guardian.stop()


async def until(check: Callable[[], bool], what: str, seconds: float = 30) -> None:
    """Wait until ``check`` is true; raises ``CouldNotStart`` naming ``what`` when it never is."""
    clock = asyncio.get_running_loop().time
    deadline = clock() + seconds
    while not await asyncio.to_thread(check):
        if clock() > deadline:
            message = f"{what} did not answer within {seconds:g} s"
            raise CouldNotStart(message)
        await asyncio.sleep(0.05)
