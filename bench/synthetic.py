"""Courses by the thousand, with groups, sessions and places, as a large school might have them."""

import random
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from itertools import accumulate, islice
from typing import Any

from sqlalchemy import Engine, insert
from sqlalchemy.dialects.postgresql import Range
from sqlmodel import SQLModel

from mps_app.core.folding import sort_key
from mps_app.models import Course, CourseGroup, Room, Topic, TrainingSession, Venue

Row = Mapping[str, Any]  # Any: column values

_STARTS = (
    "ie",
    "pār",
    "at",
    "uz",
    "no",
    "sa",
    "iz",
    "aiz",
    "pie",
    "ap",
    "dar",
    "val",
    "pro",
    "jur",
    "dig",
    "kom",
    "plā",
    "vad",
)
_MIDDLES = (
    "pirk",
    "vald",
    "mācīb",
    "likum",
    "pras",
    "dok",
    "ment",
    "proces",
    "not",
    "birž",
    "ētik",
    "drošīb",
    "bud",
    "žet",
    "rīk",
)
_ENDS = (
    "a",
    "as",
    "u",
    "i",
    "iem",
    "ām",
    "ana",
    "šana",
    "šanas",
    "ība",
    "ības",
    "tājs",
    "tāju",
    "isks",
    "ums",
    "umu",
    "umi",
    "os",
)
_CITIES = ("Rīga", "Valmiera", "Daugavpils", "Liepāja", "Jelgava", "Ventspils", "Rēzekne", "Kuldīga", "Cēsis", "Ogre")
_FORMS = ("in_person", "online", "hybrid", "elearning")
_TOPICS = range(1, 16)
_ROOM_DAYS = 200  # no room meets more often, so no two sessions overlap
_RESTRICTED = 0.1  # the share of courses for some institutions only
_CHUNK = 5_000


def words(chance: random.Random, count: int = 6_000) -> list[str]:
    """Return a vocabulary, the frequent words first."""
    made = (
        chance.choice(_STARTS) + "".join(chance.sample(_MIDDLES, chance.choice((1, 1, 2)))) + chance.choice(_ENDS)
        for _ in range(count * 3)
    )
    return list(dict.fromkeys(made))[:count]


def fill(engine: Engine, count: int) -> list[str]:
    """Fill an empty database with courses; return the vocabulary they are made of."""
    chance = random.Random(count)
    known = words(chance)
    weights = list(accumulate(1 / (place + 8) for place in range(len(known))))
    now = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    rooms = 1 + count * 3 // _ROOM_DAYS
    insert_rows(
        engine, Topic, ({"id": key, "code": f"T{key:02}", "name": known[key], "name_en": ""} for key in _TOPICS)
    )
    insert_rows(engine, Venue, ({"id": key, "name": f"Vieta {key}", "city": city} for key, city in enumerate(_CITIES)))
    insert_rows(engine, Room, (_room(key) for key in range(rooms)))
    insert_rows(engine, Course, _courses(chance, known, weights, count, now))
    insert_rows(engine, CourseGroup, _groups(chance, count, now))
    insert_rows(engine, TrainingSession, _sessions(count, rooms, now))
    with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.exec_driver_sql("VACUUM ANALYZE")
    return known


def _room(key: int) -> Row:
    return {"id": key, "venue_id": key % len(_CITIES), "name": f"Telpa {key}", "capacity": 30}


def insert_rows(engine: Engine, table: type[SQLModel], rows: Iterable[Row]) -> None:
    """Write rows, some thousands at a time."""
    remaining = iter(rows)
    with engine.begin() as connection:
        while chunk := list(islice(remaining, _CHUNK)):
            connection.execute(insert(table), chunk)


def _courses(chance: random.Random, known: list[str], weights: list[float], count: int, now: datetime) -> Iterator[Row]:
    for key in range(1, count + 1):
        title = " ".join(chance.choices(known, cum_weights=weights, k=chance.randint(3, 6))).capitalize()
        yield {
            "id": key,
            "code": f"KURSS-{key}",
            "topic_id": chance.choice(_TOPICS),
            "title": title,
            "title_sort": sort_key(title),
            "description": " ".join(chance.choices(known, cum_weights=weights, k=18)).capitalize() + ".",
            "academic_hours": chance.choice((4, 6, 8, 12, 16)),
            "format": chance.choice(_FORMS),
            "language": chance.choice(("lv", "lv", "lv", "en")),
            "price_cents": chance.choice((0, 4_500, 9_500, 12_000, 18_000, 24_000)),
            "visibility": "restricted" if chance.random() < _RESTRICTED else "catalogue",
            "minimum": 5,
            "maximum": 24,
            "created_at": now - timedelta(minutes=key),
        }


def _groups(chance: random.Random, count: int, now: datetime) -> Iterator[Row]:
    """Every second course has a group, every fourth two."""
    for key in range(1, count + 1):
        for _ in range((0, 1, 0, 2)[key % 4]):
            yield {
                "course_id": key,
                "code": f"G-{key}-{chance.random()}",
                "status": chance.choice(("open", "confirmed")),
                "minimum": 5,
                "maximum": 24,
                "places_taken": chance.choice((3, 11, 19, 24)),
                "registration_opens_at": now - timedelta(days=9),
                "registration_closes_at": now + timedelta(days=5),
                "cancellation_deadline_at": now + timedelta(days=5),
                "language": "lv",
            }


def _sessions(count: int, rooms: int, now: datetime) -> Iterator[Row]:
    """Two sessions of every group, in rooms that are free then."""
    groups = sum((0, 1, 0, 2)[key % 4] for key in range(1, count + 1))
    for number in range(groups * 2):
        start = now + timedelta(days=7 + number // rooms)
        yield {
            "group_id": 1 + number // 2,
            "number": 1 + number % 2,
            "during": Range(start, start + timedelta(hours=4)),
            "room_id": number % rooms,
            "uid": f"{number}@bench",
        }
