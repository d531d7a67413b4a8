"""What the environment does not name is started here: PostgreSQL, Valkey, keys, the demo's mail receiver."""

import base64
import json
import os
import secrets
import sys
from dataclasses import dataclass
from pathlib import Path

from mps_app.core.settings import Settings, settings
from mps_app.launch.postgres import Cluster
from mps_app.launch.processes import Program, until
from mps_app.launch.valkey import Store, free_port

KEYS = ("MPS_SECRET_KEY", "MPS_SECRET_KEY_PERSONAL_CODE", "MPS_SECRET_KEY_CODE_LOOKUP")


def running_file() -> Path:
    """Where a running system says how it is reached, for its owner only."""
    return settings().var_dir.resolve() / "run" / "environment.json"


def reached_by() -> dict[str, str]:
    """Return the variables that a running system has chosen itself; nothing when none runs."""
    file = running_file()
    chosen: dict[str, str] = json.loads(file.read_text()) if file.exists() else {}
    return chosen


def tell(variables: dict[str, str]) -> None:
    """Give these to this process and every child of it."""
    os.environ.update(variables)
    settings.cache_clear()


@dataclass(frozen=True)
class Services:
    """What is started here because the environment does not name it."""

    cluster: Cluster | None
    store: Store | None
    programs: tuple[Program, ...]

    async def answer(self) -> None:
        """Wait until all of it answers."""
        if self.cluster is not None:
            await until(self.cluster.answers, "PostgreSQL")
        if self.store is not None:
            await until(self.store.answers, f"Valkey (its words are in {self.store.directory})")


def arrange(*, hasty: bool = False) -> Services:
    """Prepare what is missing, and tell this process and its children where it will be.

    ``hasty`` trades safety on power loss for speed; only tests want that.
    """
    configuration = settings()
    directory = configuration.var_dir.resolve()
    found = _keys(directory, configuration)
    programs: list[Program] = []
    cluster = Cluster(directory / "postgres", hasty=hasty) if not configuration.database_url else None
    if cluster is not None:
        found["MPS_DATABASE_URL"] = cluster.url()
        programs.append(cluster.prepare())
    store = Store(directory / "valkey") if not configuration.redis_url else None
    if store is not None:
        found["MPS_REDIS_URL"] = store.url
        programs.append(store.prepare())
    if not configuration.smtp_url and configuration.is_demo:
        found["MPS_SMTP_URL"] = f"smtp://127.0.0.1:{free_port()}"
    tell(found)
    _write_private(running_file(), found)
    return Services(cluster, store, tuple(programs))


def mail_receiver() -> Program:
    """Return the demo's mail receiver: what the school sends is kept and shown, and goes nowhere."""
    return Program(name="mailbox", command=(sys.executable, "-m", "mps_app.demo.mailbox"), grace_seconds=1)


def _keys(directory: Path, configuration: Settings) -> dict[str, str]:
    """Return the keys the demo uses, made once: without them its data could not be read again."""
    given = configuration.model_dump()
    wanted = [name for name in KEYS if not given[name.removeprefix("MPS_").lower()].get_secret_value()]
    if not wanted:
        return {}
    file = directory / "keys.json"
    if not file.exists():
        made = {name: base64.urlsafe_b64encode(secrets.token_bytes(32)).decode() for name in KEYS}
        _write_private(file, made)
    kept: dict[str, str] = json.loads(file.read_text())
    return {name: kept[name] for name in wanted}


def _write_private(file: Path, content: dict[str, str]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch(mode=0o600)
    file.write_text(json.dumps(content, indent=1))
