"""A question asked in one window is answered in another, and read in the first (10.1)."""

from playwright.sync_api import BrowserContext, Page, expect

from mps_app.core.settings import settings
from tests.browser.test_every_page import window
from tests.conftest import Live
from tests.marks import rule
from tests.strangers.conftest import SignedIn, named, sign_in

__all__ = ["window"]

QUESTION, ANSWER = "Vai nodarbībā drīkst būt ar suni-pavadoni?", "Jā, droši nāciet."


def tab_of(window: BrowserContext, live: Live, who: SignedIn) -> Page:
    """Open a tab for somebody; the window is theirs from now on."""
    window.add_cookies([{"name": settings().session_cookie, "value": who.token, "url": live.address}])
    return window.new_page()


@rule("10.1")
def test_the_school_answers_where_it_was_asked(window: BrowserContext, live: Live, victim: SignedIn) -> None:
    asker = tab_of(window, live, victim)
    asker.goto("/palidziba")
    expect(asker.get_by_label("Jūsu e-pasts")).not_to_be_empty()
    asker.get_by_label("Jūsu jautājums").fill(QUESTION)
    asker.get_by_role("button", name="Nosūtīt jautājumu").click()
    expect(asker.get_by_text("Jautājums nosūtīts")).to_be_visible()

    school = tab_of(window, live, sign_in(named("Līga Testiņa")))
    school.goto("/skola/jautajumi")
    asked = school.get_by_role("listitem").filter(has_text=QUESTION)
    asked.get_by_role("button", name="Atbildēt").click()
    expect(asked.get_by_label("Jūsu atbilde")).to_be_focused()
    asked.get_by_role("button", name="Nosūtīt atbildi").click()
    expect(asked.get_by_role("alert")).to_have_text("Aizpildiet šo lauku.")
    asked.get_by_label("Jūsu atbilde").fill(ANSWER)
    asked.get_by_role("button", name="Nosūtīt atbildi").dblclick()
    expect(asked.get_by_role("button", name="Papildināt")).to_be_visible()

    asker = tab_of(window, live, victim)
    asker.goto("/palidziba")
    expect(asker.get_by_role("listitem").filter(has_text=QUESTION)).to_contain_text(ANSWER)
