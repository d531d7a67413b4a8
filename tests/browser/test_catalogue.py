"""The catalogue in a browser: typed, filtered, gone back, shared, by keyboard and on a phone (3.2, 17.3)."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.conftest import Live
from tests.marks import rule

TYPED = "iepirk"


@pytest.fixture
def catalogue(page: Page) -> Page:
    """The open catalogue."""
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto("/katalogs")
    expect(page.locator(".crow h2").first).to_be_visible()
    return page


@pytest.fixture
def phone(browser: Browser, live: Live) -> Iterator[Page]:
    """The open catalogue on a phone."""
    size = {"width": 390, "height": 844}
    context = browser.new_context(base_url=live.address, viewport=size, has_touch=True, locale="lv-LV")
    page = context.new_page()
    page.goto("/katalogs")
    expect(page.locator(".crow h2").first).to_be_visible()
    yield page
    context.close()


def total(page: Page) -> str:
    return page.locator(".total").inner_text()


def checked(page: Page) -> int:
    return page.locator("aside [role=checkbox][aria-checked=true]").count()


@rule("3.2")
def test_what_is_typed_is_found_marked_and_carried_by_the_address(catalogue: Page) -> None:
    everything = total(catalogue)
    catalogue.locator("#search").press_sequentially(TYPED, delay=40)
    expect(catalogue.locator(".crow mark").first).to_have_text(re.compile(TYPED, re.IGNORECASE))
    expect(catalogue).to_have_url(re.compile(rf"/katalogs\?q={TYPED}$"))
    found = total(catalogue)
    assert found != everything
    catalogue.reload()
    expect(catalogue.locator(".total")).to_have_text(found)
    expect(catalogue.locator("#search")).to_have_value(TYPED)
    catalogue.get_by_label("Notīrīt meklēšanu").click()
    expect(catalogue.locator(".total")).to_have_text(everything)
    expect(catalogue.locator("#search")).to_be_focused()


@rule("3.2")
def test_what_is_typed_before_the_page_came_to_life_is_searched_for(page: Page) -> None:
    held: list[Route] = []
    page.route("**/entry.client*", lambda route: held.append(route))  # noqa: PLW0108  # marked by Playwright
    page.goto("/katalogs", wait_until="commit")
    page.locator("#search").press_sequentially(TYPED)
    held[0].continue_()
    expect(page).to_have_url(re.compile(rf"/katalogs\?q={TYPED}$"))
    expect(page.locator(".crow mark").first).to_have_text(re.compile(TYPED, re.IGNORECASE))
    expect(page.locator("#search")).to_have_value(TYPED)


@rule("3.2")
def test_what_is_typed_while_the_page_loads_stays_and_is_searched_for(page: Page) -> None:
    page.goto("/palidziba")
    page.wait_for_load_state("networkidle")
    slow = {"offline": False, "latency": 400, "downloadThroughput": -1, "uploadThroughput": -1}
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", slow)
    page.get_by_role("link", name="Katalogs").first.click()
    page.get_by_label("Meklēt katalogā").press_sequentially(TYPED, delay=50)
    expect(page).to_have_url(re.compile(rf"/katalogs\?q={TYPED}$"))
    expect(page.locator("#search")).to_have_value(TYPED)
    expect(page.locator("#search")).to_be_focused()


@rule("3.2")
def test_back_undoes_filters_one_by_one_and_returns_from_a_course(catalogue: Page) -> None:
    everything = total(catalogue)
    catalogue.locator("aside .opt", has_text="klātienē").click()
    expect(catalogue.locator(".chip")).to_have_count(1)
    expect(catalogue).to_have_url(re.compile(r"norise=in_person$"))
    catalogue.locator("aside .opt", has_text="latviešu").click()
    expect(catalogue.locator(".chip")).to_have_count(2)
    catalogue.go_back()
    expect(catalogue.locator(".chip")).to_have_count(1)
    assert checked(catalogue) == 1
    catalogue.locator(".crow h2 a").first.click()
    expect(catalogue.locator(".course-title")).to_be_visible()
    catalogue.go_back()
    expect(catalogue.locator(".chip")).to_have_count(1)
    catalogue.locator(".chip").click()
    expect(catalogue.locator(".total")).to_have_text(everything)
    assert checked(catalogue) == 0


@rule("17.3")
def test_a_filter_and_a_course_are_reached_by_keyboard_alone(catalogue: Page) -> None:
    catalogue.locator("#search").focus()
    for _ in range(3):
        catalogue.keyboard.press("Tab")
    assert catalogue.evaluate("document.activeElement.getAttribute('role')") in {"switch", "checkbox"}
    catalogue.keyboard.press("Space")
    expect(catalogue.locator(".chip")).to_have_count(1)
    catalogue.locator(".crow h2 a").first.focus()
    catalogue.keyboard.press("Enter")
    expect(catalogue.locator(".course-title")).to_be_visible()
    expect(catalogue).to_have_title(f"{catalogue.locator('.course-title').inner_text()} · MPS")


@rule("3.2")
def test_the_phone_filters_in_a_sheet_and_shows_how_many_are_left(phone: Page) -> None:
    phone.get_by_role("button", name="Filtri").click()
    phone.locator(".sheet .opt", has_text="klātienē").click()
    show = phone.locator(".sheet footer button").last
    expect(phone.locator(".total")).not_to_have_text("")
    expect(phone).to_have_url(re.compile("norise=in_person"))
    show.click()
    expect(phone.locator(".sheet")).to_have_count(0)
    expect(phone.get_by_role("button", name="Filtri")).to_contain_text("1")


@rule("3.2")
@pytest.mark.parametrize(
    "address", ["/katalogs?q=%3Cscript%3Ealert(1)%3C/script%3E", "/katalogs?lapa=-9&no=x&karto='&self=1"]
)
def test_a_hostile_address_opens_quietly(page: Page, address: str) -> None:
    trouble: list[str] = []
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("dialog", lambda dialog: trouble.append(dialog.message))
    page.goto(address)
    expect(page.locator(".total")).to_have_text(re.compile(r"\d+ kurs"))
    assert trouble == []


@rule("3.5")
def test_an_address_that_leads_to_no_course_says_so(page: Page) -> None:
    page.goto("/kurss/NAV-TADA")
    expect(page.get_by_role("heading", name="Šāda kursa nav")).to_be_visible()
