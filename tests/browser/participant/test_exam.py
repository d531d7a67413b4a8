"""A test is taken by keyboard alone, from the start to the result; its clock ticks without the server (8.1, 17.3)."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import Engine, text
from sqlmodel import select

from mps_app.core.actor import SYSTEM
from mps_app.core.settings import settings
from mps_app.core.work import begin
from mps_app.models import ExamAttempt
from tests.browser.participant.test_by_keyboard import PATIENCE, Keyboard
from tests.conftest import Live
from tests.marks import rule
from tests.services.certificates.course import Training
from tests.services.exams.course import invitation_of, prepared
from tests.strangers.conftest import sign_in


@pytest.fixture
def training(live_engine: Engine) -> Training:
    return prepared(exam={"is_shuffled": False})


@pytest.fixture
def page(browser: Browser, live: Live, training: Training) -> Iterator[Page]:
    """The test in a browser of its taker."""
    size = {"width": 1440, "height": 900}
    context = browser.new_context(base_url=live.address, viewport=size, locale="lv-LV", timezone_id="Europe/Riga")
    who = sign_in(training.people[0].key)
    context.add_cookies([{"name": settings().session_cookie, "value": who.token, "url": live.address}])
    opened = context.new_page()
    opened.set_default_timeout(PATIENCE)
    opened.goto(f"/tests/{invitation_of(training)}")
    expect(opened.get_by_role("button", name="Sākt testu")).to_be_visible()
    yield opened
    context.close()


def is_accessible(page: Page) -> bool:
    found = Axe().run(page).response["violations"]
    return [one["id"] for one in found if one["impact"] in {"serious", "critical"}] == []


@rule("8.1")
@rule("17.3")
def test_a_test_is_taken_without_a_mouse_from_the_start_to_the_result(page: Page) -> None:
    keyboard = Keyboard(page)
    expect(page.locator("main")).to_contain_text("4 jautājumi")
    keyboard.press("^Sākt testu$")
    expect(page.get_by_role("heading", level=1)).to_have_text("Kas ir zaļš?")
    expect(page.locator("main input").first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="Zāle")).to_be_checked()
    assert is_accessible(page)
    keyboard.press("^Nākamais jautājums$")
    expect(page.get_by_role("checkbox", name="Pīle")).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    keyboard.press("^Nākamais jautājums$")
    expect(page.get_by_role("textbox")).to_be_focused()
    page.keyboard.type("4,5")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Kā sauc galvaspilsētu?")
    keyboard.press("^Atzīmēt vēlākam$")
    expect(page.get_by_role("button", name="4. jautājums, atzīmēts vēlākam")).to_be_visible()
    keyboard.press("^Pabeigt testu$")
    dialog = page.get_by_role("alertdialog")
    expect(dialog).to_contain_text("Nav atbildēts uz 1 jautājumu. Vēlākam atzīmēts 1 jautājums.")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    page.get_by_role("textbox").focus()
    page.keyboard.type("riga")
    keyboard.press("^Pabeigt testu$")
    expect(dialog).to_contain_text("Uz visiem jautājumiem ir atbildēts.")
    keyboard.press("^Iesniegt$")
    expect(page.get_by_role("heading", level=1)).to_have_text("5 no 5 punktiem")
    expect(page.locator("main")).to_contain_text("Vajadzēja vismaz 3 punktus.")
    assert is_accessible(page)


@rule("8.1")
def test_the_clock_ticks_in_the_browser_and_the_server_hands_in(
    page: Page, live_engine: Engine, training: Training
) -> None:
    page.get_by_role("button", name="Sākt testu").click()
    face = page.locator(".ticker")
    expect(face).to_be_visible()
    first = _seconds(page)
    assert 19 * 60 < first <= 20 * 60
    page.wait_for_timeout(2_500)
    assert 1 <= first - _seconds(page) <= 10
    _let_little_time_be_left(live_engine, training, seconds=15)
    page.reload()
    expect(page.get_by_role("status").filter(has_text="Atlikusi 1 minūte.")).to_have_count(1)
    expect(page.get_by_role("heading", level=1)).to_have_text("0 no 5 punktiem", timeout=2 * PATIENCE)
    expect(page.locator("main")).to_contain_text("Laiks beidzās")


def _seconds(page: Page) -> int:
    """Return what the clock's face counts."""
    left = "() => getComputedStyle(document.querySelector('.ticker')).getPropertyValue('--left')"
    return int(re.sub(r"\D", "", page.evaluate(left)))


def _let_little_time_be_left(engine: Engine, training: Training, *, seconds: int) -> None:
    with begin(SYSTEM) as work:
        mine = ExamAttempt.invitation_id == invitation_of(training)
        attempt, ends_at = work.db.exec(select(ExamAttempt).where(mine)).one(), work.now + timedelta(seconds=seconds)
    with engine.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        earlier = text("UPDATE exam_attempt SET ends_at = :at WHERE id = :id")
        connection.execute(earlier, {"at": ends_at, "id": attempt.key})
