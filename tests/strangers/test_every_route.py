"""Every HTTP route of the app, asked by a visitor and by another participant for what is Anna's (invariant 8)."""

import aiohttp
import pytest
from sqlalchemy import Engine, text

from mps_app import http
from tests.conftest import Live
from tests.strangers.conftest import SignedIn, contents
from tests.strangers.table import DOORS

FOREIGN = ("Paraudziņa", "110190", "anna.paraudzina")
NAMED = {
    "number": """SELECT t.id FROM training_session t JOIN application a ON a.group_id = t.group_id
                 WHERE a.person_id = :anna AND a.status IN ('registered', 'completed') ORDER BY t.id DESC LIMIT 1""",
    "certificate_id": """SELECT c.id FROM certificate c JOIN application a ON a.id = c.application_id
                         WHERE a.person_id = :anna ORDER BY c.id LIMIT 1""",
    "material_id": "SELECT id FROM material WHERE visibility <> 'public' ORDER BY id LIMIT 1",
    "code": "SELECT code FROM course WHERE visibility = 'restricted' ORDER BY id LIMIT 1",
    "institution_id": "SELECT id FROM institution ORDER BY id LIMIT 1",
    "token": "SELECT 'x' || repeat('a', 42)",
    "import_id": "SELECT coalesce(max(id), 1) FROM employee_import",
    "language": "SELECT 'en'",
}


def registered() -> set[str]:
    """Return every route as ``METHOD /path``."""
    return {f"{method} {route.path}" for route in http.routes() for method in (route.methods or {"GET"}) - {"HEAD"}}


def address(engine: Engine, path: str, anna: int) -> str:
    """Fill a path with what is Anna's."""
    head, brace, rest = path.partition("{")
    if not brace:
        return path
    name, _, tail = rest.partition("}")
    with engine.connect() as connection:
        found = connection.execute(text(NAMED[name]), {"anna": anna}).scalar_one()
    return f"{head}{found}{tail}"


def test_every_route_has_a_row() -> None:
    assert registered() == set(DOORS)


@pytest.mark.usefixtures("still")
@pytest.mark.parametrize("who", ["visitor", "stranger"])
@pytest.mark.parametrize("row", sorted(DOORS))
async def test_a_route_gives_strangers_nothing(
    live: Live, live_engine: Engine, victim: SignedIn, attacker: SignedIn, row: str, who: str
) -> None:
    method, _, path = row.partition(" ")
    headers = {"Origin": live.address} | ({"Cookie": attacker.cookie} if who == "stranger" else {})
    before = contents(live_engine, of=victim)
    url = live.address + address(live_engine, path, victim.person_id)
    async with (
        aiohttp.ClientSession() as client,
        client.request(method, url, headers=headers, data=DOORS[row].form, allow_redirects=False) as answer,
    ):
        body = (await answer.read()).decode("utf-8", "replace")
        assert answer.status == getattr(DOORS[row], who), body[:300]
    assert not [word for word in FOREIGN if word in body]
    assert contents(live_engine, of=victim) == before


@pytest.mark.parametrize("row", sorted(row for row in DOORS if row.startswith("POST")))
@pytest.mark.parametrize("origin", ["https://evil.example", "null", ""])
async def test_a_form_of_another_site_is_refused(live: Live, victim: SignedIn, row: str, origin: str) -> None:
    headers = {"Cookie": victim.cookie} | ({"Origin": origin} if origin else {})
    async with (
        aiohttp.ClientSession() as client,
        client.post(live.address + row.partition(" ")[2], headers=headers, data={}, allow_redirects=False) as answer,
    ):
        assert answer.status == 403
