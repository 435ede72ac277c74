"""Canonical URLs: when two links lead to the same article. Pure; no I/O."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import SplitResult, quote, unquote_to_bytes, urlsplit

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
"""
_TRACKING = frozenset(_TRACKING_NAMES.lower().split())
_TRACKING_PREFIXES = ("utm_", "ns_", "aef_campaign_", "wt.", "at_", "guce_", "pk_", "mtm_", "_i_")

# Of these the names alone prove nothing: a value that looks like a number of an
# article is kept, and so is any that is given to a script.
_DOUBTFUL_NAMES = "ref source src from via nav test feed li or track input mod sp hub tid"
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
_ARCHIVED = re.compile(
    r"(?:https?:)?//(?:web\.|www\.)?archive\.org/(?:web/)?\d{4,14}(?:[a-z]{2}_)?/(?=\S)", re.I
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]\w{0,31});")
_HAS_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.I)
_ESCAPED = re.compile(r"%[0-9a-fA-F]{2}")
_KEPT = "!$&'()*+,;=:@/-._~"

_FRONT_NAMES = frozenset({"index", "home", "default", "main", "frontpage", "live", "homepage"})
_LIVE = re.compile(r"^live$|^live-(?:blog|updates?|news|coverage)|-live-(?:blog|updates?)|liveblog")


def canonical_url(url: str) -> str:
    """The scheme-less key under which links to the same article meet.

    Host twins (``www.``, ``m.``, ``amp.``), default ports, fragments, tracking
    parameters, AMP twins of a path, order of parameters, percent-encoding and a
    wrapping by the Internet Archive make no difference. Never raises; what is no URL
    comes back trimmed.
    """
    text = _unwrapped(entities_decoded(entities_decoded(_sound(url))).strip())
    try:
        parts = urlsplit(text if _HAS_SCHEME.match(text) else "//" + text.lstrip("/"))
        host = _host(parts)
    except ValueError:
        return text
    if not host:
        return text
    query = _query(parts.query, to_script=bool(_SCRIPT.search(parts.path)))
    key = host + _path(parts.path) + (f"?{query}" if query else "")
    return key + (f"#{parts.fragment}" if parts.fragment[:1] == "!" and parts.fragment[1:] else "")


def entities_decoded(text: str) -> str:
    """``text`` with the entities of HTML decoded that end as they should.

    A browser takes ``&copy=2`` for one as well; in a URL that is a parameter.
    """
    return _ENTITY.sub(lambda entity: unescape(entity[0]), text) if "&" in text else text


def is_front_page(url: str) -> bool:
    """Whether a link names no article: a front, index or live page.

    Such a page tells something else tomorrow, so it proves nothing about identity.
    """
    key = canonical_url(url)
    address, _, query = key.partition("#")[0].partition("?")
    segments = [segment.lower() for segment in address.split("/")[1:] if segment]
    if any(_LIVE.search(segment) for segment in segments):
        return not _NUMBER.search(query)
    if query or "#!" in key:
        return False
    return not segments or (len(segments) == 1 and segments[0].split(".")[0] in _FRONT_NAMES)


def _sound(text: str) -> str:
    """``text`` without lone surrogates, which no encoding has."""
    return text if text.isascii() else text.encode(errors="ignore").decode()


def _unwrapped(url: str) -> str:
    """The address inside one of the Internet Archive."""
    wrapped = _ARCHIVED.match(url)
    while wrapped:
        url = url[wrapped.end() :]
        wrapped = _ARCHIVED.match(url)
    return url


def _host(parts: SplitResult) -> str:
    labels = (parts.hostname or "").rstrip(".").split(".")
    while len(labels) > 2 and labels[0] in _TWIN_LABELS:
        del labels[0]
    # "uk.mobile.example.org" beside "uk.example.org"
    labels = labels[:1] + [label for label in labels[1:-2] if label != "mobile"] + labels[1:][-2:]
    host = ".".join(labels)
    host = _SAME_HOST.get(host, host)
    port = parts.port
    return host if port is None or port in _PORTS.values() else f"{host}:{port}"


def _path(path: str) -> str:
    segments = [segment for segment in _encoded(path).split("/") if segment]
    segments = [segment for segment in segments if segment.lower() != "amp"]
    if segments:
        segments[-1] = re.sub(r"\.amp(?=\.html?$|$)", "", segments[-1], flags=re.I)
    return "".join(f"/{segment}" for segment in segments)


def _query(query: str, *, to_script: bool) -> str:
    kept = [pair for pair in query.split("&") if pair and not _tracks(pair, to_script)]
    return "&".join(sorted(_encoded(pair) for pair in kept))


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
    if text.isascii() and "%" not in text and " " not in text:
        return text
    pieces = _ESCAPED.split(text)
    escapes = _ESCAPED.findall(text)
    result = [_quoted(pieces[0])]
    for escape, piece in zip(escapes, pieces[1:], strict=True):
        result += [quote(unquote_to_bytes(escape), safe="-._~"), _quoted(piece)]
    return "".join(result)


def _quoted(text: str) -> str:
    return quote(text, safe=_KEPT + "?%")
