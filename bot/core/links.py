"""Canonical URLs: when two links lead to the same article. Pure; no I/O."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from functools import lru_cache, partial
from urllib.parse import SplitResult, quote, unquote, unquote_to_bytes

from bot.core.addresses import common_host, split_url, unwrapped
from bot.core.sections import names_section
from bot.core.tracking import tracks

_NUMBER = re.compile(r"\d{4}")

_SCRIPT = re.compile(r"\.(?:php|aspx?|jsp|jhtml|cgi|cfm|dll|pl)$", re.I)
_SAYS_WHICH = re.compile(r"[\d_-]")  # a date, a number, or a name of some words

_SAME_HOST = {
    "edition.cnn.com": "cnn.com",
    "us.cnn.com": "cnn.com",
    "lite.cnn.com": "cnn.com",
    "bbc.co.uk": "bbc.com",
    "guardian.co.uk": "theguardian.com",
}
_PORTS = {"http": 80, "https": 443}
_WEB_HOST = re.compile(r"(?!\.*\Z)[^\s:/?#@\\<>\"'%]+")  # of more than dots
# A name of words may end with "amp" by itself; what follows a long number is none of it.
_AMP_ENDING = re.compile(
    r"(?<=[^.])(?:[.~!]amp|_amp(?=\.s?html?$)|(?<=[0-9a-f]{12})-amp)(?=\.s?html?$|$)", re.I
)
_AMP_BEFORE = re.compile(r"(?:amp_)+(?=[a-z])", re.I)  # "/amp_story/12"
_NUMBERED = re.compile(r"[-_]\d{3,}$")  # what only then has a form "/amp/1"
# The whole of an article that is else shown in pages, and the name that its address may lack.
_ENDINGS = {"zeit.de": "komplettansicht", "cnn.com": "index.html"}
_VIDEO_ID = re.compile(r"(?!live_stream|videoseries)[A-Za-z0-9_-]{11}")
_BREAKS = dict.fromkeys(map(ord, "\t\r\n"))
_ESCAPED = re.compile(r"%[0-9a-fA-F]{2}")
_KEPT = "!$&'()*+,;=:@/-._~"
_PLAIN = re.compile(r"[A-Za-z0-9!$&'()*+,;=:@/?._~-]*")

# A UUID, with or without hyphens, or at least six digits.
_LONG_NUMBER = re.compile(
    r"(?<![0-9a-f])(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32})(?![0-9a-z])"
    r"|(?<!\d)\d{6,}(?![0-9a-z])"
)
_MONTH, _DAY = "(?:0[1-9]|1[0-2])", r"(?:0[1-9]|[12]\d|3[01])"
_DATE = re.compile(
    rf"(?:19|20)?\d\d{_MONTH}{_DAY}|(?:{_DAY}{_MONTH}|{_MONTH}{_DAY})(?:19|20)?\d\d"
    rf"|(?:19|20)\d\d{_MONTH}"
)

_LONGEST_KEY = 600  # characters, of four bytes at most

_LIVE = re.compile(r"^live$|^live-(?:blog|updates?|news|coverage)|-live-(?:blog|updates?)|liveblog")


@lru_cache(maxsize=1 << 13)  # each link is asked about again and again
def canonical_url(url: str) -> str:
    """The scheme-less key under which links to the same article meet.

    Host twins (``www.``, ``m.``, ``amp.``), default ports, fragments, tracking
    parameters, AMP twins of a path, order of parameters, percent-encoding and a
    wrapping by an archive, an AMP cache or a redirecting link make no difference.
    Never raises; what is no URL comes back trimmed, and what is overlong is cut (`short_key`).
    """
    return short_key(_canonical(url))


def short_key(text: str) -> str:
    """A text that an index can hold: PostgreSQL's take 2,704 bytes. An overlong one is cut, and
    ends with what tells it from others with the same beginning."""
    if len(text) <= _LONGEST_KEY:
        return text
    digest = hashlib.sha256(text.encode(errors="replace")).hexdigest()[:32]
    return f"{text[: _LONGEST_KEY - 33]}~{digest}"


def _canonical(url: str) -> str:
    try:
        text, parts = _split(url)
        host = _host(parts)
    except ValueError:
        return unwrapped(_sound(url))
    if not host:
        return text
    if video := _video(host, parts):
        return video
    query = "&".join(sorted(_kept(parts, host)))
    path = _path(parts.path, host)
    return host + path + (f"?{query}" if query else "") + _page_in(parts.fragment)


def article_url(url: str) -> str | None:
    """A link that opens the article of an absolute ``http(s)`` URL, with nothing about its way.

    Wrappings, tracking parameters, fragments and credentials are off; host and path stay,
    since not every twin of a site has every page. Its ``canonical_url`` is that of ``url``.
    None where ``url`` leads to no web page.
    """
    try:
        parts = _split(url)[1]
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return None
    if parts.scheme not in _PORTS or not _WEB_HOST.fullmatch(host):
        return None
    kept = _kept(parts, _host(parts))
    return (
        f"{parts.scheme}://{host}"
        + ("" if port is None or port == _PORTS[parts.scheme] else f":{port}")
        + (_encoded(parts.path) or "/")
        + (f"?{'&'.join(kept)}" if kept else "")
        + _page_in(parts.fragment)
    )


@lru_cache(maxsize=1 << 13)
def article_key(url: str) -> str | None:
    """The ``canonical_url`` of a link that names an article; None for a front, section, index or
    live page: such a one tells something else tomorrow, so it proves nothing about identity."""
    key = canonical_url(url)
    return None if _is_changing(key) else key


@lru_cache(maxsize=1 << 13)
def page_key(url: str) -> str | None:
    """As ``article_key``, but a live page of its own has one as well.

    Whoever told of it tells of it still, whatever it says by now.
    """
    key = canonical_url(url)
    return None if _is_section(key) else key


@lru_cache(maxsize=1 << 13)
def article_number(url: str) -> str | None:
    """Host and number of an article, where its path ends with one or has it before a name:
    that name often follows the title, the number stays. None where there is none; a date is
    none. (By itself it proves little: a section may have a number as well.)"""
    key = canonical_url(url)
    segments, query = _parted(key)
    numbers = [number for name in segments[-2:] for number in _LONG_NUMBER.findall(unquote(name))]
    if query or "#" in key or all(map(_DATE.fullmatch, numbers)):
        return None
    return "/".join((key.partition("/")[0], *numbers))


def _is_changing(key: str) -> bool:
    segments, query = _parted(key)
    if any(_LIVE.search(segment) for segment in segments):
        return not _NUMBER.search(query)
    return _is_section(key)


def _is_section(key: str) -> bool:
    segments, query = _parted(key)
    if query or "#!" in key:
        return False
    # The last first: where it is an article's own name, that settles it.
    return all(segment == "live" or names_section(segment) for segment in reversed(segments))


def _parted(key: str) -> tuple[list[str], str]:
    """The segments of a key's path in lower case, and its query."""
    address, _, query = key.partition("#")[0].partition("?")
    return [segment.lower() for segment in address.split("/")[1:] if segment], query


