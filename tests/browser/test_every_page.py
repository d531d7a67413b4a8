"""Every page of the site map, on phone and desk, light and dark: accessible, nothing cut off, no errors (17.1, 17.3)."""

from collections.abc import Iterator
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import Engine, text

from mps_app.core.actor import Role
from mps_app.core.callers import ANYONE
from mps_app.core.settings import settings
from mps_app.pages.site_map import PAGES
from tests.conftest import Live
from tests.marks import rule
from tests.strangers.conftest import SignedIn, named, sign_in

LOOKS: list[tuple[int, Literal["light", "dark"]]] = [(1440, "light"), (1440, "dark"), (390, "light"), (390, "dark")]
EXAMPLES = {
    "course_code": "SELECT code FROM course WHERE visibility = 'catalogue' ORDER BY id LIMIT 1",
    "invitation_id": """SELECT i.id FROM evaluation_invitation i JOIN application a ON a.id = i.application_id
        WHERE a.person_id = :anna ORDER BY i.answered_on NULLS FIRST, i.id LIMIT 1""",
    "exam_invitation_id": """SELECT i.id FROM exam_invitation i JOIN application a ON a.id = i.application_id
        WHERE a.person_id = :anna ORDER BY i.id DESC LIMIT 1""",
    "certificate_code": "SELECT code FROM certificate ORDER BY id LIMIT 1",
}
SERIOUS = {"serious", "critical"}
ALWAYS = {"region"}  # whatever axe calls them: nothing of a page stands outside its landmarks
SETTLED = """async () => {
    for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
    await document.fonts.ready;
    const fading = document.getAnimations().filter(one => one instanceof CSSTransition);
    await Promise.allSettled(fading.map(one => one.finished));
}"""
"""Waits until what has just changed is drawn, with its fonts, and fades no more."""
VISITORS = {Role.COORDINATOR: "Ilze Demoņa", Role.TRAINING: "Līga Testiņa"}
"""Who opens the pages that are for some only; all others are opened by Anna."""


def address(engine: Engine, route: str, anna: int) -> str:
    """Return a route with its parameter filled from the demo school."""
    head, bracket, name = route.partition("[")
    if not bracket:
        return route
    with engine.connect() as connection:
        found = connection.execute(text(EXAMPLES[name.rstrip("]")]), {"anna": anna}).scalar_one()
    return f"{head}{found}"


@pytest.fixture
def window(browser: Browser, live: Live) -> Iterator[BrowserContext]:
    """A window, nobody's yet."""
    context = browser.new_context(
        base_url=live.address, locale="lv-LV", timezone_id="Europe/Riga", reduced_motion="reduce"
    )
    yield context
    context.close()


def enter(window: BrowserContext, live: Live, route: str, anna: SignedIn) -> Page:
    """Give the window to the one for whom the page is, and open a tab in it."""
    callers = next(page.callers for page in PAGES if page.route == route)
    who = sign_in(named(VISITORS[Role(callers)])) if callers in VISITORS else anna
    window.add_cookies([{"name": settings().session_cookie, "value": who.token, "url": live.address}])
    return window.new_page()


def visit(page: Page, where: str) -> list[str]:
    """Open a page, wait until it has settled, and return what its console complained of."""
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(where)
    page.wait_for_load_state("networkidle")
    page.locator("main").wait_for()
    page.locator("main .rt-Skeleton").first.wait_for(state="detached")  # what stands until the page has its content
    page.evaluate(SETTLED)
    return complaints


def show(page: Page, width: int, look: Literal["light", "dark"]) -> None:
    """Give the page a size and a look, and wait until it has taken them."""
    page.set_viewport_size({"width": width, "height": 860})
    page.emulate_media(color_scheme=look)
    page.wait_for_function("look => document.documentElement.classList.contains(look)", arg=look)
    page.evaluate(SETTLED)


@rule("17.1")
@rule("17.3")
@pytest.mark.parametrize("route", [page.route for page in PAGES])
def test_a_page_is_accessible_whole_and_quiet(
    window: BrowserContext, live: Live, live_engine: Engine, victim: SignedIn, route: str
) -> None:
    page = enter(window, live, route, victim)
    complaints = visit(page, address(live_engine, route, victim.person_id))
    for width, look in LOOKS:
        show(page, width, look)
        found = Axe().run(page).response["violations"]
        serious = [
            (one["id"], [node["target"] for node in one["nodes"]])
            for one in found
            if one["impact"] in SERIOUS or one["id"] in ALWAYS
        ]
        assert serious == [], (width, look)
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0, width
        assert page.locator("h1").count() == 1
    assert complaints == []


@rule("17.1")
def test_the_skip_link_leads_into_the_content_and_loads_nothing(page: Page) -> None:
    visit(page, "/katalogs")
    page.evaluate("window.isStillHere = true")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip a"
    page.keyboard.press("Enter")
    page.wait_for_url("**#saturs")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
    assert page.evaluate("window.isStillHere")


@rule("1.4")
@pytest.mark.parametrize("route", [page.route for page in PAGES if page.callers != ANYONE])
def test_a_visitor_is_led_to_the_sign_in(page: Page, live_engine: Engine, victim: SignedIn, route: str) -> None:
    page.goto(address(live_engine, route, victim.person_id))
    if route != "/iziet":
        page.wait_for_url("**/pieslegties?**")
    assert "Anna" not in page.content()


@rule("17.2")
def test_an_unknown_address_says_so_in_latvian(page: Page) -> None:
    answer = page.goto("/tadas/lapas/nav")
    assert answer is not None
    assert answer.status == 404
    page.get_by_role("heading", name="Tādas lapas nav").wait_for()


@rule("17.2")
def test_the_tab_speaks_the_readers_language(page: Page, live: Live) -> None:
    visit(page, "/katalogs")
    expect(page).to_have_title("Mācību katalogs · MPS")
    expect(page.locator("html")).to_have_attribute("lang", "lv")
    page.context.add_cookies([{"name": "mps_language", "value": "en", "url": live.address}])
    visit(page, "/katalogs")
    expect(page).to_have_title("Training catalogue · MPS")
    expect(page.locator("html")).to_have_attribute("lang", "en")
