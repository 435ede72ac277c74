"""Inline mode over HTTP: what anybody gets for `@bot words` in any chat, to post it there."""

from __future__ import annotations

import logging
from typing import Any

import pytest

from bot.standin.html import parse_html
from bot.standin.model import InlineAnswer, User
from storage.database import Database
from storage.tables import ChatRow, OutboxRow, UpdateRow
from tests.support.rows import count
from tests.support.story import Story, account
from tests.support.talk import Talk, talking

MEETING = account(
    "2017-11-23",
    "[[Omar al-Bashir]], President of [[Sudan]], meets [[Vladimir Putin]]. He asks for help.",
    sources=[("Al Jazeera", "https://aljazeera.example/a"), ("RT", "https://rt.example/b")],
)
MEMORIAL = account("2017-11-05", "[[Vladimir Putin]] opens a memorial in [[Moscow]].")


async def ask(talk: Talk, text: str, offset: str = "", by: User | None = None) -> InlineAnswer:
    """What is answered to a text typed behind the bot's name."""
    query = talk.world.ask_inline(by or talk.reader, text, offset)
    await talk.work()
    return talk.world.inline_answers[query]


def titles(answer: InlineAnswer) -> list[str]:
    return [str(result["title"]) for result in answer.results]


async def test_a_name_gives_events_to_post_with_a_button_to_follow(
    talk: Talk, story: Story
) -> None:
    await story.tell(MEMORIAL)
    await story.tell(MEETING)
    group = talk.world.add_group("Friends", talk.reader, bot="left")
    query = talk.world.ask_inline(talk.reader, "Vladimir Putin")
    await talk.work()
    found = talk.world.inline_answers[query]
    assert titles(found) == [
        "Omar al-Bashir, President of Sudan, meets Vladimir Putin.",
        "Vladimir Putin opens a memorial in Moscow.",
    ]
    first: dict[str, Any] = found.results[0]
    assert first["description"] == "Vladimir Putin · 23 Nov 2017 · Al Jazeera · RT"
    assert first["url"] == "https://aljazeera.example/a"
    posted = talk.world.choose_inline(talk.reader, query, first["id"], group)
    assert posted.text == (
        "Omar al-Bashir, President of Sudan, meets Vladimir Putin. He asks for help.\n\n"
        "23 November 2017 · Politics and elections\nSources: Al Jazeera, RT\n"
        "Wikipedia’s Current events, CC BY-SA"
    )
    ((button,),) = posted.buttons
    assert button["text"] == "Follow Vladimir Putin"
    friend = talk.world.add_user("Bob")
    talk.world.start(friend, button["url"].partition("?start=")[2])
    await talk.work()
    (told,) = talk.world.sent(friend)
    assert told.text.startswith("You follow Vladimir Putin now.")


async def test_what_is_shared_from_an_event_is_that_event(talk: Talk, story: Story) -> None:
    await story.tell(MEMORIAL)
    number = await story.tell(MEETING)
    card = await talk.say(f"/event {number}")
    (share,) = [b for row in card.buttons for b in row if b["text"] == "Share"]
    for text in (share["switch_inline_query"], f"event {number}", f" {number} "):
        assert titles(await ask(talk, text)) == [
            "Omar al-Bashir, President of Sudan, meets Vladimir Putin."
        ]
    assert (await ask(talk, "#999")).results == ()


async def test_nothing_typed_gives_ones_own_news_or_the_days(talk: Talk, story: Story) -> None:
    await story.tell(MEMORIAL)
    await story.tell(MEETING)
    assert len((await ask(talk, "")).results) == 1
    await talk.say("/follow Moscow")
    assert titles(await ask(talk, "")) == ["Vladimir Putin opens a memorial in Moscow."]


async def test_results_come_in_pages(talk: Talk, story: Story) -> None:
    words = "[[Vladimir Putin]] does thing no {0} in a town of many names and streets."
    await story.tell_all([account("2017-11-23", words.format(n * 7)) for n in range(30)])
    first = await ask(talk, "Vladimir Putin")
    second = await ask(talk, "Vladimir Putin", first.next_offset)
    assert (len(first.results), len(second.results), second.next_offset) == (20, 10, "")
    for odd in ("x", "-1", "²", "9" * 60):
        assert (await ask(talk, "Vladimir Putin", odd)).next_offset in ("20", "")


async def test_where_nothing_is_found_a_button_leads_to_the_bot(talk: Talk, story: Story) -> None:
    await story.tell(MEETING)
    for text in ("Zinedine Zidane", "🎉", "%", "x" * 256, "#0"):
        found = await ask(talk, text)
        assert found.results == ()
        assert found.button == {"text": "Open the bot", "start_parameter": "hello"}
    talk.world.start(talk.reader, "hello")
    await talk.work()
    assert talk.newest().text.startswith("I tell you")


async def test_nobody_becomes_known_by_asking(talk: Talk, story: Story, database: Database) -> None:
    await story.tell(MEETING)
    for text in ("", "Putin", "help", "#1"):
        await ask(talk, text, by=talk.world.add_user("Eve"))
    assert [await count(database, table) for table in (ChatRow, OutboxRow, UpdateRow)] == [0, 0, 0]


async def test_the_answer_is_in_the_language_of_who_asks(talk: Talk, story: Story) -> None:
    await story.tell(MEETING)
    eve = talk.world.add_user("Eve", language_code="de-AT")
    (result,) = (await ask(talk, "Sudan", by=eve)).results
    text = parse_html(str(result["input_message_content"]["message_text"])).text
    assert "[en] Omar al-Bashir" in text
    assert "23. November 2017" in text


async def test_only_who_is_let_in_is_answered(database: Database, story: Story) -> None:
    await story.tell(MEETING)
    async with talking(database, allowed=frozenset({5})) as talk:
        assert (await ask(talk, "Putin")).results == ()
        friend = talk.world.add_user("Bob", id=5)
        assert len((await ask(talk, "Omar al-Bashir", by=friend)).results) == 1


async def test_an_answer_that_telegram_refuses_is_forgotten(
    talk: Talk, story: Story, caplog: pytest.LogCaptureFixture
) -> None:
    await story.tell(MEETING)
    query = talk.world.ask_inline(talk.reader, "Putin")
    del talk.world.inline_queries[query]  # too old by now
    with caplog.at_level(logging.DEBUG, "bot.telegram.api"):
        await talk.work()
    assert "Query is too old" in caplog.text
    assert [r for r in caplog.records if r.levelno > logging.DEBUG and "bot" in r.name] == []
    talk.forgive("answerInlineQuery")
    assert len((await ask(talk, "Omar al-Bashir")).results) == 1


async def test_an_event_posted_in_the_chat_with_the_bot_is_no_question(
    talk: Talk, story: Story
) -> None:
    await story.tell(MEETING)
    await talk.say("/help")
    query = talk.world.ask_inline(talk.reader, "Sudan")
    await talk.work()
    before = len(talk.messages())
    talk.world.choose_inline(talk.reader, query, "1")
    await talk.work()
    assert len(talk.messages()) == before + 1
