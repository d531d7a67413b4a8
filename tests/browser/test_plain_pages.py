"""Pages that HTTP doors answer with: the product's own look, light or dark as the system is, and a way on (17.1, 17.3)."""

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.conftest import Live
from tests.marks import rule

LOOK = "[getComputedStyle(document.body).backgroundColor, [...document.fonts].some(f => f.status === 'loaded')]"
PAPER = {"light": "rgb(251, 250, 246)", "dark": "rgb(21, 19, 16)"}
NO_PDF = {"name": "x.pdf", "mimeType": "application/pdf", "buffer": b"<html>"}


def refused_file(page: Page) -> None:
    """Send what is no PDF to be compared, and see the answer."""
    page.goto("/parbaude")
    page.locator("summary").click()
    page.locator("#fails").set_input_files(NO_PDF)  # type: ignore[arg-type]
    page.locator(".compare button").click()
    page.wait_for_url("**/parbaude/fails")


@rule("17.3")
@pytest.mark.parametrize("system", ["light", "dark"])
def test_a_plain_page_has_the_look_of_the_others(
    browser: Browser, live: Live, system: Literal["light", "dark"]
) -> None:
    context = browser.new_context(base_url=live.address, color_scheme=system, viewport={"width": 390, "height": 844})
    page = context.new_page()
    for where in ("/auth/start", "/demo/pasts"):
        page.goto(where)
        page.wait_for_load_state("networkidle")
        assert page.evaluate(LOOK) == [PAPER[system], True], where
        assert not [one for one in Axe().run(page).response["violations"] if one["impact"] in {"serious", "critical"}]
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), where
    context.close()


@rule("7.5")
def test_whoever_sent_no_pdf_finds_the_way_back_to_the_check(page: Page) -> None:
    refused_file(page)
    page.get_by_role("link", name="Mēģināt vēlreiz").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Pārbaudīt sertifikātu")
