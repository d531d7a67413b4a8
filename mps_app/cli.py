"""The ``mps`` command: what an operator does with the system, one word each."""

import argparse
import asyncio
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from pydantic import ValidationError

from mps_app.core.actor import Role
from mps_app.core.settings import Environment, settings
from mps_app.launch import frontend, run
from mps_app.launch.processes import CouldNotStart

ROOT = Path(__file__).parents[1]


def start() -> None:
    """Start the whole system; Ctrl-C ends it."""
    asyncio.run(run.supervised(run.everything))


def services() -> None:
    """Start PostgreSQL and Valkey alone, quick and careless: for tests."""
    asyncio.run(run.supervised(run.services_only))


def migrate() -> None:
    """Bring the database to the newest migration."""
    asyncio.run(run.with_services(_migrate))


def seed() -> None:
    """Fill the demo school, once."""
    asyncio.run(run.with_services(_migrate_and_seed))


def build() -> None:
    """Build the pages, unless that was done."""
    frontend.build(frontend.fingerprint())


def prepare() -> None:
    """Migrate, and in the demo fill the school: what the first start does."""
    if settings().env is Environment.DEMO:
        _migrate_and_seed()
    else:
        _migrate()


def reset() -> None:
    """Forget every datum and key of the demo; the next start begins anew."""
    directory = settings().var_dir.resolve()
    if run.is_running():
        message = "MPS is running; end it first (Ctrl-C)"
        raise CouldNotStart(message)
    kept = settings().build_dir.resolve()
    for place in directory.iterdir() if directory.exists() else ():
        if place == kept or place.name == "lock":
            continue
        shutil.rmtree(place) if place.is_dir() else place.unlink()
    print(f"Everything in {directory} is gone; make run starts anew.")


def doctor() -> None:
    """Check what must always be true, change nothing; end with an error when something is not."""
    found: list[str] = []
    asyncio.run(run.with_services(lambda: found.extend(_examined())))
    if found:
        sys.exit("\n".join(found))
    print("Everything is as it must be.")  # the answer to the operator


def _examined() -> list[str]:
    from dataclasses import replace

    from mps_app.core.actor import SYSTEM, Language
    from mps_app.core.work import begin
    from mps_app.services import administration
    from mps_app.wiring import open_house

    open_house()
    with begin(replace(SYSTEM, language=Language.EN)) as work:  # in the language of the terminal
        return [f"{finding.check}: {finding.text}" for finding in administration.examine(work)]


def appoint() -> None:
    """Make somebody who has signed in once one of the school's own: the first administrator comes in this way."""
    from mps_app.services.administration import STAFF

    roles = {str(role): role for role in STAFF}
    usual = next(iter(roles))
    try:
        code = input("personal code: ")  # asked, because a command's words stay in the shell's memory
        wanted = input(f"role ({', '.join(roles)}) [{usual}]: ").strip() or usual
    except EOFError as error:
        message = "nobody was named"
        raise CouldNotStart(message) from error
    if wanted not in roles:
        message = f"there is no role {wanted}"
        raise CouldNotStart(message)
    asyncio.run(run.with_services(lambda: _appoint(code, roles[wanted])))


def _appoint(code: str, role: Role) -> None:
    from mps_app.core.actor import SYSTEM
    from mps_app.core.codes import Unusable
    from mps_app.core.errors import NotFound
    from mps_app.core.work import begin
    from mps_app.services import administration
    from mps_app.wiring import open_house

    open_house()
    try:
        with begin(SYSTEM) as work:
            name = administration.appoint(work, code, role)
    except Unusable as error:
        raise CouldNotStart(error.message) from error
    except NotFound as error:
        message = "nobody with this code has signed in yet: they sign in once, then they can be appointed"
        raise CouldNotStart(message) from error
    print(f"{name} holds the role {role} from today on.")  # the answer to the operator


def _migrate() -> None:
    from mps_app.adapters import migrations, postgres

    engine = postgres.engine(settings().database_url, pool_size=1)
    migrations.upgrade(engine)
    engine.dispose()


def _migrate_and_seed() -> None:
    from mps_app.launch.seeding import fill_once

    if not settings().is_demo:
        message = "the demo school is not for production"
        raise CouldNotStart(message)
    _migrate()
    fill_once()


COMMANDS: dict[str, Callable[[], None]] = {
    "run": start,
    "services": services,
    "build": build,
    "migrate": migrate,
    "seed": seed,
    "prepare": prepare,
    "reset": reset,
    "doctor": doctor,
    "appoint": appoint,
}


def _in_words(error: ValidationError) -> list[str]:
    """Name every variable that is wrong; the values stay unsaid, some are secret."""
    return [
        " ".join(f"MPS_{name}:".upper() for name in part["loc"]) + " " + part["msg"].removeprefix("Value error, ")
        for part in error.errors(include_input=False, include_url=False)
    ]


def main() -> None:
    """Run the command named; say in one line what prevented it."""
    os.chdir(ROOT)  # settings, migrations and the front end are found from here
    parser = argparse.ArgumentParser(prog="mps", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")
    for name, command in COMMANDS.items():
        commands.add_parser(name, help=(command.__doc__ or "").partition("\n")[0])
    chosen = parser.parse_args()
    try:
        COMMANDS[chosen.command]()
    except CouldNotStart as error:
        sys.exit(f"mps: {error}")
    except ValidationError as error:
        sys.exit("\n".join(["mps: the environment is not usable", *_in_words(error)]))


if __name__ == "__main__":
    main()
