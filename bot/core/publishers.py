"""Who stands behind the links of an event: one owner's sites and mirrors count once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from urllib.parse import urlsplit

from publicsuffixlist import PublicSuffixList

from bot.core.addresses import split_url, unwrapped
from bot.core.literal import level, listed
from storage.model import Citation

# Publishers with several domains of their own, as their sites and imprints say.
_SITES = """
    abc.net.au abcnews.net.au
    abcnews.go.com abcnews.com
    aljazeera.com aljazeera.net
    apnews.com ap.org
    bbc.com bbc.co.uk bbci.co.uk
    bloomberg.com bloomberg.co.jp
    cctv.com cctv.cn cgtn.com
    dailymail.co.uk dailymail.com mailonline.com
    dw.com dw.de dw-world.de
    efe.com agenciaefe.es
    elpais.com elpais.es
    huffpost.com huffingtonpost.com huffingtonpost.co.uk huffingtonpost.ca huffingtonpost.in
    independent.co.uk the-independent.com
    interfax.ru interfax.com
    kyodonews.net kyodonews.jp kyodo.co.jp
    people.com.cn people.cn
    presstv.ir presstv.com presstv.tv
    reuters.com reuters.co.uk
    rferl.org svoboda.org radiosvoboda.org currenttime.tv azattyq.org
    ria.ru rian.ru sputniknews.com sputnikglobe.com inosmi.ru
    rt.com russiatoday.com ruptly.tv
    tass.com tass.ru itar-tass.com
    theguardian.com guardian.co.uk guardiannews.com
    thetimes.com thetimes.co.uk timesonline.co.uk
    voanews.com golosameriki.com voachinese.com voaafrique.com
    xinhuanet.com news.cn
    ynet.co.il ynetnews.com
    yna.co.kr yonhapnews.co.kr
"""
# Where anybody publishes, or where others' news is copied: such a domain tells no publisher.
_SHARED = frozenset(
    "yahoo.com msn.com google.com youtube.com youtu.be twitter.com x.com facebook.com t.me"
    " instagram.com reddit.com medium.com substack.com archive.org archive.today archive.is".split()
)
# As they write their names themselves; others leave out "The" or a space, or put capitals.
_NAMES = """
    ABC News; Al Arabiya; Al Jazeera; AllAfrica; Associated Press; BBC News; Channel NewsAsia; CNET
    Daily Mail; Dawn; Euronews; EUobserver; Fox News; France 24; Haaretz; HuffPost
    International Herald Tribune; Los Angeles Times; MarketWatch; Miami Herald; News24; Press TV
    Radio Free Europe/Radio Liberty; Reuters AlertNet; RTÉ; Swissinfo
    The Christian Science Monitor; The Daily Telegraph; The Globe and Mail; The Guardian
    The Huffington Post; The Independent; The Indian Express; The Irish Times; The Jakarta Post
    The Japan Times; The Jerusalem Post; The Moscow Times; The New York Times
    The New Zealand Herald; The Philippine Star; The Scotsman; The Straits Times
    The Sydney Morning Herald; The Telegraph; The Times of India; The Times of Israel
    The Wall Street Journal; The Washington Post; The Washington Times; Time; VOA; Yahoo News
    Ynetnews
"""
_VIA = " via "  # "AFP via France 24"
_NOTES = str.maketrans("", "", "¹²³⁴⁵⁶⁷⁸⁹")  # with which editors tell a publisher's links apart
_ARTICLE = "the "
_CACHED = 8192


@dataclass(frozen=True)
class Publisher:
    """One publisher of an event: its ``name`` ("" where neither the citation nor its address
    tells it), the ``language`` of its first link ("" where not known), and its links."""

    name: str
    language: str
    citations: tuple[Citation, ...]


def independent(citations: Sequence[Citation]) -> int:
    """How many publishers that do not depend on each other have told it: sites of one owner
    count once, and so do equal names, as when an agency's words stand on several sites."""
    return len(citations) if len(citations) < 2 else len(set(_groups(citations)))


