"""Canonical URLs: when two links lead to the same article. Pure; no I/O."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from urllib.parse import SplitResult, quote, unquote_to_bytes

from bot.core.addresses import entities_decoded, split_url, unwrapped
from bot.core.sections import names_section

__all__ = [
    "article_key",
    "article_url",
    "canonical_url",
    "entities_decoded",
    "is_front_page",
    "page_key",
    "short_key",
]

# Parameters that say where a reader came from, never which article is meant: those
# that analytics, newsletters, feeds and social networks add on any site.
_TRACKING_NAMES = """
fbclid gclid dclid msclkid yclid igshid gwh gwt fsrc ftag ftcamp xtor smid smtyp sns
ocid cmp cmpid cm_ven icid intcmp intcid ito ncid xid nlid iid s_cid maca gusrc
hpt hp hpw hpid eref iref npt sr_share adkey csp newsfeed dlvrit emc partner oref
_r rref mtrref pagewanted pgtype clicksource contentcollection contentplacement em_pos
mcubz module wtmodloc wpisrc wprss wpmm wpmk tid feedtype feedname il rpc irpc sp
google_editors_picks virtualbrandchannel videochannel loomia_ow localekey archived
lpos lid spt or coll track trk ctrack cset hub input nclick_check referrer referer
soc_trk soc_src .tsrc _osource _esi odyssey ir li dist reflink loc mod mg 1c tesla
emcmp emchn emlist hootpostid linkid f24_member_id utm_hp_ref homepage twt psp
mc mc_cid mc_eid mbid guccounter guce_referrer guce_referrer_sig mkt_tok yptr
amp share sharetoken via from ref source src feed campaign nav test refer __source
print printer pos desktop lite rss localLinksEnabled autoplay autostart
wbraid gbraid ttclid twclid igsh srsltid itm_source itm_medium itm_campaign ref_src
traffic_source wt_mc wt_zmc ampcf usqp amp_js_v amp_gsa aoh
"""
_TRACKING = frozenset(_TRACKING_NAMES.lower().split())
_TRACKING_PREFIXES = ("utm_", "ns_", "aef_campaign_", "wt.", "at_", "guce_", "pk_", "mtm_", "_i_")

# Of these the names alone prove nothing: a value that looks like a number of an
# article is kept, and so is any that is given to a script.
_DOUBTFUL_NAMES = """
ref source src from via nav test feed li or track input mod sp hub tid
lid iid xid il ir pos module mc loc coll
"""
_DOUBTFUL = frozenset(_DOUBTFUL_NAMES.split())
_NUMBER = re.compile(r"\d{4}")

_SCRIPT = re.compile(r"\.(?:php|aspx?|jsp|jhtml|cgi|cfm|dll|pl)$", re.I)

_TWIN_LABELS = frozenset({"www", "m", "mobile", "amp"})
_SAME_HOST = {
    "edition.cnn.com": "cnn.com",
    "bbc.co.uk": "bbc.com",
    "guardian.co.uk": "theguardian.com",
}
_PORTS = {"http": 80, "https": 443}
_WEB_HOST = re.compile(r"[^\s:/?#@\\<>\"'%]+")
_AMP_ENDING = re.compile(r"(?<=[^.])(?:\.amp)+(?=\.html?$|$)", re.I)
_ESCAPED = re.compile(r"%[0-9a-fA-F]{2}")
_KEPT = "!$&'()*+,;=:@/-._~"
_PLAIN = re.compile(r"[A-Za-z0-9!$&'()*+,;=:@/?._~-]*")

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
    query = "&".join(sorted(_kept(parts)))
    return host + _path(parts.path) + (f"?{query}" if query else "") + _page_in(parts.fragment)


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
    kept = _kept(parts)
    return (
        f"{parts.scheme}://{host}"
        + ("" if port is None or port == _PORTS[parts.scheme] else f":{port}")
        + (_encoded(parts.path) or "/")
        + (f"?{'&'.join(kept)}" if kept else "")
        + _page_in(parts.fragment)
    )


@lru_cache(maxsize=1 << 13)
def article_key(url: str) -> str | None:
    """The ``canonical_url`` of a link that names an article; None for a front page."""
    key = canonical_url(url)
    return None if _is_front(key) else key


@lru_cache(maxsize=1 << 13)
def page_key(url: str) -> str | None:
    """As ``article_key``, but a live page of its own has one as well.

    Whoever told of it tells of it still, whatever it says by now.
    """
    key = canonical_url(url)
    return None if _is_section(key) else key


def is_front_page(url: str) -> bool:
    """Whether a link names no article: a front, section, index or live page.

    Such a page tells something else tomorrow, so it proves nothing about identity.
    """
    return _is_front(canonical_url(url))


def _is_front(key: str) -> bool:
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
    """``text`` without lone surrogates, which no encoding has."""
    return text if text.isascii() else text.encode(errors="ignore").decode()


def _host(parts: SplitResult) -> str:
    labels = "".join((parts.hostname or "").split()).rstrip(".").split(".")
    while len(labels) > 2 and labels[0] in _TWIN_LABELS:
        del labels[0]
    # "uk.mobile.example.org" beside "uk.example.org"
    labels = labels[:1] + [label for label in labels[1:-2] if label != "mobile"] + labels[1:][-2:]
    host = ".".join(labels)
    host = _SAME_HOST.get(host, host)
    port = parts.port
    return host if port is None or port in _PORTS.values() else f"{host}:{port}"


def _path(path: str) -> str:
    path = _encoded(path)
    segments = path.split("/")
    if "amp" in path.lower():
        segments = [_AMP_ENDING.sub("", segment) for segment in segments]
        segments = [segment for segment in segments if segment.lower() != "amp"]
    return "".join([f"/{segment}" for segment in segments if segment])


def _kept(parts: SplitResult) -> list[str]:
    """The parameters that say which article is meant, in their order."""
    if not parts.query:
        return []
    to_script = bool(_SCRIPT.search(parts.path))
    kept = [pair for pair in parts.query.split("&") if pair and not _tracks(pair, to_script)]
    return [_encoded(pair) for pair in kept]


def _page_in(fragment: str) -> str:
    """The fragment where it names a page of a site that is one document ("#!/story")."""
    return f"#{_encoded(fragment)}" if fragment[:1] == "!" and fragment[1:] else ""


def _tracks(pair: str, to_script: bool) -> bool:
    name, _, value = pair.partition("=")
    name = name.lower()
    if name in {"mode", "outputtype", "view"} and value.lower() == "amp":
        return True
    if name == "section" and value.lower().startswith(("cnn_", "rss")):
        return True
    if name in _DOUBTFUL:
        return not (to_script or _NUMBER.search(value))
    return name in _TRACKING or name.startswith(_TRACKING_PREFIXES)


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
