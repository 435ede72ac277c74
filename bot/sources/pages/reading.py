"""The head of a web page as what it says of its article.

Open Graph goes first (https://ogp.me), then Twitter's cards, then linked data, then plain HTML:
in this order publishers mean them for whoever shows their article elsewhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import zip_longest

from bot.core.likeness.scripts import language_by_script
from bot.core.links import article_key
from bot.errors import SourceUnreadable
from bot.sources.addresses import is_open_beside, resolved
from bot.sources.languages import primary_subtag
from bot.sources.pages.linked import Linked, read_linked
from bot.sources.pages.markup import Markup, take_apart
from bot.sources.pages.signs import is_slogan, is_stand_in, is_wall, is_wall_address
from bot.sources.texts import (
    MAX_SUMMARY,
    MAX_TITLE,
    is_blank,
    one_line,
    plain_text,
    shortened,
    summary_text,
)
from storage.model import PageHead

HEAD_BYTES = 256 * 1024  # in which a head ends
MAX_SITE = 100  # characters
_LEAST = 20  # columns of a description that says something
_SMALL = 50  # pixels: a picture with a shorter side counts readers
_HASHTAGS = re.compile(r"(?:(?<!\S)#\w{1,50}\s*){1,20}$")  # at the end, for social networks
# What follows an attribute whose quotation mark is missing.
_UNCLOSED = re.compile(r"<(?:script|style|meta|link|title)\b[^>]*$", re.I)
_MARKS = (" - ", " – ", " — ", " | ", " · ", " :: ", " « ", "：", " : ")


def read_head(body: bytes, url: str, *, content_type: str | None) -> PageHead:
    """What the head of the page at ``url`` (after redirects) says; of ``body`` only the first
    ``HEAD_BYTES`` are looked at, and it may end anywhere.

    Texts are plain and on one line; the language is a primary subtag, the picture an absolute
    web address. Raises ``SourceUnreadable`` where it is no web page, or one that stands before
    an article or in its place.
    """
    if article_key(url) is None or is_wall_address(url):
        raise SourceUnreadable("the article leads to a front page, a login or the like")
    markup = take_apart(body[:HEAD_BYTES], content_type)
    called = [*markup.all("og:title", "twitter:title"), markup.title]
    linked = read_linked(markup.linked, url, called)
    site = _site(markup, linked)
    titles = [text for text in map(_cleaned, _titles(markup, linked)) if text]
    title = _bare(_beside(site, titles), site)
    if any(map(is_wall, (title, *titles[-1:]))):
        raise SourceUnreadable(f"not the article, but “{shortened(title, 80)}”")
    description = _description(markup, linked, [*titles, title, site])
    return PageHead(
        title=shortened(title, MAX_TITLE),
        description=description,
        picture=_picture(markup, linked, url),
        site=shortened(site, MAX_SITE),
        language=language_by_script(f"{title} {description}", _language(markup, linked)),
    )


def _cleaned(text: str) -> str:
    plain = plain_text(_UNCLOSED.sub("", text[: 2 * HEAD_BYTES]))
    return "" if is_blank(plain) else plain_text(plain)  # linked data is often escaped twice


def _titles(markup: Markup, linked: Linked) -> list[str]:
    return [
        *markup.all("og:title")[:1],
        *markup.all("twitter:title")[:1],
        linked.headline,
        markup.title,
    ]


def _beside(site: str, titles: list[str]) -> list[str]:
    """Titles less those that only name the site, unless another goes on from one of them: some
    sites give the headline for their name."""
    others = [text for text in titles if text.casefold() != site.casefold()]
    is_headline = bool(others) and others[0].casefold().startswith(site.casefold())
    return titles if is_headline else others or titles


def _bare(titles: list[str], site: str) -> str:
    """The first title without what its site hangs on to it: its name, a section, a date."""
    title = titles[0] if titles else ""
    for other in titles[1:]:
        rest = title.removeprefix(other)
        if rest != title and rest.startswith(tuple(mark.rstrip() for mark in _MARKS)):
            title = other
    for mark in _MARKS:
        if site and title.casefold().endswith((mark + site).casefold()):
            title = title[: -len(mark + site)].rstrip()
    return title


def _site(markup: Markup, linked: Linked) -> str:
    named = [*markup.all("og:site_name"), linked.publisher, *markup.all("application-name")]
    return next((text for text in map(_cleaned, named) if text), "")


def _description(markup: Markup, linked: Linked, known: Iterable[str]) -> str:
    """The first description that tells of the article and repeats nothing that is known."""
    slogans = {_cleaned(text).casefold() for text in (*known, *linked.slogans)}
    for text in map(_cleaned, _descriptions(markup, linked)):
        description = summary_text(_HASHTAGS.sub("", text), MAX_SUMMARY)
        is_own = text.casefold() not in slogans and description.casefold() not in slogans
        if is_own and _columns(description) >= _LEAST and not is_slogan(description):
            return description
    return ""


def _descriptions(markup: Markup, linked: Linked) -> Iterator[str]:
    yield from markup.all("og:description", "twitter:description")
    yield linked.description
    yield from markup.all("description")


def _columns(text: str) -> int:
    """How much a text says: Chinese and Japanese take half the characters."""
    return sum(1 + (unicodedata.east_asian_width(character) in "WF") for character in text)


def _picture(markup: Markup, linked: Linked, url: str) -> str | None:
    base = resolved(url, markup.base) or url
    for address in _pictures(markup, linked):
        picture = resolved(base, one_line(address).replace(" ", "%20"))
        if is_open_beside(picture, url) and not is_stand_in(picture):
            return picture
    return None


def _pictures(markup: Markup, linked: Linked) -> Iterator[str]:
    named = markup.all("og:image")
    sizes = [markup.all(f"og:image:{side}") for side in ("width", "height")]
    for address, *sides in zip_longest(named, *sizes):
        if address and not any(map(_is_small, sides)):
            yield address
    if not any(_is_small(side) for size in sizes for side in size):
        yield from markup.all("og:image:secure_url", "og:image:url")
    yield from markup.all("twitter:image", "twitter:image:src")
    yield from linked.pictures


def _is_small(side: str | None) -> bool:
    return bool(side) and str(side).isdecimal() and 0 < int(str(side)[:9]) < _SMALL


def _language(markup: Markup, linked: Linked) -> str:
    tags = [
        markup.language,
        *markup.all("og:locale"),
        linked.language,
        *markup.all("content-language", "language"),
    ]
    # Several may be listed, the first being the page's own.
    known = (primary_subtag(tag.partition(",")[0]) for tag in tags)
    return next(filter(None, known), "")
