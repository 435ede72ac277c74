"""What single bullets of a portal page become."""

from __future__ import annotations

import pytest

from bot.sources.wikipedia import read_page
from storage.model import Account, Citation, Link

PAGE = "2017_November_23"
SOURCE = "[http://a.example.org/1 (A)]"


def accounts(*lines: str) -> tuple[Account, ...]:
    return read_page(PAGE, "\n".join(lines)).accounts


def account(line: str) -> Account:
    (only,) = accounts(line)
    return only


def reasons(*lines: str) -> list[str]:
    return [dropped.reason for dropped in read_page(PAGE, "\n".join(lines)).dropped]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("Ann's ''first'' '''win'''.", "Ann's first win."),
        ("Ann ''wins'''s case.", "Ann wins's case."),
        ("A&nbsp;B &amp; C&ndash;D&hellip;", "A B & C–D…"),
        ("[[Sudan]]ese voters.", "Sudanese voters."),
        ("The [[President of Russia| Russian President]] speaks.", "The Russian President speaks."),
        ("An [[Argo (2012 film)|]] prize.", "An Argo prize."),
        ("{{nowrap|$5 million}} lost.", "$5 million lost."),
        ("It is {{convert|5900|ft|m}} high.", "It is 5900 ft high."),
        ("It is {{convert|5|to|7|sqmi}} wide.", "It is 5 to 7 sq mi wide."),
        ("It is {{convert|15|–|25|in|cm}} deep.", "It is 15–25 in deep."),
        ("{{flag|Samplia}} wins.", "Samplia wins."),
        ("The {{sclass|Sample|destroyer}} sinks.", "The Sample-class destroyer sinks."),
        ("''The Example''{{'}}s editor.", "The Example's editor."),
        ("More {{chem|C|O|2}} here.", "More CO2 here."),
        ("A {{lang|fr|fromage}} wins{{citation needed|date=May 2011}}.", "A fromage wins."),
        ("A {{lang-nl|kaas}} too.", "A kaas too."),
        ("One<br/>two<sup>3</sup><small>4</small>.", "One two34."),
        ("Gone <del>wrong</del> right.", "Gone right."),
        ("A <nowiki>[[plain]]</nowiki> text.", "A plain text."),
        ("A<!-- hidden\n* lines --> B.", "A B."),
        ("An ({{unknown|x}}) end.", "An end."),
        ('He "[sic] said".', 'He "[sic] said".'),
        ("Half [a bracket.", "Half a bracket."),
        ("Zero\u200b width\u00ad.", "Zero width."),
        ("A tab\tand  blanks .", "A tab and blanks."),
    ],
)
def test_markup_becomes_plain_text(markup: str, text: str) -> None:
    assert account(f"* {markup} {SOURCE}").text == text


@pytest.mark.parametrize(
    "line",
    [
        "It ends. [http://a.example.org/1 (A)]",
        "It ends.[http://a.example.org/1 (A)], [http://b.example.org/2 (B)]",
        "It ends [http://a.example.org/1 (A)], [http://b.example.org/2 (B)].",
        "It ends, [http://a.example.org/1 (A)], [http://b.example.org/2 (B)].",
        "It ends. ([http://a.example.org/1 A], [http://b.example.org/2 B])",
        "It ends. (A: [http://a.example.org/1 1], [http://b.example.org/2 2])",
        "It ends. [http://a.example.org/1] [http://b.example.org/2] {{dead link|date=May 2011}}",
        "It ends.<ref>{{cite web|url=http://a.example.org/1|title=T}}</ref>",
        "It ends<ref>[http://a.example.org/1 T]</ref>.",
        "It ends. {{cite news|url=http://a.example.org/1|title=T}}",
        "It ends. http://a.example.org/1",
        "It ends. [http://a.example.org/1 (A)] and [http://b.example.org/2 (B)]",
        "It ends. [http://a.example.org/1 (A)] [[n:It ends|(Wikinews)]]",
        "It ends. [http://a.example.org/1 (A)] ([[n:It ends|Wikinews]])",
        "It ends. [http://a.example.org/1 (A",
    ],
)
def test_sources_leave_no_trace_in_the_text(line: str) -> None:
    assert account(f"*{line}").text.rstrip(".") + "." == "It ends."


