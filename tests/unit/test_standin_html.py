"""Telegram's HTML parse mode as the stand-in reads it."""

from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.standin.entities import Entity, Formatted, detect, tidy, utf16_length
from bot.standin.html import parse_html
from bot.standin.refusal import Refusal

TEXTS = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from("<>&\"'#;/=\n 👨‍👩‍👧🏳️‍🌈שלוםمرحبا\u202e"),
    )
)
SIMPLE_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}


def parsed(text: str) -> tuple[str, list[dict[str, object]]]:
    content = parse_html(text)
    return content.text, [entity.as_json() for entity in content.entities]


def refusal(text: str) -> str:
    with pytest.raises(Refusal) as caught:
        parse_html(text)
    return caught.value.description.removeprefix("Bad Request: can't parse entities: ")


@given(TEXTS)
def test_escaped_text_comes_back_as_it_was(text: str) -> None:
    assert parse_html(escape(text)) == Formatted(text)


@given(TEXTS, TEXTS, TEXTS)
def test_an_entity_covers_its_text_in_utf16_units(before: str, inside: str, after: str) -> None:
    content = parse_html(f"{escape(before)}<b>{escape(inside)}</b>{escape(after)}")
    assert content.text == before + inside + after
    assert content.length == len(content.text.encode("utf-16-le")) // 2
    if not inside:
        assert content.entities == ()
        return
    offset = len(before.encode("utf-16-le")) // 2
    length = len(inside.encode("utf-16-le")) // 2
    assert content.entities == (Entity("bold", offset, length),)
    assert content.part(content.entities[0]) == inside


@given(st.text(st.sampled_from("<>/abipre ='\"&;#x1👍")))
def test_whatever_comes_is_parsed_or_refused(text: str) -> None:
    try:
        content = parse_html(text)
    except Refusal as no:
        assert no.description.startswith("Bad Request: can't parse entities: ")
    else:
        assert all(one.end <= content.length for one in content.entities)


@given(TEXTS)
def test_tidied_text_has_no_white_space_around_and_stays_when_tidied_again(text: str) -> None:
    tidied = tidy(Formatted(text))
    assert tidied.text == tidied.text.strip(" \n")
    assert tidy(tidied) == tidied


@pytest.mark.parametrize(("tag", "kind"), SIMPLE_TAGS.items())
def test_simple_tags(tag: str, kind: str) -> None:
    assert parsed(f"a <{tag}>x</{tag}>") == ("a x", [{"type": kind, "offset": 2, "length": 1}])
    assert parsed(f"a <{tag.upper()}>x</{tag}>")[0] == "a x"


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ('<span class="tg-spoiler">x</span>', {"type": "spoiler"}),
        ("<blockquote expandable>x</blockquote>", {"type": "expandable_blockquote"}),
        (
            '<a href="https://Example.com/A?b&amp;c=1">x</a>',
            {"type": "text_link", "url": "https://example.com/A?b&c=1"},
        ),
        ("<a href='http://example.com'>x</a>", {"type": "text_link", "url": "http://example.com/"}),
        ('<a href="example.com/p">x</a>', {"type": "text_link", "url": "http://example.com/p"}),
        ('<a href="tg://resolve?d=x">x</a>', {"type": "text_link", "url": "tg://resolve?d=x"}),
        ('<a href="tg://user?id=42">x</a>', {"type": "text_mention", "user": 42}),
        (
            '<tg-emoji emoji-id="5368324170671202286">x</tg-emoji>',
            {"type": "custom_emoji", "custom_emoji_id": "5368324170671202286"},
        ),
        (
            '<tg-time unix="1647531900" format="wDT">x</tg-time>',
            {"type": "date_time", "unix_time": 1647531900, "date_time_format": "wDT"},
        ),
        ('<pre><code class="language-py">x</code></pre>', {"type": "pre", "language": "py"}),
        ('<code class="language-py"><pre>x</pre></code>', {"type": "pre", "language": "py"}),
        ('<code class="language-py">x</code>', {"type": "code"}),
        ("<a>example.com</a>", {"type": "text_link", "url": "http://example.com/", "length": 11}),
    ],
)
def test_tags_with_attributes(text: str, entity: dict[str, object]) -> None:
    assert parsed(text)[1] == [{"offset": 0, "length": 1} | entity]


