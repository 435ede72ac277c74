"""What counts as a page's title, description, picture, site and language, and what doesn't."""

from __future__ import annotations

import pytest

from bot.errors import SourceUnreadable
from bot.sources.pages import read_head
from storage.model import PageHead
from tests.support.heads import URL, head_of, linked, meta

TITLE = "Ferry returns to port with everybody aboard"
TOLD = "The harbour office says that the engine failed at noon."


def read(
    *elements: str, url: str = URL, content_type: str | None = "text/html", language: str = "en"
) -> PageHead:
    return read_head(head_of(*elements, language=language), url, content_type=content_type)


def refused(*elements: str, **how: str) -> bool:
    try:
        read(*elements, **how)
    except SourceUnreadable:
        return True
    return False


# --- Which of several ------------------------------------------------------------------

ORDERED = {
    "title": [
        meta("og:title", "First words"),
        meta("twitter:title", "Second words"),
        linked({"@type": "NewsArticle", "headline": "Third words"}),
        "<title>Fourth words</title>",
    ],
    "description": [
        meta("og:description", f"{TOLD} First."),
        meta("twitter:description", f"{TOLD} Second."),
        linked({"@type": "NewsArticle", "description": f"{TOLD} Third."}),
        f'<meta name="description" content="{TOLD} Fourth.">',
    ],
    "picture": [
        meta("og:image", "https://a.example/first.jpg"),
        meta("og:image:secure_url", "https://a.example/second.jpg"),
        meta("twitter:image", "https://a.example/third.jpg"),
        linked({"@type": "NewsArticle", "image": {"url": "https://a.example/fourth.jpg"}}),
    ],
    "site": [
        meta("og:site_name", "First Paper"),
        linked({"@type": "NewsArticle", "publisher": {"name": "Second Paper"}}),
        '<meta name="application-name" content="Third Paper">',
    ],
    "language": [
        meta("og:locale", "de_DE"),
        linked({"@type": "NewsArticle", "inLanguage": "fr-CH"}),
        '<meta http-equiv="Content-Language" content="it, rm">',
    ],
}


@pytest.mark.parametrize("field", ORDERED)
def test_the_first_that_says_it_goes_first_wherever_it_stands(field: str) -> None:
    elements = ORDERED[field]
    values = []
    for left in range(len(elements)):
        head = read(*reversed(elements[left:]), language="")
        values.append(getattr(head, field))
    words = {"language": ["de", "fr", "it"]}.get(field, ["irst", "econd", "hird", "ourth"])
    assert len(values) == len(elements)
    assert all(word in value for word, value in zip(words, values, strict=False))


def test_the_language_of_the_document_goes_before_all() -> None:
    head = read(*ORDERED["language"], language="pt-BR")
    assert head.language == "pt"


def test_where_the_first_is_empty_the_next_says_it() -> None:
    head = read(meta("og:title", " "), meta("og:description", ""), meta("twitter:title", TITLE))
    assert head == PageHead(title=TITLE, language="en")


# --- Titles ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "title",
    [
        f"{TITLE} - The Paper",
        f"{TITLE} | the paper",
        f"{TITLE} – The Paper",
        f"{TITLE} :: The Paper",
    ],
)
def test_a_title_is_without_its_sites_name(title: str) -> None:
    assert read(meta("og:title", title), meta("og:site_name", "The Paper")).title == TITLE


def test_a_title_is_without_what_its_twin_is_without() -> None:
    hung_on = f"{TITLE} – DX – 23.11.2017"
    assert read(meta("og:title", hung_on), meta("twitter:title", f"{TITLE} ")).title == TITLE
    longer = f"{TITLE}, and cheers"
    assert read(meta("og:title", longer), meta("twitter:title", TITLE)).title == longer


@pytest.mark.parametrize(
    "title",
    ["Just a moment...", "Attention Required! | Cloudflare", "Access Denied", "404 Not Found",
     "403 Forbidden", "Error 503", "Page not found - The Paper", "Are you a robot?", "Log in",
     "Sign in | The Paper", "Subscribe to read | The Paper", "Seite nicht gefunden", "ログイン",
     "Please verify you are a human", "Страница не найдена", "Before you continue to VideoSite"],
)  # fmt: skip
def test_a_wall_is_no_article(title: str) -> None:
    assert refused(f"<title>{title}</title>", meta("og:description", TOLD))
    assert refused(meta("og:title", title))


