"""The download holds everything about the person, from every table, and nothing about others (2.6)."""

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Column, Table

from mps_app.core.actor import NOBODY, SYSTEM, Actor
from mps_app.core.errors import SignInNeeded, TooMany
from mps_app.core.work import House, Work, begin
from mps_app.models import metadata
from mps_app.services import audit, messages, my_data
from mps_app.services.my_data.about import APART, DEEDS, key_columns, parts, told_columns
from tests.factories import (
    actor,
    make_application,
    make_coordinator,
    make_course,
    make_employment,
    make_group,
    make_institution,
    make_lecturer,
    make_payer_details,
    make_person,
    make_session,
)
from tests.filling import fill_row
from tests.marks import rule

ANNA_CODE, ULDIS_CODE = "11019000101", "39999999998"


@pytest.fixture
def anna(house: House) -> Actor:
    with begin(SYSTEM) as work:
        return actor(make_person(work, code=ANNA_CODE, phone="+37120000001"))


@pytest.fixture
def uldis(house: House) -> Actor:
    with begin(SYSTEM) as work:
        return actor(make_person(work, name="Uldis Uzbrucējs", code=ULDIS_CODE, email="uldis@citur.example"))


def exported(who: Actor) -> zipfile.ZipFile:
    kept = io.BytesIO()
    with begin(who) as work:
        my_data.export(work, kept)
    return zipfile.ZipFile(kept)


def told(who: Actor) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(exported(who).read("mani-dati.json"))
    return found


def references_to_persons() -> Iterator[tuple[Table, Column[Any]]]:
    for table in metadata.sorted_tables:
        for column in table.columns:
            if any(key.column.table.name == "person" for key in column.foreign_keys):
                yield table, column


@rule("2.6")
def test_every_table_that_names_a_person_is_in_the_download() -> None:
    covered = {part.table.name for part in parts()}
    forgotten = {
        f"{table.name}.{column.name}" for table, column in references_to_persons() if column.name == "person_id"
    }
    assert {name.partition(".")[0] for name in forgotten} - {"person"} <= covered, forgotten


@rule("2.6")
def test_every_other_reference_to_a_person_is_known_to_say_who_acted() -> None:
    unknown = {
        f"{table.name}.{column.name}"
        for table, column in references_to_persons()
        if column.name != "person_id" and column.name not in DEEDS
    }
    assert not unknown, f"whom is the row about, or who acted? decide in services/my_data/about.py: {unknown}"


@rule("7.4")
def test_answers_of_questionnaires_are_joined_to_nobody() -> None:
    assert set(metadata.tables) >= APART
    assert not {part.table.name for part in parts()} & APART


@rule("2.6")
def test_a_row_in_every_such_table_arrives_in_the_download(anna: Actor, uldis: Actor) -> None:
    """Two people have a row in every table about persons; each download holds just the own one."""
    own: dict[str, int] = {}
    with begin(SYSTEM) as work:
        make_session(work, make_group(work, make_course(work)))
        for who, kept in ((anna, own), (uldis, {})):
            for part in parts():
                kept[part.table.name] = fill_row(work, part, who.person_id or 0, kept)
    records = told(anna)["records"]
    assert {name: [row["id"] for row in rows] for name, rows in records.items()} == {
        name: [row_id] for name, row_id in own.items() if name != "access_record"
    }
    assert len(told(anna)["looked_at_by"]) == 1


@rule("2.6")
def test_no_secret_leaves_with_the_download(house: House) -> None:
    loose = {
        f"{part.table.name}.{column.name}"
        for part in parts()
        for column in told_columns(part.table)
        if any(word in column.name for word in ("hash", "secret", "sealed", "token", "nonce", "verifier", "_key"))
    }
    assert not loose, f"secrets are left out by name: {loose}"
    assert all(column.name.endswith("_key") for part in parts() for column in key_columns(part.table))


def a_history(work: Work, anna: Actor, uldis: Actor) -> None:
    """Ten years of Anna's, and Uldis beside her in every group."""
    institution, lecturer = make_institution(work), make_lecturer(work, name="Kārlis Kolēģis")
    people = [work.db.get_one(_person_table(), who.person_id) for who in (anna, uldis)]
    make_employment(work, people[0], institution, unit="Juridiskā nodaļa")
    make_coordinator(work, people[0], institution)
    make_payer_details(work, people[0])
    for year in range(2016, 2026):
        course = make_course(work, title=f"Kurss {year}")
        group = make_group(work, course, status="completed")
        make_session(work, group, starts_at=datetime(year, 5, 4, 6, 30, tzinfo=UTC), lecturer=lecturer)
        for person in people:
            make_application(
                work, person, course, group=group, status="completed", employer=f"{person.family_name} birojs", applied_by_id=anna.person_id
            )  # fmt: skip


