"""The live system with people of its own in it, and a socket for anybody."""

import os
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from sqlalchemy import Connection, Engine, text
from sqlmodel import col, select

from mps_app.adapters import postgres
from mps_app.core.actor import SYSTEM
from mps_app.core.settings import settings
from mps_app.core.work import begin, plug
from mps_app.launch.house import furnish
from mps_app.models import Person
from mps_app.services import identity
from tests import running
from tests.conftest import Live
from tests.event_client import EventClient
from tests.factories import make_person

_JOBS_END_SECONDS = 2


@pytest.fixture
def live_engine(live: Live) -> Iterator[Engine]:
    """The live system's database, with a house of this process on it."""
    engine = postgres.engine(live.system.variables["MPS_DATABASE_URL"], pool_size=4)
    configuration = settings().model_copy(
        update={"database_url": "", "redis_url": live.system.variables["MPS_REDIS_URL"]}
    )
    plug(furnish(configuration, engine))
    yield engine
    engine.dispose()


@dataclass(frozen=True)
class SignedIn:
    """Somebody with a session on the live system."""

    person_id: int
    token: str

    @property
    def cookie(self) -> str:
        """The header a browser would send."""
        return f"{settings().session_cookie}={self.token}"


def sign_in(person_id: int) -> SignedIn:
    """Open a session for a person of the live system."""
    with begin(SYSTEM) as work:
        token = identity.start_session(work, person_id, user_agent="test", network_address="127.0.0.1")
    return SignedIn(person_id, token)


def named(name: str) -> int:
    """Return the id of a sample person."""
    given, _, family = name.partition(" ")
    with begin(SYSTEM) as work:
        return (
            work.db.exec(select(Person).where(col(Person.given_name) == given, col(Person.family_name) == family))
            .one()
            .key
        )


@pytest.fixture
def victim(live_engine: Engine) -> SignedIn:
    """Anna, who has a history that others must not see."""
    return sign_in(named("Anna Paraudziņa"))


@pytest.fixture
def attacker(live_engine: Engine) -> SignedIn:
    """A participant with a session and an e-mail address, and nothing else."""
    with begin(SYSTEM) as work:
        person_id = make_person(work, name="Uldis Uzbrucējs", email="uldis@citur.example").key
    return sign_in(person_id)


def tab(live: Live, who: SignedIn | None = None, **more: str) -> EventClient:
    """Return a browser tab of somebody, or of a visitor."""
    return EventClient(live.address, cookie=who.cookie if who else "", **more)


WRITTEN_BY_ASKING = ("rate_count", "sign_in")
"""What asking alone writes: how often, and when a session was last used, of which each test opens its own."""


@pytest.fixture(scope="module")
def still(live: Live) -> Iterator[None]:
    """The live system with its clock stopped: whatever changes now, a request has changed."""
    beat = next(child for child, words in running.children(live.system.pid).items() if "beat --loglevel" in words)
    os.kill(beat, signal.SIGSTOP)
    time.sleep(_JOBS_END_SECONDS)
    yield
    os.kill(beat, signal.SIGCONT)


def contents(engine: Engine, *, of: SignedIn | None = None) -> dict[str, str]:
    """Return a digest of every table, or of the rows about one person and of that person's session."""
    with engine.connect() as connection:
        found = text("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
        tables = [table for table in connection.execute(found).scalars() if table not in WRITTEN_BY_ASKING]
        digests = {table: _digest(connection, table, _about(connection, table, of)) for table in sorted(tables)}
        session = f"token_hash = '{identity.token_hash(of.token)}'" if of else "false"
        return digests | {"sign_in": _digest(connection, "sign_in", session)}


def _about(connection: Connection, table: str, of: SignedIn | None) -> str:
    """Return the condition for the rows about a person; all rows when nobody is named."""
    if of is None:
        return "true"
    asked = text("SELECT column_name FROM information_schema.columns WHERE table_name = :table")
    columns = connection.execute(asked, {"table": table}).scalars().all()
    key = "person_id" if "person_id" in columns else "id" if table == "person" else ""
    return f"{key} = {of.person_id}" if key else "false"


def _digest(connection: Connection, table: str, condition: str) -> str:
    """Digest some rows of a table; the moment a session was last seen is no content."""
    rows = f"SELECT (to_jsonb(t) - 'last_seen_at')::text AS row FROM {table} t WHERE {condition}"
    found = connection.execute(text(f"SELECT md5(coalesce(string_agg(row, ',' ORDER BY row), '')) FROM ({rows}) r"))
    return str(found.scalar_one())
