"""What the environment does not name is started here: PostgreSQL, Valkey, keys, the demo's mail receiver."""

import asyncio
import base64
import json
import os
import secrets
import sys
from pathlib import Path

from mps_app.core.settings import Settings, settings
from mps_app.launch.postgres import Cluster
from mps_app.launch.processes import Program, Supervisor, until
from mps_app.launch.valkey import Store, free_port

KEYS = ("MPS_SECRET_KEY", "MPS_SECRET_KEY_PERSONAL_CODE", "MPS_SECRET_KEY_CODE_LOOKUP")


def running_file() -> Path:
    """Where a running system says how it is reached, for its owner only."""
    return settings().var_dir.resolve() / "run" / "environment.json"


def tell(variables: dict[str, str]) -> None:
    """Give these to this process and every child of it."""
    os.environ.update(variables)
    settings.cache_clear()


async def start_services(supervisor: Supervisor, *, hasty: bool = False) -> None:
    """Start what is missing, wait until it answers, and tell everybody where it is.

    ``hasty`` trades safety on power loss for speed; only tests want that.
    """
    configuration = settings()
    directory = configuration.var_dir.resolve()
    found = _keys(directory, configuration)
    cluster = Cluster(directory / "postgres", hasty=hasty) if not configuration.database_url else None
    store = Store(directory / "valkey") if not configuration.redis_url else None
    programs: list[Program] = []
    if cluster is not None:
        found["MPS_DATABASE_URL"] = cluster.url()
        programs.append(await asyncio.to_thread(cluster.prepare))
    if store is not None:
        found["MPS_REDIS_URL"] = store.url
        programs.append(store.prepare())
    supervisor.start(*programs)
    if cluster is not None:
        await until(cluster.answers, "PostgreSQL")
    if store is not None:
        await until(store.answers, "Valkey")
    if not configuration.smtp_url and configuration.is_demo:
        found["MPS_SMTP_URL"] = f"smtp://127.0.0.1:{free_port()}"
    tell(found)
    _write_private(running_file(), {name: os.environ[name] for name in found})


def mail_receiver() -> Program:
    """Return the demo's mail receiver: what the school sends is kept and shown, and goes nowhere."""
    return Program(name="mailbox", command=(sys.executable, "-m", "mps_app.demo.mailbox"))


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