@pytest.mark.parametrize(
    ("source", "publisher", "url"),
    [
        ("[http://x.example.org/1 (''The Times'')]", "The Times", "http://x.example.org/1"),
        ("[http://x.example.org/1 The Times]", "The Times", "http://x.example.org/1"),
        ("[http://x.example.org/1 (AP via ''A B'')]", "AP via A B", "http://x.example.org/1"),
        ("[http://x.example.org/1 (BBC (1))]", "BBC", "http://x.example.org/1"),
        ("[http://x.example.org/1 ((BBC)]", "BBC", "http://x.example.org/1"),
        ("[http://x.example.org/1 (NBC News}]", "NBC News", "http://x.example.org/1"),
        ("[http://www.example.org/1]", "example.org", "http://www.example.org/1"),
        ("[//x.example.org/1 (A)]", "A", "https://x.example.org/1"),
        ("[http://x.example.org/1?a=1&amp;b=2 (A)]", "A", "http://x.example.org/1?a=1&b=2"),
        (
            "{{cite web|url=http://x.example.org/1|work=[[The Times]]|publisher=P}}",
            "The Times",
            "http://x.example.org/1",
        ),
        ("{{Cite_news|url=http://x.example.org/1|agency=AP}}", "AP", "http://x.example.org/1"),
        (
            "<ref>{{cite web|url=|archive-url=http://x.example.org/1|website=W}}</ref>",
            "W",
            "http://x.example.org/1",
        ),
        (
            "<ref>[http://x.example.org/1 A long title of an article], ''The Times''</ref>",
            "x.example.org",
            "http://x.example.org/1",
        ),
    ],
)
def test_source_names_publisher_and_address(source: str, publisher: str, url: str) -> None:
    assert account(f"*It ends. {source}").citations == (Citation(publisher, url),)


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("[[Sudan]]ese", Link("Sudan", "Sudanese")),
        ("[[sudan#History|old Sudan]]", Link("Sudan", "old Sudan")),
        ("[[Omar_al-Bashir]]", Link("Omar al-Bashir", "Omar_al-Bashir".replace("_", " "))),
        ("[[ Ann  Sample | ''Ann'' ]]", Link("Ann Sample", "Ann")),
        (
            "[[President of Russia| Russian President]]",
            Link("President of Russia", "Russian President"),
        ),
        ("[[Caf%C3%A9]]", Link("Café", "Café")),
        ("[[éclair]]", Link("Éclair", "éclair")),
        ("[[AT&amp;T]]", Link("AT&T", "AT&T")),
        ("[[Star Wars: Sample]]", Link("Star Wars: Sample", "Star Wars: Sample")),
        ("{{USS|Cole|DDG-67}}", Link("USS Cole (DDG-67)", "USS Cole")),
        ("{{ship|ARA|San Juan|S-42|6}}", Link("ARA San Juan (S-42)", "ARA San Juan")),
        ("{{ill|Jan Muster|de}}", Link("Jan Muster", "Jan Muster")),
        ("[[:Jan Muster]]", Link("Jan Muster", "Jan Muster")),
        ("[[:en:Jan Muster|Muster]]", Link("Jan Muster", "Muster")),
        ("[[en:Jan Muster]]", Link("Jan Muster", "Jan Muster")),
        ("{{Interlanguage link multi|Jan Muster|de|lt=Muster}}", Link("Jan Muster", "Muster")),
    ],
)
def test_link_has_its_articles_title_and_its_words(link: str, expected: Link) -> None:
    assert account(f"*The {link} ends. {SOURCE}").links == (expected,)


@pytest.mark.parametrize(
    ("link", "text"),
    [
        ("[[File:Map.png|thumb|A [[map]]]]", "The end."),
        ("[[Category:Events]]", "The end."),
        ("[[:Category:Events|events]]", "The events end."),
        ("[[wikt:map|map]]", "The map end."),
        ("[[:ja:見本|Mihon]]", "The Mihon end."),
        ("[[User:Ann]]", "The Ann end."),
        ("[[#Section|section]]", "The section end."),
        ("[[a<b|words]]", "The words end."),
        ("([[n:Ann wins]])", "The end."),
    ],
)
def test_links_elsewhere_are_no_links_to_articles(link: str, text: str) -> None:
    read = account(f"*The {link} end. {SOURCE}")
    assert (read.text, read.links) == (text, ())


