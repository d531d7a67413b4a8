"""The demo school is a story that the services can tell, and each button of the sign-in keeps its word."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from mps_app.adapters import postgres
from mps_app.core.actor import SYSTEM, Actor, Language
from mps_app.core.settings import settings
from mps_app.core.work import begin, plug
from mps_app.launch.house import furnish
from mps_app.services import applications, catalogue, institutions
from tests import running


@pytest.fixture
def filled(demo_school: Path) -> Iterator[Engine]:
    """The school as it was filled, before its worker sends anything."""
    running.move_in("resting", demo_school)
    services = running.started("resting", "services", {}, "services answer")
    engine = postgres.engine(services.variables["MPS_DATABASE_URL"], pool_size=2)
    plug(furnish(settings(), engine))
    yield engine
    engine.dispose()


def _one(engine: Engine, sql: str, **words: object) -> object:
    with engine.connect() as connection:
        return connection.execute(text(sql), words).scalar_one()


def _person(engine: Engine, name: str) -> Actor:
    key = _one(engine, "SELECT id FROM person WHERE given_name || ' ' || family_name = :name", name=name)
    return Actor(person_id=int(str(key)), language=Language.LV)


def test_the_school_lives(filled: Engine) -> None:
    with filled.connect() as connection:
        groups = Counter(connection.execute(text("SELECT status FROM course_group")).scalars())
        applied = Counter(connection.execute(text("SELECT status FROM application")).scalars())
        oversold = connection.execute(
            text("SELECT count(*) FROM course_group WHERE places_taken > maximum")
        ).scalar_one()
    assert set(groups) == {"draft", "open", "confirmed", "running", "completed", "cancelled"}
    assert {"registered", "waitlisted", "waiting", "offered", "cancelled", "completed", "attended"} <= set(applied)
    assert applied["registered"] > 300
    assert oversold == 0
    assert _one(filled, "SELECT count(*) FROM course WHERE programme::text <> '[]'") == 52

    anna = _person(filled, "Anna Paraudziņa")
    with begin(anna) as work:
        mine = applications.my_applications(work)
    current = Counter(card.status for card in mine.current)
    assert (current["offered"], current["waitlisted"], current["waiting"]) == (1, 1, 1)
    assert len(mine.past) >= 20
    years = {card.applied_text[-4:] for card in mine.past}
    assert len(years) >= 10
    waiting = _one(filled, "SELECT count(*) FROM outbox_message WHERE state = 'queued'")
    fresh = _one(
        filled, "SELECT count(*) FROM outbox_message WHERE state = 'queued' AND person_id = :id", id=anna.person_id
    )
    assert waiting == fresh
    assert 3 <= int(str(fresh)) <= 15

    ilze = _person(filled, "Ilze Demoņa")
    ministry = _one(filled, "SELECT institution_id FROM coordinator WHERE person_id = :id", id=ilze.person_id)
    assert (
        _one(filled, "SELECT count(*) FROM employment WHERE institution_id = :id AND until_on IS NULL", id=ministry)
        == 214
    )
    assert _one(filled, "SELECT count(*) FROM person WHERE family_name = 'Jauniņš'") == 0
    rihards = _person(filled, "Rihards Piemērs")
    assert _one(filled, "SELECT declared_city IS NULL FROM person WHERE id = :id", id=rihards.person_id)
    with begin(SYSTEM) as work:
        assert institutions.employers(work, int(str(rihards.person_id))) == []
        assert catalogue.newest(work, 3)
    teaches = """
        SELECT count(*) FROM session_lecturer s JOIN lecturer l ON l.id = s.lecturer_id
        JOIN person p ON p.id = l.person_id
        WHERE p.family_name = 'Ozolpiemērs' AND p.given_name = 'Jānis' AND lower(s.during) < now() + interval '7 days'
    """
    assert _one(filled, teaches) == 2
