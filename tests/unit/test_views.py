"""What readers see keeps Telegram's limits and markup, whatever the sources say."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from bot.core.days import parse_month
from bot.core.digest import one_day
from bot.core.digest import today as parts_of_today
from bot.services.answering import (
    DayAnswer,
    EntityCard,
    FoundEvents,
    FoundNaming,
    NoDay,
    RelatedAnswer,
)
from bot.services.calendar import calendar_names
from bot.standin.entities import Formatted, detect
from bot.standin.html import parse_html
from bot.standin.limits import check_keyboard, check_text
from bot.telegram import texts, views
from bot.telegram.markup import MOST_ENTITIES
from bot.telegram.screens import Screen
from bot.telegram.wording import Words
from storage.model import (
    Alert,
    Citation,
    Entity,
    Event,
    Evidence,
    Mention,
    RelatedEvent,
)

ENGLISH = Words("en")
DAY = date(2017, 11, 23)
AT = datetime(2017, 11, 24, tzinfo=UTC)
BASHIR = Entity(1, "Omar al-Bashir", "Q57265", "President of Sudan")
PUTIN = Entity(2, "Vladimir Putin", "Q7747", "President of Russia")
RELATIONS = Entity(3, "Foreign relations of Russia")
EVENT = Event(
    id=17,
    day=DAY,
    title="Omar al-Bashir visits Russia. He meets Vladimir Putin & asks for <protection>.",
    category="International relations",
    topics=("Foreign relations of Russia",),
    citations=(
        Citation("Al Jazeera", "https://aljazeera.example/a?x=1&y=2"),
        Citation("Reuters", "https://reuters.example/b"),
    ),
    mentions=(
        Mention(BASHIR, Evidence.LINK, "Omar al-Bashir"),
        Mention(PUTIN, Evidence.LINK, "Vladimir Putin"),
        Mention(RELATIONS, Evidence.TOPIC, "Foreign relations of Russia"),
    ),
    page="Portal:Current events/2017 November 23",
    language="en",
    revision=1,
    first_shown_at=AT,
    withdrawn=False,
)
PORTAL = "https://en.wikipedia.org/wiki/Portal:Current_events/2017_November_23"


def parsed(params: dict[str, Any]) -> Formatted:
    """A text as Telegram would take it, its limits and keyboard checked."""
    content = detect(parse_html(params["text"]))
    check_text(content)
    check_keyboard(params.get("reply_markup", {"inline_keyboard": []})["inline_keyboard"])
    assert len(content.entities) <= MOST_ENTITIES
    return content


def shown(screen: Screen) -> str:
    """A screen's text as readers see it."""
    return parsed(screen.sent().params).text


def labels(params: dict[str, Any]) -> list[str]:
    """The labels of the buttons."""
    return [b["text"] for row in params["reply_markup"]["inline_keyboard"] for b in row]


def links(content: Formatted) -> dict[str, str]:
    """The linked words and where they lead."""
    found = (e for e in content.entities if e.kind == "text_link")
    return {content.part(entity): dict(entity.details)["url"] for entity in found}


# --- the alert


def test_an_alert_says_whom_what_when_and_by_which_source() -> None:
    params = views.alert(ENGLISH, Alert(EVENT, EVENT.mentions[:1])).params
    content = parsed(params)
    assert content.text == (
        "Omar al-Bashir\n\n"
        "Omar al-Bashir visits Russia. He meets Vladimir Putin & asks for <protection>.\n\n"
        "23 November 2017 · International relations\n"
        "Sources: Al Jazeera, Reuters\n"
        "Wikipedia’s Current events, CC BY-SA · /event_17"
    )
    bolds = [content.part(entity) for entity in content.entities if entity.kind == "bold"]
    assert bolds == ["Omar al-Bashir", "Omar al-Bashir visits Russia."]
    assert links(content) == {
        "Al Jazeera": EVENT.citations[0].url,
        "Reuters": EVENT.citations[1].url,
        "Wikipedia’s Current events": PORTAL,
    }


def test_an_alert_offers_related_and_the_others_named() -> None:
    params = views.alert(ENGLISH, Alert(EVENT, EVENT.mentions[:1])).params
    assert params["reply_markup"]["inline_keyboard"] == [
        [
            {"text": "Related", "callback_data": "r:17"},
            {"text": "Share", "switch_inline_query": "#17"},
        ],
        [{"text": "Follow Vladimir Putin", "callback_data": "f:2:17"}],
        [{"text": "Follow Foreign relations of Russia", "callback_data": "f:3:17"}],
    ]


