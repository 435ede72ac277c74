"""What readers see of an event, put together from its reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from bot.core import shown
from storage.model import (
    FEED,
    Account,
    Citation,
    Entity,
    Evidence,
    Link,
    Mention,
    Report,
    Standing,
    Telling,
    Topic,
)

NOW = datetime(2017, 11, 23, 12, tzinfo=UTC)


def account(
    text: str, *, links: Sequence[str] = (), topics: Sequence[Topic] = (), sources: str = ""
) -> Account:
    return Account(
        day=date(2017, 11, 23),
        text=text,
        topics=tuple(topics),
        links=tuple(Link(target, target) for target in links),
        citations=tuple(Citation(name, f"https://{name}.example/") for name in sources),
    )


def report(number: int, said: Account | None, *, visible: bool = True) -> Report:
    standing = Standing(seen=said, shown=said, visible=visible and said is not None)
    return Report(number, 1, 1, 0, Telling.PUSH, NOW, standing)


def test_the_oldest_visible_report_leads() -> None:
    unseen, withdrawn = report(1, None), report(2, account("Gone."), visible=False)
    leading = report(3, account("Here."))
    assert shown.leading_report([unseen, withdrawn, leading, report(4, account("Too."))]) == leading


def test_where_all_are_withdrawn_the_oldest_keeps_the_words() -> None:
    reports = [report(1, account("One."), visible=False), report(2, account("Two."), visible=False)]
    assert shown.leading_report(reports) == reports[0]
    assert [said.text for _, said in shown.visible_accounts(reports)] == ["One."]


def test_an_event_that_never_counted_has_no_words() -> None:
    assert shown.leading_report([report(1, None)]) is None
    assert shown.visible_accounts([report(1, None)]) == []


def test_a_withdrawn_report_lends_nothing_to_an_event_that_stands() -> None:
    gone = report(1, account("Gone.", links=["X"], sources="a"), visible=False)
    here = report(2, account("Here.", links=["Y"], sources="b"))
    accounts = [said for _, said in shown.visible_accounts([gone, here])]
    assert [citation.publisher for citation in shown.citations(accounts)] == ["b"]
    assert [
        named.link.target for named in shown.named_articles(shown.visible_accounts([gone, here]))
    ] == ["Y"]


def test_what_other_reports_say_is_told_newest_first_each_once() -> None:
    leading, again = report(1, account("One.")), report(3, account("ONE!"))
    two, gone = report(2, account("Two.")), report(4, account("Gone."), visible=False)
    three, more = report(5, account("Three.")), report(6, account("two", sources="x"))
    told = shown.others_told([leading, two, again, gone, three, more], "One.")
    assert [said.text for said in told] == ["two", "Three."]
    assert shown.others_told([leading, again], "One.") == ()


def test_sources_of_all_reports_each_once() -> None:
    accounts = [account("One.", sources="ab"), account("Two.", sources="bc")]
    assert [citation.publisher for citation in shown.citations(accounts)] == ["a", "b", "c"]


def test_own_links_come_before_those_of_topics() -> None:
    topics = [Topic("War", (Link("A war", "War"),)), Topic("Talks")]
    reports = [
        report(1, account("One.", links=["X"], topics=topics)),
        report(2, account("Two.", links=["Y"])),
    ]
    accounts = shown.visible_accounts(reports)
    named = [(each.link.target, each.evidence) for each in shown.named_articles(accounts)]
    assert named == [
        ("X", Evidence.LINK),
        ("Y", Evidence.LINK),
        ("A war", Evidence.TOPIC),
        ("Talks", Evidence.TOPIC),
    ]


def test_the_category_is_the_first_that_says_anything_as_the_portal_names_it_today() -> None:
    said = [Account(date(2010, 6, 30), "It rains.", category=c) for c in ("News", "Law & crime")]
    assert shown.category(said) == "Law and crime"
    assert shown.category(said[:1]) == ""


def test_found_by_its_words_topics_and_link_targets() -> None:
    said = Account(
        day=date(2017, 11, 23),
        text="Zimbabwe's president resigns.",
        category="Politics",
        topics=(Topic("Coup d'état"),),
        links=(Link("Robert Mugabe", "president"),),
    )
    assert shown.searchable([said]) == (
        "zimbabwes president resigns politics coup detat robert mugabe"
    )


def test_found_by_what_any_of_its_sources_says() -> None:
    first = Account(date(2017, 11, 23), "Mugabe resigns.", category="Politics")
    second = Account(date(2017, 11, 23), "An election is near.", summary="Mugabe resigns.")
    assert shown.searchable([first, second]) == "mugabe resigns politics an election is near"


def test_a_fingerprint_tells_any_difference() -> None:
    assert shown.fingerprint("a", ("b",)) == shown.fingerprint("a", ("b",))
    assert shown.fingerprint("a", ("b",)) != shown.fingerprint("a", ("b", "c"))


def test_a_source_has_the_language_that_any_of_its_reports_knows() -> None:
    link = "https://paper.example.org/1"
    portal = Account(date(2017, 11, 23), "One.", citations=(Citation("Paper", link),))
    feed = Account(
        date(2017, 11, 23),
        "Eins.",
        citations=(Citation("Zeitung", f"{link}?utm_source=rss", "de"),),
    )
    assert shown.citations([portal, feed]) == (Citation("Paper", link, "de"),)


def test_the_portals_words_lead_and_else_the_most_central() -> None:
    texts = ["A storm", "A storm hits the port", "The port is hit by a storm tonight"]
    feeds = [replace(report(n, account(text)), kind=FEED) for n, text in enumerate(texts, 1)]
    assert shown.leading_report(feeds) == feeds[1]
    listed = report(9, account("Elsewhere."))
    assert shown.leading_report([*feeds, listed]) == listed


def test_the_day_is_the_portals_else_the_first_reports() -> None:
    late = replace(account("One."), day=date(2017, 11, 25))
    first = replace(report(1, late), kind=FEED)
    second = replace(report(2, account("Two.")), kind=FEED)
    assert shown.first_day([first, second]) == date(2017, 11, 25)
    assert shown.first_day([first, second, report(3, account("Three."))]) == date(2017, 11, 23)


def test_a_withdrawn_listing_gives_no_day_unless_nothing_stands() -> None:
    late = replace(account("One."), day=date(2017, 11, 25))
    first = replace(report(1, late), kind=FEED)
    listed = report(2, account("Two."), visible=False)
    assert shown.first_day([first, listed]) == date(2017, 11, 25)
    gone = replace(first, standing=replace(first.standing, visible=False))
    assert shown.first_day([gone, listed]) == date(2017, 11, 23)


def test_the_summary_is_the_first_that_says_more_than_the_title() -> None:
    told = account("A storm hits the port of Springfield.")
    same = replace(told, summary="The port of Springfield is hit by a storm")
    german = replace(told, summary="Der Hafen ist gesperrt.", language="de")
    more = replace(told, summary="Two ships have sunk.")
    assert shown.cover([told, same, german], {}).summary == ""
    assert shown.cover([told, same, german, more], {}).summary == "Two ships have sunk."


# --- what alerts show beside the leading words


def test_an_article_is_named_by_a_report_of_that_or_in_words_that_stand_there() -> None:
    said = account("Acme’s chief resigns.")
    leading = report(2, said)

    def is_named(*links: tuple[str, str], number: int = 1) -> bool:
        named = [shown.Named(Link(*link), Evidence.LINK, number) for link in links]
        return shown.is_named_by(named, leading, said)

    assert is_named(("Jo Boss", "she"), number=2)
    assert is_named(("Jo Boss", "she"), ("Jo Boss", "CHIEF"))
    assert is_named(("Acme", "the company"))
    assert not is_named(("Jo Boss", "she"), ("Jo Boss", "the chi"))


def test_whose_words_an_alert_shows_where_the_leading_ones_name_nobody() -> None:
    def mention(number: int, brought_by: int | None) -> Mention:
        return Mention(Entity(number, "X"), Evidence.LINK, "x", brought_by)

    assert shown.bringer([mention(1, 7), mention(2, 8)]) == 7
    assert shown.bringer([mention(1, 7), mention(2, None)]) is None
    assert shown.bringer([mention(1, 7), mention(1, None)]) == 7  # the surest first
    assert shown.bringer([]) is None


def test_a_headline_is_the_first_sentence_and_a_source_that_has_a_name() -> None:
    said = account("One. Two.", sources=" b")
    assert shown.headline(said) == ("One.", said.citations[1])
    assert shown.headline(account("One.")) == ("One.", None)
