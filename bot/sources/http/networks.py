"""Which addresses belong to the public internet, however they are spelled. Pure; no I/O."""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from urllib.parse import urlsplit

Address = IPv4Address | IPv6Address

# IANA's special-purpose registries for IPv4 and IPv6 (RFC 6890 and its updates): what is
# not "globally reachable" there. Listed, since what Python's ipaddress takes for global
# differs between its versions.
_SPECIAL_4 = tuple(
    map(
        IPv4Network,
        "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24"
        " 192.0.2.0/24 192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24"
        " 224.0.0.0/4 240.0.0.0/4".split(),
    )
)
_UNICAST_6 = IPv6Network("2000::/3")  # all that is given out so far
_SPECIAL_6 = tuple(map(IPv6Network, "2001::/23 2001:db8::/32 3fff::/20".split()))
_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052

_LOCAL = frozenset({"local", "internal", "lan"})  # RFC 6762; ICANN, 29 July 2024; by custom

_NUMBER = re.compile(r"0[xX][0-9a-fA-F]*|[0-9]+", re.ASCII)
_NAME = re.compile(r"[a-z0-9._-]+", re.ASCII | re.IGNORECASE)


def is_public(address: Address) -> bool:
    """Whether an address is one of the public internet: not private, loopback, link-local,
    shared, multicast, reserved or unspecified.

    An IPv6 address that stands for an IPv4 address (mapped, 6to4, NAT64) is what that is.
    """
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _SPECIAL_4)
    carried = _carried(address)
    if carried is not None:
        return is_public(carried)
    return address in _UNICAST_6 and not any(address in network for network in _SPECIAL_6)


def parse_address(text: str) -> Address:
    """An address as a resolver gives it, its zone left out. Raises ValueError."""
    text = text.partition("%")[0]
    return IPv6Address(text) if ":" in text else IPv4Address(text)


def literal_address(host: str) -> Address | None:
    """The address that a host of a URL (without brackets) is, None where it is a name.

    In any spelling that some resolver or browser takes: decimal, octal and hexadecimal
    numbers, fewer than four of them, a dot at the end (WHATWG URL, section 3.5). Names under
    ``localhost`` are the loopback address (RFC 6761). Raises ValueError where a host is
    neither a name nor an address.
    """
    if ":" in host:
        return parse_address(host)
    labels = host.removesuffix(".").split(".")
    if _NUMBER.fullmatch(labels[-1]):
        return _from_numbers(labels)
    if not _NAME.fullmatch(host):
        raise ValueError("no host name")
    return IPv4Address("127.0.0.1") if labels[-1].lower() == "localhost" else None


def is_internal(url: str) -> bool:
    """Whether a URL names a private address or a host of a local network, which nobody
    outside of that can open."""
    try:
        host = urlsplit(url).hostname or ""
        address = literal_address(host) if host.isascii() else None
    except ValueError:
        return True
    if address is not None:
        return not is_public(address)
    labels = host.rstrip(".").split(".")
    return len(labels) < 2 or labels[-1] in _LOCAL


def _from_numbers(labels: list[str]) -> IPv4Address:
    """Up to four numbers; the last fills the bytes that the others leave."""
    if len(labels) > 4 or not all(map(_NUMBER.fullmatch, labels)):
        raise ValueError("no address")
    *bytes_, last = map(_number, labels)
    if any(byte > 255 for byte in bytes_) or last >= 256 ** (5 - len(labels)):
        raise ValueError("no address")
    return IPv4Address(sum(byte << (24 - 8 * place) for place, byte in enumerate(bytes_)) + last)


def _number(text: str) -> int:
    if text[:2].lower() == "0x":
        return int(text[2:] or "0", 16)
    return int(text, 8 if len(text) > 1 and text[0] == "0" else 10)


def _carried(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that an IPv6 address stands for."""
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.ipv4_mapped or address.sixtofour
