"""A coordinator of another institution calls everything with the ids of this one, and gets nothing (11.5)."""

import asyncio

import pytest
from sqlalchemy import Connection, Engine, text

from tests.conftest import Live
from tests.marks import rule
from tests.strangers.conftest import SignedIn, named, sign_in
from tests.strangers.test_every_handler import TOGETHER, _attack, registered, short

ILZE, OJARS = "Ilze Demoņa", "Ojārs Testonis"
_INSTITUTION = "SELECT institution_id FROM coordinator WHERE person_id = :ilze AND confirmed_on IS NOT NULL LIMIT 1"
_IDS = text(f"""
    SELECT id FROM ((SELECT ({_INSTITUTION}) AS id)
      UNION ALL (SELECT id FROM coordinator WHERE institution_id = ({_INSTITUTION}) ORDER BY id DESC LIMIT 2)
      UNION ALL (SELECT person_id FROM employment e WHERE institution_id = ({_INSTITUTION}) AND until_on IS NULL
                 AND NOT EXISTS (SELECT FROM employment o WHERE o.person_id = e.person_id AND o.id <> e.id)
                 ORDER BY id DESC LIMIT 1)
      UNION ALL (SELECT id FROM employment WHERE institution_id = ({_INSTITUTION}) ORDER BY id DESC LIMIT 1)
      UNION ALL (SELECT application_id FROM institution_record WHERE institution_id = ({_INSTITUTION}) LIMIT 1)) ids
""")
_KEPT = ("coordinator", "employment", "place_reservation", "training_plan", "training_requirement", "employee_import")


@pytest.fixture
def ids(live_engine: Engine) -> list[int]:
    """Ids of Ilze's institution that a forger would name."""
    with live_engine.connect() as connection:
        return list(connection.execute(_IDS, {"ilze": named(ILZE)}).scalars())


def _contents(connection: Connection, institution_id: int) -> list[object]:
    """Return everything kept about an institution."""
    rows = [connection.execute(text("SELECT i::text FROM institution i WHERE id = :id"), {"id": institution_id}).all()]
    for table in _KEPT:
        asked = text(f"SELECT t::text FROM {table} t WHERE institution_id = :id ORDER BY id")
        rows.append(connection.execute(asked, {"id": institution_id}).all())
    asked = text("SELECT a::text FROM application a WHERE payer_institution_id = :id ORDER BY id")
    return [*rows, connection.execute(asked, {"id": institution_id}).all()]


@rule("11.5")
@pytest.mark.live
@pytest.mark.usefixtures("still")
@pytest.mark.timeout(300)
async def test_another_institutions_coordinator_reaches_nothing(
    live: Live, live_engine: Engine, ids: list[int]
) -> None:
    attacker: SignedIn = sign_in(named(OJARS))
    with live_engine.connect() as connection:
        before = _contents(connection, ids[0])
        name = connection.execute(text("SELECT name FROM institution WHERE id = :id"), {"id": ids[0]}).scalar_one()
        number = connection.execute(
            text("SELECT registration_number FROM institution WHERE id = :id"), {"id": ids[0]}
        ).scalar_one()
    gate = asyncio.Semaphore(TOGETHER)

    async def one(handler_name: str, handler: object) -> tuple[str, str]:
        async with gate:
            return short(handler_name), await _attack(live, attacker, handler_name, handler, ids)

    heard = dict(await asyncio.gather(*(one(*pair) for pair in registered().items())))
    with live_engine.connect() as connection:
        assert _contents(connection, ids[0]) == before
    for handler, everything in heard.items():
        assert not [word for word in (ILZE, name, number) if word in everything], handler