@pytest.mark.parametrize(
    "title",
    ["404 people rescued at sea", "500-year-old ship found", "Error in the count delays results",
     "Forbidden City reopens", "Login details of ministers sold", "Consent law passes",
     "Access denied to inspectors, agency says", "Sign in the sky puzzles town",
     "410 dead in flood",
     "Not found: the ship that never was, and what the search for it has cost since then"],
)  # fmt: skip
def test_a_headline_that_begins_like_a_wall_is_none(title: str) -> None:
    assert read(meta("og:title", title)).title == title


# --- Descriptions ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["Breaking news, latest news and videos.", "Get the latest news from the region",
     "Latest news and headlines from Samplia", "We use cookies to give you the best of it",
     "Subscribe to read the whole story now", "Aktuelle Nachrichten aus Politik und Sport",
     "Toute l’actualité en direct et en continu", "Últimas noticias de hoy en Samplia",
     "Последние новости дня в мире и в стране", "Please enable JavaScript to see this page",
     "Too short to tell", TITLE, f"{TITLE.upper()}"],
)  # fmt: skip
def test_what_tells_nothing_of_the_article_is_no_description(text: str) -> None:
    plain = f'<meta name="description" content="{TOLD}">'
    title = meta("og:title", TITLE)
    assert read(title, meta("og:description", text)).description == ""
    assert read(title, meta("og:description", text), plain).description == TOLD


@pytest.mark.parametrize(
    "text",
    ["Latest storm leaves thousands without power", "Breaking news anchor John Sample retires",
     "Top officials met late at night", "Breaking News - Three people shot in an office",
     "市長は水曜日の夜に辞任した。"],
)  # fmt: skip
def test_what_only_sounds_like_a_slogan_is_a_description(text: str) -> None:
    assert read(meta("og:description", text)).description == text


def test_what_a_site_says_of_itself_is_no_description() -> None:
    slogan = "Independent voices from every corner of Samplia."
    paper = {"@type": "NewsMediaOrganization", "name": "Paper", "description": slogan}
    article = {"@type": "NewsArticle", "headline": TITLE, "publisher": paper}
    assert read(linked(article), meta("og:description", slogan)).description == ""
    assert read(linked(article), meta("og:description", TOLD)).description == TOLD


def test_tags_for_social_networks_are_no_part_of_a_description() -> None:
    assert read(meta("og:description", f"{TOLD} #Ferry #Port")).description == TOLD
    numbered = f"{TOLD} It is ship #9 of that class"
    assert read(meta("og:description", numbered)).description == numbered


def test_long_texts_end_between_words() -> None:
    head = read(meta("og:title", "word " * 100), meta("og:description", "word " * 500))
    assert 290 < len(head.title) <= 300
    assert 990 < len(head.description) <= 1000
    assert head.title.endswith("word…")
    assert head.description.endswith("word…")


# --- Pictures --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "picture"),
    [
        ("//cdn.example/a.jpg", "https://cdn.example/a.jpg"),
        ("../a.jpg", "https://www.example.org/news/2017/11/a.jpg"),
        ("http://cdn.example/a b.jpg", "http://cdn.example/a%20b.jpg"),
        ("https://cdn.example/dims/default/a.jpg", "https://cdn.example/dims/default/a.jpg"),
        ("data:image/gif;base64,R0lGODlhAQABAA", None),
        ("javascript:alert(1)", None),
        ("ftp://cdn.example/a.jpg", None),
        ("http://[/a.jpg", None),
        ("https://cdn.example/site-logo.png", None),
        ("https://cdn.example/img/placeholder_16x9.jpg", None),
        ("https://cdn.example/share-default.png", None),
        ("https://cdn.example/pixel.gif", None),
        ("https://cdn.example/pixel-phone.jpg", "https://cdn.example/pixel-phone.jpg"),
        ("https://cdn.example/mark.svg", None),
        ("https://cdn.example/" + "a" * 2000, None),
    ],
)
def test_pictures_are_absolute_and_show_something(address: str, picture: str | None) -> None:
    assert read(meta("og:image", address)).picture == picture


