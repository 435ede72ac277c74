"""Pages that are broken, cut off or made to hurt: read or refused, never raising."""

from __future__ import annotations

import json
import re
import unicodedata
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import SourceUnreadable
from bot.sources.pages import HEAD_BYTES, read_head
from storage.model import PageHead
from tests.support.heads import URL, head_of, hostile_heads, meta

_UNSAFE = {"Cc", "Cs", "Zl", "Zp"}
_GOLDEN = {
    path.stem: path.read_bytes() for path in (Path(__file__).parent / "golden/heads").glob("*.html")
}
_MARKUP = re.compile(r"<script>.*?</script>|<[^>]*>")
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_PARTING = re.compile(r" (?:[-–|]|::) |：|(?<=\.) ")
_BREAKS = [
    b"", b"<", b">", b'"', b"'", b"&", b"<!--", b"-->", b"<script>", b"</script>", b"<title>",
    b"</title>", b"<svg>", b"<html", b"</head>", b"\xff", b"\x00", b"&#0;", b"&#xD800;", b"{", b"]",
    b"<meta charset=utf-16>", b"<base href='http://[/'>", b"<meta property=og:title content=a>",
]  # fmt: skip


def _checked(body: bytes, content_type: str | None = None) -> PageHead | None:
    """What is read, if it is a page: no unsafe text, and nothing beyond its bounds."""
    try:
        head = read_head(body, URL, content_type=content_type)
    except SourceUnreadable as refusal:
        assert str(refusal)
        return None
    assert len(head.title) <= 300
    assert len(head.description) <= 1000
    assert len(head.site) <= 100
    assert len(head.language) <= 3
    assert head.picture is None or head.picture.startswith(("http://", "https://"))
    for text in (head.title, head.description, head.site, head.picture or ""):
        assert not {unicodedata.category(character) for character in text} & _UNSAFE
        assert "<script" not in text
    return head


@pytest.mark.parametrize("name", hostile_heads(100))
def test_hostile_heads_are_survived(name: str) -> None:
    _checked(hostile_heads(HEAD_BYTES)[name])


def test_laughs_are_not_heard() -> None:
    head = _checked(hostile_heads(1000)["laughing page"])
    assert head is not None
    assert head.title == "&e29;"
    assert _checked(hostile_heads(1000)["laughs"]) is None


def test_what_stands_far_behind_is_not_looked_at() -> None:
    title = meta("og:title", "Found at last")
    near = head_of("<style>", "a" * (HEAD_BYTES - 1000), "</style>", title)
    far = head_of("<style>", "a" * HEAD_BYTES, "</style>", title)
    heads = [_checked(body) for body in (near, far)]
    assert [head and head.title for head in heads] == ["Found at last", ""]


@given(st.sampled_from(sorted(_GOLDEN)), st.data())
def test_heads_cut_at_any_byte_have_no_half_of_anything(name: str, data: st.DataObject) -> None:
    body = _GOLDEN[name]
    cut = _checked(body[: data.draw(st.integers(0, len(body)))])
    if cut is not None:
        assert {_letters(text) for text in (cut.title, cut.description, cut.site)} <= _said(body)


class _Texts(HTMLParser):
    """The texts of a page: those between its tags, those of meta elements, and the strings in
    its scripts."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts = [""]
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.texts += [value or "" for name, value in attrs if name == "content"]

    def handle_data(self, data: str) -> None:
        self.texts += [data, *(str(json.loads(string)) for string in _STRING.findall(data))]


def _said(body: bytes) -> set[str]:
    """The letters of all texts of a page: whole, and up to where a part of them may end."""
    pages = [body.decode(encoding, "replace") for encoding in ("utf-8", "cp1251", "cp932")]
    texts = [_MARKUP.sub(" ", unescape(text)) for page in pages for text in _Texts(page).texts]
    return {
        _letters(text[:end])
        for text in texts
        for end in (*(mark.start() for mark in _PARTING.finditer(text)), len(text))
    }


def _letters(text: str) -> str:
    return "".join(character for character in text if character.isalpha())


@given(
    st.sampled_from(sorted(_GOLDEN)),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 40), st.sampled_from(_BREAKS)), max_size=4),
    st.sampled_from([None, "text/html", "text/html; charset=shift_jis", "text/html; charset=x"]),
)
def test_heads_broken_anywhere(
    name: str, breaks: list[tuple[float, int, bytes]], content_type: str | None
) -> None:
    body = _GOLDEN[name]
    for place, gone, put in breaks:
        start = int(place * len(body))
        body = body[:start] + put + body[start + gone :]
    _checked(body, content_type)


@given(st.binary(max_size=300))
def test_any_bytes_at_all(body: bytes) -> None:
    _checked(body)
    _checked(b"<title>" + body)
    _checked(b'<script type="application/ld+json">' + body + b"</script><title>a</title>")
