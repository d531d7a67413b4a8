"""An institution's exports over HTTP: many at once don't wait for one another's connections (11.4, 11.5)."""

from collections.abc import Iterator

import pytest
from sqlalchemy import event
from starlette.applications import Starlette
from starlette.testclient import TestClient

from mps_app.core.actor import SYSTEM
from mps_app.core.settings import settings
from mps_app.core.work import House, begin
from mps_app.http import rosters, training_records
from mps_app.models import Institution
from mps_app.services import identity
from tests import factories
from tests.marks import rule


@pytest.fixture
def client(house: House) -> Iterator[TestClient]:
    routes = Starlette(routes=[*rosters.ROUTES, *training_records.ROUTES])
    with TestClient(routes, base_url=settings().address, follow_redirects=False) as made:
        yield made


@pytest.fixture
def institution(client: TestClient) -> Institution:
    """An institution with a name that no sheet can have, whose coordinator asks."""
    with begin(SYSTEM) as work:
        made = factories.make_institution(work, name="Pašvaldība [Rīga/Ogre]: 'izglītība'?*")
        person = factories.make_person(work, name="Ilze Demoņa")
        factories.make_coordinator(work, person, made)
        factories.make_employment(work, factories.make_person(work, name="Aija Šķēle"), made)
        token = identity.start_session(work, person.key, user_agent="", network_address="")
    client.cookies.set(settings().session_cookie, token)
    return made


@pytest.fixture
def held(house: House) -> Iterator[list[int]]:
    """How many connections were held, each time that one was taken."""
    counts = [0]

    def taken(*_: object) -> None:
        counts.append(house.engine.pool.checkedout())  # type: ignore[attr-defined]

    event.listen(house.engine, "checkout", taken)
    yield counts
    event.remove(house.engine, "checkout", taken)


@rule("11.4")
@pytest.mark.parametrize("name", ["darbinieki.xlsx", "uzskaite.xlsx"])
def test_an_export_holds_one_connection(
    client: TestClient, institution: Institution, held: list[int], name: str
) -> None:
    answer = client.get(f"/iestade/{institution.key}/{name}")
    assert (answer.status_code, answer.content[:2]) == (200, b"PK")
    assert max(held) == 1
    assert int(answer.headers["content-length"]) == len(answer.content)
    assert answer.headers["cache-control"] == "no-store"
    assert name in answer.headers["content-disposition"]
