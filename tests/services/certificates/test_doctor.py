"""The self-audit tells of certificates that are not as they must be (16.4, invariant 4)."""

from pathlib import Path

import pytest

from mps_app.core.work import House
from tests.conftest import Clock
from tests.marks import rule
from tests.services.certificates.course import (
    answer,
    break_by,
    certify,
    findings,
    hold_training,
    invite,
    issue,
    mark,
    with_paper,
)

OURS = {"certificate_numbers", "certificate_not_earned", "certificate_not_printed"}


@pytest.fixture(autouse=True)
def paper(house: House, tmp_path: Path) -> House:
    return with_paper(house, tmp_path / "files")


@rule("16.4")
def test_a_sound_school_has_no_finding() -> None:
    certify(3)
    assert findings(OURS) == set()


@rule("16.4")
@pytest.mark.parametrize(
    ("statement", "check"),
    [
        ("DELETE FROM certificate WHERE serial = 2", "certificate_numbers"),
        ("UPDATE evaluation_invitation SET answered_on = NULL", "certificate_not_earned"),
        ("UPDATE attendance SET present_minutes = 60", "certificate_not_earned"),
    ],
)
def test_what_cannot_be_is_found(statement: str, check: str) -> None:
    certify(3)
    break_by(statement)
    assert findings(OURS) == {check}


@rule("16.4")
def test_a_sheet_that_is_not_printed_for_long_is_found(clock: Clock) -> None:
    training = hold_training()
    mark(training)
    invite()
    answer(training, 0)
    issue()
    assert findings(OURS) == set()
    clock.advance(hours=1)
    assert findings(OURS) == {"certificate_not_printed"}
