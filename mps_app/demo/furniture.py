"""What the demo school has before anybody comes: rooms, institutions, topics, courses."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from sqlmodel import col, select

from mps_app.core.folding import fold
from mps_app.core.work import Work
from mps_app.demo.persons import school
from mps_app.models import Course, Institution, Room, Venue
from mps_app.services import catalogue
from mps_app.views.catalogue import CourseForm, TopicForm

Described = Mapping[str, Any]  # Any: the school as it is written down

_FORMATS = {"klatiene": "in_person", "attalinati": "online", "hibridi": "hybrid", "e_macibas": "elearning"}
_CERTIFICATES = {"sertifikats": "completion", "apliecinajums": "attendance"}
_STATE = range(1, 31)  # the institutions whose people the restricted courses are for; after them municipalities
_MUNICIPAL = range(31, 39)
_STREET, _CITY = "Raiņa bulvāris 4", "Rīga"


@lru_cache(maxsize=1)
def _programmes() -> Described:
    with Path(__file__).with_name("programmes.yaml").open(encoding="utf-8") as file:
        described: Described = yaml.safe_load(file)
    return described


@dataclass(frozen=True, slots=True)
class Furniture:
    """Ids by the names of the description."""

    rooms: dict[str, int]
    institutions: dict[str, int]
    courses: dict[str, int]


def furnish(work: Work) -> Furniture:
    """Put everything in its place."""
    rooms = {row["id"]: _room(work, row) for row in school()["rooms"]}
    institutions = {row["id"]: _institution(work, row) for row in school()["institutions"]}
    for topic in school()["topics"]:
        catalogue.save_topic(work, TopicForm(code=topic["code"], name=topic["name"], name_en=topic["name_en"]))
    for row in school()["courses"]:
        catalogue.save_course(work, _course(row))
    courses = {course.code: course.key for course in work.db.exec(select(Course))}
    return Furniture(rooms, institutions, courses)


def _room(work: Work, row: Described) -> int:
    """Keep a room; the outside ones have a venue of their own, online ones an address instead of a street."""
    outside = row.get("address", "").partition(" ")[0]
    name = "Tiešsaiste" if row.get("virtual") else row["name"] if outside else "Valsts administrācijas skola"
    venue = work.db.exec(select(Venue).where(col(Venue.name) == name)).one_or_none()
    if venue is None:
        inside = not outside and not row.get("virtual")
        venue = Venue(name=name, street=_STREET if inside else "", city=_CITY if inside else outside)
        work.db.add(venue)
        work.db.flush()
    room = Room(
        venue_id=venue.key,
        name=row["name"],
        capacity=row["capacity"],
        online_url=row.get("url"),
        is_step_free=row.get("step_free", False),
    )
    work.db.add(room)
    work.db.flush()
    return room.key


def _institution(work: Work, row: Described) -> int:
    address = row["address"]
    institution = Institution(
        registration_number=row["registration_number_fake"],
        name=row["name"],
        name_folded=fold(row["name"]),
        street=address["street"],
        city=address["city"],
        postal_code=address["postal_code"],
        vat_number=row["vat_number_fake"],
        invoice_email=row["invoice_email"],
        peppol_id=row["peppol_endpoint"],
    )
    work.db.add(institution)
    work.db.flush()
    return institution.key


def _course(row: Described) -> CourseForm:
    written = _programmes()[row["code"]]
    restricted = row["visibility"] == "coordinator_only"
    return CourseForm(
        code=row["code"],
        topic=row["topic"],
        title=row["title"],
        title_en=row["title_en"],
        description=row["description"],
        audience_text="; ".join(school()["target_groups"][group] for group in row["target_groups"]),
        outcomes=list(written["outcomes"]),
        programme=[
            {"hours": hours, "title": title, "text": text} | ({"day": day} if day else {})
            for day, hours, title, text in written["programme"]
        ],
        academic_hours=row["hours_academic"],
        format=_FORMATS[row["format"]],
        language="en" if row["code"] == "VAL-03" else "lv",
        price_cents=round(row["price_eur_net"] * 100),
        vat_profile=row["vat_profile"],
        visibility="restricted" if restricted else "catalogue",
        minimum=row["min_participants"],
        maximum=row["max_participants"],
        has_exam=row["has_test"],
        certificate_kind=_CERTIFICATES[row["certificate_type"]],
        audience_numbers=_audience(row["code"]) if restricted else [],
    )


def _audience(code: str) -> list[str]:
    wanted = _MUNICIPAL if code == "IEV-02" else _STATE
    numbers = {f"INST-{number:02}" for number in wanted}
    return [row["registration_number_fake"] for row in school()["institutions"] if row["id"] in numbers]
