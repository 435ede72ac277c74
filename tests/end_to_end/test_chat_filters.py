"""A reader chooses over HTTP which of somebody's events come."""

from __future__ import annotations

from typing import Any

import pytest

from bot.standin.model import Message
from bot.telegram import texts
from storage.database import Database
from storage.model import Filter, Telling
from tests.support.story import Story, account
from tests.support.talk import Talk, answer, labels

TALKS = account("2017-11-23", "[[Vladimir Putin]] talks of a ceasefire.")
MATCH = account("2017-11-22", "[[Vladimir Putin]] watches football.", category="Sports")
NEWS = account(
    "2017-11-24", "A [[Vladimir Putin|president]] wins a chess match.", category="Sports"
)


async def filters(database: Database, telegram_id: int) -> list[Filter]:
    """What the follows of a chat want, by name."""
    async with database.reading() as tx:
        (chat,) = await tx.chats.topics(telegram_id)
        return [follow.filter for follow in await tx.chats.follows(chat.id)]


async def opened(talk: Talk, story: Story) -> Message:
    """The filter's screen of one who is followed, opened by buttons."""
    for told in (TALKS, MATCH):
        await story.tell(told)
    await talk.say("/follow Vladimir Putin")
    await talk.say("/following")
    await talk.press("🔔 Vladimir Putin")
    await talk.press("Filter…")
    return talk.newest()


def markup(talk: Talk) -> Any:
    """The reply markup of the newest call that sent a message."""
    sent = [call for call in talk.world.calls if call.method == "sendMessage"]
    return sent[-1].params.get("reply_markup")


async def test_categories_are_pressed_and_show_what_would_have_come(
    talk: Talk, story: Story
) -> None:
    shown = await opened(talk, story)
    assert shown.text == (
        "Only some events about Vladimir Putin\n\n"
        "No filter: every event comes. Press the categories that you want, or name words.\n\n"
        "2 of 2 events of the last month would have come."
    )
    assert labels(shown) == ["Politics and elections", "Sports", "Words…", "‹ Back"]
    await talk.press("Sports")
    assert talk.newest().text.endswith(
        "\n\nOnly: Sports\n\n1 of 2 events of the last month would have come."
    )
    assert labels(talk.newest()) == [
        "Politics and elections", "✓ Sports", "Words…", "Remove the filter", "‹ Back",
    ]  # fmt: skip
    press = await talk.press("Remove the filter")
    assert answer(press) == ("Every event about Vladimir Putin comes again.", False)
    assert "No filter" in talk.newest().text
    await talk.press("Sports")
    await talk.press("‹ Back")
    assert talk.newest().text.endswith("\n\nOnly: Sports")
    await talk.press("‹ Back")
    assert labels(talk.newest()) == ["🔔🔍 Vladimir Putin"]
    assert talk.newest().text.endswith("🔔 at once · 🔍 filtered")
    assert talk.newest().id == shown.id


async def test_words_are_asked_for_and_sent_as_a_reply(talk: Talk, story: Story) -> None:
    await opened(talk, story)
    await talk.press("Words…")
    question = talk.newest()
    assert question.text.startswith("Which words must an event about Vladimir Putin have")
    assert markup(talk) == {
        "force_reply": True,
        "input_field_placeholder": "ceasefire -football",
    }
    reply = await talk.say('CEASEFIRE -"table tennis"', reply_to=question)
    assert "With the words: CEASEFIRE\nWithout the words: “table tennis”" in reply.text
    assert "1 of 2 events" in reply.text
    wanted = Filter((), ("CEASEFIRE",), ("table tennis",))
    assert await filters(story.database, talk.reader.id) == [wanted]


