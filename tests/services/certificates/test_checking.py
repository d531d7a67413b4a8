"""Anybody checks a certificate without signing in; what it answers is what is printed, and nothing more (7.5)."""

import base64
import json
from pathlib import Path

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet
from sqlmodel import select

from mps_app.core.actor import NOBODY, SYSTEM, Actor
from mps_app.core.errors import NotFound, TooMany
from mps_app.core.work import House, begin
from mps_app.models import Certificate
from mps_app.services import certificates
from mps_app.views.certificates import CertificateCheck, CheckForm
from tests.factories import actor, make_person
from tests.marks import rule
from tests.services.certificates.course import STAFF, Training, certify, print_all, with_paper


@pytest.fixture(autouse=True)
def paper(house: House, tmp_path: Path) -> House:
    return with_paper(house, tmp_path / "files")


def all_of_them() -> list[Certificate]:
    with begin(SYSTEM) as work:
        return list(work.db.exec(select(Certificate).order_by(Certificate.id)))


def checked(code: str) -> CertificateCheck:
    with begin(NOBODY) as work:
        return certificates.check(work, code)


def typed(number: str, family_name: str) -> CertificateCheck:
    with begin(NOBODY) as work:
        return certificates.find(work, CheckForm(number=number, family_name=family_name))


@rule("7.5")
def test_every_printed_field_is_shown_and_nothing_else() -> None:
    certify(
        names=["Ilze Bērziņa"],
        title="Efektīva sapulču vadība",
        programme=[{"title": "Sapulces mērķis"}, {"title": "Protokols un uzdevumi"}],
    )
    answer = checked(all_of_them()[0].code)
    assert (answer.status, answer.heading) == ("valid", "Sertifikāts ir derīgs")
    assert {fact.label: fact.text for fact in answer.facts} == {
        "Dokuments": "Sertifikāts",
        "Kam izsniegts": "Ilze Bērziņa",
        "Kurss": "Efektīva sapulču vadība",
        "Apjoms": "8 akadēmiskās stundas",
        "Norise": "klātienē, 2026. gada 30.\u00a0augustā un 6.\u00a0septembrī",
        "Saturs": "Sapulces mērķis, protokols un uzdevumi",
        "Numurs": "MPS-2026-00001",
        "Izsniedza": "Valsts administrācijas skola, 2026. gada 7.\u00a0septembrī",
        "Paraksta": "Anna Ķirse-Žagare, direktore",
    }


@rule("7.5")
def test_attendance_is_another_document_with_the_hours_attended() -> None:
    certify(certificate_kind="attendance", attendance_percent=0)
    facts = {fact.label: fact.text for fact in checked(all_of_them()[0].code).facts}
    assert facts["Dokuments"] == "Apliecinājums"


@rule("7.6")
def test_a_revoked_and_a_replaced_one_say_so() -> None:
    certify(2)
    first, second = all_of_them()
    with begin(SYSTEM) as work:
        staff = make_person(work, name="Līga Testiņa", email="liga@skola.example")
    with begin(actor(staff, *STAFF.roles)) as work:
        certificates.revoke(work, first.key, "izsniegts kļūdaini, sk. lietu 7")
        certificates.reissue(work, second.key, "labots uzvārds")
    print_all()
    revoked, replaced = checked(first.code), checked(second.code)
    assert (revoked.status, revoked.heading) == ("revoked", "Sertifikāts ir anulēts")
    assert revoked.sentence == "Tas vairs nav derīgs no 2026. gada 7.\u00a0septembra."
    assert "lietu" not in revoked.model_dump_json()  # why is nobody else's business
    assert (replaced.status, replaced.heading) == ("replaced", "Sertifikāts ir aizstāts")
    assert replaced.facts[-1].text == "MPS-2026-00003 (labots uzvārds)"
    assert checked(all_of_them()[2].code).status == "valid"


@rule("7.5")
@pytest.mark.parametrize("code", ["", "x", "%", "MPS-2026-00001", "a" * 64])
def test_what_is_no_code_finds_nothing(code: str) -> None:
    certify()
    assert checked(code).model_dump(include={"status", "facts"}) == {"status": "unknown", "facts": []}


