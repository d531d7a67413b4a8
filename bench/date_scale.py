"""The date scale: one person with 20 sessions and one with 2,000 in ten years, over the socket and in a browser."""

import asyncio
import os
import random
import time
import urllib.request
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from playwright.sync_api import Page, sync_playwright
from sqlalchemy import Engine

from bench.ground import Ground, Web, cpu_seconds, ground, percentile, requests_per_second, serving
from tests.browsers import chromium
from tests.event_client import EventClient, event_name

SIZES = (20, 2_000)
YEARS, EVENTS, RATE = 10, 200, 10.0
CELL, VIEW = 48, 1_184
STATE = "mps_app.state.date_scale"
PICK, KEY = event_name(STATE, "PickedState", "pick"), event_name(STATE, "PickedState", "key")
SCROLLED = event_name(STATE, "ScaleState", "scrolled")
SOON = (3, 10, 17, 24)  # days ahead on which everybody has a session
FORMS = ("in_person", "online", "hybrid", "elearning")

Act = Callable[[EventClient, int], Awaitable[object]]


@dataclass(frozen=True)
class Owner:
    """A person with so many sessions, signed in."""

    sessions: int
    cookie: str
    feed: str


@dataclass(frozen=True)
class Line:
    """One line of the table."""

    name: str
    p50: float
    p95: float
    cpu: float
    bytes_per_event: float


def prepare(engine: Engine, count: int) -> Owner:
    """Give one person a history, among the sessions of others."""
    from mps_app.core.actor import SYSTEM
    from mps_app.core.settings import settings
    from mps_app.core.work import begin, plug
    from mps_app.launch.house import furnish
    from mps_app.services import identity, my_training
    from tests import factories

    plug(furnish(settings(), engine))
    with begin(SYSTEM) as work:
        person = factories.make_person(work, name="Ilze Bērziņa")
        others = [factories.make_person(work, name=f"Cits {number}") for number in range(20)]
        courses = [factories.make_course(work, format=form) for form in FORMS]
        _sessions(work, person, courses, count)
        for other in others:
            _sessions(work, other, courses, 50)
        token = identity.start_session(work, person.key, user_agent="bench", network_address="127.0.0.1")
    with begin(factories.actor(person)) as work:
        feed = my_training.new_feed_address(work).https.removeprefix(settings().address)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")
    return Owner(count, f"{settings().session_cookie}={token}", feed)


