"""An institution's whole list: 5,000 employees read, compared and saved (11.2)."""

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bench.ground import ROOT, ground
from mps_app.adapters import postgres
from mps_app.core.actor import SYSTEM, Actor, Language
from mps_app.core.settings import settings
from mps_app.core.work import Work, begin, plug
from mps_app.launch.house import furnish
from mps_app.services import employees
from mps_app.views.employees import PreviewWish
from tests import factories
from tests.services.employees.lists import csv_of, people, xlsx_of

PEOPLE = 5_000
KINDS = {"CSV": csv_of, "XLSX": xlsx_of}


@dataclass
class Desk:
    """A coordinator, and how long each act took."""

    actor: Actor
    institution_id: int
    took: list[float] = field(default_factory=list)

    def timed(self, service: Callable[..., Any], *args: Any, **more: Any) -> Any:  # Any: whatever a service takes
        """Do something in a transaction of its own, and note the seconds."""
        began = time.perf_counter()
        with begin(self.actor) as work:
            answer = service(work, self.institution_id, *args, **more)
        self.took.append(time.perf_counter() - began)
        return answer

    def load(self, name: str, content: bytes, expected: tuple[int, int]) -> None:
        """Load a list, look at it, save it; refuse to measure what went wrong."""
        import_id = self.timed(_staged, name, content)
        shown = self.timed(employees.preview_import, import_id, PreviewWish())
        if (shown.new, shown.changed) != expected or shown.wrong:
            message = f"{shown.new} new, {shown.changed} changed, {shown.wrong} wrong"
            raise RuntimeError(message)
        self.timed(employees.apply_import, import_id, shown.basis, is_whole=True)


def _staged(work: Work, institution_id: int, name: str, content: bytes) -> int:
    return employees.stage_import(work, institution_id, name, employees.read_list(content, Language.LV))


def prepare() -> Desk:
    """Furnish a house with one institution and its coordinator."""
    plug(furnish(settings(), postgres.engine(settings().database_url)))
    with begin(SYSTEM) as work:
        institution = factories.make_institution(work)
        speaker = factories.make_person(work)
        factories.make_coordinator(work, speaker, institution)
        actor = factories.actor(speaker, institutions=frozenset({institution.key}))
        return Desk(actor, institution.key)


def measure(kind: str) -> None:
    """Load a list twice: everybody is new, then everybody is the same but a tenth that moved. Print one row."""
    desk, rows = prepare(), people(PEOPLE)
    moved = [(*row[:3], "Cita nodaļa", *row[4:]) if at % 10 == 0 else row for at, row in enumerate(rows)]
    first, second = KINDS[kind](*rows), KINDS[kind](*moved)
    idle = _peak()
    desk.load("first", first, (PEOPLE, 0))
    desk.load("second", second, (0, PEOPLE // 10))
    read, compared, saved, *again = desk.took
    print(f"| {kind} | {read:.2f} | {compared:.2f} | {saved:.2f} | {sum(again):.2f} | {_peak() - idle} |", flush=True)


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    """Print the table; each kind of file in a process of its own, for a peak does not go down again."""
    print(f"| {PEOPLE:,} employees as | read, seal s | compare s | save s | all of it again, 500 moved s | peak MB |")
    print("|---|---|---|---|---|---|", flush=True)
    with ground() as where:
        for kind in KINDS:
            url, engine = where.database(f"employees_{kind.lower()}")
            engine.dispose()
            variables = {**os.environ, **where.variables, "MPS_DATABASE_URL": url}
            subprocess.run([sys.executable, "-m", "bench.employee_import", kind], cwd=ROOT, check=True, env=variables)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        measure(sys.argv[1])
    else:
        main()
