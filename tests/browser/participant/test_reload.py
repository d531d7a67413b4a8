"""A page that is loaded again, or left and come back to, shows what is true now (4.1, 7.1)."""

from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import Engine

from mps_app.core.actor import SYSTEM
from mps_app.core.work import begin
from tests import factories
from tests.conftest import Live
from tests.marks import rule
from tests.services.certificates.course import answers_for, hold_training, invite, mark
from tests.strangers.conftest import SignedIn, sign_in

_WATCH = """new MutationObserver(() => { window.flashed ||= !!document.querySelector('[role="dialog"]') })
    .observe(document, { childList: true, subtree: true })"""


def _page_of(browser: Browser, live: Live, who: SignedIn) -> Page:
    context = browser.new_context(base_url=live.address, locale="lv-LV")
    name, _, value = who.cookie.partition("=")
    context.add_cookies([{"name": name, "value": value, "url": live.address}])
    return context.new_page()


@rule("7.1")
def test_answers_are_seen_again_after_a_reload(browser: Browser, live: Live, live_engine: Engine) -> None:
    training = hold_training(people=1)
    mark(training)
    invite()
    invitation_id, _ = answers_for(training, 0)
    page = _page_of(browser, live, sign_in(training.people[0].key))
    page.goto(f"/anketa/{invitation_id}")
    first = page.locator("main fieldset").first.get_by_role("radio").nth(2)
    first.check(force=True)
    expect(page.locator("footer")).to_contain_text("Atbildes saglabātas")
    page.reload()
    expect(first).to_be_checked()
    page.context.close()


@rule("4.1")
@pytest.mark.parametrize("leaves", ["by_the_receipt", "by_the_address"])
def test_a_receipt_does_not_come_back_over_the_next_page(
    browser: Browser, live: Live, live_engine: Engine, leaves: str
) -> None:
    with begin(SYSTEM) as work:
        course = factories.make_course(work)
        factories.make_session(work, factories.make_group(work, course), starts_at=work.now + timedelta(days=40))
        person = factories.make_person(work, name="Rūta Rēķins", email="ruta@iestade.example").key
        code = course.code
    page = _page_of(browser, live, sign_in(person))
    page.goto(f"/kurss/{code}")
    page.get_by_role("complementary").get_by_role("button", name="Pieteikties", exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("checkbox").check()
    dialog.get_by_role("button", name="Apstiprināt pieteikumu").click()
    expect(dialog).to_contain_text("Pieteikums saņemts")
    if leaves == "by_the_receipt":
        dialog.get_by_role("link", name="Skatīt manus pieteikumus").click()
        page.wait_for_url("**/pieteikumi")
        page.get_by_role("link", name="Katalogs").first.click()
    else:
        page.add_init_script(_WATCH)
        page.goto("/katalogs")
    expect(page.locator(".crow h2").first).to_be_visible()
    page.wait_for_timeout(1_000)  # what the page loads has come by then
    expect(dialog).to_have_count(0)
    assert not page.evaluate("() => window.flashed")
    page.context.close()