def _sessions(work: Any, person: Any, courses: list[Any], count: int) -> None:  # Any: rows of the tables
    """Four sessions to a group, spread over ten years, the last two ahead; the last group's are soon."""
    from tests import factories

    chance, soon = random.Random(count), iter(SOON)
    for number in range(0, count, 4):
        course = courses[number // 4 % len(courses)]
        group = factories.make_group(work, course, status="confirmed")
        for _ in range(4):
            day = chance.randrange(-365 * (YEARS - 2), 365 * 2) if number < count - 4 else next(soon)
            day -= 120 if 0 <= day <= max(SOON) and number < count - 4 else 0  # what is picked is alike for both
            starts_at = work.now + timedelta(days=day, minutes=chance.randrange(600))
            factories.make_session(work, group, starts_at=starts_at, hours=2)
        factories.make_application(work, person, course, group=group)


def picking(months: dict[str, Any], today: int) -> Act:
    """Return somebody who clicks in turn on an empty day and on one with a session ahead, whatever the history."""
    marked = {int(day) for month in months.values() for day in month["marks"]}
    empty = [day for day in range(today, today + 60) if day not in marked]

    async def act(client: EventClient, turn: int) -> object:
        day = today + SOON[turn // 2 % len(SOON)] if turn % 2 else empty[turn // 2 % len(empty)]
        return await client.call(PICK, until="PickedState.card", day=day)

    return act


async def pressing(client: EventClient, turn: int) -> object:
    """Press arrow keys, a week forth, a week back."""
    key = "ArrowRight" if turn // 7 % 2 == 0 else "ArrowLeft"
    return await client.call(KEY, until="PickedState.day", key=key, shift=False)


def moving(calendar: dict[str, int]) -> Act:
    """Return somebody who scrolls on month by month, two years forth and back."""
    track = calendar["days"] * CELL + calendar["months"]
    start = calendar["today"] - calendar["first"] - 365

    async def act(client: EventClient, turn: int) -> object:
        month = turn % 46
        left = (start + 31 * (month if month < 23 else 46 - month)) * CELL
        return await client.call(SCROLLED, until="ScaleState.shown", left=left, view=VIEW, track=track)

    return act


async def events(web: Web, owner: Owner) -> list[Line]:
    """Send each kind of event at the pace of a quick hand."""
    async with EventClient(web.address, cookie=owner.cookie) as client:
        await client.open("/")
        await client.settle()
        loaded = client.received_bytes
        calendar = client.var("ScaleState.calendar")
        plays = {
            "pick a day": picking(client.var("ScaleState.months"), calendar["today"]),
            "press a key": pressing,
            "move a month": moving(calendar),
        }
        lines = [
            await _measure(web, client, f"{owner.sessions:,} sessions, {name}", act) for name, act in plays.items()
        ]
    return [Line(f"{owner.sessions:,} sessions, open the page", 0, 0, 0, loaded), *lines]


async def _measure(web: Web, client: EventClient, name: str, act: Act) -> Line:
    for turn in range(10):
        await act(client, turn)
    samples: list[float] = []
    received, before = client.received_bytes, cpu_seconds(web.pid)
    for turn in range(EVENTS):
        began = time.perf_counter()
        await act(client, turn)
        samples.append((time.perf_counter() - began) * 1_000)
        await asyncio.sleep(max(0.0, 1 / RATE - samples[-1] / 1_000))
    cpu = (cpu_seconds(web.pid) - before) / EVENTS * 1_000
    size = (client.received_bytes - received) / EVENTS
    return Line(name, percentile(samples, 0.5), percentile(samples, 0.95), cpu, size)


_WATCH = """() => {
  window.long = []; new PerformanceObserver(list => window.long.push(...list.getEntries().map(e => e.duration)))
    .observe({type: 'longtask'});
  window.painted = []; let pressed = 0;
  addEventListener('keydown', () => { pressed = performance.now(); }, true);
  new MutationObserver(() => requestAnimationFrame(() => {
    const channel = new MessageChannel(), began = pressed; pressed = 0;
    channel.port1.onmessage = () => { if (began) window.painted.push(performance.now() - began); };
    channel.port2.postMessage(0);
  })).observe(document.getElementById('ds-view'), {subtree: true, attributeFilter: ['aria-selected']});
}"""


def in_browser(web: Web, owner: Owner, throttle: int) -> str:
    """Press keys and turn the wheel in Chromium; tell when keys were painted and which tasks were long."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        context = browser.new_context(viewport={"width": 1440, "height": 900}, base_url=web.address, locale="lv-LV")
        name, _, value = owner.cookie.partition("=")
        context.add_cookies([{"name": name, "value": value, "url": web.address}])
        page = context.new_page()
        page.goto("/")
        page.locator(".ds-day[aria-selected=true]").focus()
        page.wait_for_timeout(1_500)
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": throttle})
        page.evaluate(_WATCH)
        painted = _pressed(page)
        page.evaluate("window.long.length = 0")
        page.mouse.move(700, 340)
        for turn in range(80):
            page.mouse.wheel(240 if turn < 40 else -240, 0)
            page.wait_for_timeout(80)
        page.wait_for_timeout(500)
        long = sorted(round(number) for number in page.evaluate("window.long"))
        browser.close()
    told = f"{len(long)} (longest {long[-1]} ms)" if long else "0"
    p50, p95 = percentile(painted, 0.5), percentile(painted, 0.95)
    return f"| {owner.sessions:,} | {throttle}x | {p50:.0f} | {p95:.0f} | {told} |"


def _pressed(page: Page) -> list[float]:
    for turn in range(40):
        page.keyboard.press("ArrowRight" if turn // 6 % 2 == 0 else "ArrowLeft")
        page.wait_for_timeout(250)
    return list(page.evaluate("window.painted"))


def feed_rate(web: Web, owner: Owner, *, again: bool) -> float:
    """Return how many times a second four calendar programs are answered, those that read it before or not."""
    with urllib.request.urlopen(web.address + owner.feed, timeout=20) as first:  # noqa: S310  # our own address
        mark = {"If-None-Match": first.headers["ETag"]} if again else {}
    return requests_per_second(web.address + owner.feed, mark)


def measure(where: Ground) -> dict[int, tuple[list[Line], list[str], list[float]]]:
    """Measure both persons, each in a school of its own."""
    os.environ.update(where.variables)  # the house here and the server there share keys
    found: dict[int, tuple[list[Line], list[str], list[float]]] = {}
    for count in SIZES:
        url, engine = where.database(f"sessions_{count}")
        owner = prepare(engine, count)
        with serving(where, {"MPS_DATABASE_URL": url}) as web:
            lines = asyncio.run(events(web, owner))
            found[count] = (
                lines,
                [in_browser(web, owner, throttle) for throttle in (1, 4)],
                [feed_rate(web, owner, again=again) for again in (False, True)],
            )
        engine.dispose()
    return found


def main() -> None:
    """Print the tables and the growth."""
    with ground() as where:
        found = measure(where)
    print(f"Date scale, {date.today()}\n\n| what | p50 ms | p95 ms | CPU ms, web | bytes |\n|---|---|---|---|---|")  # noqa: DTZ011
    for lines, _, _ in found.values():
        for one in lines:
            print(f"| {one.name} | {one.p50:.1f} | {one.p95:.1f} | {one.cpu:.2f} | {one.bytes_per_event:,.0f} |")
    print("\n| sessions | CPU | key → painted p50 ms | p95 ms | tasks over 50 ms in 80 wheel steps |")
    print("|---|---|---|---|---|")
    for _, rows, _ in found.values():
        print("\n".join(rows))
    few, many = (found[count][0] for count in SIZES)
    for small, large in zip(few[1:], many[1:], strict=True):
        print(f"\n{large.name} against {SIZES[0]}: p50 {large.p50 / small.p50:.2f} times")
    for count, (_, _, (anew, unchanged)) in found.items():
        print(f"\nfeed with {count:,} sessions: {anew:.0f} requests per second, {unchanged:.0f} when nothing changed")


if __name__ == "__main__":
    main()
