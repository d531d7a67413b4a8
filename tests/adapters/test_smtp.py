"""A letter reads at its recipient as it was written (16.5)."""

from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest

from mps_app.adapters.smtp import compose
from mps_app.core.tools import Letter
from tests.marks import rule

_LINE = 78
_TITLE = "Gunta Meždemona: pieteikums mācībām „Uzstāšanās un prezentācijas prasmes”"


@rule("16.5")
@pytest.mark.parametrize("before", range(40))
def test_no_space_of_a_subject_is_lost_on_the_way(before: int) -> None:
    subject = "a" * before + " " + _TITLE if before else _TITLE
    letter = Letter("<1@skola.example>", datetime(2026, 11, 24, tzinfo=UTC), "a@b.example", subject, "…", "<p>…</p>")
    wire = compose(letter, "Skola <skola@skola.example>").as_bytes()
    assert message_from_bytes(wire, policy=policy.default)["Subject"] == subject
    assert all(len(line) <= _LINE for line in wire.partition(b"\r\n\r\n")[0].splitlines())
