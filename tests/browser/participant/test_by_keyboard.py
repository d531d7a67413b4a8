"""The whole way of a participant by keyboard alone: from the first sign-in to a place, and out of it again (17.3)."""

import re
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import Engine

from mps_app.core.actor import SYSTEM
from mps_app.core.work import begin
from tests import factories
from tests.conftest import Live
from tests.marks import rule

NEWCOMER, EMAIL = "Pēteris Jauniņš", "peteris.jaunins@dalibnieki.example"
FARTHEST = 80  # presses of a key until something must have been reached
PATIENCE = 20_000

_FOCUSED = """() => {
    const one = document.activeElement;
    if (one === document.body) return {name: '', shown: false};
    const look = getComputedStyle(one), box = one.getBoundingClientRect();
    const label = one.id ? document.querySelector(`label[for='${one.id}']`) : null;
    const name = [one.getAttribute('aria-label'), label?.innerText, one.innerText, one.closest('label')?.innerText];
    const shown = look.outlineStyle !== 'none' || look.boxShadow !== 'none';
    return {name: name.filter(Boolean).join(' | '), shown: shown && box.width > 0};
}"""


class Keyboard:
    """A person who has no mouse."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def reach(self, name: str, key: str = "Tab") -> None:
        """Go on until what bears this name has the focus, and shows it."""
        for _ in range(FARTHEST):
            self.page.keyboard.press(key)
            focused = self.page.evaluate(_FOCUSED)
            if re.search(name, focused["name"]):
                assert focused["shown"], f"nobody sees where the focus is: {name}"
                return
        pytest.fail(f"the keyboard does not reach {name}")

    def press(self, name: str, key: str = "Enter") -> None:
        """Reach something and press it."""
        self.reach(name)
        self.page.keyboard.press(key)

    def write(self, name: str, text: str) -> None:
        """Reach a field and write into it."""
        self.reach(name)
        self.page.keyboard.type(text)

    def begin_at_content(self) -> None:
        """Leave the menu behind by the skip link."""
        self.press("^Pāriet uz saturu$")


@pytest.fixture
def course(live_engine: Engine) -> str:
    """The title of a course that nobody else applies for."""
    with begin(SYSTEM) as work:
        title = f"Klaviatūras prasmes {factories.unused_code()}"
        made = factories.make_course(work, title=title, price_cents=18_000)
        group = factories.make_group(work, made)
        factories.make_session(work, group, starts_at=work.now + timedelta(days=30), room=factories.make_room(work))
        return made.title


@pytest.fixture
def keyboard(browser: Browser, live: Live) -> Iterator[Keyboard]:
    """A browser on a desk, at the home page."""
    size = {"width": 1440, "height": 900}
    context = browser.new_context(base_url=live.address, viewport=size, locale="lv-LV", timezone_id="Europe/Riga")
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto("/")
    expect(page.get_by_role("link", name="Pieslēgties").first).to_be_visible()
    yield Keyboard(page)
    context.close()


@rule("17.3")
def test_a_newcomer_gets_a_place_and_gives_it_back_without_a_mouse(keyboard: Keyboard, course: str) -> None:
    page = keyboard.page
    _sign_in(keyboard)
    _confirm_email(keyboard)
    _find(keyboard, course)
    _apply(keyboard)
    _withdraw(keyboard, course)
    expect(page.locator("main")).to_contain_text("Pieteikums atcelts")


def _sign_in(keyboard: Keyboard) -> None:
    keyboard.press("^Pieslēgties$")
    expect(keyboard.page.get_by_text("Atvērtās mācības")).to_be_visible()  # then it stands still
    keyboard.press("Pieslēgties ar Latvija.lv")
    keyboard.page.wait_for_url("**/demo/oidc/**")
    keyboard.press(NEWCOMER)
    expect(keyboard.page.locator("#email")).to_be_visible()


def _confirm_email(keyboard: Keyboard) -> None:
    """Give an address and write the code that came by mail; its field takes the focus by itself (1.6)."""
    page = keyboard.page
    keyboard.begin_at_content()
    keyboard.write("^E-pasts", EMAIL)
    keyboard.press("^Saglabāt$")
    expect(page.locator("#code")).to_be_focused()
    page.keyboard.type(_code(page))
    page.keyboard.press("Enter")
    expect(page.locator("#code")).to_have_count(0)


def _code(page: Page) -> str:
    """Return the code of the newest letter."""
    ends_at = time.monotonic() + PATIENCE / 1000
    while time.monotonic() < ends_at:
        letters = re.findall(r"/demo/pasts/[\w.-]+", page.request.get(f"/demo/pasts?kam={EMAIL}").text())
        if letters:
            text = page.request.get(f"{letters[0]}?veids=teksts").text().partition("<pre")[2]
            return re.findall(r"\b\d{6}\b", text)[0]
        time.sleep(0.2)
    pytest.fail("no letter came")


def _find(keyboard: Keyboard, course: str) -> None:
    page = keyboard.page
    keyboard.press("^Katalogs$")
    page.wait_for_url("**/katalogs")
    keyboard.begin_at_content()
    keyboard.write("^Meklēt", course)
    expect(page.locator(".crow h2")).to_have_count(1)
    keyboard.press(course)
    expect(page.get_by_role("heading", level=1)).to_contain_text(course)


def _apply(keyboard: Keyboard) -> None:
    """Pay alone, which is suggested: look at another way with an arrow, give the address, agree, confirm."""
    page = keyboard.page
    keyboard.begin_at_content()
    keyboard.press("^Pieteikties$")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("heading", name="Pieteikšanās mācībām")).to_be_visible()
    keyboard.reach("Darba vieta|Mani rekvizīti|Fiziska persona")
    for key, payer in (("ArrowUp", "Mani rekvizīti"), ("ArrowDown", "Fiziska persona")):
        page.keyboard.press(key)
        expect(dialog.get_by_role("radio", name=re.compile(payer))).to_be_checked()
    keyboard.write("^Iela, māja", "Brīvības iela 1-2")
    keyboard.write("^Pilsēta", "Rīga")
    keyboard.write("^Pasta indekss", "LV-1010")
    keyboard.press("^Piekrītu", "Space")
    keyboard.press("^Apstiprināt pieteikumu$")
    expect(dialog).to_contain_text("Pieteikums saņemts")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


def _withdraw(keyboard: Keyboard, course: str) -> None:
    page = keyboard.page
    keyboard.press("^Pieteikumi$")
    page.wait_for_url("**/pieteikumi")
    expect(page.locator("main")).to_contain_text(course)
    keyboard.begin_at_content()
    keyboard.press("^Atteikties")
    expect(page.get_by_role("alertdialog")).to_be_visible()
    keyboard.press("^Atsaukt pieteikumu$")
    expect(page.get_by_role("alertdialog")).to_have_count(0)
