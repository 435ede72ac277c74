"""The address that an archive, a cache or a redirecting link carries in its own. Pure; no I/O.

Only wrappings that are certain: by the Internet Archive, by the redirecting links of Google,
Bing and Facebook, by Google's AMP viewer, and by the AMP cache.
"""

from __future__ import annotations

import re
from collections.abc import Set
from html import unescape
from urllib.parse import SplitResult, unquote, urlsplit

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]\w{0,31});")
_HAS_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.I)
_LETTER = r"[^\s%]|%(?:2[DE]|3\d|4[1-9A-F]|5[0-9AF]|6[1-9A-F]|7[0-9AE])"  # escaped or not
_ARCHIVED = re.compile(
    r"(?:https?:)?//(?:[^/?#]{0,100}@)?(?:web\.|www\.)?archive\.org(?::80|:443)?"
    rf"/(?:web/)?\d{{4,14}}(?:[a-z]{{2}}_)?/(?={_LETTER})",
    re.I,
)
_TWIN_LABELS = frozenset({"www", "m", "mobile", "amp"})
# Hosts that wrap, as `common_host` has them.
_GOOGLE = re.compile(r"(?:news\.)?google\.(?:com?\.)?[a-z]{2,3}")
_AMP_CACHE = re.compile(r"(?:[a-z0-9-]+\.)?cdn\.ampproject\.org")
_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.I)
_ABSOLUTE = re.compile(r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:[:/?]|$)", re.I)
# Hosts, their redirecting paths in lower case, and the parameters that say where these lead.
_REDIRECTS = (
    (_GOOGLE, {"url", "news/url"}, {"url", "q"}),
    (re.compile(r"bing\.com"), {"news/apiclick.aspx"}, {"url"}),
    (re.compile(r"lm?\.facebook\.com"), {"l.php"}, {"u"}),
)


def entities_decoded(text: str) -> str:
    """``text`` with the entities of HTML decoded that end as they should.

    A browser takes ``&copy=2`` for one as well; in a URL that is a parameter.
    """
    return _ENTITY.sub(lambda entity: unescape(entity[0]), text) if "&" in text else text


def split_url(text: str) -> SplitResult:
    """The parts of a URL that may lack its scheme. Raises ValueError for an impossible one."""
    return urlsplit(text if _HAS_SCHEME.match(text) else "//" + text.lstrip("/"))


def common_host(parts: SplitResult) -> str:
    """The host of a URL without what tells the twins of a site apart (``www.``, ``m.``)."""
    labels = "".join((parts.hostname or "").split()).rstrip(".").split(".")
    while len(labels) > 2 and labels[0] in _TWIN_LABELS:
        del labels[0]
    # "uk.mobile.example.org" beside "uk.example.org"
    labels = labels[:1] + [label for label in labels[1:-2] if label != "mobile"] + labels[1:][-2:]
    return ".".join(labels)


def unwrapped(url: str) -> str:
    """The address inside ``url``, or ``url`` where it wraps none; entities decoded."""
    text = _decoded(url)
    while (inner := _inside(text)) is not None:  # each is shorter than what wraps it
        text = _decoded(inner)
    return text


def _decoded(text: str) -> str:
    return entities_decoded(entities_decoded(text)).strip()


def _inside(text: str) -> str | None:
    archived = _ARCHIVED.match(text)
    if archived:
        return text[archived.end() :]
    try:
        parts = split_url(text)
        host = common_host(parts)
    except ValueError:
        return None
    if _AMP_CACHE.fullmatch(host):
        return _from_amp_cache(parts)
    for hosts, paths, names in _REDIRECTS:
        if hosts.fullmatch(host) and unquote("/".join(_segments(parts))).lower() in paths:
            return _from_query(parts.query, names)
    is_viewer = _GOOGLE.fullmatch(host) and parts.path.startswith("/amp/")
    return _from_path(_segments(parts), parts.query) if is_viewer else None


def _from_amp_cache(parts: SplitResult) -> str | None:
    kind, *rest = _segments(parts) or [""]
    return _from_path(rest, parts.query) if unquote(kind) in {"c", "v"} else None


def _segments(parts: SplitResult) -> list[str]:
    """The segments of a path, as ``canonical_url`` keeps them: none empty, none "amp"."""
    segments = [segment for segment in parts.path.split("/") if segment]
    return [segment for segment in segments if unquote(segment).lower() != "amp"]


def _from_path(segments: list[str], query: str) -> str | None:
    """``s/host/path`` (the s for https) as an address."""
    scheme = "http"
    if segments and unquote(segments[0]) == "s":
        scheme, segments = "https", segments[1:]
    if len(segments) < 2 or not _HOST.fullmatch(unquote(segments[0])):
        return None
    host, *path = segments
    return f"{scheme}://{unquote(host)}/{'/'.join(path)}" + (f"?{query}" if query else "")


def _from_query(query: str, names: Set[str]) -> str | None:
    """The address in the parameters of these ``names``, if they name one only."""
    pairs = [pair.partition("=") for pair in query.split("&")]
    named = {unquote(value) for name, _, value in pairs if unquote(name) in names}
    inner = named.pop() if len(named) == 1 else ""
    return inner if _ABSOLUTE.match(inner) else None
