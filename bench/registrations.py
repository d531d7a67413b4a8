"""Registrations: 300 people want 100 places at the same moment, over the real sockets (4.3)."""

import asyncio
import os
import time
from collections import Counter
from dataclasses import dataclass

from sqlalchemy import Engine, text

from bench.ground import Ground, Web, cpu_seconds, ground, percentile, serving
from tests.event_client import EventClient, event_name

PEOPLE, PLACES = 300, 100
RUSHES = 3  # the first meets a server that has just been started
CONFIRM = event_name("mps_app.state.apply", "ApplyState", "confirm")
RECEIPT = "ApplyState.receipt"


@dataclass(frozen=True)
class Rush:
    """A group, and the cookies of those who want a place in it."""

    course_id: int
    group_id: int
    institution_id: int
    cookies: list[str]

    @property
    def form(self) -> dict[str, str]:
        """Return what the dialog sends."""
        return {
            "course_id": str(self.course_id),
            "group_id": str(self.group_id),
            "payer": "institution",
            "agreed": "on",
            "institution_id": str(self.institution_id),
        }


@dataclass(frozen=True)
class Measured:
    """What came of the rush."""

    seconds: float
    p50: float
    p95: float
    web_cpu: float
    services_cpu: float
    outcomes: Counter[str]


def prepare(engine: Engine) -> list[Rush]:
    """Fill a school with groups and their crowds, everybody signed in."""
    from mps_app.core.actor import SYSTEM
    from mps_app.core.settings import settings
    from mps_app.core.work import Work, begin, plug
    from mps_app.launch.house import furnish
    from mps_app.services import identity
    from tests import factories

    def one(work: Work, number: int) -> Rush:
        institution = factories.make_institution(work, name=f"Iestāde {number}")
        factories.make_coordinator(work, factories.make_person(work, name="Ilze Demoņa"), institution)
        course = factories.make_course(work)
        group = factories.make_group(work, course, maximum=PLACES, minimum=12)
        factories.make_session(work, group)
        people = [person.key for person in factories.make_crowd(work, PEOPLE, institution)]
        tokens = [
            identity.start_session(work, person_id, user_agent="bench", network_address="127.0.0.1")
            for person_id in people
        ]
        cookies = [f"{settings().session_cookie}={token}" for token in tokens]
        return Rush(course.key, group.key, institution.key, cookies)

    plug(furnish(settings(), engine))
    with begin(SYSTEM) as work:
        return [one(work, number) for number in range(RUSHES)]


async def connected(address: str, cookies: list[str]) -> list[EventClient]:
    """Open a tab for each, some at a time, as people drop in before the hour."""
    gate = asyncio.Semaphore(20)

    async def connect(cookie: str) -> EventClient:
        async with gate:
            client = await EventClient(address, cookie=cookie).__aenter__()
            return await client.open("/pieteikumi")

    clients = await asyncio.gather(*map(connect, cookies))
    await asyncio.sleep(1)
    return list(clients)


async def rush(where: Ground, web: Web, wanted: Rush) -> Measured:
    """Let everybody confirm at the same moment, and wait for every receipt."""
    clients = await connected(web.address, wanted.cookies)
    before = cpu_seconds(web.pid), cpu_seconds(where.pid)
    began = time.perf_counter()

    async def confirm(client: EventClient) -> float:
        await client.call(CONFIRM, until=RECEIPT, form=wanted.form, timeout=120)
        return time.perf_counter() - began

    waited = list(await asyncio.gather(*map(confirm, clients)))
    after = cpu_seconds(web.pid), cpu_seconds(where.pid)
    outcomes = Counter(str(client.var(RECEIPT)["outcome"]) for client in clients)
    for client in clients:
        await client.__aexit__()
    return Measured(
        seconds=max(waited),
        p50=percentile(waited, 0.5),
        p95=percentile(waited, 0.95),
        web_cpu=after[0] - before[0],
        services_cpu=after[1] - before[1],
        outcomes=outcomes,
    )


def measure() -> list[Measured]:
    """Measure one rush after the other, on services and a web server of their own."""
    with ground() as where:
        os.environ.update(where.variables)  # the house here and the server there share keys
        url, engine = where.database("registrations")
        rushes = prepare(engine)
        with serving(where, {"MPS_DATABASE_URL": url}) as web:
            measured = [asyncio.run(rush(where, web, wanted)) for wanted in rushes]
        for wanted, one in zip(rushes, measured, strict=True):
            _check(engine, wanted.group_id, one)
        engine.dispose()
    return measured


def _check(engine: Engine, group_id: int, measured: Measured) -> None:
    """Refuse to report a measure of something that went wrong."""
    with engine.connect() as connection:
        taken = connection.execute(
            text("SELECT places_taken FROM course_group WHERE id = :id"), {"id": group_id}
        ).scalar_one()
    expected = Counter(registered=PLACES, waitlisted=PEOPLE - PLACES)
    if taken != PLACES or measured.outcomes != expected:
        message = f"{taken} places of {PLACES} taken, outcomes {measured.outcomes}"
        raise RuntimeError(message)


def main() -> None:
    """Print the table."""
    print("| people on places | per second | CPU s web | services | CPU ms each | p50 s | p95 s |")
    print("|---|---|---|---|---|---|---|")
    for one in measure():
        each = (one.web_cpu + one.services_cpu) / PEOPLE * 1_000
        print(
            f"| {PEOPLE} on {PLACES}, exactly {PLACES} registered | {PEOPLE / one.seconds:.0f} | {one.web_cpu:.2f} "
            f"| {one.services_cpu:.2f} | {each:.1f} | {one.p50:.2f} | {one.p95:.2f} |"
        )


if __name__ == "__main__":
    main()