async def test_the_link_in_the_question_leads_to_the_filter(talk: Talk, story: Story) -> None:
    shown = await opened(talk, story)
    await talk.press("Words…")
    (link,) = (dict(entity.details).get("url", "") for entity in talk.newest().entities)
    payload = link.partition("?start=")[2]
    assert (await talk.say(f"/start {payload}")).text == shown.text
    await talk.say("/unfollow Vladimir Putin")
    gone = await talk.say(f"/start {payload}")
    assert gone.text == "You don’t follow Vladimir Putin any more."
    assert (await talk.say(f"/start w_{2**70}")).text == texts.reading.GONE_ENTITY


async def test_what_a_filter_stops_does_not_come(talk: Talk, story: Story) -> None:
    await opened(talk, story)
    await talk.say("/filter putin: +chess -match")
    before = len(talk.messages())
    await story.tell(NEWS, telling=Telling.PUSH)
    await talk.work()
    assert len(talk.messages()) == before
    await talk.say("/filter putin: chess")
    news = account("2017-11-24", "[[Vladimir Putin]] plays chess by night.", category="Sports")
    await story.tell(news, telling=Telling.PUSH)
    await talk.work()
    assert "plays chess by night" in talk.newest().text


async def test_the_command_shows_a_list_or_a_filter(talk: Talk, story: Story) -> None:
    assert (await talk.say("/filter")).text == texts.follows.FOLLOWING_NONE
    await opened(talk, story)
    chosen = await talk.say("/filter")
    assert chosen.text.startswith("Whom you follow (1). Whose events do you want only some of?")
    await talk.press("🔔 Vladimir Putin")
    by_button = talk.newest()
    assert by_button.id == chosen.id
    assert (await talk.say("/filter Putin")).text == by_button.text


BAD = [
    ("/filter Putin: war -WAR", "“WAR” can’t both occur and not occur."),
    (f"/filter Putin: {'x' * 61}", f"“{'x' * 59}…” is too long for a word: please send 60 char"),
    (
        "/filter Putin: " + " ".join(f"w{n}" for n in range(21)),
        "That is too much: please send 20 words at most.",
    ),
    ("/filter Mugabe: war", "You follow nobody called “Mugabe”."),
    ("/filter Vladimr Putin: war", "You follow nobody called “Vladimr Putin”. Do you mean this"),
    ("/filter : war", "I can’t make out a name in that."),
    ("/filter 🎉", "I can’t make out a name in that."),
]


@pytest.mark.parametrize(("text", "begins"), BAD)
async def test_bad_input_gets_a_sentence_and_changes_nothing(
    talk: Talk, story: Story, text: str, begins: str
) -> None:
    await opened(talk, story)
    await talk.say("/filter putin: peace")
    told = await talk.say(text)
    assert told.text.startswith(begins)
    assert labels(told)
    assert await filters(story.database, talk.reader.id) == [Filter(must=("peace",))]
    talk.world.set_language(talk.reader, "de")
    assert (await talk.say(text)).text
    assert await filters(story.database, talk.reader.id) == [Filter(must=("peace",))]


async def test_a_filter_is_ended_by_a_word_and_categories_are_named(
    talk: Talk, story: Story
) -> None:
    await opened(talk, story)
    talk.world.set_language(talk.reader, "de")
    told = await talk.say("/filter Putin: Sport")
    assert await filters(story.database, talk.reader.id) == [Filter(("Sports",))]
    assert "Nur: Sport" in told.text
    told = await talk.say("/filter Putin: Waffenruhe")
    assert told.text.endswith("Ereignisse bleiben in der Sprache ihrer Quellen.")
    for said in ("Putin: Jedes Ereignis kommt wieder.", "Putin: Es gab keinen Filter."):
        told = await talk.say("/filter Putin: aus")
        assert said in told.text
        assert await filters(story.database, talk.reader.id) == [Filter()]


