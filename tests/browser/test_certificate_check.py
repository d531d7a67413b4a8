"""Anybody checks a certificate in a browser, and compares the file that they were given (7.5)."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import col, select

from mps_app.core.actor import SYSTEM
from mps_app.core.work import begin
from mps_app.models import Application, Certificate
from tests.conftest import Live
from tests.marks import rule
from tests.strangers.conftest import SignedIn


@rule("7.5")
def test_a_visitor_compares_a_file(page: Page, live: Live, victim: SignedIn, tmp_path: Path) -> None:
    with begin(SYSTEM) as work:
        certificate = work.db.exec(
            select(Certificate)
            .join(Application, col(Application.id) == Certificate.application_id)
            .where(Application.person_id == victim.person_id, col(Certificate.pdf_digest).is_not(None))
        ).first()
    assert certificate is not None
    sheet = page.request.get(f"{live.address}/sertifikati/{certificate.key}.pdf", headers={"cookie": victim.cookie})
    given, changed = tmp_path / "mans.pdf", tmp_path / "mainits.pdf"
    given.write_bytes(sheet.body())
    changed.write_bytes(sheet.body() + b" ")
    for file, said in ((given, "Fails nav mainīts"), (changed, "Šo failu mēs neesam izsnieguši")):
        page.goto(f"/parbaude/{certificate.code}")
        expect(page.get_by_role("heading", name="Sertifikāts ir derīgs")).to_be_visible()
        page.get_by_text("Salīdzināt failu").click()
        page.get_by_label("PDF fails").set_input_files(file)
        page.get_by_role("button", name="Salīdzināt").click()
        expect(page.locator("body")).to_contain_text(said)


@rule("7.5")
@pytest.mark.parametrize("where", ["/", "/pieslegties"])
def test_the_check_is_found_without_knowing_its_address(page: Page, where: str) -> None:
    page.goto(where)
    page.get_by_role("link", name="Pārbaudīt sertifikātu").click()
    expect(page.get_by_role("heading", level=1, name="Pārbaudīt sertifikātu")).to_be_visible()


@rule("7.5")
@rule("17.1")
def test_a_phone_finds_the_foot_above_its_bar(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/katalogs")
    expect(page.locator(".crow").first).to_be_visible()
    page.get_by_role("link", name="Pārbaudīt sertifikātu").click()  # would fail if something lay over it
    expect(page.get_by_role("heading", level=1, name="Pārbaudīt sertifikātu")).to_be_visible()
    page.goto("/palidziba")
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1, name="Help")).to_be_visible()


@rule("7.5")
def test_who_left_a_field_empty_is_told_beside_it(page: Page) -> None:
    page.goto("/parbaude")
    page.get_by_label("Sertifikāta numurs").fill("   ")
    page.get_by_role("button", name="Pārbaudīt").click()
    expect(page.locator("#number-note")).to_have_text("Aizpildiet šo lauku.")
    expect(page.locator("#family_name-note")).to_have_text("Aizpildiet šo lauku.")


@rule("7.5")
def test_after_a_match_by_number_another_one_can_be_checked(page: Page, victim: SignedIn) -> None:
    with begin(SYSTEM) as work:
        number = work.db.exec(
            select(Certificate.number)
            .join(Application, col(Application.id) == Certificate.application_id)
            .where(Application.person_id == victim.person_id, col(Certificate.revoked_at).is_(None))
        ).first()
    page.goto("/parbaude")
    page.get_by_label("Sertifikāta numurs").fill(str(number))
    page.get_by_label("Uzvārds").fill("Paraudziņa")
    page.get_by_role("button", name="Pārbaudīt").click()
    expect(page.get_by_role("heading", name="Sertifikāts ir derīgs")).to_be_visible()
    page.get_by_role("link", name="Pārbaudīt citu").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Pārbaudīt sertifikātu")
    expect(page.get_by_label("Sertifikāta numurs")).to_have_value("")