@pytest.mark.parametrize(
    "href", ["", "/page", "javascript:alert(1)", "http://localhost/", "a b.de"]
)
def test_a_link_to_nowhere_is_plain_text(href: str) -> None:
    assert parsed(f'<a href="{href}">x</a>') == ("x", [])


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("&lt;&gt;&amp;&quot;", '<>&"'),
        ("&#60;&#x3E;&#128077;", "<>👍"),
        ("&lt &ampx;", "< &ampx;"),
        ("&nbsp;&copy;&apos;&LT;", "&nbsp;&copy;&apos;&LT;"),
        ("&#0;&#x;&#99999999;&#xD800;", "&#0;&#x;&#99999999;&#xD800;"),
        ("a & b > c", "a & b > c"),
        ("<b>x</>", "x"),
        ("<b >x</b >", "x"),
    ],
)
def test_plain_text(text: str, plain: str) -> None:
    assert parsed(text)[0] == plain


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("<", "Unclosed start tag at byte offset 0"),
        ("é<b", "Unclosed start tag at byte offset 2"),
        ("<b ", 'Unclosed start tag "b" at byte offset 0'),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ("<a href=", 'Unclosed start tag "a" at byte offset 0'),
        ("<a href=x", "Unclosed start tag at byte offset 0"),
        ("👍<foo>x</foo>", 'Unsupported start tag "foo" at byte offset 4'),
        ("a<br/>b", 'Unsupported start tag "br/" at byte offset 1'),
        ("<p>x</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b><i>x", 'Can\'t find end tag corresponding to start tag "i"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        (
            "<b>é</i>",
            'Unmatched end tag at byte offset 5, expected "</b>", found "</i>"',
        ),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<b>x</b c>", "Unclosed end tag at byte offset 4"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<a ="x">x</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
        (
            "<a href>x</a>",
            'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0',
        ),
        ("<a href=http://x.de>x</a>", "Unexpected end of name token at byte offset 8"),
        ('<tg-emoji emoji-id="x">x</tg-emoji>', "Invalid custom emoji identifier specified"),
        ('<tg-time unix="x">x</tg-time>', "Invalid date specified"),
    ],
)
def test_errors_in_telegrams_words(text: str, problem: str) -> None:
    assert refusal(text) == problem


def tidied(text: str) -> tuple[str, list[tuple[str, int, int]]]:
    content = tidy(parse_html(text))
    return content.text, [(one.kind, one.offset, one.length) for one in content.entities]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (" \n a <b>x \n</b>\n", ("a x", [("bold", 2, 1)])),
        ("<b> x</b>", (" x", [("bold", 0, 2)])),
        ("  <b>x</b>", ("x", [("bold", 0, 1)])),
        ("a<b> </b>b", ("a b", [])),
        ("a\tb\r\nc\u202e", ("a b\nc", [])),
        ("\u202e<b>👍\r</b>x", ("👍x", [("bold", 0, 2)])),
        ("<b>a</b><b>b</b>", ("ab", [("bold", 0, 2)])),
        ("<i><b>a</b></i>", ("a", [("bold", 0, 1), ("italic", 0, 1)])),
        ("<code>a<b>b</b></code>", ("ab", [("code", 0, 2)])),
        (
            "<blockquote>a<blockquote>b</blockquote></blockquote>",
            ("ab", [("blockquote", 0, 2)]),
        ),
        (
            "<blockquote>a</blockquote><blockquote>b</blockquote>",
            ("ab", [("blockquote", 0, 1), ("blockquote", 1, 1)]),
        ),
        ("\n <b>\n</b> ", ("", [])),
    ],
)
def test_what_telegram_makes_of_it(
    text: str, expected: tuple[str, list[tuple[str, int, int]]]
) -> None:
    assert tidied(text) == expected


def test_a_hundred_entities_are_kept() -> None:
    assert len(tidied("<b>a</b> " * 120)[1]) == 100


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/start", [("bot_command", "/start")]),
        ("go /to@dateline_bot now", [("bot_command", "/to@dateline_bot")]),
        ("a/b //c /d/e </f>", []),
        ("see https://example.com/a_(b), ok?", [("url", "https://example.com/a_(b)")]),
        ("(see http://a.de/x).", [("url", "http://a.de/x")]),
        ("see example.com. and node.js", [("url", "example.com")]),
        ("@channel x@y @abc", [("mention", "@channel")]),
        ("mail me@example.com", [("email", "me@example.com")]),
        ("#News #1 $USD", [("hashtag", "#News"), ("cashtag", "$USD")]),
        ("👍 /start", [("bot_command", "/start")]),
    ],
)
def test_what_telegram_finds_by_itself(text: str, found: list[tuple[str, str]]) -> None:
    content = detect(Formatted(text))
    assert [(one.kind, content.part(one)) for one in content.entities] == found


def test_nothing_is_found_inside_code_and_links() -> None:
    content = detect(parse_html('<code>/a</code> <a href="http://b.de">@channel</a> <b>/c</b>'))
    assert [one.kind for one in content.entities] == ["code", "text_link", "bold", "bot_command"]


def test_utf16_length_counts_astral_characters_twice() -> None:
    assert [utf16_length(text) for text in ("", "aé", "👍", "שלום")] == [0, 2, 2, 4]