def by_publisher(citations: Sequence[Citation]) -> tuple[Publisher, ...]:
    """The citations by who told them, in the order in which each first comes: by the owner of
    the site, and where that tells none, or several sites are called the same, by the name."""
    owned: dict[str, list[Citation]] = {}
    for citation in citations:
        mark = _owner(citation.url) or _levelled(citation.publisher) or citation.url
        owned.setdefault(mark, []).append(citation)
    called: dict[str, list[Citation]] = {}
    for mark, group in owned.items():
        called.setdefault(_levelled(_called(group)) or mark, []).extend(group)
    return tuple(
        Publisher(_called(group), group[0].language, tuple(group)) for group in called.values()
    )


def site_of(url: str) -> str:
    """The host that an address names, without "www."; "" where it names none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _called(citations: Sequence[Citation]) -> str:
    """The shortest name that the site bears itself, since others are sections ("BBC News –
    World") or the agencies whose words it has; else the first."""
    named = [(name, each.url) for each in citations if (name := _spelled(each.publisher))]
    own = [name for name, url in named if (key := _levelled(name)) and key in _owner(url)]
    first = named[0][0] if named else site_of(citations[0].url)
    return min(own, key=len, default=first)


def _groups(citations: Sequence[Citation]) -> list[int]:
    """For each citation the place of the first one of the same publisher."""
    groups = list(range(len(citations)))
    first: dict[str, int] = {}
    for place, citation in enumerate(citations):
        known = {groups[first[mark]] for mark in _marks(citation) if mark in first}
        group = min(known, default=place)
        groups[place] = group
        if len(known) > 1:  # what was two until now is one
            groups = [group if each in known else each for each in groups]
        for mark in _marks(citation):
            first.setdefault(mark, place)
    return groups


def _marks(citation: Citation) -> Iterator[str]:
    """What two citations of one publisher share: the owner of the site, or the name."""
    owner = _owner(citation.url)
    name = _levelled(citation.publisher)
    if owner:
        yield f"@{owner}"
    if name:
        yield name
    if not owner and not name:
        yield f"@{citation.url}"


@lru_cache(maxsize=_CACHED)
def _spelled(name: str) -> str:
    """A name without marks of notes, as its bearer writes it if that is known."""
    parts = name.translate(_NOTES).strip().split(_VIA)
    return _VIA.join(_spellings().get(_levelled(part), part) for part in parts)


@lru_cache(maxsize=_CACHED)
def _levelled(name: str) -> str:
    """What is left of a name that may be spelled in several ways: no spaces, no article."""
    plain = level(name.translate(_NOTES)[:200])
    return plain.removeprefix(_ARTICLE).replace(" ", "")


@lru_cache(maxsize=_CACHED)
def _owner(url: str) -> str:
    """The domain that stands for the owner of an address, of whatever wraps it; "" for none."""
    try:
        host = (split_url(unwrapped(url)).hostname or "").rstrip(".")
    except ValueError:
        return ""
    return _owner_of(host)


@lru_cache(maxsize=_CACHED)
def _owner_of(host: str) -> str:
    domain = _domain(host)
    if domain in _SHARED or "." not in domain:
        return ""
    return _owners().get(host.removeprefix("www.")) or _owners().get(domain, domain)


def _domain(host: str) -> str:
    """The part of a host that somebody registered: "bbc.co.uk" of "news.bbc.co.uk"; "" where it
    is an address by numbers, at which anybody may be."""
    if ":" in host or host.replace(".", "").isdigit():
        return ""
    return str(_suffixes().privatesuffix(host) or host)


@cache
def _owners() -> dict[str, str]:
    """The domain that stands for each publisher that has several."""
    sites = (line.split() for line in _SITES.strip().splitlines())
    return {domain: found[0] for found in sites for domain in found}


@cache
def _spellings() -> dict[str, str]:
    """Each known name by what is left of it."""
    return {_levelled(name): name for name in listed(_NAMES)}


@cache
def _suffixes() -> PublicSuffixList:
    """The Public Suffix List (publicsuffix.org) as it ships with its package. Reading it takes
    a moment: at first use, not at import."""
    return PublicSuffixList()