def test_an_alert_previews_its_first_source() -> None:
    params = views.alert(ENGLISH, Alert(EVENT, EVENT.mentions[:1])).params
    url = EVENT.citations[0].url
    assert params["link_preview_options"] == {"url": url, "prefer_large_media": True}


def test_a_topic_says_that_it_is_one() -> None:
    text = parsed(views.alert(ENGLISH, Alert(EVENT, EVENT.mentions[2:])).params).text
    assert text.startswith("Foreign relations of Russia (via topic)\n")
    both = (Mention(BASHIR, Evidence.TOPIC, "al-Bashir"), EVENT.mentions[0])
    told = parsed(views.alert(ENGLISH, Alert(EVENT, both)).params).text
    assert told.startswith("Omar al-Bashir\n")


def test_a_withdrawn_event_is_struck_through() -> None:
    params = views.alert(ENGLISH, Alert(replace(EVENT, withdrawn=True), EVENT.mentions[:1])).params
    content = parsed(params)
    struck = [content.part(e) for e in content.entities if e.kind == "strikethrough"]
    assert struck == [EVENT.title]
    assert texts.events.WITHDRAWN in content.text
    assert params["link_preview_options"] == {"is_disabled": True}


# --- days


def day_answer(events: list[Event]) -> DayAnswer:
    """A day with these events."""
    return DayAnswer(DAY, False, one_day(DAY, events), (DAY, DAY))


def test_a_day_shows_categories_sources_numbers_and_its_page() -> None:
    other = replace(EVENT, id=18, category="", topics=(), citations=(), title="A team wins.")
    content = parsed(views.today(ENGLISH, day_answer([other, EVENT])).sent().params)
    assert content.text == (
        "23 November 2017\n\n"
        "International relations\n"
        "• Omar al-Bashir visits Russia. — Al Jazeera, Reuters · /event_17\n\n"
        "Other news\n"
        "• A team wins. · /event_18\n\n"
        "Wikipedia’s Current events of 23 November 2017, CC BY-SA"
    )
    assert links(content)["Wikipedia’s Current events of 23 November 2017"] == PORTAL


def test_pages_of_a_day_hold_every_event_once_and_lead_to_each_other() -> None:
    events = [replace(EVENT, id=n, category=f"Category {n % 9}") for n in range(1, 120)]
    answer = day_answer(events)
    seen: list[str] = []
    page, turning = 1, ["Next page ›"]
    while "Next page ›" in turning:
        screen = views.today(ENGLISH, answer, page=page)
        params = screen.sent().params
        seen += [word for word in parsed(params).text.split() if word.startswith("/event_")]
        turning = labels(params)
        assert ("‹ Earlier page" in turning) == (page > 1)
        page += 1
    assert page > 3
    assert sorted(seen) == sorted(f"/event_{event.id}" for event in events)


def test_a_page_past_the_last_is_the_last() -> None:
    answer = day_answer([EVENT])
    assert views.today(ENGLISH, answer, page=99) == views.today(ENGLISH, answer)


def test_the_day_before_has_its_own_heading() -> None:
    before = replace(EVENT, id=3, day=date(2017, 11, 22))
    late = replace(before, id=4)
    parts = parts_of_today(DAY, [EVENT], [late], [before])
    text = shown(views.today(ENGLISH, DayAnswer(DAY, True, parts, (DAY, DAY))))
    assert "(22 November 2017) — Al Jazeera, Reuters · /event_4" in text
    assert text.index("/event_4") < text.index("\n\n22 November 2017\n\n") < text.index("/event_3")


def offered(asked: str, days: tuple[date, date] | None, current: date = DAY) -> list[str]:
    """The days on the buttons under what is no day."""
    month = parse_month(asked, current, calendar_names())
    params = views.today(ENGLISH, NoDay(current, days, month), asked).sent().params
    return labels(params) if "reply_markup" in params else []


