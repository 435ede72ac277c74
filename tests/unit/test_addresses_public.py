"""Which addresses are of the public internet, in whatever way they are written."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sources.http.networks import is_internal, is_public, literal_address, parse_address

PRIVATE_4 = [
    "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
    "192.168.0.0/16", "198.18.0.0/15", "224.0.0.0/4", "240.0.0.0/4",
]  # fmt: skip
PRIVATE_6 = ["::/128", "::1/128", "fe80::/10", "fc00::/7", "ff00::/8", "fec0::/10", "2001:db8::/32"]
PUBLIC = [
    "1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "93.184.216.34", "100.63.255.255",
    "100.128.0.0", "126.255.255.255", "128.0.0.0", "169.253.255.255", "172.15.255.255",
    "172.32.0.0", "192.167.255.255", "192.169.0.0", "223.255.255.255",
    "2606:2800:220:1:248:1893:25c8:1946", "2a00:1450:4001:81b::200e",
]  # fmt: skip


def _in_4(network: str) -> st.SearchStrategy[IPv4Address]:
    inside = IPv4Network(network)
    return st.integers(int(inside[0]), int(inside[-1])).map(IPv4Address)


def _in_6(network: str) -> st.SearchStrategy[IPv6Address]:
    inside = IPv6Network(network)
    return st.integers(int(inside[0]), int(inside[-1])).map(IPv6Address)


_private_4 = st.sampled_from(PRIVATE_4).flatmap(_in_4)
_private_6 = st.sampled_from(PRIVATE_6).flatmap(_in_6)


@st.composite
def _spelled(draw: st.DrawFn, address: IPv4Address) -> str:
    """An address in one of the ways that some resolver takes: one to four numbers, each
    decimal, octal or hexadecimal, and perhaps a dot."""
    parts = draw(st.integers(1, 4))
    head, rest = list(address.packed[: parts - 1]), address.packed[parts - 1 :]
    numbers = [*head, int.from_bytes(rest)]
    forms = ["{}", "0{:o}", "0x{:x}", "0X{:X}", "0x0{:x}", "00{:o}"]
    written = [draw(st.sampled_from(forms)).format(number) for number in numbers]
    return ".".join(written) + draw(st.sampled_from(["", "."]))


def _carriers(address: IPv4Address) -> list[IPv6Address]:
    number = int(address)
    return [
        IPv6Address(0xFFFF << 32 | number),  # mapped
        IPv6Address(int(IPv6Address("2002::")) | number << 80),  # 6to4
        IPv6Address(int(IPv6Address("64:ff9b::")) | number),  # NAT64
    ]


@pytest.mark.parametrize("text", PUBLIC)
def test_public_addresses(text: str) -> None:
    address = parse_address(text)
    assert is_public(address)
    assert literal_address(text) == address
    if isinstance(address, IPv4Address):
        assert all(map(is_public, _carriers(address)))


@given(_private_4)
def test_private_addresses_in_any_form(address: IPv4Address) -> None:
    assert not is_public(address)
    assert not any(map(is_public, _carriers(address)))
    assert not is_public(IPv6Address(int(address)))  # the old "compatible" form
    assert not is_public(IPv6Address(int(IPv6Address("64:ff9b:1::")) | int(address)))


@given(_private_6)
def test_private_addresses_of_the_newer_kind(address: IPv6Address) -> None:
    assert not is_public(address)
    assert not is_public(parse_address(f"{address}%eth0"))


@given(st.ip_addresses())
def test_what_python_takes_for_special_is_not_public(address: IPv4Address | IPv6Address) -> None:
    stands_for_another = str(address).startswith(("::ffff:", "2002:", "64:ff9b::"))
    if address.is_private or address.is_multicast or address.is_reserved or address.is_link_local:
        assert stands_for_another or not is_public(address)


@given(st.integers(0, 2**32 - 1).map(IPv4Address), st.data())
def test_odd_spellings_are_the_address_that_they_mean(
    address: IPv4Address, data: st.DataObject
) -> None:
    assert literal_address(data.draw(_spelled(address))) == address


@given(st.ip_addresses(v=6))
def test_longer_addresses_in_both_spellings(address: IPv6Address) -> None:
    assert literal_address(str(address)) == literal_address(address.exploded) == address


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.1", "127.0.0.1"),
        ("2130706433", "127.0.0.1"),
        ("0x7f.1", "127.0.0.1"),
        ("017700000001", "127.0.0.1"),
        ("1", "0.0.0.1"),
        ("0x.0x1", "0.0.0.1"),
        ("::ffff:7f00:1", "::ffff:127.0.0.1"),
        ("fe80::1%25eth0", "fe80::1"),
        ("localhost", "127.0.0.1"),
        ("LOCALHOST.", "127.0.0.1"),
        ("printer.localhost", "127.0.0.1"),
    ],
)
def test_hosts_that_are_addresses(host: str, address: str) -> None:
    assert literal_address(host) == parse_address(address)


@pytest.mark.parametrize(
    "host", ["example.org", "1.example.org", "127.0.0.1.example", "x_y.example.", "0x7f.example"]
)
def test_hosts_that_are_names(host: str) -> None:
    assert literal_address(host) is None


@pytest.mark.parametrize(
    "host",
    ["1.2.3.4.5", "256.0.0.1", "1.2.3.256", "127.0.65536", "4294967296", "08.0.0.1", "a.1", "1..1",
     "%31%32%37.0.0.1", "exa mple.org", "", "::1::", "9" * 5000],
)  # fmt: skip
def test_hosts_that_are_neither(host: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        literal_address(host)


@given(st.text(max_size=30) | st.text("0123456789abcdefx.:%", max_size=30))
def test_any_host_is_a_name_an_address_or_refused(host: str) -> None:
    try:
        address = literal_address(host)
    except ValueError:
        return
    assert address is None or isinstance(is_public(address), bool)


@pytest.mark.parametrize(
    "host",
    ["192.168.0.1", "0x7f.1", "[::1]:8080", "[fe80::1%25eth0]", "LOCALHOST", "a.localhost",
     "intranet", "printer.local", "a.internal.", "router.lan", "1.2.3.4.5", "", "[::1"],
)  # fmt: skip
def test_addresses_of_a_local_network_are_opened_by_nobody_outside(host: str) -> None:
    assert is_internal(f"http://{host}/a.jpg")


@pytest.mark.parametrize(
    "host", ["example.org", "1.1.1.1:8080", "[2606:2800:220:1::1]", "münchen.de"]
)
def test_addresses_of_the_internet_are_opened_by_all(host: str) -> None:
    assert not is_internal(f"https://{host}/a.jpg")
