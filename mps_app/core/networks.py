"""Who calls, and from which network, as limits count it (1.6)."""

from collections.abc import Iterable
from ipaddress import IPv6Address, ip_address, ip_network

FORWARDED = "x-forwarded-for"
_ONE_CONNECTION = 64  # bits: what every IPv6 connection is given at least (RFC 6177), with addresses without end
_LONGEST = 45  # INET6_ADDRSTRLEN without its end


def caller(forwarded: Iterable[str], peer: str, hops: int) -> str:
    """Return who called by the lines of ``X-Forwarded-For``, which count only behind proxies that we were told of.

    Some proxies add a line of their own below the one that the caller wrote: all lines are one list (RFC 9110 5.3).
    """
    addresses = [part.strip() for part in ",".join(forwarded).split(",")]
    if hops and len(addresses) >= hops and addresses[-hops]:
        return addresses[-hops]
    return peer


def network_of(address: str) -> str:
    """Return an IPv4 address as it is, and of an IPv6 address the /64 it is one of."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:  # a socket without an address, or a proxy's own words
        return address[:_LONGEST]
    if not isinstance(found, IPv6Address):
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(ip_network((found, _ONE_CONNECTION), strict=False))
