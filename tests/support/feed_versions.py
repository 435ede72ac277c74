"""Pieces of feeds to make versions of: sound ones, odd ones, and those that touch each other."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime

import pytest

from bot.errors import NotAFeed
from bot.sources.feeds import LastVersion, ReadVersion, read_feed, read_version
from tests.support.feeds import URL

_NAMESPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"'
    ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
)
_LINK = "<link>https://example.org/{n}</link>"
_TOLD = "<title>Thing {n} happened</title>" + _LINK

# Sound ones, each of which an entry can be; ``n`` tells it from others.
PLAIN = (
    f"<item>{_TOLD}<description>What is known of thing {{n}}.</description></item>",
    f"<item>{_TOLD}<guid>https://example.org/{{n}}</guid>"
    "<pubDate>Thu, 23 Nov 2017 10:00:00 GMT</pubDate><dc:creator>Ann Sample</dc:creator></item>",
    f"<item>{_TOLD}<description><![CDATA[<p>Known <b>of {{n}}</b></p><img src='/{{n}}.png'>]]>"
    "</description><content:encoded><![CDATA[<p>More of it]]></content:encoded></item>",
    f"<item>{_TOLD}<category>World</category><category><![CDATA[Sport]]></category>"
    '<media:group><media:content url="https://example.org/{n}.jpg" medium="image"/>'
    "<media:title>A picture</media:title></media:group></item>",
    f"<item>{_TOLD}<pubDate>Mon, {{n}} Nov 2017 10:00:00 GMT</pubDate></item>",
    f"<item>{_TOLD}<source url='https://p.example.org'>The Post</source><comments/></item>",
    '<item xml:lang="de" xml:base="https://b.example.org/{n}/"><title>Ding {n}</title>'
    "<link>x</link><author>a@example.org (Ann)</author></item>",
    f"<item>{_TOLD}<unread><title>Other</title></unread><slash:comments>3</slash:comments></item>",
    f"<item>{_TOLD}<summary>One</summary><description>Two</description></item>",
    f"<item>{_TOLD}<content>Text</content><summary>Sum</summary><body>B</body></item>",
    f"<item>{_TOLD}<image>https://example.org/i.png</image><language>fr</language></item>",
    "<item><title>Live</title><link>https://example.org/live</link><guid>g{n}</guid></item>",
    "<item><title/><link>https://example.org/none-{n}</link></item>",
    "<item><guid isPermaLink='false'>{n}</guid><description>Only this of {n}. So it is."
    "</description><enclosure url='/{n}.jpg' type='image/jpeg'/></item>",
    "<entry><title type='html'>Entry &lt;b>{n}&lt;/b></title><link href='/{n}'/><id>urn:{n}</id>"
    "<updated>2017-11-23T10:00:00Z</updated><author><name>Ann</name></author>"
    "<summary>Short {n}</summary><content type='html'>&lt;p>Long {n}</content></entry>",
    "<entry><title>Taken {n}</title><source><title>Other</title><id>o</id>"
    "<content>s</content></source><content type='xhtml'><div><p>X {n}</p></div></content></entry>",
    f"<item>{_TOLD}<feedburner:origLink>https://example.org/o{{n}}</feedburner:origLink></item>",
    "<item><title>Bad {n}</title><link xml:base='//['>x</link></item>",
    f"<item>{_TOLD}<description>&nbsp;&unknown; &lt;/item></description></item >",
)  # fmt: skip
# Those in which something is open, hidden, doubled, or reaches out to what is around.
ODD = (
    f"<item>{_TOLD}<description><![CDATA[never closed {{n}}</description></item>",
    f"<item>{_TOLD}<!-- never closed {{n}} </item>",
    f"<item>{_TOLD}<!-- <item><title>Hidden</title></item> --></item>",
    f"<item>{_TOLD}<description>a <![CDATA[</description><!-- ]]>--></description></item>",
    f"<item>{_TOLD}<c>open</item>",
    f"<item>{_TOLD}<unread><![CDATA[</unread><title>Inner</title>]]></unread></item>",
    f"<item>{_TOLD}<author><name>Nobody</item>",
    f"<item>{_TOLD}</channel></item>",
    f"<item>{_TOLD}<channel><title>Inner</title></channel></item>",
    f"<item>{_TOLD}</item><title>Channel's own {{n}}</title>",
    "<item/>",
    "<item><item><title>Inner {n}</title></item></item>",
    f"<item>{_TOLD}<?php </item> ?>",
    f"<item>{_TOLD}<? </item>",
    f"<item>{_TOLD}<! </item>",
    f"<item>{_TOLD}<image><url>https://example.org/{{n}}.png</url><title>I</title></image></item>",
    f"<item xmlns='http://www.w3.org/2005/Atom'>{_TOLD}</item>",
    f"<item xmlns='urn:other'>{_TOLD}</item>",
    f"<item>{_TOLD}<media:thumbnail xmlns:media='urn:{{n}}' url='/t.png'/></item>",
    f"<item>{_TOLD}<fb:origLink xmlns:fb='urn:{{n}}'>https://example.org/o</fb:origLink></item>",
    f"<item>{_TOLD}<rdf:link>https://example.org/r</rdf:link><x:date>2017-11-22</x:date></item>",
    f"<item>{_TOLD}<atom:summary>Said</atom:summary></item>",
    "<item href='https://example.org/h{n}'><title>Attribute {n}</title></item>",
    f"<item>{_TOLD}<guid>{'g' * 4001}</guid></item>",
    "<item><title>Cut",
    "<item rdf:about='urn:{n}'><title>Cut {n}</title><link>https://exam",
    f"<item><title>a<c><![CDATA[ </c> <!-- ]]></c></title>{_LINK}</item>",
    "<x:item><title>Other {n}</title></x:item>",
    "<entry><title>Left open {n}</entry>",
    f"<item><title>a <![CDATA[ </title> <!-- ]]></title>{_LINK}</item>",
    f"<item><title>b {{n}}</title><c><![CDATA[</c> <!-- ]]></c>{_LINK}</item>",
)  # fmt: skip
HEADS = (
    f"<?xml version='1.0'?><rss version='2.0' {_NAMESPACES}><channel><title>Example</title>"
    "<link>https://www.example.org/</link><lastBuildDate>{date}</lastBuildDate>",
    f"<rss {_NAMESPACES} xmlns:atom='http://www.w3.org/2005/Atom'><channel><title>Example</title>"
    "<atom:link rel='self' href='x'/><ttl>30</ttl><pubDate>{date}</pubDate><language>pt</language>"
    "<image><title>I</title><url>/i.png</url></image>",
    "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='en'><title>Atom</title>"
    "<updated>{date}</updated><link href='/' rel='alternate'/>",
    "<rss><channel>",
    "<rss><channel><title>{date}</title>",
    "<rss><channel><title>Odd</title><summary>Sum</summary><description>Desc</description>",
    "<rss><channel><title>Odd</title><image><title>Open",
    "<rss><channel><!-- open {date}<title>Odd</title>",
    "<rss><channel xml:base='https://b.example.org/'><x:link href='/a'/>"
    "<feedburner:info xmlns:feedburner='urn:f'/>",
    "<!DOCTYPE rss [<!ENTITY nbsp 'x'>]><rss><channel><title>E</title>",
    "<rdf:RDF><channel><title>R</title></channel>",
    "<channel><title>C</title>",
    "",
)
ENDS = ("</channel></rss>", "</feed>", "", "</channel></rss>\n<!-- made in 3 s -->",
        "</channel><!-- <item><title>Late</title></item> --></rss>", "]]></channel></rss>",
        "<title>Late</title></channel></rss>", "--></channel></rss>", "</c></channel>",
        "<?php ?></channel></rss>", "</rdf:RDF>")  # fmt: skip

END = ENDS[0]
AT = datetime(2017, 11, 24, tzinfo=UTC)


def read(
    body: bytes, known: LastVersion | None = None, at: datetime = AT, url: str = URL
) -> ReadVersion | None:
    """What is read with what is known, compared with a fresh reading; None if refused."""
    try:
        fresh = read_feed(body, url, content_type=None, at=at)
    except NotAFeed as refusal:
        with pytest.raises(NotAFeed, match=re.escape(str(refusal))):
            read_version(body, url, content_type=None, at=at, known=known)
        return None
    now = read_version(body, url, content_type=None, at=at, known=known)
    assert now.reading == fresh
    return now


def filled(pieces: Iterable[str], first: int = 1) -> list[str]:
    """Entries of these pieces, each with a number of its own."""
    return [piece.replace("{n}", str(n)) for n, piece in enumerate(pieces, first)]


def feed(*entries: str, head: str = HEADS[0], end: str = END, date: str = "") -> bytes:
    """A feed of these pieces, made at that date."""
    return f"{head.replace('{date}', date)}{chr(10).join(entries)}{end}".encode()
