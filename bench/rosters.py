"""The roster (11.4): from one keystroke's event to its rows, with 5,000 and 50,000 employees; the export of 5,000."""

import asyncio
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Engine, text
from sqlalchemy.dialects.postgresql import Range

from bench.catalogue import Act, Measured, Play, played
from bench.ground import Ground, ground, serving
from bench.synthetic import Row, insert_rows, words
from mps_app.adapters import postgres
from mps_app.core.actor import SYSTEM, Actor, Role
from mps_app.core.folding import fold
from mps_app.core.settings import settings
from mps_app.core.work import begin, plug
from mps_app.launch.house import furnish
from mps_app.models import (
    Application,
    Attendance,
    Coordinator,
    Course,
    CourseGroup,
    Employment,
    Institution,
    Person,
    Topic,
    TrainingSession,
)
from mps_app.services import identity, rosters
from mps_app.views.roster_filter import COLUMNS, RosterFilter
from tests.event_client import EventClient, event_name

SIZES = (5_000, 50_000)
COORDINATORS = 20


class Typed(NamedTuple):
    """A page on which one finds people as one types: its address, its event, the var with the answer."""

    path: str
    event: str
    answer: str


def _typed(path: str, module: str, state: str, answer: str) -> Typed:
    event = f"mps_app___state___{module}____{state}.search"
    return Typed(path, event_name("mps_app.state.institution", "InstitutionState", event), answer)


ROSTER = _typed("/iestade/darbinieki", "roster", "roster_state", "RosterState.rows")
BESIDE = {
    "training record": _typed(
        "/iestade/uzskaite", "training_record", "training_record_state", "TrainingRecordState.found"
    ),
    "applications": _typed("/iestade/pieteikumi", "account_list", "account_state", "AccountState.page"),
}
_PATIENCE_SECONDS = 120  # the first question may wait until everybody is read
_INSTITUTION, _COURSES, _GROUPS = 1, 60, 600
_LONG_AGO = date(2020, 1, 1)


def fill(engine: Engine, count: int) -> list[str]:
    """Fill an empty database with one large institution; return the words by which its people are found."""
    chance = random.Random(count)
    known = words(chance, 3_000)
    given, families, units, positions = known[:300], known[300:2_500], known[2_500:2_600], known[2_600:2_800]
    now = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    names = [(chance.choice(given).title(), chance.choice(families).title()) for _ in range(count + COORDINATORS)]
    with engine.begin() as connection:  # what triggers would note nobody has read
        connection.execute(text(f"ALTER DATABASE {engine.url.database} SET session_replication_role = replica"))
    engine.dispose()
    school = {"id": _INSTITUTION, "registration_number": "9", "name": "Liela iestāde", "name_folded": "liela iestade"}
    insert_rows(engine, Institution, [school])
    insert_rows(engine, Topic, [{"id": 1, "code": "T", "name": "Temats", "name_en": ""}])
    insert_rows(engine, Person, (_person(key, *name) for key, name in enumerate(names, 1)))
    insert_rows(engine, Employment, (
        {"person_id": key, "institution_id": _INSTITUTION, "unit": chance.choice(units).title(),
         "position": chance.choice(positions), "from_on": _LONG_AGO} for key in range(1, count + 1)
    ))  # fmt: skip
    insert_rows(engine, Coordinator, (
        {"person_id": key, "institution_id": _INSTITUTION, "nominated_on": _LONG_AGO, "from_on": _LONG_AGO,
         "confirmed_on": _LONG_AGO} for key in range(count + 1, count + COORDINATORS + 1)
    ))  # fmt: skip
    _training(engine, chance, count, now)
    with engine.begin() as connection:
        connection.execute(text(f"ALTER DATABASE {engine.url.database} RESET session_replication_role"))
    engine.dispose()
    with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.exec_driver_sql("VACUUM ANALYZE")
    return [*given, *families, *units, *positions]


def _person(key: int, given: str, family: str) -> Row:
    return {
        "id": key, "given_name": given, "family_name": family, "name_folded": fold(f"{given} {family}"),
        "code_hash": f"code {key}", "code_sealed": b"", "code_masked": "000000-*****",
    }  # fmt: skip


