"""HTML of feeds as text: nothing that acts, nothing unseen, nothing lost."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sources.texts import pictures_in, plain_text, shortened, summary_text, text_of


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("Two &amp; three", "Two & three"),
        ("AT&amp;amp;T", "AT&T"),
        ("It&amp;#8217;s &amp;quot;so&amp;quot;", "It’s \"so\""),
        ("1 < 2 and 3 > 2 & so on", "1 < 2 and 3 > 2 & so on"),
        ("<p>One.</p><p>Two.</p>", "One. Two."),
        ("One<br>two<br/>three", "One two three"),
        ("<b>T</b>he <i>end</i>", "The end"),
        ("&lt;p&gt;Once &lt;b&gt;more&lt;/b&gt;&lt;/p&gt;", "Once more"),
        ("a<script>alert(1)</script>b<style>p{}</style>c", "abc"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;Safe", "Safe"),
        ("Safe<script>alert(1)", "Safe"),
        ("Safe<iframe src='//evil'><b>words</b></iframe>", "Safewords"),
        ("<svg><title>x</title></svg><math><mi>y</mi></math>z", "z"),
        ("<ul><li>one<li>two</ul>", "one. two."),
        ("<xhtml:p>one</xhtml:p><xhtml:p>two</xhtml:p>", "one two"),
        ("one\n\t two\u2028three\u00a0four", "one two three four"),
        ("\u202eevil\u202c \u200fmarks\u200e \x07\x1b[31m\ufeff", "evil marks [31m"),
        ("\u0645\u06cc\u200c\u062e\u0648", "\u0645\u06cc\u200c\u062e\u0648"),
        ("e\u0301te\u0301", "\u00e9t\u00e9"),
        ("words <!-- without an end", "words"),
        ("<frameset><frame>", ""),
        ("&lt;![CDATA[Floods &amp; storms]]&gt; go on", "Floods & storms go on"),
        ("<p class='wp-caption-text'>Photo: Ann</p><p class='a'>Told.</p>", "Told."),
        ("", ""),
    ],
)  # fmt: skip
def test_html_becomes_text(html: str, text: str) -> None:
    assert text_of(html) == text


@pytest.mark.parametrize(
    ("plain", "text"),
    [
        ("The tag <article> explained", "The tag <article> explained"),
        ("Is x <b or >c?", "Is x <b or >c?"),
        ("<b>Bold</b> words", "Bold words"),
        ("Q&amp;A", "Q&A"),
        ("&lt;p&gt;Escaped all the same&lt;/p&gt;", "Escaped all the same"),
        ("Line<br>break", "Line break"),
        ("<![CDATA[Floods & storms]] >", "Floods & storms"),
    ],
)
def test_plain_text_stays_but_for_clear_markup(plain: str, text: str) -> None:
    assert plain_text(plain) == text


@pytest.mark.parametrize(
    ("text", "summary"),
    [
        ("It rained. Read more…", "It rained."),
        ("It rained. [Read more]", "It rained."),
        ("It rained. Continue reading “Rain” →", "It rained."),
        ("It rained Continue reading...", "It rained"),
        ("Il a plu. Lire la suite", "Il a plu."),
        ("Es regnete. Weiterlesen »", "Es regnete."),
        ("Шёл дождь. Читать далее", "Шёл дождь."),
        ("下雨了。 阅读全文", "下雨了。"),
        ("It rained [...]", "It rained…"),
        ("It rained. The post Rain appeared first on Example.", "It rained."),
        ("It rained. Read more The post Rain appeared first on Example.", "It rained."),
        ("Er kam. Der Beitrag Regen erschien zuerst auf Beispiel.", "Er kam."),
        ("People should read more", "People should read more"),
        ("The post appeared first on Monday", "The post appeared first on Monday"),
    ],
)  # fmt: skip
def test_what_only_invites_is_cut(text: str, summary: str) -> None:
    assert summary_text(text, 1000) == summary


@pytest.mark.parametrize(
    ("text", "summary"),
    [
        ("WASHINGTON (Reuters) - The army inspects a radar.", "The army inspects a radar."),
        ("SAN FRANCISCO/NEW YORK (Reuters) — It rained.", "It rained."),
        ("SOCHI, Russia (AP) – It rained.", "It rained."),
        ("MADRI, 24 SET (ANSA) - Choveu.", "Choveu."),
        ("Quito, 24 Set 2018 (AFP) - Llovió.", "Llovió."),
        ("Berlin (dpa) - Es regnet.", "Es regnet."),
        ("МОСКВА (Reuters) - Идет дождь.", "Идет дождь."),
        ("(Reuters) - It rained.", "It rained."),
    ],
)
def test_where_an_agency_wrote_is_no_part_of_what_it_says(text: str, summary: str) -> None:
    assert summary_text(text, 1000) == summary
    assert summary_text(f"{text} {'More. ' * 300}", 1000).startswith(summary)


@pytest.mark.parametrize(
    "text",
    [
        "Ann Sample (AFP) - as she leaves the palace.",
        "Ann, die Kanzlerin (dpa) - so heißt das Bild.",
        "Она приехала в Сочи (Reuters) - и уехала.",
        "Shares of NEWCO (NYSE) - a maker of lamps - fell.",
        "WASHINGTON (Reuters) -",
        "By Friday the river had fallen",
        "By the river, Ann Sample waits",
        "By Boat!",
        "Von Montag an gilt das neue Gesetz",
        "By",
        "",
    ],
)
def test_what_only_looks_like_the_work_of_an_agency_stays(text: str) -> None:
    assert summary_text(text, 1000) == text


@pytest.mark.parametrize(
    "text",
    [
        "By Ann Sample",
        "Por Matt Muster e Jason Ejemplo",
        "By Ann Sample, Example News Staff Writer, 22 November 2026",
        "Von Ann Muster und Bob Beispiel, Berlin",
        "Автор: Анна Примерова",
    ],
)
def test_who_wrote_it_is_no_summary(text: str) -> None:
    assert summary_text(text, 1000) == ""


@pytest.mark.parametrize("text", ["undefined undefined", "null", "{{ item.summary }} more"])
def test_what_a_template_left_blank_is_no_summary(text: str) -> None:
    assert summary_text(text, 1000) == ""


@pytest.mark.parametrize(
    "before",
    [
        "Minister resigns jsmith Mon, 11/23/2026 - 09:12 ",
        "admin lun 23/11/2026 - 09:12 ",
        "Ann Muster Mo., 23.11.2026 - 09:12 ",
        "admin 周一, 2026/11/23 - 09:12 ",
    ],
)
def test_fields_of_a_template_are_no_part_of_the_summary(before: str) -> None:
    assert summary_text(f"{before}The minister left.", 1000) == "The minister left."
    assert summary_text(before.strip(), 1000) == ""


@pytest.mark.parametrize(
    "text",
    [
        "Das Treffen ist am Mo., 23.11.2026 - 19:30 Uhr im Rathaus.",
        "Le rendez-vous est fixé le 23/11/2026 - 19:30 au plus tard.",
        "It was null and void.",
        "Null Punkte für Samplia",
        "The motion, submitted by /u/ann in her comments, failed.",
    ],
)
def test_what_only_looks_like_a_template_stays(text: str) -> None:
    assert summary_text(text, 1000) == text


def test_who_submitted_it_is_no_part_of_the_summary() -> None:
    submitted = "submitted by /u/ann_sample to r/news [link] [comments]"
    assert summary_text(submitted, 1000) == ""
    assert summary_text(f"What is this? {submitted}", 1000) == "What is this?"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<ol><li>One </li><li>Two!</li><li></li></ol>End", "One. Two! End"),
        ("<ul><li>One<ul><li>Two</li></ul></li></ul>", "One Two."),
        ("<ul><li>“So.”</li><li>Not so</li></ul>", "“So.” Not so."),
        ("<ul><li></li></ul>", ""),
    ],
)
def test_items_of_a_list_are_sentences(html: str, text: str) -> None:
    assert text_of(html) == text


def test_long_texts_end_between_words() -> None:
    assert shortened("one two three", 13) == "one two three"
    assert shortened("one two, three", 11) == "one two…"
    assert shortened("x" * 20, 10) == "x" * 9 + "…"


def test_pictures_that_count_readers_are_none() -> None:
    html = '<img src="a.png" width="1"><IMG SRC="b.png" width="640"><img alt="none">'
    assert pictures_in(html) == ["b.png"]


_PIECES = st.lists(
    st.sampled_from(
        ["<b>", "</b>", "<script>", "</script>", "<p", ">", "&lt;", "&amp;lt;", "&", "&#x202e;",
         "<!--", "-->", "<![CDATA[", "\u202e", "\x00", "\ud800", "word", " ", "&amp;amp;lt;b&gt;"]
    ),
    max_size=15,
).map("".join)  # fmt: skip


@given(_PIECES | st.text())
def test_any_html_becomes_clean_text(html: str) -> None:
    for text in (text_of(html), plain_text(html)):
        assert text == " ".join(text.split())
        categories = {unicodedata.category(character) for character in text}
        assert not categories & {"Cc", "Cs", "Zl", "Zp"}
        assert not set(text) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
        text.encode()


@given(_PIECES, st.integers(min_value=2, max_value=40))
def test_summaries_keep_their_length(text: str, length: int) -> None:
    assert len(summary_text(text, length)) <= length
