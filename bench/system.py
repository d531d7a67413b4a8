"""The whole system: seconds to ready, memory at rest and per person, and what the browser loads and waits for."""

import asyncio
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import sync_playwright

from bench.ground import megabytes
from mps_app.launch.valkey import free_port
from tests import running
from tests.browsers import chromium
from tests.event_client import EventClient

PEOPLE = 100
SIGN = "Ctrl-C ends it"


@contextmanager
def whole_system() -> Iterator[tuple[str, int, float]]:
    """Start everything on a filled school; yields its address, its process and the seconds to ready."""
    running.begin_run()
    variables = {"MPS_ENV": "demo", "MPS_PORT": str(free_port())}
    directory = running.run_directory() / "system"
    try:
        first = running.launch(directory, "run", variables)  # builds, migrates and fills
        running.await_sign(directory, first.pid, SIGN)
        first.terminate()
        first.wait(60)
        (directory / "said.log").unlink()
        began = time.monotonic()
        again = running.launch(directory, "run", variables)
        running.await_sign(directory, again.pid, SIGN)
        (directory / "started.pid").write_text(str(again.pid))
        yield f"http://localhost:{variables['MPS_PORT']}", again.pid, time.monotonic() - began
    finally:
        running.end_run()


async def _with_people(address: str, pid: int) -> float:
    """Return the megabytes of the whole system while so many people are connected."""
    tabs = [await (await EventClient(address).__aenter__()).open("/katalogs") for _ in range(PEOPLE)]
    held = megabytes(pid)
    await asyncio.gather(*(one.__aexit__() for one in tabs))
    return held


def _browser(address: str) -> tuple[float, float]:
    """Return the kilobytes of JavaScript of the home page as sent, and the milliseconds to the usable catalogue."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        page = opened.new_page()
        page.goto(address, wait_until="networkidle")
        sent = page.evaluate(
            "performance.getEntriesByType('resource').filter(e => e.name.endsWith('.js'))"
            ".reduce((sum, e) => sum + e.encodedBodySize, 0)"
        )
        waits = []
        for _ in range(5):
            cold = opened.new_context().new_page()
            began = time.perf_counter()
            cold.goto(f"{address}/katalogs", wait_until="commit")
            cold.locator(".crow .price").first.wait_for()
            waits.append(time.perf_counter() - began)
        opened.close()
    return sent / 1_000, sorted(waits)[len(waits) // 2] * 1_000


def main() -> None:
    """Print the table."""
    with whole_system() as (address, pid, seconds):
        rest = megabytes(pid)
        crowded = asyncio.run(_with_people(address, pid))
        scripts, usable = _browser(address)
    print("| whole system | |")
    print("|---|---|")
    print(f"| start of a built clone to ready | {seconds:.1f} s |")
    print(f"| memory at rest (PSS: database, store, web, worker, clock) | {rest:.0f} MB |")
    print(f"| memory for each connected person | {(crowded - rest) / PEOPLE:.2f} MB |")
    print(f"| JavaScript of the home page, as sent | {scripts:.0f} kB |")
    print(f"| usable catalogue in a cold Chromium, median of 5 | {usable:.0f} ms |")


if __name__ == "__main__":
    os.environ.setdefault("MPS_ENV", "demo")
    main()
