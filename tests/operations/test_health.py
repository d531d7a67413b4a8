"""Ready means that everything the school works with answered lately; what has not is named."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import Engine, text
from starlette.applications import Starlette
from starlette.testclient import TestClient

from mps_app.adapters import postgres
from mps_app.adapters.pulse import BEAT, WORKER, Pulse
from mps_app.core.work import House, plug
from mps_app.http import health


@pytest.fixture
def pulse(redis_url: str, monkeypatch: pytest.MonkeyPatch) -> Pulse:
    """The signs of life of this worker's own store, all fresh."""
    found = Pulse(redis_url)
    found.note(WORKER)
    found.note(BEAT)
    monkeypatch.setattr(health, "_pulse", lambda: found)
    return found


@pytest.fixture
def client(house: House, pulse: Pulse) -> Iterator[TestClient]:
    with TestClient(Starlette(routes=health.ROUTES)) as made:
        yield made


def test_a_living_process_says_so(client: TestClient) -> None:
    assert client.get("/health/live").json() == {"status": "live"}


def test_it_is_ready_when_everything_answered(client: TestClient) -> None:
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()) == (200, {"status": "ready"})


@pytest.mark.parametrize("who", [WORKER, BEAT])
def test_whoever_has_not_been_heard_of_is_named(client: TestClient, pulse: Pulse, who: str) -> None:
    pulse._store.delete(f"mps:pulse:{who}")
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["missing"]) == (503, [who])


def test_a_database_that_is_away_is_named(client: TestClient, house: House) -> None:
    nowhere = postgres.engine("postgresql://mps@127.0.0.1:1/mps?connect_timeout=1", pool_size=1)
    plug(replace(house, engine=nowhere))
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["missing"]) == (503, ["database"])


def test_a_database_without_the_newest_migration_is_named(client: TestClient, database: Engine) -> None:
    with database.begin() as connection:
        newest = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
        connection.execute(text("UPDATE alembic_version SET version_num = 'old'"))
    try:
        answer = client.get("/health/ready")
    finally:
        with database.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = :newest"), {"newest": newest})
    assert (answer.status_code, answer.json()["missing"]) == (503, ["migrations"])


def test_a_store_that_is_away_is_named(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_pulse", lambda: Pulse("redis://127.0.0.1:1/0"))
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["missing"]) == (503, ["redis"])