def _training(engine: Engine, chance: random.Random, count: int, now: datetime) -> None:
    """Give everybody two trainings within three years, most of them attended."""
    starts = [now - timedelta(days=chance.randrange(2, 1_000)) for _ in range(_GROUPS)]
    insert_rows(engine, Course, (
        {"id": key, "topic_id": 1, "code": f"K-{key}", "title": f"Kurss {key}", "title_sort": f"kurss {key}",
         "academic_hours": 8, "format": "online", "minimum": 1, "maximum": 20} for key in range(_COURSES)
    ))  # fmt: skip
    insert_rows(engine, CourseGroup, (
        {"id": key, "course_id": key % _COURSES, "code": f"G-{key}", "status": "completed", "minimum": 1, "maximum": 20,
         "registration_opens_at": start - timedelta(days=60), "registration_closes_at": start,
         "cancellation_deadline_at": start} for key, start in enumerate(starts)
    ))  # fmt: skip
    insert_rows(engine, TrainingSession, (
        {"id": key, "group_id": key, "number": 1, "uid": f"{key}@bench",
         "during": Range(start, start + timedelta(hours=6))} for key, start in enumerate(starts)
    ))  # fmt: skip
    taken = dict.fromkeys((number // 2 + 1, chance.randrange(_GROUPS)) for number in range(2 * count))
    insert_rows(engine, Application, (
        {"id": number, "person_id": person, "course_id": group % _COURSES, "group_id": group, "status": "completed",
         "payer_kind": "institution", "payer_institution_id": _INSTITUTION, "status_at": starts[group],
         "created_at": starts[group] - timedelta(days=30)} for number, (person, group) in enumerate(taken)
    ))  # fmt: skip
    insert_rows(engine, Attendance, (
        {"application_id": number, "session_id": group, "present_minutes": 360, "source": "staff"}
        for number, (_person_id, group) in enumerate(taken)
    ))  # fmt: skip


def _typing(known: list[str], page: Typed) -> Act:
    """Return a coordinator who types words letter by letter; every event asks for something else."""
    chance = random.Random(7)
    typed = [word[:length] for word in chance.choices(known, k=400) for length in range(1, len(word) + 1)]

    async def act(client: EventClient, turn: int) -> object:
        return await client.call(
            page.event, until=page.answer, timeout=_PATIENCE_SECONDS, text=typed[turn % len(typed)]
        )

    return act


def _sessions(engine: Engine, count: int) -> Iterator[str]:
    plug(furnish(settings(), engine))
    for key in range(count + 1, count + COORDINATORS + 1):
        with begin(SYSTEM) as work:
            token = identity.start_session(work, key, user_agent="bench", network_address="127.0.0.1")
        yield f"{settings().session_cookie}={token}"


def _keystrokes(where: Ground, count: int) -> tuple[list[Measured], str]:
    url, engine = where.database(f"employees_{count}")
    known = fill(engine, count)
    cookies = tuple(_sessions(engine, count))
    engine.dispose()
    name = f"{count:,} employees, typing"
    act = _typing(known, ROSTER)
    plays = [
        *(Play(name, act, people, ROSTER.path, cookies[:people]) for people in (1, COORDINATORS)),
        *(Play(f"{name}: {what}", _typing(known, page), 1, page.path, cookies[:1]) for what, page in BESIDE.items()),
    ]
    with serving(where, {"MPS_DATABASE_URL": url}) as web:
        return [asyncio.run(played(where, web, play)) for play in plays], url


def _exported(url: str) -> str:
    """Export in a process of its own, so that its memory is known."""
    said = subprocess.run([sys.executable, "-m", "bench.rosters", url], check=True, capture_output=True, text=True)
    return said.stdout.strip()


def export(url: str) -> None:
    """Write everybody twice, the second time with the roster remembered; say what it took."""
    plug(furnish(settings(), postgres.engine(url, pool_size=4)))
    actor = Actor(person_id=1, roles=frozenset({Role.COORDINATOR}), institution_ids=frozenset({_INSTITUTION}))
    with begin(actor) as work:
        rosters.roster(work, _INSTITUTION, RosterFilter())
    began = time.perf_counter()
    with tempfile.TemporaryFile() as made, begin(actor) as work:
        rosters.export(work, _INSTITUTION, RosterFilter(columns=COLUMNS), made, whole=True)
        size = made.tell()
    seconds = time.perf_counter() - began
    print(f"{seconds:.2f} s, {_megabytes():.0f} MB at the peak of the whole process, a file of {size / 1024:,.0f} kB")


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Print the table, the growth and the export."""
    with ground() as where:
        os.environ.update(where.variables)
        found = [_keystrokes(where, count) for count in SIZES]
        exported = _exported(found[0][1])
    print("| what | p50 ms | p95 ms | CPU ms per event, web | services | events | bytes | web MB |")
    print("|---|---|---|---|---|---|---|---|")
    for one in (line for lines, _ in found for line in lines):
        print(
            f"| {one.name} | {one.p50:.1f} | {one.p95:.1f} | {one.web_cpu:.2f} | {one.services_cpu:.2f} "
            f"| {one.events} | {one.bytes_per_event:,.0f} | {one.megabytes:.0f} |"
        )
    small, large = (lines[0] for lines, _ in found)
    print(f"\n50,000 against 5,000 employees: p50 {large.p50 / small.p50:.2f}, p95 {large.p95 / small.p95:.2f} times")
    print(f"export of 5,000 rows with all columns: {exported}")


if __name__ == "__main__":
    export(sys.argv[1]) if len(sys.argv) > 1 else main()