@rule("7.5")
def test_a_number_alone_gives_no_name_away() -> None:
    certify(names=["Ilze Bērziņa"])
    assert typed("MPS-2026-00001", "Kalniņa").status == "unknown"
    assert typed("MPS-2026-00009", "Bērziņa").status == "unknown"
    assert typed(" mps-2026-00001 ", "berzina").status == "valid"


@rule("7.5")
def test_guessing_is_slowed_down_for_each_address() -> None:
    certify(names=["Ilze Bērziņa"])
    guesser = Actor(network_address="192.0.2.9")

    def guess(who: Actor) -> str:
        with begin(who) as work:
            return certificates.find(work, CheckForm(number="MPS-2026-00001", family_name="Minējums")).status

    def ask(code: str) -> str:
        with begin(guesser) as work:
            return certificates.check(work, code).status

    assert [guess(guesser) for _ in range(15)] == ["unknown"] * 15
    assert [ask("\x00\ud800") for _ in range(60)] == ["unknown"] * 60
    with pytest.raises(TooMany):
        ask("\x00")
    with pytest.raises(TooMany):
        guess(guesser)
    assert guess(Actor(network_address="192.0.2.10")) == "unknown"


@rule("7.5")
def test_a_file_is_compared_to_the_last_byte() -> None:
    training = certify(2)
    first, second = all_of_them()
    with begin(training.actor(0)) as work:
        content = certificates.sheet(work, first.key).content
    with begin(NOBODY) as work:
        same = certificates.compare(work, content, first.code)
        other = certificates.compare(work, content, second.code)
        changed = certificates.compare(work, content[:-1] + b"x", first.code)
    assert (same.is_same, same.heading) == (True, "Fails nav mainīts")
    assert (other.is_same, other.heading) == (False, "Tas ir cits sertifikāts")
    assert (changed.is_same, changed.heading) == (False, "Šo failu mēs neesam izsnieguši")


@rule("7.5")
def test_files_are_compared_a_few_times_for_each_address() -> None:
    def expect(address: str) -> None:
        with begin(Actor(network_address=address)) as work:
            certificates.expect_file(work)

    for _ in range(15):
        expect("192.0.2.9")
    with pytest.raises(TooMany):
        expect("192.0.2.9")
    expect("192.0.2.10")


def badge_of(training: Training) -> str:
    with begin(training.actor(0)) as work:
        return certificates.badge(work, all_of_them()[0].key)[1]


@rule("7.5")
def test_the_badge_is_an_open_badge_that_our_published_keys_verify() -> None:
    training = certify(names=["Ilze Bērziņa"], title="Efektīva sapulču vadība")
    token = badge_of(training)
    with begin(NOBODY) as work:
        keys = certificates.badge_keys(work)
        issuer = certificates.issuer(work)
    assert "d" not in keys["keys"][0]
    header = json.loads(base64.urlsafe_b64decode(token.split(".")[0] + "=="))
    assert header["kid"].endswith(f"#{keys['keys'][0]['kid']}")
    credential = jwt.decode(token, KeySet.import_key_set(keys).keys[0], algorithms=["RS256"]).claims
    assert credential["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert credential["@context"][0] == "https://www.w3.org/ns/credentials/v2"
    assert credential["iss"] == credential["issuer"]["id"] == issuer["id"]
    assert credential["jti"] == credential["id"] == f"{issuer['url']}/parbaude/{all_of_them()[0].code}"
    subject = credential["credentialSubject"]
    assert credential["sub"] == subject["id"]
    assert subject["achievement"]["name"] == "Efektīva sapulču vadība"
    assert subject["identifier"][0]["hashed"] is True
    assert "Bērziņa" not in json.dumps(credential, ensure_ascii=False)
    assert "d0@iestade.example" not in json.dumps(credential)


@rule("7.5")
def test_nobody_else_gets_a_badge_and_a_revoked_certificate_has_none() -> None:
    training = certify(2)
    [first, _] = all_of_them()
    with begin(SYSTEM) as work:
        staff = make_person(work, name="Līga Testiņa", email="liga@skola.example")
    for stranger in (training.actor(1), actor(staff, *STAFF.roles)):
        with pytest.raises(NotFound), begin(stranger) as work:
            certificates.badge(work, first.key)
    with begin(actor(staff, *STAFF.roles)) as work:
        certificates.revoke(work, first.key, "izsniegts kļūdaini")
    with pytest.raises(NotFound):
        badge_of(training)
