"""Addresses of feeds: which can be asked, and which are those of one feed. Pure; no I/O.

``bot.core.links`` is made for articles: it takes parameters off that tell feeds of one site
apart (``?feed=rss2``), and names like ``rss`` that are all the difference.
"""

from __future__ import annotations

import re
from ipaddress import IPv6Address, ip_address
from socket import inet_aton
from urllib.parse import SplitResult, quote, unquote_to_bytes, urlsplit

LONGEST = 2000  # characters
_PORTS = {"http": 80, "https": 443}
# A host as it goes into a request: dots between parts without any sign of an address.
_HOST = re.compile(r"[^\s/?#@\\<>\"'%]+")
# As programs in C read an IPv4 address: "2130706433" and "0x7f.1" are 127.0.0.1, too.
_NUMBERS = re.compile(r"(?:0x[0-9a-f]+|\d+)(?:\.(?:0x[0-9a-f]+|\d+)){0,3}", re.I | re.A)
_SHOWN = 60  # characters of what is no address
_ESCAPED = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
# Readers of feeds register "feed:" for themselves: feed:https://… and feed://….
_FOR_READERS = re.compile(r"feed:(?://(?=[^/])|(?=https?://))", re.I)


def feed_address(typed: str) -> str | None:
    """The address at which a feed can be asked: ``http(s)``, with a host and without a name
    and password (they would stand in every log). None where ``typed`` is none."""
    text = _as_asked(typed)
    return None if _fault(text) else text


def complaint(typed: str) -> str | None:
    """Why ``typed`` is no address of a feed, as a sentence without its end; what may be a
    password is not repeated. None where it is one."""
    fault = _fault(_as_asked(typed))
    one_line = " ".join(typed.split())
    shown = one_line if len(one_line) <= _SHOWN else f"{one_line[:_SHOWN]}…"
    return fault and f"{'the address' if '@' in typed else repr(shown)} {fault}"


def _as_asked(typed: str) -> str:
    return _FOR_READERS.sub(_web_scheme, typed.strip(), count=1)


def _fault(text: str) -> str | None:
    """What is wrong with an address, if anything."""
    if len(text) > LONGEST:
        return f"has more than {LONGEST} characters"
    try:
        parts = urlsplit(text)
    except ValueError:
        return "is no web address"
    if parts.scheme not in _PORTS or not text.isprintable() or " " in text:
        return "is no web address"
    if "@" in parts.netloc:
        return "has a name and password in it, which would stand in every log"
    host = parts.hostname or ""
    if not _HOST.fullmatch(host) or not _in_ascii(host):
        return "names no host"
    return None if _split(text) else "has a port that there is not"


def feed_key(url: str) -> str:
    """What the addresses of one feed have in common.

    Scheme, case of the host, ways to write its number, its default port, a fragment, a slash at
    the end, ways to percent-encode and what tells where a reader came from (``utm_…``) make no
    difference; everything else may be another feed.
    """
    parts = _split(url)
    if parts is None or not parts.hostname:
        return url
    host = _in_ascii(parts.hostname.rstrip(".")) or parts.hostname
    port = "" if parts.port in (None, *_PORTS.values()) else f":{parts.port}"
    asked = [each for each in parts.query.split("&") if not each.lower().startswith("utm_")]
    query = f"?{_uniform('&'.join(asked))}" if any(asked) else ""
    return f"{_uniform_host(host)}{port}{_uniform(parts.path).rstrip('/')}{query}"


def _web_scheme(found: re.Match[str]) -> str:
    return "https://" if found[0].endswith("//") else ""


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        return parts if parts.port != 0 else None
    except ValueError:
        return None


def _in_ascii(host: str) -> str:
    """A host as the network knows it; "" where no host can be called so."""
    try:
        return host.encode("idna").decode() if not host.startswith("[") else host
    except UnicodeError:
        return ""


def _uniform_host(host: str) -> str:
    """A host in small letters, and an address of the network in its usual form."""
    try:
        address = ip_address(inet_aton(host) if _NUMBERS.fullmatch(host) else host)
    except (OSError, ValueError):
        return host.lower()
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return str(mapped or address)


def _uniform(text: str) -> str:
    """Percent-encoding made uniform (RFC 3986, section 6.2.2)."""
    text = quote(text, safe="!$&'()*+,;=:@/?%-._~[]")
    return _ESCAPED.sub(lambda found: quote(unquote_to_bytes(found[0]), safe="-._~"), text)
