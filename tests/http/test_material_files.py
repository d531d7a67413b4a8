"""Files of materials over HTTP: the right type and name, parts on request, and nothing foreign by any trick (9.1)."""

from collections.abc import Iterator

import pytest
from sqlalchemy import update
from starlette.applications import Starlette
from starlette.testclient import TestClient

from mps_app.core.actor import SYSTEM
from mps_app.core.settings import settings
from mps_app.core.work import House, begin
from mps_app.http import materials
from mps_app.models import Application, Person
from mps_app.services import identity
from tests.factories import make_application, make_course, make_group, make_material, make_person
from tests.marks import rule

CONTENT = b"%PDF-1.7 " + bytes(range(256)) * 2_000


@pytest.fixture
def client(house: House) -> Iterator[TestClient]:
    with TestClient(Starlette(routes=materials.ROUTES), base_url=settings().address, follow_redirects=False) as made:
        yield made


def cookie(person: Person) -> dict[str, str]:
    with begin(SYSTEM) as work:
        token = identity.start_session(work, person.key, user_agent="", network_address="")
    return {"Cookie": f"{settings().session_cookie}={token}"}


@pytest.fixture
def anna(house: House) -> dict[str, str]:
    """The cookie of somebody who takes part."""
    with begin(SYSTEM) as work:
        course = make_course(work)
        anna = make_person(work)
        make_application(work, anna, course, group=make_group(work, course))
        make_material(work, course, title="Darba „lapas”, 1", content=CONTENT, id=501)
        make_material(work, course, title="Saite", url="https://likumi.lv", id=502)
        make_material(work, course, title="Visiem", content=CONTENT, visibility="public", id=503)
    return cookie(anna)


@pytest.fixture
def uldis(anna: dict[str, str]) -> dict[str, str]:
    """The cookie of somebody who takes no part."""
    with begin(SYSTEM) as work:
        stranger = make_person(work, name="Uldis Uzbrucējs")
    return cookie(stranger)


@rule("9.1")
def test_a_participant_gets_the_file_with_its_type_and_name(client: TestClient, anna: dict[str, str]) -> None:
    answer = client.get("/materiali/501", headers=anna)
    assert (answer.status_code, answer.content) == (200, CONTENT)
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-length"] == str(len(CONTENT))
    named = "filename*=UTF-8''Darba%20%E2%80%9Elapas%E2%80%9D%2C%201.pdf"
    assert answer.headers["content-disposition"] == f'inline; filename="Darba _lapas_, 1.pdf"; {named}'
    assert answer.headers["cache-control"] == "private, no-cache"


@rule("9.1")
def test_everybody_gets_a_public_file(client: TestClient, anna: dict[str, str]) -> None:
    assert client.get("/materiali/503").content == CONTENT


@rule("9.1")
def test_a_visitor_is_led_to_sign_in_and_back(client: TestClient, anna: dict[str, str]) -> None:
    answer = client.get("/materiali/501")
    assert (answer.status_code, answer.headers["location"]) == (303, "/pieslegties?uz=%2Fmateriali%2F501")
    assert client.get("/materiali/999999").headers["location"] == "/pieslegties?uz=%2Fmateriali%2F999999"


TRICKS = {
    "as it is": "/materiali/501",
    "with a query": "/materiali/501?file=501&download=1",
    "encoded digits": "/materiali/%35%30%31",
    "a trailing slash": "/materiali/501/",
    "a doubled slash": "/materiali//501",
    "a name behind": "/materiali/501/lapa.pdf",
    "a leading zero": "/materiali/0501",
    "a sign": "/materiali/+501",
    "a space": "/materiali/501%20",
    "a null byte": "/materiali/501%00",
    "an encoded slash": "/materiali/503%2F..%2F501",
    "a step up": "/materiali/503/../501",
    "an encoded step up": "/materiali/%2e%2e/materiali/501",
    "other digits": "/materiali/٥٠١",
    "full-width digits": "/materiali/５０１",
    "a fraction": "/materiali/501.0",
    "an exponent": "/materiali/5.01e2",
    "hexadecimal": "/materiali/0x1f5",
    "too large a number": f"/materiali/{2**64 + 501}",
    "absurdly many digits": "/materiali/" + "9" * 5_000,
    "a negative number": "/materiali/-501",
    "the key": "/materiali/materials/1.pdf",
    "a second number": "/materiali/503,501",
    "a parameter": "/materiali/501;x=1",
}
HEADERS = {
    "plainly": {},
    "a part": {"Range": "bytes=0-99"},
    "several parts": {"Range": "bytes=0-1,5-9"},
    "a part outside": {"Range": "bytes=999999999-"},
    "if changed": {"If-None-Match": "*"},
    "another path": {"X-Original-URL": "/materiali/503", "X-Rewrite-URL": "/materiali/503"},
    "another person": {"X-Forwarded-For": "127.0.0.1", "X-Person-Id": "1"},
}


