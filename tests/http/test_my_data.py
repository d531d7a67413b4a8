"""The download of one's own data over HTTP (2.6)."""

import io
import json
import zipfile
from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from mps_app.core.actor import SYSTEM
from mps_app.core.settings import settings
from mps_app.core.work import House, begin
from mps_app.http import my_data
from mps_app.services import identity
from tests.factories import make_person
from tests.marks import rule

ADDRESS = "/profils/mani-dati.zip"


@pytest.fixture
def client(house: House) -> Iterator[TestClient]:
    with TestClient(Starlette(routes=my_data.ROUTES), base_url=settings().address, follow_redirects=False) as made:
        yield made


def cookie(name: str) -> dict[str, str]:
    with begin(SYSTEM) as work:
        person = make_person(work, name=name)
        token = identity.start_session(work, person.key, user_agent="", network_address="")
    return {"Cookie": f"{settings().session_cookie}={token}"}


@rule("2.6")
def test_everybody_downloads_the_own_data_whatever_is_asked_for(client: TestClient) -> None:
    anna, uldis = cookie("Anna Paraudziņa"), cookie("Uldis Uzbrucējs")
    for who, name in ((anna, "Anna"), (uldis, "Uldis")):
        answer = client.get(f"{ADDRESS}?person_id=1&id=1", headers={**who, "X-Person-Id": "1"})
        assert answer.headers["content-type"] == "application/zip"
        assert answer.headers["content-disposition"].startswith('attachment; filename="mani-dati.zip"')
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["content-length"] == str(len(answer.content))
        told = json.loads(zipfile.ZipFile(io.BytesIO(answer.content)).read("mani-dati.json"))
        assert told["person"]["given_name"] == name


@rule("2.6")
def test_a_visitor_is_led_to_sign_in(client: TestClient) -> None:
    answer = client.get(ADDRESS)
    assert (answer.status_code, answer.headers["location"]) == (303, "/pieslegties?uz=%2Fprofils%2Fmani-dati.zip")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_the_data_is_only_read(client: TestClient, method: str) -> None:
    assert client.request(method, ADDRESS, headers=cookie("Anna")).status_code == 405
