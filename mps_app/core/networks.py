"""The network somebody calls from, as limits count it (1.6)."""

from ipaddress import IPv6Address, ip_address, ip_network

_ONE_CONNECTION = 64  # bits: what every IPv6 connection is given at least (RFC 6177), with addresses without end
_LONGEST = 45  # INET6_ADDRSTRLEN without its end


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
