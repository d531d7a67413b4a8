"""Lists of employees over HTTP: taken in from those who may, up to a size; what is wrong is said on a page (11.2)."""

from collections.abc import Iterator

import pytest
from sqlmodel import select
from starlette.applications import Starlette
from starlette.testclient import TestClient

from mps_app.core.actor import SYSTEM
from mps_app.core.settings import settings
from mps_app.core.work import House, begin
from mps_app.http import employee_import
from mps_app.models import EmployeeImport, Institution, Person
from mps_app.services import identity
from tests import factories
from tests.marks import rule
from tests.services.employees.lists import ANNA, HEADERS, JANIS, csv_of, xlsx_of

LOAD = "/iestade/darbinieki/imports/fails"
MEGABYTE = 1024 * 1024


@pytest.fixture
def client(house: House) -> Iterator[TestClient]:
    routes = Starlette(routes=employee_import.ROUTES)
    with TestClient(routes, base_url=settings().address, follow_redirects=False) as made:
        made.headers["Origin"] = settings().address
        yield made


@pytest.fixture
def institution(house: House) -> Institution:
    with begin(SYSTEM) as work:
        return factories.make_institution(work)


def enter(client: TestClient, institution: Institution | None) -> Person:
    """Sign somebody in; as the coordinator of an institution, if one is given."""
    with begin(SYSTEM) as work:
        person = factories.make_person(work, name="Ilze Demoņa")
        if institution is not None:
            factories.make_coordinator(work, person, institution)
        token = identity.start_session(work, person.key, user_agent="", network_address="")
    client.cookies.set(settings().session_cookie, token)
    return person


def imports() -> list[EmployeeImport]:
    with begin(SYSTEM) as work:
        return list(work.db.exec(select(EmployeeImport)).all())


@rule("11.2")
@pytest.mark.parametrize("content", [csv_of(ANNA, JANIS), xlsx_of(ANNA, JANIS)], ids=["CSV", "XLSX"])
def test_a_file_is_kept_sealed_and_leads_to_its_preview(
    client: TestClient, institution: Institution, content: bytes
) -> None:
    enter(client, institution)
    form = {"iestade": str(institution.key), "teksts": ""}
    answer = client.post(LOAD, data=form, files={"fails": ("Darbinieki 2026.xlsx", content)})
    [kept] = imports()
    assert (answer.status_code, kept.file_name) == (303, "Darbinieki 2026.xlsx")
    assert answer.headers["location"] == f"{employee_import.PAGE}?saraksts={kept.key}&iestade={institution.key}"


@rule("11.2")
def test_pasted_rows_are_a_list_too(client: TestClient, institution: Institution) -> None:
    enter(client, institution)
    text = csv_of(ANNA, JANIS, sign="\t").decode()
    empty = {"fails": ("", b"")}  # what a browser sends of an empty file field
    answer = client.post(LOAD, data={"iestade": str(institution.key), "teksts": text}, files=empty)
    assert (answer.status_code, len(imports())) == (303, 1)


@rule("11.2")
def test_a_form_with_neither_file_nor_rows_asks_for_one(client: TestClient, institution: Institution) -> None:
    enter(client, institution)
    answer = client.post(LOAD, data={"iestade": str(institution.key), "teksts": " "}, files={"fails": ("", b"")})
    assert (answer.status_code, "Vēl nekas nav izvēlēts." in answer.text, imports()) == (422, True, [])


@rule("11.2")
def test_what_is_too_large_is_answered_in_words_and_kept_nowhere(client: TestClient, institution: Institution) -> None:
    enter(client, institution)
    form = {"iestade": str(institution.key)}
    answer = client.post(LOAD, data=form, files={"fails": ("a.csv", b"x" * (50 * MEGABYTE))})
    assert answer.status_code == 422
    assert "ne vairāk par 5 MB" in answer.text
    assert employee_import.PAGE in answer.text  # where trying again begins
    assert imports() == []


@rule("11.2")
@pytest.mark.parametrize("body", [b"", b"--x\r\nbroken", b"\x00" * 1_000])
def test_a_broken_form_is_answered_in_words(client: TestClient, institution: Institution, body: bytes) -> None:
    enter(client, institution)
    answer = client.post(LOAD, content=body, headers={"Content-Type": "multipart/form-data; boundary=x"})
    assert answer.status_code in {403, 422}
    assert imports() == []


@rule("11.5")
def test_only_those_who_keep_the_employees_may_load_or_take_rows(client: TestClient, institution: Institution) -> None:
    form = {"iestade": str(institution.key), "teksts": csv_of(("?", *ANNA[1:])).decode()}
    assert client.post(LOAD, data=form).headers["location"] == ("/pieslegties?uz=%2Fiestade%2Fdarbinieki%2Fimports")
    enter(client, institution)
    client.post(LOAD, data=form)
    [kept] = imports()
    rows = f"{employee_import.PAGE}/{kept.key}/kludainas.csv"
    assert client.get(rows).status_code == 200
    with begin(SYSTEM) as work:
        foreign = factories.make_institution(work, name="Sveša iestāde")
    for other in (None, foreign):
        enter(client, other)
        assert client.post(LOAD, data=form).status_code == 403
        assert {client.get(rows).status_code, client.get(rows.replace(f"/{kept.key}/", "/999999/")).status_code} == {
            403
        }
    assert len(imports()) == 1


@rule("11.2")
def test_bad_rows_come_as_a_file_that_spreadsheets_open(client: TestClient, institution: Institution) -> None:
    enter(client, institution)
    text = csv_of(("?", *ANNA[1:])).decode()
    client.post(LOAD, data={"iestade": str(institution.key), "teksts": text})
    answer = client.get(f"{employee_import.PAGE}/{imports()[0].key}/kludainas.csv")
    assert answer.headers["content-disposition"].startswith('attachment; filename="labojamas-rindas.csv"')
    assert answer.headers["cache-control"] == "no-store"
    assert answer.content.startswith("\ufeff".encode() + ";".join(HEADERS).encode())
    assert client.get(f"{employee_import.PAGE}/0x1/kludainas.csv").status_code == 403


@rule("1.4")
def test_a_form_of_another_site_loads_nothing(client: TestClient, institution: Institution) -> None:
    enter(client, institution)
    form = {"iestade": str(institution.key), "teksts": csv_of(ANNA).decode()}
    answer = client.post(LOAD, data=form, headers={"Origin": "https://evil.example"})
    assert (answer.status_code, imports()) == (403, [])
