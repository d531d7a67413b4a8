"""The operator's command that lets the first administrator in (16.1)."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlmodel import select

from mps_app.core.actor import SYSTEM, Role
from mps_app.core.work import House, begin
from mps_app.models import RoleGrant
from tests.factories import make_person, unused_code
from tests.marks import rule
from tests.running import ROOT


@pytest.fixture
def code(house: House) -> str:
    """The personal code of somebody who has signed in."""
    digits = unused_code()
    with begin(SYSTEM) as work:
        make_person(work, name="Anna Paraudziņa", code=digits)
    return digits


Operator = Callable[[str], subprocess.CompletedProcess[str]]


@pytest.fixture
def appoint(database_url: str, redis_url: str, tmp_path: Path) -> Operator:
    """Run the command and type the answers."""
    variables = {
        "MPS_DATABASE_URL": database_url, "MPS_REDIS_URL": redis_url, "MPS_SMTP_URL": "smtp://127.0.0.1:1",
        "MPS_VAR_DIR": str(tmp_path),
    }  # fmt: skip

    def run(answers: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "mps_app.cli", "appoint"]
        environment = {**os.environ, **variables}
        return subprocess.run(
            command, input=answers, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
        )

    return run


@rule("16.1")
def test_the_first_administrator_is_appointed_by_the_operator(code: str, appoint: Operator) -> None:
    done = appoint(f"{code}\n\n")
    assert "Anna Paraudziņa holds the role administrator" in done.stdout, done.stderr
    with begin(SYSTEM) as work:
        assert [one.role for one in work.db.exec(select(RoleGrant))] == [Role.ADMIN]


@rule("16.1")
@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ("", "nobody was named"),
        ("12\n\n", "11 digits"),
        ("{unknown}\n\n", "nobody with this code"),
        ("{code}\nking\n", "king"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(code: str, appoint: Operator, answers: str, said: str) -> None:
    done = appoint(answers.format(code=code, unknown=unused_code()))
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    with begin(SYSTEM) as work:
        assert work.db.exec(select(RoleGrant)).all() == []
