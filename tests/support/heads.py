"""Heads of pages made for tests: sound ones, and those that want to hurt."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping

URL = "https://www.example.org/news/2017/11/23/story-1234"


def head_of(*elements: str, language: str = "en") -> bytes:
    """A page in UTF-8 with these elements in its head."""
    inner = "".join(elements)
    return f'<!doctype html><html lang="{language}"><head>{inner}</head></html>'.encode()


def meta(name: str, content: str) -> str:
    """A meta element of Open Graph's kind, its content as it stands."""
    return f'<meta property="{name}" content="{content}">'


def linked(value: object) -> str:
    """Linked data."""
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


def article_page(title: str, description: str = "", picture: str = "") -> bytes:
    """An article's page as publishers make them."""
    said = {"og:title": title, "og:description": description, "og:image": picture}
    return head_of(*(meta(name, content) for name, content in said.items() if content))


def hostile_heads(size: int) -> Mapping[str, bytes]:
    """Pages of about ``size`` bytes, each against another weakness of a parser, by name."""

    def filled(piece: str) -> str:
        return piece * (size // len(piece.encode()))

    def script(text: str) -> bytes:
        return head_of(f'<script type="application/ld+json">{text}</script>')

    laughs = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha"}">' for n in range(1, 30))
    numbered = [f"a{n}=b" for n in range(size // 13)]
    return {
        "no end": head_of() + filled("<meta name='a' content='b'>").encode(),
        "open elements": head_of(filled("<div>")),
        "closed elements": head_of(filled("</div>")),
        "inline elements": head_of(filled("<b><i><p>")),
        "links": head_of(filled("<div><a>")),
        "tables": head_of(filled("<table><td>")),
        "buttons": head_of(filled("<button><b>")),
        "templates": head_of(filled("<template>")),
        "titles": head_of(filled("<title>")),
        "many titles": head_of(filled("<title>a</title>")),
        "metas": head_of(filled(meta("og:title", "a"))),
        "long title": head_of(meta("og:title", filled("x"))),
        "long plain title": head_of(f"<title>{filled('x ')}</title>"),
        "spaces": head_of(meta("og:description", filled(" \n") + "word")),
        "ampersands": head_of(meta("og:title", filled("&amp;"))),
        "often escaped": head_of(meta("og:title", filled("&amp;amp;lt;b&amp;gt;"))),
        "escaped markup": head_of(meta("og:description", filled("&lt;div&gt;"))),
        "read on": head_of(meta("og:description", filled("Read more "))),
        "hashtags": head_of(meta("og:description", filled("#a "))),
        "latest": head_of(meta("og:description", "Latest " + filled("news ") + "a")),
        "pictures": head_of(filled(meta("og:image", "data:,"))),
        "sizes": head_of(filled(meta("og:image:width", "9" * 99))),
        "archived": head_of(meta("og:image", "https://web.archive.org/" + filled("web/2003/"))),
        "attributes": f"<html {filled('a=b ')}><title>a</title>".encode(),
        "new attributes": f"<html {' '.join(numbered)}>{meta('og:title', 'a')}".encode(),
        "html elements": "".join(f"<html {one}>" for one in numbered).encode(),
        "body elements": "".join(f"<body {one}>" for one in numbered).encode(),
        "quotes": f"<html><meta {filled(chr(34) + chr(39))}>".encode(),
        "less-than signs": head_of(filled("<")),
        "tags without end": head_of(filled("<meta ")),
        "comments": head_of(filled("<!--")),
        "closed comments": head_of(filled("<!---->")),
        "sections": head_of(filled("<![CDATA[")),
        "declared": head_of(filled("<meta charset")),
        "bases": head_of(filled("<base href='http://[/'>"), meta("og:image", "a.jpg")),
        "spaces in linked data": script(filled(" ") + "{}" + filled(" ") + "a"),
        "arrays": script(filled("[")),
        "objects": script(filled('{"@graph":')),
        "nested graphs": script('{"@graph":[' * 200 + "]}" * 200),
        "quotes in linked data": script('{"' + filled('\\"')),
        "number": script(f'{{"@type":"Article","headline":{filled("9")}}}'),
        "nodes": script("[" + filled('{"@type":"Article"},') + "{}]"),
        "images": script('{"@type":"Article","image":[' + filled('"data:,",') + '""]}'),
        "references": script('[{"@id":"a","image":{"@id":"a"},"@type":"Article"}]'),
        "wrong shapes": script(
            '{"@type":[1,{}],"@graph":[null,3,{"@type":"Article","headline":{"a":1},'
            '"image":[[],{"url":7}],"publisher":[5],"inLanguage":{"name":[]}}]}'
        ),
        "cross site": head_of(meta("og:title", "&lt;script&gt;alert(1)&lt;/script&gt;")),
        "laughs": f"<!DOCTYPE svg [{laughs}]><svg><title>&e29;</title></svg>".encode(),
        "laughing page": f"<!DOCTYPE html [{laughs}]><html><title>&e29;</title></html>".encode(),
        "zeros": bytes(size),
        "high bytes": b"<title>" + b"\xff\xfe" * (size // 2) + b"</title>",
        "wide": "\ufeff".encode("utf-16-le") + filled("<title>a").encode("utf-16-le")[:size],
        "surrogates": head_of(meta("og:title", "&#xD800;&#x110000;&#0;" * 9)),
        "gzip": gzip.compress(bytes(size)),
        "refresh": head_of("<meta http-equiv='refresh' content='0;url=javascript:alert(1)'>"),
        "nothing": b"",
    }  # fmt: skip
