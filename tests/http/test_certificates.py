"""Certificates over HTTP: for those who may have them, by no trick for others; a file is compared, not kept (2.4, 7.5)."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import select
from starlette.applications import Starlette
from starlette.testclient import TestClient
from starlette.types import Message

from mps_app.core.actor import SYSTEM, Actor
from mps_app.core.settings import settings
from mps_app.core.work import House, begin
from mps_app.http import certificates
from mps_app.models import Certificate, Person
from mps_app.services import certificates as services
from mps_app.services import identity
from tests.marks import rule
from tests.services.certificates.course import Training, certify, with_paper


@pytest.fixture
def client(house: House) -> Iterator[TestClient]:
    with TestClient(Starlette(routes=certificates.ROUTES), base_url=settings().address, follow_redirects=False) as made:
        yield made


@pytest.fixture
def training(house: House, tmp_path: Path) -> Training:
    with_paper(house, tmp_path / "files")
    return certify(2)


def cookie(person: Person) -> dict[str, str]:
    with begin(SYSTEM) as work:
        token = identity.start_session(work, person.key, user_agent="", network_address="")
    return {"Cookie": f"{settings().session_cookie}={token}"}


def first() -> Certificate:
    with begin(SYSTEM) as work:
        found = work.db.exec(select(Certificate).order_by(Certificate.id)).first()
        assert found is not None
        return found


def same_origin() -> dict[str, str]:
    return {"Origin": settings().address}


@rule("2.4")
def test_the_holder_gets_the_sheet_and_all_of_them_at_once(client: TestClient, training: Training) -> None:
    own = cookie(training.people[0])
    answer = client.get(f"/sertifikati/{first().key}.pdf", headers=own)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    assert 'filename="MPS-2026-00001.pdf"' in answer.headers["content-disposition"]
    assert answer.headers["cache-control"] == "private, no-store"
    assert answer.headers["x-robots-tag"] == "noindex"
    packed = zipfile.ZipFile(io.BytesIO(client.get("/sertifikati/visi.zip", headers=own).content))
    assert packed.namelist() == ["MPS-2026-00001.pdf"]
    assert packed.read("MPS-2026-00001.pdf") == answer.content


@rule("2.4")
@pytest.mark.parametrize("path", ["/sertifikati/{id}.pdf", "/sertifikati/{id}/nozime"])
def test_another_participant_finds_nothing_and_a_visitor_is_led_to_sign_in(
    client: TestClient, training: Training, path: str
) -> None:
    address = path.format(id=first().key)
    assert client.get(address, headers=cookie(training.people[1])).status_code == 404
    assert client.get(address).status_code == 303
    assert client.get("/sertifikati/visi.zip").status_code == 303


@rule("2.4")
@pytest.mark.parametrize("number", ["0", "-1", "1e3", "١", "9" * 30, "%2e%2e", "1%00", "x"])
def test_no_odd_number_leads_anywhere(client: TestClient, training: Training, number: str) -> None:
    assert client.get(f"/sertifikati/{number}.pdf", headers=cookie(training.people[0])).status_code == 404


@rule("7.5")
def test_a_file_is_compared_without_signing_in(client: TestClient, training: Training) -> None:
    sheet = client.get(f"/sertifikati/{first().key}.pdf", headers=cookie(training.people[0])).content
    for content, words, link in (
        (sheet, "Fails nav mainīts", "Atvērt sertifikāta lapu"),
        (
            sheet[:-1] + b" ",
            "Šo failu mēs neesam izsnieguši",
            "mūsu izsniegtajā sertifikātā",
        ),  # the file's is no such page
    ):
        answer = client.post(
            "/parbaude/fails", files={"fails": ("x.pdf", content)}, data={"kods": first().code}, headers=same_origin()
        )
        assert (answer.status_code, words in answer.text, link in answer.text) == (200, True, True)
        assert ("plain-button" in answer.text) is (content == sheet)


@rule("7.5")
@pytest.mark.parametrize(
    "content",
    [b"", b"<html>", b"%PDF-" + bytes(certificates.LARGEST_MEGABYTES * 1024 * 1024)],
    ids=["none", "other", "large"],
)
def test_what_is_no_pdf_or_too_large_is_refused(client: TestClient, training: Training, content: bytes) -> None:
    answer = client.post("/parbaude/fails", files={"fails": ("x.pdf", content)}, headers=same_origin())
    assert (answer.status_code, 'href="/parbaude"' in answer.text) == (422, True)


@rule("7.5")
def test_a_broken_form_is_refused_and_breaks_nothing(client: TestClient, training: Training) -> None:
    for kind in ("multipart/form-data; boundary=x", "multipart/form-data", "application/json"):
        answer = client.post("/parbaude/fails", content=b"--y\r\n\xff", headers={**same_origin(), "Content-Type": kind})
        assert answer.status_code == 422


@rule("7.5")
@pytest.mark.parametrize("origin", ["https://evil.example", "null"])
def test_a_foreign_page_compares_nothing(client: TestClient, training: Training, origin: str) -> None:
    answer = client.post("/parbaude/fails", files={"fails": ("x.pdf", b"%PDF-")}, headers={"Origin": origin})
    assert answer.status_code == 403


@rule("7.5")
@pytest.mark.parametrize(("origin", "tries", "status"), [("https://evil.example", 0, 403), ("", 15, 429)])
async def test_nothing_of_a_file_is_read_before_origin_and_rate_were_asked(
    house: House, origin: str, tries: int, status: int
) -> None:
    for _ in range(tries):
        with begin(Actor(network_address="192.0.2.9")) as work:
            services.expect_file(work)
    said: list[Message] = []

    async def unread() -> Message:
        raise AssertionError("the body was asked for")

    async def answer(message: Message) -> None:
        said.append(message)

    headers = [(b"origin", (origin or settings().address).encode()), (b"content-type", b"multipart/form-data")]
    scope = {"type": "http", "method": "POST", "path": "/parbaude/fails", "raw_path": b"", "query_string": b"",
             "root_path": "", "headers": headers, "client": ("192.0.2.9", 1), "server": ("x", 80), "scheme": "http",
             "http_version": "1.1"}  # fmt: skip
    await Starlette(routes=certificates.ROUTES)(scope, unread, answer)
    assert said[0]["status"] == status


@rule("7.5")
def test_keys_and_issuer_are_public(client: TestClient, house: House) -> None:
    keys = client.get("/openbadges/jwks.json")
    assert (keys.status_code, keys.headers["access-control-allow-origin"]) == (200, "*")
    assert keys.json()["keys"][0]["kty"] == "RSA"
    assert client.get("/openbadges/issuer").json()["type"] == ["Profile"]