def test_the_first_picture_that_shows_something_is_taken() -> None:
    logo, photo = "https://cdn.example/logo.png", "https://cdn.example/photo.jpg"
    assert read(meta("og:image", logo), meta("og:image", photo)).picture == photo
    article = {"@type": "Article", "image": [logo, {"contentUrl": photo}]}
    assert read(meta("og:image", logo), linked(article)).picture == photo


# --- Linked data -----------------------------------------------------------------------


def test_other_articles_in_linked_data_are_not_this_one() -> None:
    others = {"@type": "ItemList", "itemListElement": [{"@type": "NewsArticle", "headline": "No"}]}
    parts = {"@type": "LiveBlogPosting", "headline": "Yes", "liveBlogUpdate": others}
    assert read(linked(others), linked([parts])).title == "Yes"


def test_linked_data_within_a_comment_or_with_control_characters_is_read() -> None:
    script = '<script type="application/ld+json; charset=utf-8"><!-- {} --></script>'
    said = '{"@type": "Article", "headline": "Two\tparts"};'
    assert read(script.format(said)).title == "Two parts"


# --- What is no page -------------------------------------------------------------------


@pytest.mark.parametrize(
    "content_type",
    ["application/pdf", "image/jpeg", "video/mp4", "application/json", "text/plain; charset=utf-8"],
)
def test_other_types_are_no_pages(content_type: str) -> None:
    assert refused(meta("og:title", TITLE), content_type=content_type)


@pytest.mark.parametrize(
    "content_type", ["text/html", "application/xhtml+xml;q=1", "TEXT/HTML", ""]
)
def test_types_of_pages_are_read(content_type: str) -> None:
    assert read(meta("og:title", TITLE), content_type=content_type).title == TITLE


@pytest.mark.parametrize(
    "body",
    [b"", b"%PDF-1.4 << /Title (a) >>", b'{"title": "a"}', b"plain words", b"<p>A piece</p>",
     b"\x89PNG\r\n\x1a\n\0\0", b"<svg><title>a</title></svg>",
     b"<?xml version='1.0'?><feed><title>a</title></feed>"],
)  # fmt: skip
def test_what_only_claims_to_be_a_page_is_none(body: bytes) -> None:
    with pytest.raises(SourceUnreadable):
        read_head(body, URL, content_type="text/html")


@pytest.mark.parametrize(
    "url",
    ["https://www.example.org/", "https://consent.example.org/collect",
     "https://example.org/login?next=/story-1234", "https://example.org/index.html"],
)  # fmt: skip
def test_where_an_article_led_elsewhere_nothing_is_read(url: str) -> None:
    assert refused(meta("og:title", TITLE), url=url)


# --- Encodings -------------------------------------------------------------------------

RUSSIAN = "<html><head><title>Паром вернулся в порт</title>{}</head></html>"


@pytest.mark.parametrize(
    ("encoding", "content_type", "declared"),
    [
        ("cp1251", "text/html; charset=windows-1251", ""),
        ("cp1251", "text/html; charset=windows-1251", '<meta charset="utf-8">'),
        ("cp1251", "text/html", "<meta charset=windows-1251>"),
        ("koi8-r", None, '<meta http-equiv=content-type content="text/html; charset=koi8-r">'),
        ("utf-8", "text/html; charset=iso-8859-1", ""),
        ("utf-8-sig", "text/html; charset=windows-1251", ""),
        ("utf-16", None, ""),
    ],
)
def test_the_encoding_is_the_servers_else_the_pages_own(
    encoding: str, content_type: str | None, declared: str
) -> None:
    body = RUSSIAN.format(declared).encode(encoding)
    assert read_head(body, URL, content_type=content_type).title == "Паром вернулся в порт"


def test_half_a_character_at_the_end_spoils_nothing() -> None:
    body = "<meta charset=gbk><title>大桥通车</title><p>市长".encode("gbk")
    heads = {read_head(body[: len(body) - cut], URL, content_type=None) for cut in range(4)}
    assert [head.title for head in heads] == ["大桥通车"]
