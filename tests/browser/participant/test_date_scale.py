"""The date scale in a browser, under the real content policy: keys, pointer, focus, what is read out (6.1, 6.2, 17.3)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from sqlalchemy import Engine, update
from sqlmodel import col

from mps_app.core import riga
from mps_app.core.actor import SYSTEM
from mps_app.core.settings import settings
from mps_app.core.work import Work, begin
from mps_app.models import Person, TrainingSession
from tests import factories
from tests.conftest import Live
from tests.marks import rule
from tests.strangers.conftest import SignedIn, sign_in

AHEAD = (2, 2, 5, 100)  # days from today with sessions
LONG_AGO = 2_500
PATIENCE = 20_000  # milliseconds, on a machine that has much else to do


@dataclass
class Scale:
    """The open home page and what it complained of."""

    page: Page
    today: date
    complaints: list[str] = field(default_factory=list)

    @property
    def picked(self) -> Locator:
        """The picked day."""
        return self.page.locator(".ds-day[aria-selected=true]")

    def day(self, on: date) -> Locator:
        """One day of the band."""
        return self.page.locator(f"#d{on.toordinal()}")

    def expect_picked(self, on: date, *, focused: bool) -> None:
        """Wait until a day is picked, visible, and its card shown."""
        expect(self.day(on)).to_have_attribute("aria-selected", "true", timeout=PATIENCE)
        expect(self.day(on)).to_be_in_viewport(timeout=PATIENCE)
        expect(self.page.locator(".ds-date h3")).to_have_text(riga.day_text("lv", on), timeout=PATIENCE)
        if focused:
            expect(self.day(on)).to_be_focused()

    def in_days(self, count: int) -> date:
        """The day so many days from today."""
        return self.today + timedelta(days=count)

    def left(self) -> float:
        """How far the band is scrolled."""
        return float(self.page.evaluate("document.getElementById('ds-view').scrollLeft"))


def held(work: Work, person: Person, day: date, *, hour: int = 9, online: bool = False) -> None:
    """One session of the person on a day."""
    starts_at = riga.at_riga(day, time(hour, 30))
    course = factories.make_course(work, visibility="draft", format="online" if online else "in_person")
    deadline = max(starts_at - timedelta(days=1), work.now + timedelta(hours=1))
    window = {"registration_opens_at": deadline - timedelta(days=90), "registration_closes_at": deadline}
    group = factories.make_group(work, course, status="confirmed", cancellation_deadline_at=deadline, **window)
    made = factories.make_session(work, group, starts_at=starts_at, room=factories.make_room(work))
    if online:
        change = update(TrainingSession).where(col(TrainingSession.id) == made.key)
        work.db.execute(change.values(online_url="https://sapulces.example/slepena", room_id=None))
    factories.make_application(work, person, course, group=group)


@pytest.fixture
def person(live_engine: Engine) -> SignedIn:
    """A participant with sessions: long ago, two on one day soon, later, far ahead."""
    with begin(SYSTEM) as work:
        whose = factories.make_person(work, name="Ilze Bērziņa", email="ilze@iestade.example")
        today = riga.today(work.now)
        for number, days in enumerate((-LONG_AGO, *AHEAD)):
            held(work, whose, today + timedelta(days=days), hour=9 + number, online=number == 2)
    return sign_in(whose.key)


@pytest.fixture
def scale(browser: Browser, live: Live, person: SignedIn) -> Iterator[Scale]:
    """The home page on a desk, with everything its console says kept."""
    context = browser.new_context(
        base_url=live.address, viewport={"width": 1440, "height": 900}, locale="lv-LV", timezone_id="Europe/Riga"
    )
    context.add_cookies([{"name": settings().session_cookie, "value": person.token, "url": live.address}])
    page = context.new_page()
    opened = Scale(page, riga.today(datetime.now(riga.RIGA)))
    page.on("console", lambda said: opened.complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: opened.complaints.append(str(error)))
    answer = page.goto("/")
    assert answer is not None
    assert "unsafe-eval" not in answer.headers["content-security-policy"]
    expect(page.locator(".sess")).to_have_count(2, timeout=PATIENCE)
    yield opened
    context.close()
    assert opened.complaints == []


@rule("6.1")
def test_the_nearest_next_session_is_picked_a_few_days_from_the_left(scale: Scale) -> None:
    scale.expect_picked(scale.in_days(2), focused=False)
    view, day = scale.page.locator("#ds-view").bounding_box(), scale.picked.bounding_box()
    assert view is not None
    assert day is not None
    assert round((day["x"] - view["x"]) / 48) == 8
    assert scale.picked.get_attribute("aria-label", timeout=1_000).endswith(", 2 nodarbības")  # type: ignore[union-attr]


@rule("6.2")
def test_every_key_of_the_design_moves_the_day_the_focus_and_the_card(scale: Scale) -> None:
    scale.picked.focus()
    start = scale.in_days(2)
    following = scale.in_days(5)
    month = following.replace(day=1)
    steps = [
        ("ArrowRight", start + timedelta(days=1)),
        ("ArrowLeft", start),
        ("Shift+ArrowRight", following),
        ("Home", month),
        ("End", (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)),
        ("t", scale.today),
        ("Shift+ArrowLeft", scale.in_days(-LONG_AGO)),
        ("T", scale.today),
    ]
    for key, on in steps:
        scale.page.keyboard.press(key)
        scale.expect_picked(on, focused=True)
    for _ in range(8):
        scale.page.keyboard.press("PageDown")
    month = scale.today.year * 12 + scale.today.month - 1 + 8
    expect(scale.picked).to_be_focused()
    expect(scale.picked).to_have_attribute(
        "aria-label", re.compile(riga.month_text("lv", date(2000, month % 12 + 1, 1)))
    )


@rule("17.3")
def test_the_band_is_one_tab_stop_and_foreign_keys_pass(scale: Scale) -> None:
    assert scale.page.locator("#ds-view [tabindex='0']").count() == 1
    scale.picked.focus()
    scale.page.keyboard.press("Tab")
    assert scale.page.evaluate("document.activeElement.closest('.ds-body') !== null")
    scale.page.keyboard.press("Shift+Tab")
    expect(scale.picked).to_be_focused()


@rule("6.1")
def test_back_and_forward_move_a_page_keep_the_focus_and_are_read_out(scale: Scale) -> None:
    forward = scale.page.get_by_role("button", name="Uz priekšu")
    before = scale.left()
    forward.click()
    expect(scale.page.locator(".ds > .sr")).to_have_text(re.compile(r"^no \d+\.\s.*līdz \d+\.\s"))
    assert 20 * 48 <= scale.left() - before <= 26 * 48
    expect(forward).to_be_focused()
    scale.page.get_by_role("button", name="Šodien", exact=True).click()
    scale.expect_picked(scale.today, focused=False)


@rule("6.1")
def test_a_click_on_a_day_shows_its_sessions_and_does_not_move_the_band(scale: Scale) -> None:
    before = scale.left()
    scale.day(scale.in_days(5)).click()
    scale.expect_picked(scale.in_days(5), focused=False)
    expect(scale.page.locator(".sess")).to_have_count(1)
    assert scale.left() == before
    scale.day(scale.in_days(6)).click()
    expect(scale.page.locator(".ds-free")).to_have_text("Šajā dienā nodarbību nav.")


@rule("6.1")
def test_the_strip_of_the_year_brings_a_month_into_view(scale: Scale) -> None:
    january = scale.page.locator(".ds-year button").first
    january.click()
    expect(january).to_have_attribute("aria-current", "true")
    expect(scale.day(scale.today.replace(month=1, day=1))).to_be_in_viewport()


@rule("6.2")
def test_a_mouse_draws_the_band_along_without_picking_a_day(scale: Scale) -> None:
    box = scale.picked.bounding_box()
    assert box is not None
    before, x, y = scale.left(), box["x"] + 200, box["y"] + 40
    scale.page.mouse.move(x, y)
    scale.page.mouse.down()
    scale.page.mouse.move(x - 300, y, steps=20)
    scale.page.mouse.up()
    scale.page.wait_for_timeout(400)
    assert abs(scale.left() - before - 300) <= 48  # it snaps to a day
    expect(scale.day(scale.in_days(2))).to_have_attribute("aria-selected", "true")


@rule("6.2")
def test_a_wheel_scrolls_and_the_months_that_come_are_there(scale: Scale) -> None:
    before = scale.left()
    scale.page.mouse.move(700, 340)
    for _ in range(12):
        scale.page.mouse.wheel(1_000, 0)
        scale.page.wait_for_timeout(120)
    scale.page.wait_for_function("document.elementFromPoint(700, 340).closest('.ds-day') !== null")
    assert scale.left() - before > 180 * 48


@rule("6.1")
def test_the_online_room_is_not_in_the_page_before_it_opens(scale: Scale) -> None:
    expect(scale.page.get_by_role("button", name="Pievienoties")).to_be_disabled()
    expect(scale.page.locator(".facts", has_text="Saite būs atvērta no plkst.")).to_have_count(1)
    assert "slepena" not in scale.page.content()


@rule("4.7")
def test_a_place_is_given_up_after_being_asked_once_more(scale: Scale) -> None:
    scale.day(scale.in_days(5)).click()
    scale.expect_picked(scale.in_days(5), focused=False)
    scale.page.get_by_role("button", name="Nevarēšu piedalīties").click()
    asked = scale.page.get_by_role("alertdialog")
    expect(asked).to_contain_text("Vieta uzreiz tiks nodota nākamajam rindā")
    asked.get_by_role("button", name="Paturēt vietu").click()
    expect(scale.page.locator(".sess")).to_have_count(1)
    scale.page.get_by_role("button", name="Nevarēšu piedalīties").click()
    asked.get_by_role("button", name="Atteikties no vietas").click()
    expect(scale.page.locator(".notice")).to_contain_text("Jūs atteicāties no vietas.")
    expect(scale.day(scale.in_days(5))).to_have_attribute("aria-label", re.compile("nav nodarbību$"))


@rule("6.2")
def test_on_a_phone_a_swipe_moves_and_a_tap_picks(browser: Browser, live: Live, person: SignedIn) -> None:
    context = browser.new_context(
        base_url=live.address, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, locale="lv-LV"
    )
    context.add_cookies([{"name": settings().session_cookie, "value": person.token, "url": live.address}])
    scale = Scale(context.new_page(), riga.today(datetime.now(riga.RIGA)))
    scale.page.goto("/")
    scale.expect_picked(scale.in_days(2), focused=False)
    box, before = scale.picked.bounding_box(), scale.left()
    assert box is not None
    finger = context.new_cdp_session(scale.page)
    for step in range(16):
        kind = "touchStart" if step == 0 else "touchMove" if step < 15 else "touchEnd"
        points = [] if kind == "touchEnd" else [{"x": 300 - step * 12, "y": box["y"] + 40}]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        scale.page.wait_for_timeout(20)
    scale.page.wait_for_function(f"document.getElementById('ds-view').scrollLeft > {before + 80}")
    scale.day(scale.in_days(5)).tap()
    scale.expect_picked(scale.in_days(5), focused=False)
    context.close()
