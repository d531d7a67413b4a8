"""The sheet: tagged, its fonts embedded, Latvian, sealed; and nothing written on it reaches a file or the network."""

import http.server
import io
import secrets
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from sqlalchemy import text
from sqlmodel import select

from mps_app.core.actor import NOBODY, SYSTEM, Role
from mps_app.core.errors import NotFound, SignInNeeded
from mps_app.core.settings import settings
from mps_app.core.work import House, Work, begin
from mps_app.models import Application, Certificate, Institution, SealKind
from mps_app.services import certificates
from mps_app.services.certificates.sheet import html_of, rhombs
from tests.factories import LONG_AGO, actor, make_employment, make_institution, make_person
from tests.marks import rule
from tests.services.certificates.course import certify, with_paper


@pytest.fixture(autouse=True)
def paper(house: House, tmp_path: Path) -> House:
    return with_paper(house, tmp_path / "files")


def only() -> Certificate:
    with begin(SYSTEM) as work:
        return work.db.exec(select(Certificate)).one()


def sheet_of(training: object, number: int = 0) -> bytes:
    with begin(training.actor(number)) as work:  # type: ignore[attr-defined]
        return certificates.sheet(work, only().key).content


def figures(pdf: PdfFileReader) -> Iterator[object]:
    waiting = [pdf.root["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop()
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, dict):
            waiting += [node["/K"]] if "/K" in node else []
            if node.get("/S") == "/Figure":
                yield node


def read_codes(pdf: bytes) -> list[str]:
    """What an independent reader sees in the printed QR codes, page by page."""
    pages = pypdfium2.PdfDocument(pdf)
    return [code.text for page in pages for code in zxingcpp.read_barcodes(page.render(scale=2).to_pil())]


@rule("7.5")
def test_its_code_leads_a_phone_to_the_page_that_checks_it(house: House) -> None:
    printed = sheet_of(certify(names=["Ilze Bērziņa"]))
    assert read_codes(printed) == [f"{settings().address}/parbaude/{only().code}"]


@rule("7.5")
def test_any_code_can_be_read(house: House) -> None:
    addresses = [f"https://mps.skola.example/parbaude/{secrets.token_urlsafe(16)}" for _ in range(30)]
    drawn = "".join(f"<p style='width: 30mm; break-after: page'>{house.tools.qr(one)}</p>" for one in addresses)
    assert read_codes(house.tools.printer.pdf(drawn, "certificate")) == addresses


@rule("7.5")
def test_it_is_tagged_latvian_and_names_what_its_pictures_mean() -> None:
    pdf = PdfFileReader(io.BytesIO(sheet_of(certify(names=["Ilze Bērziņa"]))))
    assert pdf.root["/Lang"] == "lv"
    assert pdf.root["/MarkInfo"]["/Marked"]
    assert pdf.root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid:part" in pdf.root["/Metadata"].get_object().data
    meanings = {str(figure.get("/Alt")).partition("://")[2] or str(figure.get("/Alt")) for figure in figures(pdf)}
    site = only().content["address"].partition("://")[2]
    assert meanings == {
        "Katrs rombs malā ir viena akadēmiskā stunda.", "Mācību pārvaldības sistēma", f"{site}/parbaude/{only().code}",
    }  # fmt: skip


@rule("7.5")
def test_every_font_is_embedded() -> None:
    pdf = PdfFileReader(io.BytesIO(sheet_of(certify(names=["Ģertrūde Ķēniņa-Žagariņš"]))))
    fonts = pdf.root["/Pages"]["/Kids"][0]["/Resources"]["/Font"]
    names = set()
    for font in (fonts[key] for key in fonts):
        described = font["/DescendantFonts"][0]["/FontDescriptor"]
        assert "/FontFile2" in described or "/FontFile3" in described
        names.add(str(font["/BaseFont"]).partition("+")[2])
    assert {"MPS-Serif", "MPS-Sans"} <= names
    assert all(name.startswith("MPS-") for name in names)  # no fall-back font for any Latvian letter


@rule("7.5")
def test_the_seal_is_intact_and_one_changed_byte_breaks_it() -> None:
    content = sheet_of(certify())
    assert only().seal == SealKind.DEMO
    [signature] = PdfFileReader(io.BytesIO(content)).embedded_signatures
    status = validate_pdf_signature(signature)
    assert (status.intact, status.valid, status.coverage.name) == (True, True, "ENTIRE_FILE")
    assert signature.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    for place in (2_000, 9_000, len(content) // 2):
        changed = bytearray(content)
        changed[place] ^= 1
        [broken] = PdfFileReader(io.BytesIO(bytes(changed)), strict=False).embedded_signatures
        assert not validate_pdf_signature(broken).intact


@rule("17.3")
def test_the_seal_has_a_name_and_stands_in_nobodys_way_when_the_sheet_is_read_out() -> None:
    [signature] = PdfFileReader(io.BytesIO(sheet_of(certify()))).embedded_signatures
    field = signature.sig_field
    hidden = 2  # ISO 32000-1, table 165; ISO 14289-1, 7.18.1: what is hidden need not be tagged
    assert (field["/TU"], field["/F"] & hidden) == ("Elektroniskais zīmogs", hidden)


@rule("7.5")
@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (SealKind.DEMO, "Apzīmogots ar demonstrācijas pašizsniegtu zīmogu, kuram nav juridiska spēka."),
        (SealKind.SCHOOL, "Apzīmogots ar elektronisko zīmogu."),
        (SealKind.NONE, "Nav elektroniski apzīmogots."),
    ],
)
def test_the_sheet_says_what_its_seal_is_worth(kind: SealKind, words: str) -> None:
    certify()
    with begin(SYSTEM) as work:
        assert words in html_of(work, only(), kind)


