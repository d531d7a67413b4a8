"""The catalogue: from one keystroke's event to its delta, over the real socket, with 2,000 and 50,000 courses."""

import asyncio
import random
import statistics
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bench.ground import Ground, Web, cpu_seconds, ground, percentile, serving
from bench.synthetic import fill
from tests.event_client import EventClient, event_name

SIZES = (2_000, 50_000)
SECONDS = 20.0
ALONE, TOGETHER = 10.0, 2.0  # events per second of one person, alone and among fifty
PEOPLE = 50

SEARCH = event_name("mps_app.state.catalogue", "CatalogueState", "search")
CHOOSE = event_name("mps_app.state.catalogue", "CatalogueState", "choose")
GROW = event_name("bare_app", "Bare", "grow")

_PATIENCE_SECONDS = 120  # the first question may wait until the index is filled

Act = Callable[[EventClient, int], Awaitable[object]]


@dataclass(frozen=True)
class Measured:
    """One line of the table."""

    name: str
    p50: float
    p95: float
    web_cpu: float
    services_cpu: float
    events: int
    bytes_per_event: float
    megabytes: float = 0.0


def typing(known: list[str]) -> Act:
    """Return a person who types words letter by letter; every event asks for something else."""
    chance = random.Random(7)
    typed = [word[:length] for word in chance.choices(known[:2_000], k=400) for length in range(1, len(word) + 1)]

    async def act(client: EventClient, turn: int) -> object:
        return await client.call(SEARCH, until="CatalogueState.found", text=typed[turn % len(typed)])

    return act


async def choosing(client: EventClient, turn: int) -> object:
    """Turn one filter on and off."""
    return await client.call(CHOOSE, until="CatalogueState.found", facet="topics", code="T03", is_on=turn % 2 == 0)


async def growing(client: EventClient, _turn: int) -> object:
    """Send the trivial event of the bare app."""
    return await client.call(GROW, until="Bare.number")


async def _one(client: EventClient, act: Act, rate: float, first: int, samples: list[float]) -> None:
    until = time.perf_counter() + SECONDS
    turn = first
    while (began := time.perf_counter()) < until:
        await act(client, turn)
        samples.append(time.perf_counter() - began)
        turn += 1
        await asyncio.sleep(max(0.0, 1 / rate - (time.perf_counter() - began)))


@dataclass(frozen=True)
class Play:
    """Who does what on which page."""

    name: str
    act: Act
    people: int
    path: str
    cookies: tuple[str, ...] = ()  # of those who are signed in


async def played(where: Ground, web: Web, play: Play) -> Measured:
    """Let them play for a while, and measure what they wait."""
    people, act = play.people, play.act
    chance = random.Random(people)
    clients = [EventClient(web.address, cookie=cookie) for cookie in play.cookies or ("",) * people]
    for client in clients:
        await client.__aenter__()
        await client.open(play.path, timeout=_PATIENCE_SECONDS)
        await act(client, chance.randrange(1_000))
        await client.settle(0.05)
    rate = ALONE if people == 1 else TOGETHER
    samples: list[float] = []
    received = sum(client.received_bytes for client in clients)
    before = cpu_seconds(web.pid), cpu_seconds(where.pid)

    async def start(client: EventClient) -> None:
        await asyncio.sleep(chance.random() / rate)
        await _one(client, act, rate, chance.randrange(1_000), samples)

    await asyncio.gather(*map(start, clients))
    after = cpu_seconds(web.pid), cpu_seconds(where.pid)
    received = sum(client.received_bytes for client in clients) - received
    for client in clients:
        await client.__aexit__()
    count = len(samples)
    return Measured(
        name=f"{play.name}, {people} at once",
        p50=percentile(samples, 0.5) * 1_000,
        p95=percentile(samples, 0.95) * 1_000,
        web_cpu=(after[0] - before[0]) / count * 1_000,
        services_cpu=(after[1] - before[1]) / count * 1_000,
        events=count,
        bytes_per_event=received / count,
        megabytes=web.megabytes,
    )


def _courses(where: Ground, count: int) -> list[Measured]:
    url, engine = where.database(f"courses_{count}")
    known = fill(engine, count)
    engine.dispose()
    typed = f"{count:,} courses, typing"
    plays = [
        Play(typed, typing(known), 1, "/katalogs"),
        Play(typed, typing(known), PEOPLE, "/katalogs"),
        Play(f"{count:,} courses, a filter", choosing, 1, "/katalogs"),
    ]
    with serving(where, {"MPS_DATABASE_URL": url}) as web:
        return [asyncio.run(played(where, web, play)) for play in plays]


def measure() -> list[Measured]:
    """Measure everything in one run."""
    with ground() as where:
        with serving(where, {}, bare=True) as web:
            plays = [Play("bare Reflex event", growing, people, "/") for people in (1, PEOPLE)]
            bare = [asyncio.run(played(where, web, play)) for play in plays]
        return [*bare, *(line for count in SIZES for line in _courses(where, count))]


def main() -> None:
    """Print the table and the ratios."""
    lines = measure()
    print("| what | p50 ms | p95 ms | CPU ms per event, web | services | events | bytes | web MB |")
    print("|---|---|---|---|---|---|---|---|")
    for one in lines:
        print(
            f"| {one.name} | {one.p50:.1f} | {one.p95:.1f} | {one.web_cpu:.2f} | {one.services_cpu:.2f} "
            f"| {one.events} | {one.bytes_per_event:,.0f} | {one.megabytes:.0f} |"
        )
    named = {one.name: one for one in lines}
    small, large = (named[f"{count:,} courses, typing, 1 at once"] for count in SIZES)
    filters = statistics.fmean(named[f"{count:,} courses, a filter, 1 at once"].p50 for count in SIZES)
    growth = f"p50 {large.p50 / small.p50:.2f}, CPU {large.web_cpu / small.web_cpu:.2f} times"
    print(f"\n50,000 against 2,000 courses: {growth}")
    trivial = named["bare Reflex event, 1 at once"].p50
    print(f"a filter against a bare event: p50 {filters / trivial:.1f} times")


if __name__ == "__main__":
    main()