@rule("9.1")
@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("how", HEADERS)
@pytest.mark.parametrize("trick", TRICKS)
def test_a_foreign_file_is_refused_by_every_address(
    client: TestClient, uldis: dict[str, str], trick: str, how: str, method: str
) -> None:
    for who in ({}, uldis):
        answer = client.request(method, TRICKS[trick], headers={**HEADERS[how], **who})
        assert answer.status_code in {303, 307, 404}
        assert b"%PDF" not in answer.content
        assert not {"etag", "accept-ranges", "content-range", "content-disposition"} & set(answer.headers)


@rule("9.1")
def test_knowing_the_digest_does_not_tell_that_the_file_is_there(
    client: TestClient, anna: dict[str, str], uldis: dict[str, str]
) -> None:
    tag = client.get("/materiali/501", headers=anna).headers["etag"]
    assert client.get("/materiali/501", headers={**anna, "If-None-Match": tag}).status_code == 304
    refused = client.get("/materiali/501", headers={**uldis, "If-None-Match": tag})
    none = client.get("/materiali/999999", headers={**uldis, "If-None-Match": tag})
    assert (refused.status_code, refused.content) == (none.status_code, none.content) == (404, none.content)


@rule("9.1")
def test_the_file_is_refused_after_the_right_has_ended_even_when_it_is_at_hand(
    client: TestClient, anna: dict[str, str]
) -> None:
    tag = client.get("/materiali/501", headers=anna).headers["etag"]
    with begin(SYSTEM) as work:
        work.db.execute(update(Application).values(status="cancelled"))
    for more in ({}, {"If-None-Match": tag}, {"Range": "bytes=0-9", "If-Range": tag}):
        assert client.get("/materiali/501", headers={**anna, **more}).status_code == 404


@rule("9.1")
def test_a_link_is_no_file(client: TestClient, anna: dict[str, str]) -> None:
    assert client.get("/materiali/502", headers=anna).status_code == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_a_file_is_only_read(client: TestClient, anna: dict[str, str], method: str) -> None:
    assert client.request(method, "/materiali/501", headers=anna).status_code == 405


SIZE = len(CONTENT)


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-0", 0, 0),
        ("bytes=100-199", 100, 199),
        (f"bytes={SIZE - 1}-", SIZE - 1, SIZE - 1),
        ("bytes=500000-999999999", 500_000, SIZE - 1),
        ("bytes=-100", SIZE - 100, SIZE - 1),
        ("bytes=-999999999", 0, SIZE - 1),
    ],
)
def test_a_part_is_handed_out_to_the_byte(
    client: TestClient, anna: dict[str, str], asked: str, first: int, last: int
) -> None:
    answer = client.get("/materiali/501", headers={**anna, "Range": asked})
    assert (answer.status_code, answer.content) == (206, CONTENT[first : last + 1])
    assert answer.headers["content-range"] == f"bytes {first}-{last}/{SIZE}"
    assert answer.headers["content-length"] == str(last - first + 1)


@pytest.mark.parametrize("asked", [f"bytes={SIZE}-", "bytes=-0", "bytes=999999999999-"])
def test_a_part_outside_the_file_is_told(client: TestClient, anna: dict[str, str], asked: str) -> None:
    answer = client.get("/materiali/501", headers={**anna, "Range": asked})
    assert (answer.status_code, answer.headers["content-range"], answer.content) == (416, f"bytes */{SIZE}", b"")


@pytest.mark.parametrize(
    "more",
    [
        {"Range": "bytes=0-1,5-9"},
        {"Range": "bytes=-"},
        {"Range": "bytes=9-1"},
        {"Range": "lines=1-2"},
        {"Range": "bytes=0-1", "If-Range": '"another"'},
    ],
)
def test_what_is_no_single_part_of_this_version_means_the_whole_file(
    client: TestClient, anna: dict[str, str], more: dict[str, str]
) -> None:
    answer = client.get("/materiali/501", headers={**anna, **more})
    assert (answer.status_code, len(answer.content)) == (200, SIZE)


def test_a_file_missing_from_the_store_is_told_in_words(client: TestClient, anna: dict[str, str]) -> None:
    with begin(SYSTEM) as work:
        course = make_course(work)
        make_material(work, course, visibility="public", id=504, file_key="materials/none.pdf")
    answer = client.get("/materiali/504")
    assert answer.status_code == 404
    assert "text/html" in answer.headers["content-type"]
