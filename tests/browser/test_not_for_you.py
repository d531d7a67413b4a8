"""The page that stands in place of one that is not for its reader: whole, accessible, with a way out (17.1)."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext

from mps_app.core.settings import settings
from tests.browser.test_every_page import SERIOUS, visit, window
from tests.conftest import Live
from tests.marks import rule
from tests.strangers.conftest import SignedIn

__all__ = ["window"]


@rule("17.1")
@pytest.mark.parametrize(
    "path", ["/iestade/darbinieki", "/skola/koordinatori", "/skola/jautajumi", "/anketa/999999999"]
)
def test_it_says_so_and_leads_on(window: BrowserContext, live: Live, victim: SignedIn, path: str) -> None:
    window.add_cookies([{"name": settings().session_cookie, "value": victim.token, "url": live.address}])
    page = window.new_page()
    assert visit(page, path) == []
    page.get_by_role("heading", name="Šī lapa Jums nav pieejama").wait_for()
    assert page.locator("h1").count() == 1
    assert page.locator("main .rt-Skeleton").count() == 0
    assert page.locator(".notice").count() == 0
    found = Axe().run(page).response["violations"]
    assert [one["id"] for one in found if one["impact"] in SERIOUS] == []
    page.get_by_role("link", name="Atvērt katalogu").click()
    page.wait_for_url("**/katalogs")
