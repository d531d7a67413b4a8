"""Addresses as anybody may write them: what is broken is as if it had not been written (11.4, 11.5)."""

import pytest

from mps_app.views.account_list import AccountFilter
from mps_app.views.roster_filter import RosterFilter
from mps_app.views.training_records import RecordFilter
from tests.marks import rule


@rule("11.5")
@pytest.mark.parametrize("kind", [AccountFilter, RecordFilter, RosterFilter])
@pytest.mark.parametrize(
    "address", ["http://[", "//[::1?lapa=2", "http://℀.example/?lapa=2", "\x00?lapa=-1", "?lapa=²"]
)
def test_a_broken_address_asks_for_nothing(
    kind: type[AccountFilter] | type[RecordFilter] | type[RosterFilter], address: str
) -> None:
    assert kind.read_address(address) == kind()
