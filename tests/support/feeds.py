"""Feeds made for tests: sound ones, and those that want to hurt."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Mapping

from bot.errors import SourceUnreachable
from bot.services.managing import Seen

URL = "https://feeds.example.org/world/rss.xml"

ITEM = (
    "<item><title>Thing {n} happened</title><link>https://example.org/story-{n}</link>"
    "<guid>https://example.org/story-{n}</guid><pubDate>Thu, 23 Nov 2017 10:00:00 GMT</pubDate>"
    "<description>What is known of thing {n}.</description></item>"
)


async def no_look(url: str) -> Seen:
    """Publishers that are never there."""
    raise SourceUnreachable(f"{url} is not there")


def rss(*items: str, head: str = "<title>Example News</title>") -> bytes:
    """An RSS feed of these items, in UTF-8."""
    return f'<rss version="2.0"><channel>{head}{"".join(items)}</channel></rss>'.encode()


def items(count: int) -> Iterable[str]:
    """Items that differ in number."""
    return (ITEM.format(n=n) for n in range(count))


def hostile_bodies(size: int) -> Mapping[str, bytes]:
    """Bodies of about ``size`` bytes, each against another weakness of a parser, by name."""

    def filled(piece: str) -> str:
        return piece * (size // len(piece.encode()))

    def within(before: str, piece: str, after: str = "") -> bytes:
        return rss(f"<item><title>Thing</title>{before}{filled(piece)}{after}</item>")

    def each(tag: str, piece: str, longest: int = 15_000, before: str = "") -> bytes:
        """Items of such an element, each as long as is still read."""
        longest = min(size, longest)
        text = f"<{tag}>{before}{piece * (longest // len(piece))}</{tag}>"
        return rss(*[f"<item><title>Thing</title>{text}</item>"] * (size // longest))

    entities = "".join(
        f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha"}">' for n in range(1, 30)
    )
    atom = '<feed xmlns="http://www.w3.org/2005/Atom">'
    return {
        "items": rss(filled(ITEM.format(n=1))),
        "small items": rss(filled("<item/>")),
        "open items": rss(filled("<item>")),
        "open titles": rss(filled("<item><title>")),
        "open elements": within("", "<a>"),
        "closed elements": within("", "</a>"),
        "new elements": rss("<item>", *(f"<a{n}>" for n in range(size // 9)), "</item>"),
        "open channels": f"<rss>{filled('<channel>')}".encode(),
        "kept elements": within("", "<link>https://example.org/</link>"),
        "categories": within("", "<category>" + "a" * 90 + "</category>"),
        "authors": within("", "<author>" + "a" * 290 + "</author>"),
        "long author": within("<author>", "a.a-a+a", "</author>"),
        "long title": within("<title>", "x", "</title>"),
        "long link": within("<link>https://web.archive.org/", "web/2003/http://", "</link>"),
        "bases": within("", '<link xml:base="aaaaaaaaaa/" href="a/b/c"/>'),
        "deep bases": (atom + filled('<entry xml:base="aaaaaaaa/"><author>')).encode(),
        "namespaces": rss(
            *(
                f'<item xmlns="urn:{n}"><link xmlns:a{n}="urn:{n}"/></item>'
                for n in range(size // 60)
            )
        ),
        "attributes": within("<link ", "a='b' ", "/>"),
        "new attributes": within("<link ", "xmlns:", "/>"),
        "quotes": within("<link ", "'\"", "/>"),
        "comments": within("", "<!--"),
        "closed comments": within("", "<!---->"),
        "sections": within("<description>", "<![CDATA[", "</description>"),
        "sections and items": rss(filled("<![CDATA[<item>"), "]]>"),
        "comments and items": rss(filled("<!--<item>"), "-->"),
        "closed sections": within("<description>", "<![CDATA[a]]>", "</description>"),
        "instructions": within("", "<?a "),
        "declarations": within("", "<!ENTITY a 'b'"),
        "less-than signs": within("<description>", "<", "</description>"),
        "more less-than signs": within("", "< "),
        "ampersands": within("<description>", "&", "</description>"),
        "references": within("<description>", "&#x110000;&#xD800;&nosuch;", "</description>"),
        "escaped markup": within("<description>", "&lt;div&gt;", "</description>"),
        "often escaped": within("<title>", "&amp;amp;amp;lt;b&amp;gt;", "</title>"),
        "inline markup": within("<description>", "<div><b>", "</description>"),
        "many texts": rss(
            *[f"<item><title>a</title><description>{'<div>' * 3000}</description></item>"]
            * (size // 15_100)
        ),
        "white space before": (filled("\n \n") + "<rss><item/></rss>").encode(),
        "white space within": within("<title>", "\n", "</title>"),
        "instructions before": (filled("<?a?>") + "<rss/>").encode(),
        "openings before": (filled("<?") + "<rss/>").encode(),
        "comments before": (filled("<!--") + "<rss/>").encode(),
        "types before": (filled("<!DOCTYPE a [") + "<rss/>").encode(),
        "entities before": (f"<!DOCTYPE a [{filled('<!ENTITY a ')}]><rss/>").encode(),
        "billion laughs": f"<!DOCTYPE rss [{entities}]>".encode()
        + rss("<item><title>Laugh &e29;</title></item>"),
        "quadratic growth": f"<!DOCTYPE rss [<!ENTITY a '{'a' * (size // 2)}'>]>".encode()
        + rss(f"<item><title>{'&a;' * (size // 6)}</title></item>"),
        "small entities": b"<!DOCTYPE rss [<!ENTITY a '" + b"a" * 190 + b"'>]>"
        + rss(f"<item><title>T</title><description>{'&a;' * (size // 3)}</description></item>"),
        "declaration": b"<?xml " + filled("encoding='").encode() + b"?><rss/>",
        "zeros": bytes(size),
        "high bytes": b"<rss><item><title>" + b"\xff\xfe" * (size // 2),
        "wide": "\ufeff".encode("utf-16-le") + filled("<a>").encode("utf-16-le")[:size],
        "latin": b"<rss><item><title>" + filled("é ").encode("latin-1"),
        "page": b"<html><body>" + filled("<div>").encode(),
        "page of links": b"<html>" + filled('<link rel="alternate" href="a">').encode(),
        "text": filled("word ").encode(),
        "gzip": gzip.compress(bytes(size)),
        "JSON arrays": filled("[").encode(),
        "JSON items": b'{"version":"https://jsonfeed.org/version/1.1","items":['
        + filled('{"id":"1","content_html":"<b>a"},').encode() + b"{}]}",
        "JSON number": b'{"version":"https://jsonfeed.org/version/1","items":['
        + b"9" * size + b"]}",
        "JSON objects": b'{"version":"https://jsonfeed.org/version/1","items":['
        + filled('{"id":1},').encode(),
        "JSON of broken items": b'{"version":"https://jsonfeed.org/version/1","items":[{},'
        + filled('{"a":"},{').encode(),
        "JSON commas": b'{"version":"https://jsonfeed.org/version/1","items":[{}'
        + filled(",}").encode(),
        "JSON quotes": b'{"version":"https://jsonfeed.org/version/1","items":[{},{"a":"'
        + filled('\\"').encode(),
        "captions": within("<media:group>", "<media:description>"),
        "dates": within("", "<pubDate>" + "1" * 90 + "</pubDate>"),
        "thumbnails": within("", '<media:thumbnail url="https://example.org/a.png"/>'),
        "groups": within("", "<media:group>"),
        "sources": within("", "<source><title>"),
        "comments in titles": each("title", "<!--"),
        "comments in summaries": each("description", "<!--"),
        "comments in contents": each("content:encoded", "<!-- a"),
        "comments in links": each("link", "<!--", 3_900),
        "comments in identities": each("guid", "<!--", 3_900),
        "instructions in titles": each("title", "<?"),
        "instructions in summaries": each("description", "<?"),
        "instructions in contents": each("content:encoded", "<?a "),
        "instructions in links": each("link", "<?", 3_900),
        "both in summaries": each("description", "<?<!--"),
        "both in one summary": within("<description>", "<?<!--", "</description>"),
        "long name of an attribute": rss(
            *[f'<item><link a="" {"a" * 15_000}/></item>'] * (size // 15_000)
        ),
        "long number in titles": each("title", "9", before="&amp;#"),
        "long number in summaries": each("description", "9", before="&amp;#"),
        "others' titles": rss(
            f"<item>{'<x:title/>' * min(3_900, size // 20)}{'a' * (size // 2)}<title>Thing</title>"
        ),
        "hours": rss(head=f"<skipHours>{filled('<hour>1</hour>')}</skipHours>"),
    }  # fmt: skip