@lru_cache(maxsize=1 << 7)  # what opens an article is asked for just before its key
def _split(url: str) -> tuple[str, SplitResult]:
    """What ``url`` wraps, and its parts. Raises ValueError for an impossible one."""
    text = unwrapped(_sound(url))
    return text, split_url(text)


def _sound(text: str) -> str:
    """``text`` without lone surrogates, which no encoding has, and without tabs and line breaks,
    which are no part of a URL wherever they stand (WHATWG URL, section 4.4)."""
    text = text if text.isascii() else text.encode(errors="ignore").decode()
    return text if text.isprintable() else text.translate(_BREAKS)


def _host(parts: SplitResult) -> str:
    host = common_host(parts)
    host = _SAME_HOST.get(host, host)
    port = parts.port
    return host if port is None or port in _PORTS.values() else f"{host}:{port}"


def _video(host: str, parts: SplitResult) -> str | None:
    """The key of a video, which YouTube has at several addresses."""
    segments = [segment for segment in parts.path.split("/") if segment]
    match host, segments:
        case ("youtu.be", [name]) | ("youtube.com", ["embed" | "live" | "shorts" | "v", name]):
            named = [name]
        case "youtube.com", ["watch"]:
            pairs = [pair.partition("=") for pair in parts.query.split("&")]
            named = [value for name, _, value in pairs if name == "v"]
        case _:
            return None
    is_clear = len(named) == 1 and _VIDEO_ID.fullmatch(named[0])
    return f"youtube.com/watch?v={named[0]}" if is_clear else None


def _path(path: str, host: str) -> str:
    segments = [segment for segment in _encoded(path).split("/") if segment]
    if "amp" in path.lower():
        segments = _without_amp(segments)
    if segments[1:] and segments[-1] == _ENDINGS.get(host):
        del segments[-1]
    return "".join([f"/{segment}" for segment in segments])


def _without_amp(segments: list[str]) -> list[str]:
    if [segment.lower() for segment in segments[:2]] == ["google", "amp"]:
        segments = segments[2:]
    match segments:
        case [*_, name, amp, "1"] if amp.lower() == "amp" and _NUMBERED.search(name):
            segments = segments[:-2]
    plain = _none_amp(_without_amp_ending(segment) for segment in segments)
    return _none_amp([*(_AMP_BEFORE.sub("", segment) for segment in plain[:-1]), *plain[-1:]])


def _none_amp(segments: Iterable[str]) -> list[str]:
    return [segment for segment in segments if segment.lower() != "amp"]


def _without_amp_ending(segment: str) -> str:
    while (shorter := _AMP_ENDING.sub("", segment)) != segment:
        segment = shorter
    return segment


def _kept(parts: SplitResult, host: str) -> list[str]:
    """The parameters that say which article is meant, in their order."""
    if not parts.query:
        return []
    is_vague = partial(_is_vague, parts.path, host)
    kept = [pair for pair in parts.query.split("&") if pair and not tracks(pair, host, is_vague)]
    return [_encoded(pair) for pair in kept]


def _is_vague(path: str, host: str) -> bool:
    """Whether a path leads to a script, or to a page that shows now this article, now that one:
    it has no name or number of one. A section is meant as it is."""
    segments = [unquote(segment) for segment in _path(path, host).split("/")[1:]]
    if any(map(_SCRIPT.search, segments[-1:])):
        return True
    says_which = any(map(_SAYS_WHICH.search, segments))
    return not says_which and not all(map(names_section, segments))


def _page_in(fragment: str) -> str:
    """The fragment where it names a page of a site that is one document ("#!/story")."""
    return f"#{_encoded(fragment)}" if fragment[:1] == "!" and fragment[1:] else ""


def _encoded(text: str) -> str:
    """``text`` with its percent-encoding made uniform (RFC 3986, section 6.2.2)."""
    if _PLAIN.fullmatch(text):
        return text
    pieces = _ESCAPED.split(text)
    escapes = _ESCAPED.findall(text)
    result = [_quoted(pieces[0])]
    for escape, piece in zip(escapes, pieces[1:], strict=True):
        result += [quote(unquote_to_bytes(escape), safe="-._~"), _quoted(piece)]
    return "".join(result)


def _quoted(text: str) -> str:
    return quote(text, safe=_KEPT + "?%")
