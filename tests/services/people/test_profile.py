"""The own profile: contact data, address, payer, switches (2.1-2.3, 2.5, 2.7)."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from mps_app.core.actor import NOBODY, Actor
from mps_app.core.errors import DomainError, Invalid, SignInNeeded
from mps_app.core.work import House, begin
from mps_app.models import Employment, Institution, OutboxMessage, Person
from mps_app.services import identity, messages, people
from mps_app.text import catalogue
from mps_app.views.identity import CodeForm
from mps_app.views.people import AddressForm, ContactForm, ContactReceipt, PayerForm, ProfilePage
from tests.factories import actor, make_person
from tests.marks import rule

ADDRESS = {"street": "Izmēģinājumu iela 6-4", "city": "Jelgava", "postal_code": "3001"}
PAYER = {
    "name": "Upeslīču novada pašvaldība",
    "registration_number": "9999 0000 018",
    "street": "Upes iela 1",
    "city": "Upeslīči",
    "postal_code": "lv 1050",
    "vat_number": "lv99990000018",
    "iban": "lv42 trel 9990 0000 0000 1",
    "invoice_email": "Rekini@upeslici.example",
}
MISCHIEF = "<script>alert('1')</script> \u202eoļģirts\u202c \"'„”’ 👩🏽\u200d💻 ; DROP TABLE person --\u0000"


@pytest.fixture
def anna(house: House) -> Actor:
    with begin(NOBODY) as work:
        return actor(make_person(work, email="anna@iestade.example"))


@pytest.fixture
def newcomer(house: House) -> Actor:
    with begin(NOBODY) as work:
        return actor(make_person(work, name="Pēteris Jauniņš", email=None))


def save(who: Actor, **fields: str) -> ContactReceipt:
    with begin(who) as work:
        return people.save_contact(work, ContactForm.read({"email": "anna@iestade.example", **fields}))


def shown(who: Actor) -> ProfilePage:
    with begin(who) as work:
        return people.profile(work)


def record(who: Actor) -> Person:
    with begin(NOBODY) as work:
        return work.db.get_one(Person, who.person_id)


def problems_of(who: Actor, **fields: str) -> dict[str, str]:
    with pytest.raises(Invalid) as refusal:
        save(who, **fields)
    return refusal.value.fields


@rule("2.1")
def test_contact_data_are_kept_in_canonical_form_and_shown_as_people_write_them(anna: Actor) -> None:
    assert save(anna, phone="67229116", language="en", **ADDRESS) == ContactReceipt()
    kept = record(anna)
    assert (kept.phone, kept.declared_postal_code, kept.language) == ("+37167229116", "LV-3001", "en")
    page = shown(anna)
    assert (page.phone, page.street, page.language) == ("+371 67 229 116", "Izmēģinājumu iela 6-4", "en")


@rule("2.1")
def test_name_and_code_cannot_be_typed(anna: Actor) -> None:
    before = record(anna)
    save(anna, given_name="Cita", family_name="Persona", code_hash="x", personal_code="01018000012", full_name="x")
    after = record(anna)
    assert (after.full_name, after.code_hash) == (before.full_name, before.code_hash)
    assert shown(anna).code_text == before.code_masked


@rule("2.1")
def test_every_unusable_field_is_named_with_words_in_latvian(anna: Actor) -> None:
    found = problems_of(anna, email="anna", phone="12", street="Iela 1", postal_code="x")
    assert set(found) == {"email", "phone", "city", "postal_code"}
    assert all(message in catalogue("lv") for message in found.values())
    assert record(anna).phone is None


@rule("2.1")
@pytest.mark.parametrize("field", ["phone", "street", "city", "postal_code", "email"])
def test_too_long_is_said_and_not_cut(anna: Actor, field: str) -> None:
    assert set(problems_of(anna, **{field: "ā" * 300})) == {field}


@rule("2.1")
def test_mischief_in_every_field_is_refused_in_words_or_kept_harmlessly(anna: Actor) -> None:
    assert set(problems_of(anna, phone=MISCHIEF[:50], email=MISCHIEF, postal_code=MISCHIEF[:50])) >= {
        "phone",
        "email",
        "postal_code",
    }
    save(anna, street=MISCHIEF, city=MISCHIEF[:40], postal_code="1050")
    kept = shown(anna).street
    assert "<script>alert('1')</script>" in kept
    assert "👩🏽\u200d💻" in kept
    assert not set("\u202e\u202c\u0000") & set(kept)


@rule("2.1")
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(["email", "phone", "street", "city", "postal_code", "language"]), st.text()))
def test_no_input_makes_anything_but_a_refusal(anna: Actor, typed: dict[str, str]) -> None:
    try:
        with begin(anna) as work:
            people.save_contact(work, ContactForm.read(typed))
    except DomainError as refusal:
        assert refusal.message in catalogue("lv")  # noqa: PT017  # either outcome is right


@rule("1.5")
def test_an_email_is_mandatory(newcomer: Actor) -> None:
    with pytest.raises(Invalid) as refusal, begin(newcomer) as work:
        people.save_contact(work, ContactForm.read({"phone": "20000000"}))
    assert set(refusal.value.fields) == {"email"}


@rule("1.5")
def test_applying_needs_an_address_that_counts(newcomer: Actor) -> None:
    assert not people.can_apply(record(newcomer))
    assert save(newcomer).code_sent_to == "anna@iestade.example"
    assert shown(newcomer).pending_email == "anna@iestade.example"
    assert not people.can_apply(record(newcomer))
    with begin(NOBODY) as work:
        code = work.db.exec(select(OutboxMessage)).one().facts["code"]
    with begin(newcomer) as work:
        identity.confirm_email_code(work, CodeForm(code=code))
    assert people.can_apply(record(newcomer))
    assert shown(newcomer).is_email_verified


@rule("1.6")
def test_saving_again_sends_no_second_code(newcomer: Actor) -> None:
    save(newcomer)
    assert save(newcomer, phone="20000000") == ContactReceipt()
    with begin(NOBODY) as work:
        assert len(work.db.exec(select(OutboxMessage)).all()) == 1


@rule("2.2")
def test_an_invoice_needs_a_whole_address(anna: Actor) -> None:
    assert not people.has_declared_address(record(anna))
    save(anna, **ADDRESS)
    assert people.has_declared_address(record(anna))
    save(anna)
    assert not people.has_declared_address(record(anna))


@rule("2.2")
@pytest.mark.parametrize("missing", list(ADDRESS))
def test_an_address_is_all_or_nothing(anna: Actor, missing: str) -> None:
    assert set(problems_of(anna, **{**ADDRESS, missing: ""})) == {missing}


@rule("2.2")
def test_the_address_alone_can_be_declared_while_applying(anna: Actor) -> None:
    with begin(anna) as work:
        people.declare_address(work, AddressForm.read(ADDRESS))
    assert people.has_declared_address(record(anna))
    with pytest.raises(Invalid) as refusal, begin(anna) as work:
        people.declare_address(work, AddressForm.read({"street": "Cita iela 2"}))
    assert set(refusal.value.fields) == {"city", "postal_code"}
    assert record(anna).declared_street == ADDRESS["street"]


@rule("2.3")
def test_payer_details_are_checked_and_kept(anna: Actor) -> None:
    with begin(anna) as work:
        people.save_payer_details(work, PayerForm.read(PAYER))
    card = shown(anna).payer_details
    assert card.registration_number == "99990000018"
    assert (card.vat_number, card.iban) == ("LV99990000018", "LV42 TREL 9990 0000 0000 1")
    assert (card.postal_code, card.invoice_email) == ("LV-1050", "Rekini@upeslici.example")
    with begin(anna) as work:
        people.save_payer_details(work, PayerForm.read({**PAYER, "vat_number": "", "iban": ""}))
    assert shown(anna).payer_details.vat_number == ""


@rule("2.3")
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "ā" * 201),
        ("registration_number", "40003521601"),
        ("registration_number", ""),
        ("vat_number", "LV123"),
        ("iban", "LV43TREL9990000000001"),
        ("postal_code", "12"),
        ("street", ""),
        ("city", ""),
        ("invoice_email", "nav"),
        ("invoice_email", ""),
    ],
)
def test_payer_details_are_refused_beside_the_field(anna: Actor, field: str, value: str) -> None:
    with pytest.raises(Invalid) as refusal, begin(anna) as work:
        people.save_payer_details(work, PayerForm.read({**PAYER, field: value}))
    assert set(refusal.value.fields) == {field}
    assert not shown(anna).has_payer_details


@rule("2.3")
def test_payer_details_can_be_removed(anna: Actor) -> None:
    with begin(anna) as work:
        people.save_payer_details(work, PayerForm.read(PAYER))
        people.remove_payer_details(work)
    assert not shown(anna).has_payer_details


@rule("2.5")
def test_several_workplaces_at_once_and_none_after_leaving(anna: Actor) -> None:
    with begin(NOBODY) as work:
        for number, until in (("99990000018", None), ("99990000022", None), ("99990000037", date(2026, 9, 6))):
            institution = Institution(registration_number=number, name=f"Iestāde {number}", name_folded=number)
            work.db.add(institution)
            work.db.flush()
            work.db.add(
                Employment(
                    person_id=anna.person_id, institution_id=institution.key, from_on=date(2020, 1, 1), until_on=until
                )
            )
    assert [place.registration_number for place in shown(anna).workplaces] == ["99990000018", "99990000022"]


@rule("2.7")
def test_optional_messages_can_be_switched_off_and_mandatory_ones_not(anna: Actor) -> None:
    with begin(anna) as work:
        people.switch_optional_mail(work, wanted=False)
    assert not shown(anna).optional_mail
    optional = [name for name, template in messages.TEMPLATES.items() if not template.is_mandatory]
    assert optional
    with begin(NOBODY) as work:
        assert not work.db.get_one(Person, anna.person_id).optional_mail


@rule("17.2")
def test_the_language_is_kept(anna: Actor) -> None:
    save(anna, language="en")
    assert shown(anna).language == "en"


@rule("2.1")
def test_a_visitor_has_no_profile(house: House) -> None:
    with pytest.raises(SignInNeeded), begin(NOBODY) as work:
        people.profile(work)
    with pytest.raises(SignInNeeded), begin(NOBODY) as work:
        people.save_contact(work, ContactForm(email="a@x.lv"))
    with pytest.raises(SignInNeeded), begin(NOBODY) as work:
        people.save_payer_details(work, PayerForm())
