"""Calendars and online rooms over HTTP: to the person they are about, and to nobody by any other address."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import vobject
from sqlalchemy import update
from sqlmodel import col
from starlette.applications import Starlette
from starlette.testclient import TestClient

from mps_app.core.actor import SYSTEM
from mps_app.core.settings import settings
from mps_app.core.work import House, begin
from mps_app.http import calendar_feed
from mps_app.models import Person, TrainingSession
from mps_app.services import identity, my_training
from tests import factories
from tests.conftest import Clock
from tests.marks import rule

STARTS_AT = datetime(2026, 9, 17, 6, 30, tzinfo=UTC)
LINK = "https://sapulces.example/abc"


@pytest.fixture
def client(house: House) -> Iterator[TestClient]:
    with TestClient(
        Starlette(routes=calendar_feed.ROUTES), base_url=settings().address, follow_redirects=False
    ) as made:
        yield made


def cookie(person: Person) -> dict[str, str]:
    with begin(SYSTEM) as work:
        token = identity.start_session(work, person.key, user_agent="", network_address="")
    return {"Cookie": f"{settings().session_cookie}={token}"}


@pytest.fixture
def person(house: House) -> Person:
    with begin(SYSTEM) as work:
        return factories.make_person(work)


@pytest.fixture
def session(person: Person) -> TrainingSession:
    """An online session of Anna's."""
    with begin(SYSTEM) as work:
        course = factories.make_course(work, format="online")
        group = factories.make_group(work, course, status="confirmed")
        made = factories.make_session(work, group, starts_at=STARTS_AT)
        work.db.execute(update(TrainingSession).where(col(TrainingSession.id) == made.key).values(online_url=LINK))
        factories.make_application(work, person, course, group=group)
        return made


@pytest.fixture
def anna(person: Person) -> dict[str, str]:
    """Anna's cookie."""
    return cookie(person)


def addresses(session: TrainingSession) -> list[str]:
    return [
        f"/nodarbiba/{session.id}.ics",
        f"/nodarbiba/{session.id}/pievienoties",
        f"/grupa/{session.group_id}.ics",
    ]


@rule("6.2")
def test_a_session_and_a_group_can_be_taken_into_the_calendar(
    client: TestClient, session: TrainingSession, anna: dict[str, str]
) -> None:
    for address in (addresses(session)[0], addresses(session)[2]):
        answer = client.get(address, headers=anna)
        assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
        assert answer.headers["content-disposition"].startswith("attachment;")
        event = vobject.readOne(answer.text).vevent
        assert (event.uid.value, event.dtstart.value) == (session.uid, STARTS_AT)


@rule("6.2")
def test_strangers_and_visitors_get_none_of_it(client: TestClient, session: TrainingSession, clock: Clock) -> None:
    clock.now = STARTS_AT
    with begin(SYSTEM) as work:
        stranger = factories.make_person(work, name="Uldis Uzbrucējs")
    uldis = cookie(stranger)
    for address in addresses(session):
        assert client.get(address, headers=uldis).status_code == 404
        led = client.get(address)
        assert (led.status_code, led.headers["location"].partition("?")[0]) == (303, "/pieslegties")


@rule("6.2")
@pytest.mark.parametrize("number", ["0", "-1", "1e3", "01", "٣", "9" * 40, "1%2F..", "x"])
def test_what_is_no_number_finds_nothing(client: TestClient, anna: dict[str, str], number: str) -> None:
    for address in (f"/nodarbiba/{number}.ics", f"/nodarbiba/{number}/pievienoties", f"/grupa/{number}.ics"):
        assert client.get(address, headers=anna).status_code == 404


@rule("6.1")
def test_the_online_room_opens_a_quarter_of_an_hour_before(
    client: TestClient, session: TrainingSession, person: Person, clock: Clock
) -> None:
    door = addresses(session)[1]
    clock.now = STARTS_AT - timedelta(minutes=15, seconds=1)
    anna = cookie(person)
    early = client.get(door, headers=anna)
    assert early.status_code == 409
    assert "09:15" in early.text
    assert LINK not in early.text
    clock.advance(seconds=1)
    opened = client.get(door, headers=anna)
    assert (opened.status_code, opened.headers["location"]) == (303, LINK)
    assert opened.headers["cache-control"] == "no-store"


@rule("6.2")
def test_a_calendar_program_reads_the_feed_without_a_session_and_hears_that_nothing_changed(
    client: TestClient, session: TrainingSession, person: Person
) -> None:
    with begin(factories.actor(person)) as work:
        path = my_training.new_feed_address(work).https.removeprefix(settings().address)
    answer = client.get(path)
    assert vobject.readOne(answer.text).vevent.url.value == LINK
    assert answer.headers["cache-control"] == "private, no-cache"
    again = client.get(path, headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@rule("6.2")
@pytest.mark.parametrize("token", ["x" * 43, "x" * 500, "ā", "..", "%00", "'--"])
def test_an_invented_address_finds_nothing(client: TestClient, session: TrainingSession, token: str) -> None:
    assert client.get(f"/kalendars/{token}.ics").status_code == 404
