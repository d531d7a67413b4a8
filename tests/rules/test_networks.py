"""Limits count by network: nobody has more tries for having more addresses (1.6)."""

import pytest

from mps_app.core.actor import Actor
from mps_app.core.networks import network_of
from tests.marks import rule


@rule("1.6")
@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2::/64"),
        ("2001:0DB8:0001:0003::1", "2001:db8:1:3::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("", ""),
        ("unknown", "unknown"),
        ("x" * 1_000, "x" * 45),
    ],
)
def test_an_address_counts_as_the_network_of_one_connection(address: str, network: str) -> None:
    assert network_of(address) == network
    assert Actor(network_address=address).network == network