def test_what_is_no_day_offers_days() -> None:
    years = (date(2016, 1, 1), date(2017, 11, 20))
    assert offered("November 2017", years) == ["1 November 2017"]
    assert offered("of march", years) == ["1 March 2017"]
    assert offered("11.2016", years) == ["1 November 2016"]
    assert offered("May 1990", years) == ["1 January 2016"]
    assert offered("May 2030", years) == ["20 November 2017"]
    assert offered("last week", years) == ["20 November 2017", "16 November 2017"]
    assert offered("last week", years, date(2026, 1, 1)) == ["20 November 2017"]
    assert offered("5/6/2017", years, date(2017, 5, 9)) == ["9 May 2017", "2 May 2017"]
    assert offered("soon", None) == ["What happened today"]
    both = NoDay(DAY, years, readings=(date(2017, 6, 5), date(2017, 5, 6)))
    assert labels(views.today(ENGLISH, both, "5/6").sent().params) == ["5 June 2017", "6 May 2017"]
    told = shown(views.today(ENGLISH, NoDay(DAY, years), "soon"))
    assert told.endswith("/today 23 November 2017\nOr press one:")
    assert "press" not in shown(views.today(ENGLISH, NoDay(DAY, None), "soon"))


# --- related and found


def test_related_events_say_to_what() -> None:
    head = "Related to /event_17: Omar al-Bashir visits Russia.\n\n"
    earlier = RelatedEvent(replace(EVENT, id=3), ())
    assert shown(views.related(ENGLISH, RelatedAnswer(EVENT, (earlier,)))).startswith(head)
    none = shown(views.related(ENGLISH, RelatedAnswer(EVENT, ())))
    assert none.endswith(" as /event_17.")
    long_one = replace(EVENT, title="so long " * 90, topics=())
    long = shown(views.related(ENGLISH, RelatedAnswer(long_one, (earlier,))))
    assert long.split("\n")[0].endswith(" so…")
    assert len(long.split("\n")[0]) < 120


def test_related_events_under_the_message_about_one_do_not_repeat_it() -> None:
    answer = RelatedAnswer(EVENT, (RelatedEvent(replace(EVENT, id=3, title="Russia falls."), ()),))
    here = shown(views.related(ENGLISH, answer, is_here=True))
    assert here.startswith("Related to /event_17\n\n23 November 2017 Russia falls. /event_3")


def test_more_found_than_shown_is_said() -> None:
    hint = "This is only the newest. Add a word to narrow it down."
    assert shown(views.found(ENGLISH, FoundEvents("a", (EVENT,), more=True))).endswith(hint)
    assert hint not in shown(views.found(ENGLISH, FoundEvents("a", (EVENT,))))


def test_how_far_back_was_searched_is_said_unless_there_is_more_than_shown() -> None:
    far = "I looked through the newest events only, back to 3 March 2014."
    since = date(2014, 3, 3)
    assert shown(views.found(ENGLISH, FoundEvents("a", (), since=since))).endswith(f"\n{far}")
    for found in (
        FoundEvents("a", (EVENT,), since=since),
        FoundNaming("a", PUTIN, (EVENT,), since),
    ):
        assert shown(views.found(ENGLISH, found)).endswith(f"\n\n{far}")
    more = FoundEvents("a", (EVENT,), more=True, since=since)
    assert far not in shown(views.found(ENGLISH, more))


def test_a_card_says_that_it_is_followed() -> None:
    place = Entity(4, "Sudan", None, "country in Africa")
    text = shown(views.entity_card(ENGLISH, EntityCard(place, (), True)))
    assert (
        text
        == "Sudan\ncountry in Africa\nYou follow Sudan.\n\nI know of no event under this name yet."
    )


# --- the help


def test_the_help_names_every_command_and_whose_words_the_events_are() -> None:
    content = parsed(views.help_text(ENGLISH).sent().params)
    assert all(f"/{name}" in content.text for name in texts.commands.COMMANDS)
    assert links(content)["CC BY-SA 4.0"] == "https://creativecommons.org/licenses/by-sa/4.0/"
    assert "Wikipedia’s contributors" in content.text
    assert "publishers’ feeds, whose titles and summaries are the publishers’ own" in content.text


def test_the_help_says_that_only_wikipedia_waits() -> None:
    text = shown(views.help_text(ENGLISH))
    assert "from a publisher’s feed at once, from Wikipedia when it has stood there" in text
    assert "I know what my sources tell." in text
