"""Everything kept about a person, as one ZIP: JSON for programs, the PDFs, and a page of explanation (2.6)."""

import json
import logging
import zipfile
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import IO, Any

from sqlalchemy import Column, Table, and_, or_, select
from sqlalchemy.dialects.postgresql import Range

from mps_app.core.codes import show_personal_code
from mps_app.core.settings import settings
from mps_app.core.tools import FileGone
from mps_app.core.work import Work
from mps_app.models import AuditEvent, Person, metadata
from mps_app.policy import Action, Subject, require
from mps_app.services import audit, exams, messages
from mps_app.services.identity import rates
from mps_app.services.my_data.about import Part, key_columns, parts, told_columns
from mps_app.services.my_data.queries import looks
from mps_app.text import N_, say

log = logging.getLogger(__name__)

_PER_HOUR = 10

_LABELS: Mapping[str, tuple[str, ...]] = {
    "course": ("title",),
    "course_group": ("code",),
    "exam": ("title", "version"),
    "exam_question": ("wording",),
    "institution": ("name",),
    "questionnaire": ("version",),
    "training_session": ("number", "title", "during"),
}
"""How the things that rows refer to are told; their numbers alone would say nothing."""

_EXPLANATION = N_(
    "Here is everything the training management system keeps about you.\n\n"
    "mani-dati.json: all records, by kind; times are in UTC.\n"
    "The folder “faili”: your documents as they were issued.\n\n"
    "Left out are keys and check sums that protect your account, and what is about other people. "
    "Answers to evaluation questionnaires are kept apart from persons, so nobody can tell which are yours.\n\n"
    "Something is wrong or missing? Write to {email}."
)

Row = dict[str, Any]  # Any: a table's values


def export(work: Work, into: IO[bytes]) -> None:
    """Write the actor's own data into a file as a ZIP."""
    require(work, Action.PERSON_EXPORT, Subject(person_id=work.actor.person_id))
    rates.count(work, f"export:person:{work.actor.person_id}", limit=_PER_HOUR, per=timedelta(hours=1))
    person = work.db.get_one(Person, work.actor.person_id)
    tables = {part.table.name: _rows(work, part, person.key) for part in parts()}
    told = {
        "made_at": work.now,
        "person": _person(work, person),
        "records": {name: rows for name, rows in tables.items() if rows and name != "access_record"},
        "looked_at_by": [look.model_dump(exclude={"id"}) for look in looks(work)],
        "acts_on_my_records": _acts_on(work, person.key, tables),
        "my_acts": _acts_of(work, person.key),
    }
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("LASI_MANI.txt", say(work.language, _EXPLANATION, email=settings().school_email))
        archive.writestr("mani-dati.json", json.dumps(told, ensure_ascii=False, indent=1, default=_plain))
        for name, key in _documents(work, person.key):
            _put(work, archive, f"faili/{name}", key)


def _person(work: Work, person: Person) -> Row:
    """Return the person's own row; the personal code in full, as only they may have it."""
    columns = told_columns(metadata.tables["person"])
    row = {column.name: getattr(person, column.name) for column in columns}
    return row | {"personal_code": show_personal_code(work.tools.cipher.unseal(person.code_sealed))}


def _rows(work: Work, part: Part, person_id: int) -> list[Row]:
    columns = told_columns(part.table)
    found = work.db.execute(select(*columns).where(part.is_about(person_id)).order_by(*part.table.primary_key))
    rows = [dict(row) for row in found.mappings()]
    if part.table.name == "outbox_message":
        rows = [_message(row) for row in rows]
    if part.table.name == "exam_answer":
        said = exams.answers_in_words(work, [row["id"] for row in rows])
        rows = [{**row, "value": said[row["id"]]} for row in rows]
    for column in columns:
        _label(work, column, rows)
    return rows


def _message(row: Row) -> Row:
    """Leave out the facts of a message that is about somebody else, or a code that proves an address (1.6)."""
    known = messages.TEMPLATES.get(row["template"])
    is_own = known is not None and not known.names_others and not known.is_secret
    return row if is_own else {name: value for name, value in row.items() if name != "facts"}


def _label(work: Work, column: Column[object], rows: list[Row]) -> None:
    """Put the words for what a column refers to beside its number."""
    target = next((key.column.table for key in column.foreign_keys), None)
    if target is None or target.name not in _LABELS:
        return
    words = _words(work, target, {row[column.name] for row in rows if row[column.name] is not None})
    for row in rows:
        row[column.name.removesuffix("_id")] = words.get(row[column.name])


def _words(work: Work, table: Table, ids: set[int]) -> dict[int, Row | str]:
    columns = [table.c[name] for name in _LABELS[table.name]]
    found = work.db.execute(select(table.c.id, *columns).where(table.c.id.in_(ids))).all()
    return {key: dict(zip(_LABELS[table.name], rest, strict=True)) if rest[1:] else rest[0] for key, *rest in found}


def _acts_on(work: Work, person_id: int, tables: Mapping[str, Iterable[Row]]) -> list[Row]:
    """Return who did what to the person's records; of others only that it was somebody else."""
    about = {name: [row["id"] for row in rows if "id" in row] for name, rows in tables.items()} | {
        "person": [person_id]
    }
    of_mine = [
        and_(AuditEvent.subject_kind == kind, AuditEvent.subject_id.in_(ids))  # type: ignore[union-attr, arg-type]
        for kind, ids in about.items()
        if ids
    ]
    return [_act(event, person_id) | {"changes": audit.told(event)} for event in _events(work, or_(*of_mine))]


def _acts_of(work: Work, person_id: int) -> list[Row]:
    """Return what the person did; to whom is not theirs to take along."""
    return [
        _act(event, person_id) | {"network_address": event.network_address}
        for event in _events(work, AuditEvent.actor_id == person_id)
    ]


def _events(work: Work, wanted: Any) -> Iterable[AuditEvent]:  # Any: SQLAlchemy's condition
    return work.db.scalars(select(AuditEvent).where(wanted).order_by(AuditEvent.id))  # type: ignore[arg-type]


def _act(event: AuditEvent, person_id: int) -> Row:
    by = "me" if event.actor_id == person_id else "system" if event.actor_kind == "system" else "somebody else"
    return {"at": event.created_at, "act": event.action, "on": event.subject_kind, "by": by}


def _documents(work: Work, person_id: int) -> Iterable[tuple[str, str]]:
    """Yield the person's stored documents: a name that says what it is, and the key."""
    for part in parts():
        keys = key_columns(part.table)
        if not keys:
            continue
        number = part.table.c.get("number", part.table.c.id)
        stored = select(number, keys[0]).where(part.is_about(person_id), keys[0].is_not(None))
        found = work.db.execute(stored).all()
        yield from ((f"{part.table.name}-{called}.{key.rpartition('.')[2]}", key) for called, key in found)


def _put(work: Work, archive: zipfile.ZipFile, name: str, key: str) -> None:
    """Add a stored document; of one that the store has lost, the record stands in the JSON."""
    try:
        archive.writestr(name, work.tools.files.read(key), compress_type=zipfile.ZIP_STORED)
    except FileGone:
        log.exception("the store has lost %s", key)


def _plain(value: object) -> object:
    """Return what JSON can hold."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Range):
        return {"from": value.lower, "until": value.upper}
    return str(value)
