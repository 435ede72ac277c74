"""Addresses of feeds: which can be asked, and which are those of one feed. Pure; no I/O.

``bot.core.links`` is made for articles: it takes parameters off that tell feeds of one site
apart (``?feed=rss2``), and names like ``rss`` that are all the difference.
"""

from __future__ import annotations

import re
from urllib.parse import SplitResult, quote, unquote_to_bytes, urlsplit

LONGEST = 2000  # characters
_PORTS = {"http": 80, "https": 443}
# A host as it goes into a request: dots between parts without any sign of an address.
_HOST = re.compile(r"[^\s/?#@\\<>\"'%]+")
_ESCAPED = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
# Readers of feeds register "feed:" for themselves: feed:https://… and feed://….
_FOR_READERS = re.compile(r"feed:(?://(?=[^/])|(?=https?://))", re.I)


def feed_address(typed: str) -> str | None:
    """The address at which a feed can be asked: ``http(s)``, with a host and without a name
    and password (they would stand in every log). None where ``typed`` is none."""
    text = _FOR_READERS.sub(_web_scheme, typed.strip(), count=1)
    parts = _split(text)
    if parts is None or len(text) > LONGEST or any(map(str.isspace, text)):
        return None
    host = parts.hostname or ""
    is_web = parts.scheme in _PORTS and _HOST.fullmatch(host) and _in_ascii(host)
    return text if is_web and "@" not in parts.netloc and text.isprintable() else None


def feed_key(url: str) -> str:
    """What the addresses of one feed have in common.

    Scheme, case of the host, its default port, a fragment, a slash at the end and ways to
    percent-encode make no difference; everything else may be another feed.
    """
    parts = _split(url)
    if parts is None or not parts.hostname:
        return url
    host = _in_ascii(parts.hostname.rstrip(".")) or parts.hostname
    port = "" if parts.port in (None, *_PORTS.values()) else f":{parts.port}"
    query = f"?{_levelled(parts.query)}" if parts.query else ""
    return f"{host.lower()}{port}{_levelled(parts.path).rstrip('/')}{query}"


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


def _levelled(text: str) -> str:
    """Percent-encoding made uniform (RFC 3986, section 6.2.2)."""
    text = quote(text, safe="!$&'()*+,;=:@/?%-._~[]")
    return _ESCAPED.sub(lambda found: quote(unquote_to_bytes(found[0]), safe="-._~"), text)