@rule("7.5")
def test_without_a_key_it_is_printed_without_a_seal(house: House, tmp_path: Path) -> None:
    with_paper(house, tmp_path / "files", sealed=False)
    content = sheet_of(certify())
    assert only().seal == SealKind.NONE
    assert PdfFileReader(io.BytesIO(content)).embedded_signatures == []


@pytest.mark.parametrize("count", [1, 2, 8, 40])
def test_there_is_one_rhomb_for_each_hour_and_none_touches_the_next(count: int) -> None:
    strung = rhombs(count)
    assert len(strung) == count
    spans = [[float(word) for word in mark.outer.replace("M", " ").replace("z", "").split()] for mark in strung]
    tops, bottoms = [span[1] for span in spans], [span[5] for span in spans]
    assert all(bottom < top for bottom, top in zip(bottoms, tops[1:], strict=False))


class Listening(http.server.BaseHTTPRequestHandler):
    """Remembers whoever asks for anything."""

    asked: list[str] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_words: object) -> None:
        pass


@pytest.fixture
def listener() -> Iterator[str]:
    Listening.asked = []
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Listening)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@rule("7.5")
def test_what_names_and_courses_hold_reaches_neither_files_nor_network(listener: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.svg"
    secret.write_text('<svg xmlns="http://www.w3.org/2000/svg"><text>SECRET</text></svg>')
    addresses = (f"{listener}/x", secret.as_uri(), "data:text/css,*{color:red}")
    for number, address in enumerate(addresses):
        hostile = (
            f"<img src='{address}'><link rel=stylesheet href='{address}'><svg><image href='{address}'/></svg>"
            f"<style>@import url({address});*{{background:url({address})}}</style><object data='{address}'></object>"
        )
        training = certify(title=hostile, names=[f"Anna{number} {hostile}"], programme=[{"title": hostile}])
        with begin(training.actor(0)) as work:
            row = certificates.my_certificates(work).rows[0]
            content = certificates.sheet(work, row.id).content
        assert b"SECRET" not in content
    assert Listening.asked == []


@rule("7.5")
def test_the_printer_itself_refuses_every_address(house: House, listener: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET")
    html = (
        "<html lang=lv><title>x</title><body>"
        f"<img alt=x src='{listener}/a.png'><img alt=x src='{secret.as_uri()}'><p style='background:url({listener}/b)'>x</p>"
        f"<link rel=attachment href='{secret.as_uri()}'><link rel=stylesheet href='{listener}/c.css'>"
    )
    made = house.tools.printer.pdf(html, "certificate")
    assert made.startswith(b"%PDF-")
    assert b"SECRET" not in made
    assert b"/EmbeddedFile" not in made
    assert Listening.asked == []


@rule("2.4")
def test_only_those_the_policy_names_get_the_sheet() -> None:
    training = certify(2)
    with begin(SYSTEM) as work:
        certificate = work.db.exec(select(Certificate).order_by(Certificate.id)).first()
        assert certificate is not None
        payer, other = make_institution(work), make_institution(work, name="Cita iestāde")
        for employer in (payer, other):
            make_employment(work, training.people[0], employer, until_on=work.now.date() + timedelta(days=1))
        _on_account(work, training.applications[0].key, payer)
        someone = make_person(work, name="Kāds Cits", email="cits@iestade.example")
    allowed = [
        training.actor(0),
        actor(someone, Role.TRAINING),
        actor(someone, Role.ADMIN),
        actor(someone, institutions=frozenset({payer.key})),
    ]
    refused = [
        training.actor(1),
        actor(someone),
        actor(someone, Role.LECTURER),
        actor(someone, Role.ACCOUNTANT),
        actor(someone, institutions=frozenset({other.key})),  # an employer of that time, who did not pay (11.5)
    ]
    for who in allowed:
        with begin(who) as work:
            assert certificates.sheet(work, certificate.key).name == "MPS-2026-00001.pdf"
    for who in refused:
        with pytest.raises(NotFound), begin(who) as work:
            certificates.sheet(work, certificate.key)
    with pytest.raises(SignInNeeded), begin(NOBODY) as work:
        certificates.sheet(work, certificate.key)
    with begin(SYSTEM) as work:
        looks = work.db.execute(text("SELECT count(*) FROM access_record")).scalar_one()
    assert looks == 3  # everybody's but the holder's own (2.6)
    assert LONG_AGO.year == 2026


def _on_account(work: Work, application_id: int, institution: Institution) -> None:
    """Let it be the institution that paid, from before the training on."""
    application = work.db.get_one(Application, application_id)
    application.payer_kind, application.payer_institution_id = "institution", institution.key
    application.created_at = work.now - timedelta(days=20)


@rule("11.5", "2.5")
@pytest.mark.parametrize(("days", "is_seen"), [(0, False), (1, True)])
def test_an_institution_has_certificates_issued_before_the_day_of_leaving(days: int, *, is_seen: bool) -> None:
    training = certify(2)
    with begin(SYSTEM) as work:
        institution = make_institution(work)
        for person, application in zip(training.people, training.applications, strict=True):
            make_employment(work, person, institution, until_on=work.now.date() + timedelta(days=days))
            _on_account(work, application.key, institution)
        someone = make_person(work, name="Kāds Cits", email="cits@iestade.example")
        keys = list(work.db.exec(select(Certificate.id)).all())
    with begin(actor(someone, institutions=frozenset({institution.key}))) as work:
        assert len(list(certificates.sheets_of(work, keys))) == (2 if is_seen else 0)
    if not is_seen:
        with pytest.raises(NotFound), begin(actor(someone, institutions=frozenset({institution.key}))) as work:
            certificates.sheet(work, keys[0])
