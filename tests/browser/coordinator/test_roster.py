"""The roster by keyboard, and while others change it: focus, choice and scroll stay where they are (11.4, 17.3)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import Engine

from mps_app.core.actor import SYSTEM
from mps_app.core.settings import settings
from mps_app.core.work import begin
from mps_app.models import Course, Institution
from tests import factories
from tests.conftest import Live
from tests.marks import rule
from tests.strangers.conftest import sign_in

PEOPLE = 60


@dataclass(frozen=True)
class Office:
    """A coordinator at the roster of an institution of their own."""

    page: Page
    institution_id: int

    def focused(self) -> str:
        """The name of what has the focus."""
        name: str = self.page.evaluate("document.activeElement.getAttribute('aria-label')")
        return name

    def box(self, name: str) -> None:
        """Put the focus on the checkbox of somebody."""
        self.page.get_by_role("table").get_by_label(f"Izvēlēties: {name}").focus()

    def says(self, count: int) -> None:
        """Wait until so many are chosen."""
        expect(self.page.locator(".roster-foot .chosen")).to_contain_text(re.compile(rf"Izvēlēti {count} no {PEOPLE}"))


@pytest.fixture
def office(browser: Browser, live: Live, live_engine: Engine) -> Iterator[Office]:
    with begin(SYSTEM) as work:
        institution = factories.make_institution(work, name="Klaviatūras iestāde")
        speaker = factories.make_person(work, name="Kārlis Koordinētājs")
        factories.make_coordinator(work, speaker, institution)
        for number in range(PEOPLE):
            person = factories.make_person(work, name=f"Persona {number:02}")
            factories.make_employment(work, person, institution, unit="Kanceleja")
        keys = institution.key, speaker.key
    context = browser.new_context(base_url=live.address, locale="lv-LV", viewport={"width": 1440, "height": 700})
    cookie = {"name": settings().session_cookie, "value": sign_in(keys[1]).token, "url": live.address}
    context.add_cookies([cookie])
    page = context.new_page()
    page.goto("/iestade/darbinieki")
    expect(page.get_by_role("row")).to_have_count(51)
    yield Office(page, keys[0])
    context.close()


@rule("11.4")
@pytest.mark.browser
@pytest.mark.live
def test_whoever_takes_the_filters_off_sees_an_empty_field(office: Office) -> None:
    field = office.page.locator("#search")
    field.press_sequentially("persona 07", delay=40)
    expect(office.page.get_by_role("row")).to_have_count(2)
    office.page.get_by_text("Filtri", exact=True).first.click()
    office.page.get_by_role("button", name="Noņemt filtrus").click()
    expect(office.page.get_by_role("row")).to_have_count(51)
    expect(field).to_have_value("")
    expect(office.page).to_have_url(re.compile("/iestade/darbinieki$"))


@rule("11.4")
@rule("17.3")
@pytest.mark.browser
@pytest.mark.live
def test_arrows_move_space_chooses_shift_draws_on_and_control_a_takes_all(office: Office) -> None:
    keys = office.page.keyboard
    office.box("Persona 00")
    keys.press("Space")
    office.says(1)
    keys.press("ArrowDown")
    keys.press("ArrowDown")
    assert office.focused() == "Izvēlēties: Persona 02"
    keys.press("Space")
    office.says(2)
    keys.press("Shift+ArrowDown")
    office.says(3)
    assert office.focused() == "Izvēlēties: Persona 03"
    keys.press("Control+a")
    office.says(PEOPLE)


@rule("11.4")
@pytest.mark.browser
@pytest.mark.live
def test_a_change_by_somebody_else_leaves_focus_scroll_and_choice_alone(office: Office) -> None:
    page = office.page
    page.get_by_role("table").get_by_label("Izvēlēties: Persona 40").click()
    office.says(1)
    scrolled = page.evaluate("window.scrollY")
    assert scrolled > 0
    with begin(SYSTEM) as work:
        institution = work.db.get_one(Institution, office.institution_id)
        factories.make_employment(work, factories.make_person(work, name="Aija Pirmā"), institution)
    expect(page.get_by_role("rowheader", name="Aija Pirmā")).to_have_count(1)
    expect(page.locator(".roster-foot .chosen")).to_contain_text(f"Izvēlēti 1 no {PEOPLE + 1}")
    assert office.focused() == "Izvēlēties: Persona 40"
    assert page.get_by_role("table").get_by_label("Izvēlēties: Persona 40").is_checked()
    assert abs(page.evaluate("window.scrollY") - scrolled) < 60  # the browser holds on to what it shows


@rule("17.4")
@pytest.mark.browser
@pytest.mark.live
def test_on_a_phone_a_notice_hides_nothing_of_what_was_chosen(office: Office) -> None:
    page = office.page
    with begin(SYSTEM) as work:
        institution = work.db.get_one(Institution, office.institution_id)
        group = factories.make_group(work, factories.make_course(work))
        for number in range(2):
            person = factories.make_person(work, name=f"Gaida Lēmumu{number}")
            factories.make_employment(work, person, institution)
            factories.make_application(
                work, person, work.db.get_one(Course, group.course_id), group=group, status="pending_approval",
                payer_kind="institution", payer_institution_id=institution.key,
            )  # fmt: skip
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/iestade/pieteikumi")
    page.locator(".acct-cards").get_by_role("button", name=re.compile("^Saskaņot")).first.click()
    expect(page.locator(".notice")).to_be_visible()
    page.locator(".acct-cards").get_by_role("checkbox").click()
    page.locator(".acct-bulk").get_by_role("button", name="Saskaņot").click(timeout=5_000)
    expect(page.locator(".notice")).to_contain_text("Saskaņots 1 pieteikums.")
