"""A publisher's site for ``dateline sources check``: what it answers, and what the command says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from starlette.types import ASGIApp, Receive, Scope, Send

from tests.support import faults
from tests.support.commands import Commands, Ran
from tests.support.faults import Fault
from tests.support.feeds import rss
from tests.support.serving import serving

RSS = "application/rss+xml"
LINK = "https://news.example.org/visit"
HEAD = (
    "<title>Example News</title><link>https://example.org/</link><language>en-gb</language>"
    "<ttl>90</ttl>"
)
FEED = rss(
    "<item><title>Old and &lt;b&gt;bold&lt;/b&gt;</title><link>https://example.org/old</link>"
    "<pubDate>Mon, 20 Nov 2017 09:00:00 GMT</pubDate><category>Soccer</category>"
    "<description>More of it.</description>"
    '<enclosure url="https://example.org/old.jpg" type="image/jpeg"/></item>',
    f"<item><title>Omar al-Bashir’s talks with Vladimir Putin go on in the Black Sea resort of"
    f" Sochi for a second day</title><link>{LINK}?utm_source=rss</link>"
    "<pubDate>Thu, 23 Nov 2017 12:30:00 +0200</pubDate></item>",
    "<item><title>Undated</title><link>javascript:alert(1)</link></item>",
    "<item><title>Undated</title><link>javascript:alert(1)</link></item>",
    "<item><link>https://example.org/nothing</link></item>",
    head=HEAD,
)


@dataclass
class Site:
    """A web site: what it answers, by path, and the paths that it was asked for."""

    answers: Mapping[str, ASGIApp]
    asked: list[str] = field(default_factory=list)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.asked.append(scope["path"])
        await self.answers.get(scope["path"], faults.status(404))(scope, receive, send)


def feed(body: bytes = FEED, content_type: str = RSS) -> Fault:
    """A sound answer."""
    return Fault(body=body, content_type=content_type)


def page(head: str) -> Fault:
    """A web page."""
    return feed(f"<!doctype html><html><head>{head}</head></html>".encode(), "text/html")


async def check(dateline: Commands, answer: ASGIApp, *options: str) -> Ran:
    """Check a site's feed, at the width of a plain terminal."""
    dateline.set(COLUMNS="80")
    async with serving(Site({"/feed": answer})) as root:
        return await dateline.beside("sources", "check", f"{root}/feed", *options)