async def test_a_reply_to_the_question_that_can_not_be_used_leads_back_to_it(
    talk: Talk, story: Story
) -> None:
    await opened(talk, story)
    await talk.press("Words…")
    await talk.say("🎉", reply_to=talk.newest())
    assert talk.newest().text.startswith("I can’t make out a word in that.")
    await talk.press("Words…")
    question = talk.newest()
    await talk.say("/unfollow Vladimir Putin")
    late = await talk.say("war", reply_to=question)
    assert late.text == "You don’t follow Vladimir Putin any more."


async def test_of_several_of_a_name_one_is_chosen(talk: Talk, story: Story) -> None:
    for name in ("Omar al-Bashir", "Martin Bashir"):
        await story.use_words(name, name, 9)
        await talk.say(f"/follow {name}")
    which = await talk.say("/filter Bashir: war")
    assert which.text == "Which “Bashir” do you mean?"
    await talk.press("Omar al-Bashir")
    assert talk.newest().text.startswith("Only some events about Omar al-Bashir")
    assert "no event about Omar al-Bashir in the last month" in talk.newest().text


async def test_in_a_group_an_administrators_reply_counts(talk: Talk, story: Story) -> None:
    await story.tell(TALKS)
    bob = talk.world.add_user("Bob")
    group = talk.world.add_group("Friends", talk.reader, [bob])
    await talk.told(group, "/follow@dateline_bot Vladimir Putin")
    (shown,) = await talk.told(group, "/filter@dateline_bot Putin")
    await talk.press("Words…", shown)
    question = talk.world.sent(group)[-1]
    assert markup(talk) is None
    (refused,) = await talk.told(group, "football", by=bob, reply_to=question)
    assert refused.text == texts.groups.NOT_ADMIN_FOLLOWS
    (told,) = await talk.told(group, "ceasefire", reply_to=question)
    assert "With the words: ceasefire" in told.text
    assert await filters(story.database, group.id) == [Filter(must=("ceasefire",))]


async def test_in_a_channel_words_are_sent_by_command(talk: Talk, story: Story) -> None:
    await story.tell(TALKS)
    channel = talk.world.add_channel("News", talk.reader)
    talk.world.post(channel, "/follow Vladimir Putin")
    await talk.work()
    talk.world.post(channel, "/filter Putin")
    await talk.work()
    await talk.press("Words…", talk.world.sent(channel)[-1])
    told = talk.world.sent(channel)[-1].text
    assert told.startswith("Send the words like this: /filter Vladimir Putin: ceasefire")
    talk.world.post(channel, told.partition(": ")[2])
    await talk.work()
    wanted = Filter((), ("ceasefire",), ("football",))
    assert [f.must for f in await filters(story.database, channel.id)] == [
        (*wanted.must, "peace talks")
    ]


async def test_for_a_channel_in_private_the_command_names_it(talk: Talk, story: Story) -> None:
    await story.tell(TALKS)
    channel = talk.world.add_channel("News", talk.reader, username="news_channel")
    await talk.say("/follow Vladimir Putin @news_channel")
    await talk.say("/filter Putin @news_channel")
    await talk.press("Words…")
    told = talk.newest().text
    assert told.startswith("For News:\nSend the words like this: /filter Vladimir Putin: ")
    assert told.endswith(f" {channel.id}")
    await talk.say(told.partition(": /")[2].join(("/", "")))
    assert [f.must_not for f in await filters(story.database, channel.id)] == [("football",)]


FORGED = ["fl:999:1", "fc:1:00000000:0", "fc:1:xyz:1", "fw:999", "fx:999:1", "fl:1", "lf:0"]


@pytest.mark.parametrize("data", FORGED)
async def test_forged_data_of_these_buttons_does_nothing(
    talk: Talk, story: Story, data: str
) -> None:
    await story.tell(TALKS)
    message = await talk.say("/following")
    before = talk.messages()
    text, is_alert = answer(await talk.forge(message, data))
    assert is_alert
    assert text in (texts.reading.STALE, texts.reading.GONE_ENTITY)
    assert talk.messages() == before
