"""What hostile files do to an import: they end in words, nothing is kept, and memory stays bounded (11.2)."""

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func
from sqlmodel import select

from mps_app.core.actor import SYSTEM, Language
from mps_app.core.errors import TooMany
from mps_app.core.work import begin
from mps_app.models import EmployeeImport
from mps_app.services import employees
from tests.marks import rule
from tests.services.employees.conftest import Desk
from tests.services.employees.hostile import FILES, one_text
from tests.services.employees.lists import ANNA, HEADERS, csv_of, xlsx_of

ROOT = Path(__file__).parents[3]
MOST_MEGABYTES = 250
"""What reading one hostile file of up to 5 MB may take at its peak, generously."""

REFUSED = {
    "nothing_sent", "list_refused", "list_too_large", "too_many_rows", "too_many_columns", "no_header", "no_rows",
    "same_header",
}  # fmt: skip

READING = """
import json, os, resource, sys
from pathlib import Path
from mps_app.services.employees import refusals, tables, workbook

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024

for file in sorted(Path(sys.argv[1]).iterdir()):
    if os.fork() == 0:  # each in a process of its own: a peak does not go down again
        content = file.read_bytes()
        before, code = peak(), "read"
        try:
            tables.read_table(content)
        except refusals.ListRefused as refusal:
            code = refusal.code
        print(json.dumps([file.name, code, peak() - before]), flush=True)
        os._exit(0)
    os.wait()
"""


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, int]]:
    """How each file was answered, and the megabytes that reading it took at its peak."""
    folder = tmp_path_factory.mktemp("hostile")
    for name, make in FILES.items():
        (folder / name).write_bytes(make())
    command = [sys.executable, "-c", READING, str(folder)]
    read = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    shutil.rmtree(folder)
    lines = [json.loads(line) for line in read.stdout.splitlines()]
    return {name: (code, megabytes) for name, code, megabytes in lines}


@rule("11.2")
@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_is_refused_in_words_within_bounded_memory(
    answers: dict[str, tuple[str, int]], name: str
) -> None:
    code, megabytes = answers[name]
    assert code in REFUSED
    assert megabytes < MOST_MEGABYTES


@rule("11.2")
@pytest.mark.parametrize("name", ["bomb of small parts", "million columns of text", "one text in many cells", "binary"])
def test_nothing_of_a_refused_file_is_kept(desk: Desk, name: str) -> None:
    with pytest.raises(employees.ListRefused):
        desk.load(FILES[name]())
    with begin(SYSTEM) as work:
        assert work.db.exec(select(func.count()).select_from(EmployeeImport)).one() == 0


@rule("11.2")
def test_one_text_in_all_cells_does_not_grow_without_end(desk: Desk) -> None:
    with pytest.raises(employees.ListTooLarge):
        desk.load(one_text(101))
    key = desk.load(one_text(99))
    with begin(SYSTEM) as work:
        sealed = work.db.get_one(EmployeeImport, key).rows_sealed
    assert sealed is not None
    assert len(sealed) < 25_000_000


@rule("11.2")
def test_refused_lists_count_too(desk: Desk) -> None:
    for _ in range(60):
        with pytest.raises(employees.ListRefused):
            desk.load(b"\x00\x01")
    with pytest.raises(TooMany):
        desk.load(b"\x00\x01")


@rule("11.2")
def test_a_missing_column_is_named(desk: Desk) -> None:
    with pytest.raises(employees.ListRefused) as refused:
        desk.load(csv_of(ANNA[1:2], headers=("Vārds",)))
    assert refused.value.facts["columns"] == "„Personas kods”, „Uzvārds”"


@rule("17.1")
def test_columns_are_quoted_as_the_language_of_the_message_quotes(desk: Desk) -> None:
    desk.actor = replace(desk.actor, language=Language.EN)
    with pytest.raises(employees.ListRefused) as refused:
        desk.load(csv_of(ANNA[1:2], headers=("Vārds",)))
    assert refused.value.facts["columns"] == "“Personal code”, “Family name”"
    shown = desk.look(desk.load(csv_of((*ANNA, "zaļa"), headers=(*HEADERS, "Mīļākā krāsa"))))
    assert shown.ignored_text == "“Mīļākā krāsa”"


@rule("11.2")
@pytest.mark.parametrize("make", [csv_of, xlsx_of])
def test_hostile_cells_are_bad_rows_with_words(desk: Desk, make: object) -> None:
    rows = [
        ("320101-12345", "x" * 300, "Gara", "", "", ""),
        ("320202-12345", "<script>alert(1)</script>", "Skripte", "", "", ""),
        ("320303-12345", "Anna", "\u202eatorP", "y" * 5_000, "", ""),
        ("'; DROP TABLE person; --", "Anna", "Paraudziņa", "", "", "a@b"),
    ]
    shown = desk.look(desk.load(make(*rows)))  # type: ignore[operator]
    assert (shown.wrong, shown.new) == (4, 0)
    assert all(row.problems for row in shown.rows)
    assert max(len(row.name) for row in shown.rows) <= 202


@rule("11.2")
def test_lists_are_not_loaded_without_end(desk: Desk) -> None:
    for _ in range(60):
        desk.load(csv_of(ANNA))
    with pytest.raises(TooMany):
        desk.load(csv_of(ANNA))
