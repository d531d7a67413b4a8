"""One way down: where a unit of work begins, who commits, who asks the clock, and what a command looks like."""

import ast

import pytest

from tests.architecture.sources import HOUSE, ROOT, Function, called, calls, files, functions, name, tree

STAIRS = ("mps_app/state/base.py", "mps_app/http/base.py", "tasks/")
FRONT_DOORS = ("mps_app/demo/", "mps_app/launch/", "mps_app/cli.py")
CLOCK = {"datetime.now", "datetime.utcnow", "date.today", "datetime.today", "time.time"}
OWN_CLOCK = {
    "mps_app/core/work.py": "the unit of work has the moment",
    "mps_app/models/base.py": "a row notes when it was made",
    "mps_app/adapters/oidc.py": "a token's life is told in the provider's time",
    "mps_app/state/date_scale.py": "today, when no unit of work could be had",
    "mps_app/state/address_bar.py": "how long a visit is on its way, whichever process answers it",
    "mps_app/launch/frontend.py": "the age of a build on disk",
}
ROOMS = sorted(place.name for place in (ROOT / "mps_app/services").iterdir() if (place / "__init__.py").exists())


def test_work_begins_only_on_the_stairs_and_in_the_demo() -> None:
    elsewhere = [
        f"{name(file)}:{call.lineno}"
        for file in files(*HOUSE)
        for call in calls(file)
        if called(call) == "begin" and not name(file).startswith(STAIRS + FRONT_DOORS)
    ]
    assert not elsewhere, elsewhere


def test_only_the_unit_of_work_commits() -> None:
    elsewhere = [
        f"{name(file)}:{call.lineno}"
        for file in files(*HOUSE)
        for call in calls(file)
        if called(call).endswith((".commit", ".rollback")) and name(file) != "mps_app/core/work.py"
    ]
    assert not elsewhere, elsewhere


def test_nobody_asks_the_clock_but_those_who_must() -> None:
    asked = [
        f"{name(file)}:{call.lineno} {called(call)}"
        for file in files(*HOUSE)
        for call in calls(file)
        if called(call) in CLOCK and name(file) not in OWN_CLOCK and not name(file).startswith("mps_app/demo/")
    ]
    assert not asked, f"take work.now: {asked}"


@pytest.mark.parametrize("room", ROOMS)
def test_everything_behind_a_rooms_door_takes_work_first_or_is_no_service(room: str) -> None:
    public = set(_exported(room))
    wrong = [
        f"{name(file)}:{function.lineno} {function.name}"
        for file in files(f"mps_app/services/{room}")
        for function in tree(file).body
        if isinstance(function, Function)
        and function.name in public
        and _reads_or_writes(function)
        and (not function.args.args or function.args.args[0].arg != "work")
    ]
    assert not wrong, f"the first parameter of a service is work: {wrong}"


@pytest.mark.parametrize("room", ROOMS)
def test_services_are_plain_functions_that_never_wait(room: str) -> None:
    waiting = [
        f"{name(file)}:{function.lineno} {function.name}"
        for file in files(f"mps_app/services/{room}")
        for function in functions(file)
        if isinstance(function, ast.AsyncFunctionDef)
    ]
    assert not waiting, f"Celery calls the same functions: {waiting}"


def test_no_migration_folder_shadows_the_library() -> None:
    assert not (ROOT / "alembic" / "__init__.py").exists()


def _exported(room: str) -> list[str]:
    for node in tree(ROOT / "mps_app/services" / room / "__init__.py").body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            names: list[str] = ast.literal_eval(node.value)
            return names
    return []


def _reads_or_writes(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether a function touches a database handle: only pure rules may do without ``work``."""
    return any(isinstance(node, ast.Attribute) and node.attr == "db" for node in ast.walk(function))