def test_links_and_sources_count_once_in_the_order_of_the_text() -> None:
    read = account(
        "*[[B]], [[A]] and [[B|b]]. [http://b.example.org (B)] [http://a.example.org (A)]"
        " [http://b.example.org (B again)]"
    )
    assert [link.target for link in read.links] == ["B", "A"]
    assert [citation.publisher for citation in read.citations] == ["B", "A"]


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (
            "*A group releases a [http://h.example.org report] on it.",
            "A group releases a report on it.",
        ),
        ("*[http://h.example.org A headline in a link]", "A headline in a link"),
        ("*It rains. [http://h.example.org Weather Office] It pours.", "It rains. It pours."),
    ],
)
def test_label_inside_a_sentence_is_part_of_it(line: str, text: str) -> None:
    assert account(line).text == text


def test_named_reference_is_used_again() -> None:
    first, second = accounts(
        '*One.<ref name="x">{{cite web|url=http://a.example.org/1|work=W}}</ref>',
        "*Two.<ref name=x />",
    )
    assert first.citations == second.citations == (Citation("W", "http://a.example.org/1"),)


def test_headings_above_a_report_are_its_topics() -> None:
    read, *_ = accounts(";Law:", "*[[Outer]]:", "**Inner, [[Other]]", f"****It ends. {SOURCE}")
    assert read.category == "Law"
    assert [topic.text for topic in read.topics] == ["Outer", "Inner, Other"]
    assert read.topics[1].links == (Link("Other", "Other"),)


def test_topics_end_with_their_branch_and_their_category() -> None:
    lines = [
        "*[[T]]",
        f"**One. {SOURCE}",
        f"*Two. {SOURCE}",
        "*[[U]]",
        ";New",
        f"**Three. {SOURCE}",
    ]
    assert [len(read.topics) for read in accounts(*lines)] == [1, 0, 0]


def test_sentence_with_a_source_is_a_report_and_no_topic() -> None:
    parent, child = accounts(f"*The court rules. {SOURCE}", f"**A judge dissents. {SOURCE}")
    assert parent.text == "The court rules."
    assert child.topics == ()


def test_headline_with_a_source_and_deeper_bullets_is_a_topic() -> None:
    (child,) = accounts(f"*Opening of parliament: {SOURCE}", f"**A speaker is chosen. {SOURCE}")
    assert [topic.text for topic in child.topics] == ["Opening of parliament"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("*Nobody says so.", "no source"),
        ("*[[A topic]]", "topic without reports"),
        ("*[http://a.example.org/1 (A)]", "no sentence"),
        ("*On a server. [ftp://a.example.org/1 (A)]", "source is not http"),
        ("*Cut. [http://a.example.org/1", "unclosed markup"),
        ("*No address.<ref>{{cite web|title=T}}</ref>", "reference without a usable URL"),
        ("*" + "x" * 60_000 + " " + SOURCE, "too long"),
        ("*" + "{{a|" * 200 + SOURCE, "too much markup"),
        ("*" + "[[a|" * 200 + SOURCE, "too much markup"),
        ("*" + "<b a=" * 200 + SOURCE, "too much markup"),
        (f"*It ends.<ref name=x>{SOURCE * 40}</ref>\n*Again.<ref name=x />", "too much markup"),
    ],
)
def test_what_is_left_out_is_listed_with_its_reason(line: str, reason: str) -> None:
    assert reasons(f"*A report, [[that]] stays. {SOURCE}", line) == [reason]


def test_much_balanced_markup_is_read() -> None:
    read = account("*" + "[[A]], {{nowrap|b}}, " * 20 + f"''end''. {SOURCE * 20}")
    assert read.text.startswith("A, b, A, b")
    assert len(read.links) == 1


def test_only_the_nearest_of_very_many_topics_count() -> None:
    deep = [f"{'*' * level}[[Topic {level}]]" for level in range(1, 101)]
    (read,) = accounts(*deep, f"{'*' * 101}It ends. {SOURCE}")
    assert [topic.text for topic in read.topics] == [f"Topic {n}" for n in range(91, 101)]


def test_topics_with_reports_and_empty_bullets_are_not_listed() -> None:
    assert reasons("*[[T]]", f"**One. {SOURCE}", "*", "**") == []


def test_unclosed_template_hides_the_rest_but_not_the_report() -> None:
    read = account(f"*It ends. {SOURCE} {{{{cite web|url=http://b.example.org/2|title=Never closed")
    assert read.text == "It ends."