def _person_table() -> Any:
    from mps_app.models import Person

    return Person


@rule("2.6")
def test_years_of_history_are_told_in_words_and_others_are_not_named(anna: Actor, uldis: Actor) -> None:
    with begin(SYSTEM) as work:
        a_history(work, anna, uldis)
    with begin(uldis) as work:
        audit.record(work, "application:change", "person", anna.person_id, reason="Pārbaude")
        audit.record_access(work, anna.person_id or 0, "Registered to a group")
    with begin(anna) as work:
        audit.record(work, "person:change", "person", uldis.person_id, name="Uldis Uzbrucējs")
        messages.queue(
            work, "application_received_coordinator", person_id=anna.person_id, key="x",
            facts={"course_title": "Kurss", "path": "/", "outcome": "waiting", "person_name": "Uldis Uzbrucējs", "institution_name": "I"},
        )  # fmt: skip
        messages.queue(
            work,
            "email_code",
            recipient="a@b.lv",
            person_id=anna.person_id,
            key="y",
            facts={"code": "123456", "valid_minutes": 5},
        )
    everything = told(anna)
    assert everything["person"]["personal_code"] == "110190-00101"
    assert [row["course"] for row in everything["records"]["application"]] == [
        f"Kurss {year}" for year in range(2016, 2026)
    ]
    assert everything["records"]["employment"][0]["institution"] == "Paraugu iestāde"
    assert everything["looked_at_by"][0]["who_text"] == "Uldis Uzbrucējs"
    assert [(act["act"], act["by"]) for act in everything["acts_on_my_records"]] == [
        ("application:change", "somebody else")
    ]
    assert [act["act"] for act in everything["my_acts"]] == ["person:change"]
    everything.pop("looked_at_by")  # who looked is theirs to know (2.6)
    text = json.dumps(everything, ensure_ascii=False)
    for foreign in ("Uldis", "Uzbrucēj", "uldis@citur", ULDIS_CODE, "399999-99998", "Kolēģis", "192.0.2.2", "123456"):
        assert foreign not in text


@rule("2.6")
def test_why_the_school_moved_a_line_is_not_taken_along(anna: Actor, uldis: Actor) -> None:
    with begin(uldis) as work:
        moved = {"before": 2, "after": 1, "reason": "Pirms Kolēģa, kas slimo"}
        audit.record(work, "prioritised", "person", anna.person_id, **moved)
    (act,) = told(anna)["acts_on_my_records"]
    assert (act["act"], act["changes"]) == ("prioritised", {"before": 2, "after": 1})


@rule("2.6")
def test_stored_documents_come_along_under_their_numbers(anna: Actor, uldis: Actor) -> None:
    with begin(SYSTEM) as work:
        make_session(work, make_group(work, make_course(work)))
        for who in (anna, uldis):
            kept: dict[str, int] = {}
            for part in parts():
                kept[part.table.name] = fill_row(work, part, who.person_id or 0, kept)
                for column in key_columns(part.table):
                    key = f"tests/{part.table.name}{who.person_id}.pdf"
                    work.tools.files.keep(key, f"of {who.person_id}".encode())
                    changed = {column.name: key} | ({"pdf_digest": key} if "pdf_digest" in part.table.c else {})
                    work.db.execute(part.table.update().where(part.table.c.id == kept[part.table.name]).values(changed))
    archive = exported(anna)
    files = [name for name in archive.namelist() if name.startswith("faili/")]
    assert len(files) == sum(len(key_columns(part.table)) for part in parts()) > 0
    assert {archive.read(name) for name in files} == {f"of {anna.person_id}".encode()}


@rule("2.6")
def test_the_download_explains_itself_in_the_readers_language(anna: Actor) -> None:
    archive = exported(anna)
    assert archive.testzip() is None
    assert "Šeit ir viss" in archive.read("LASI_MANI.txt").decode()


@rule("2.6")
def test_a_visitor_has_no_data_and_nobody_downloads_without_end(anna: Actor) -> None:
    with pytest.raises(SignInNeeded):
        exported(NOBODY)
    for _ in range(10):
        exported(anna)
    with pytest.raises(TooMany):
        exported(anna)
