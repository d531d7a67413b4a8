"""An institution's requisites, kept by its coordinator, and its consent to applications (11.5, 4.8)."""

import pytest
from sqlmodel import col, select

from mps_app.core.actor import NOBODY
from mps_app.core.errors import Invalid, NotAllowed
from mps_app.core.work import begin
from mps_app.models import AuditEvent, Institution
from mps_app.services import institutions
from mps_app.text import catalogue
from mps_app.views.institutions import ApprovalForm, RequisitesPage
from mps_app.views.people import RequisitesForm
from tests.marks import rule
from tests.services.institutions.conftest import ADDRESS, Desk

KEPT = {
    **ADDRESS, "vat_number": "lv99990000018", "iban": "lv42 trel 9990 0000 0000 1",
    "invoice_email": "Rekini@Upeslici.example",
}  # fmt: skip


def save(desk: Desk, **fields: str) -> None:
    with begin(desk.ilze) as work:
        institutions.save_requisites(work, desk.institution.key, RequisitesForm.read({**KEPT, **fields}))


def shown(desk: Desk) -> RequisitesPage:
    with begin(desk.ilze) as work:
        return institutions.requisites(work, desk.institution.key)


def acts() -> list[str]:
    with begin(NOBODY) as work:
        return list(work.db.exec(select(AuditEvent.action).order_by(col(AuditEvent.id))))


@rule("11.5")
def test_requisites_are_kept_in_canonical_form_and_shown_as_people_write_them(desk: Desk) -> None:
    save(desk)
    with begin(NOBODY) as work:
        kept = work.db.get_one(Institution, desk.institution.key)
    assert (kept.postal_code, kept.vat_number, kept.iban) == ("LV-1050", "LV99990000018", "LV42TREL9990000000001")
    assert shown(desk).card.iban == "LV42 TREL 9990 0000 0000 1"
    save(desk)
    assert acts() == ["institution:update_requisites"]  # the second time nothing changed


@rule("11.5")
def test_what_cannot_stand_on_an_invoice_is_refused_beside_its_field(desk: Desk) -> None:
    wrong = {
        "street": "", "city": "", "postal_code": "12", "vat_number": "LV1", "iban": "LV00TREL", "invoice_email": "nav",
    }  # fmt: skip
    with pytest.raises(Invalid) as refused:
        save(desk, **wrong)
    assert set(refused.value.fields) == set(wrong)
    assert all(message in catalogue("lv") for message in refused.value.fields.values())
    assert shown(desk).card.street == ""
    assert acts() == []


@rule("11.5")
def test_name_and_number_are_the_schools_to_change(desk: Desk) -> None:
    before = shown(desk)
    save(desk, name="Cits nosaukums", registration_number="99990000022", peppol_id="x")
    assert (shown(desk).name, shown(desk).registration_number) == (before.name, before.registration_number)


@rule("4.8")
@pytest.mark.parametrize("days", ["0", "31", "-1", "", "daudz", None])
def test_there_are_one_to_thirty_working_days_to_decide(desk: Desk, days: str | None) -> None:
    with pytest.raises(Invalid) as refused, begin(desk.ilze) as work:
        form = ApprovalForm.read({"needs_approval": True, "approval_days": days})
        institutions.save_approval(work, desk.institution.key, form)
    assert set(refused.value.fields) == {"approval_days"}
    assert not shown(desk).needs_approval


@rule("4.8")
def test_consent_is_switched_and_written_down(desk: Desk) -> None:
    for wanted in (True, True, False):
        with begin(desk.ilze) as work:
            form = ApprovalForm.read({"needs_approval": wanted, "approval_days": "5"})
            institutions.save_approval(work, desk.institution.key, form)
        assert (shown(desk).needs_approval, shown(desk).approval_days) == (wanted, 5)
    assert acts() == ["institution:update_approval"] * 2


@rule("11.5")
def test_another_institutions_coordinator_and_the_school_change_nothing(desk: Desk) -> None:
    for who in (desk.stranger, desk.staff):
        for institution_id in (desk.institution.key, 10**9):
            with pytest.raises(NotAllowed), begin(who) as work:
                institutions.save_requisites(work, institution_id, RequisitesForm.read(KEPT))
            with pytest.raises(NotAllowed), begin(who) as work:
                institutions.save_approval(work, institution_id, ApprovalForm(needs_approval=True))
    assert shown(desk).card.street == ""
