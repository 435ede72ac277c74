"""A reader had two alerts of what turns out to be one event."""

from __future__ import annotations

from bot.services.merging import merge_events, unmerge_event
from bot.standin.model import Chat, Message
from storage.database import Database
from storage.model import Telling
from tests.support.groups import bob, group
from tests.support.story import Story, account
from tests.support.talk import Talk, answer, labels

__all__ = ["bob", "group"]  # fixtures

SPEECH = account("2017-11-23", "[[Vladimir Putin]] speaks in [[Sochi]].")
MEETING = account(
    "2017-11-23",
    "[[Omar al-Bashir]] meets [[Vladimir Putin]].",
    sources=[("SUNA", "https://suna.example/meeting")],
)
SAME = "Same event as above · /event_2"


async def two_alerts(talk: Talk, story: Story) -> tuple[Message, Message]:
    """The reader follows somebody whom two events name, and is alerted of both."""
    await story.tell(account("2017-11-05", "[[Vladimir Putin]] opens a memorial."))
    await talk.say("/follow Vladimir Putin")
    alerts = []
    for told in (SPEECH, MEETING):
        await story.tell(told, telling=Telling.PUSH)
        await talk.work()
        alerts.append(talk.newest())
    return alerts[0], alerts[1]


async def merge(database: Database, talk: Talk, one: int = 2, other: int = 3) -> None:
    async with database.transaction() as tx:
        await merge_events(tx, one, other, talk.clock.now)
    await talk.work()


async def unmerge(database: Database, talk: Talk, number: int = 3) -> None:
    async with database.transaction() as tx:
        assert await unmerge_event(tx, number, talk.clock.now) == 2
    await talk.work()


def edits(talk: Talk, since: int) -> list[int]:
    """Which messages were edited by the calls after the first ``since``, in order."""
    calls = [call for call in talk.world.calls[since:] if call.method == "editMessageText"]
    return [call.params["message_id"] for call in calls]


def now(talk: Talk, message: Message) -> Message:
    """A message as it stands."""
    return next(each for each in talk.messages() if each.id == message.id)


async def test_the_newer_message_is_edited_once_and_the_older_lives_on(
    talk: Talk, story: Story, database: Database
) -> None:
    older, newer = await two_alerts(talk, story)
    assert "/event_3" in newer.text
    before = len(talk.world.calls)
    await merge(database, talk)
    assert sorted(edits(talk, before)) == [older.id, newer.id]
    assert now(talk, newer).text == SAME
    assert labels(now(talk, newer)) == []
    told = now(talk, older)
    assert told.text.startswith("Vladimir Putin\n\nVladimir Putin speaks in Sochi.")
    assert "Reuters" in told.text
    assert "SUNA" in told.text

    before = len(talk.world.calls)
    await merge(database, talk)
    assert edits(talk, before) == []
    await story.reword(SPEECH, "[[Vladimir Putin]] speaks for long in [[Sochi]].")
    await talk.work()
    assert edits(talk, before) == [older.id]
    assert "speaks for long" in now(talk, older).text
    assert now(talk, newer).text == SAME


async def test_the_number_that_is_gone_works_everywhere(
    talk: Talk, story: Story, database: Database
) -> None:
    _, newer = await two_alerts(talk, story)
    await merge(database, talk)
    for asked in ("/event_3", "/event 3", "/event 2"):
        card = await talk.say(asked)
        assert card.text.startswith("Vladimir Putin speaks in Sochi."), asked
        assert "/event_2" in card.text
    assert (await talk.say("/related 3")).text.startswith("Related to /event_2:")
    assert (await talk.say("/event", reply_to=now(talk, newer))).text == card.text
    assert (await talk.say("/related", reply_to=now(talk, newer))).text.startswith("Related to")


async def test_buttons_of_the_event_that_is_gone_still_work(
    talk: Talk, story: Story, database: Database
) -> None:
    await talk.say("/start")
    await story.tell(account("2017-11-05", "[[Vladimir Putin]] opens a memorial."))
    await story.tell(SPEECH)
    await story.tell(MEETING)
    card = await talk.say("/event_3")
    await merge(database, talk)
    press = await talk.press("Related", card)
    assert talk.newest().text.startswith("Related to /event_2\n")
    press = await talk.press("Follow Omar al-Bashir", card)
    assert answer(press)[0].startswith("You follow Omar al-Bashir now.")


async def test_an_operator_parts_them_and_each_message_tells_of_its_own_again(
    talk: Talk, story: Story, database: Database
) -> None:
    older, newer = await two_alerts(talk, story)
    await merge(database, talk)
    await unmerge(database, talk)
    assert [now(talk, each).text for each in (older, newer)] == [older.text, newer.text]
    assert [labels(now(talk, each)) for each in (older, newer)] == [labels(older), labels(newer)]
    assert (await talk.say("/event_3")).text.startswith("Omar al-Bashir meets")


async def test_in_a_supergroup_it_is_linked(
    talk: Talk, story: Story, database: Database, group: Chat
) -> None:
    await story.tell(account("2017-11-05", "[[Vladimir Putin]] opens a memorial."))
    town = talk.world.add_supergroup("Town", talk.reader)
    for chat in (group, town):
        await talk.told(chat, "/follow Vladimir Putin")
    story.at = talk.clock.now
    for told in (SPEECH, MEETING):
        await story.tell(told, telling=Telling.PUSH)
        await talk.work()
    await merge(database, talk)
    for chat in (group, town):
        (older, newer) = talk.world.sent(chat)[-2:]
        assert newer.text == SAME
        found = [dict(each.details) for each in newer.entities if each.kind == "text_link"]
        links = [each["url"] for each in found]
        is_super = chat.id < -1_000_000_000_000
        assert links == ([f"https://t.me/c/{-chat.id - 10**12}/{older.id}"] if is_super else [])


async def test_what_waited_for_one_chat_goes_out_once(
    talk: Talk, story: Story, database: Database
) -> None:
    await story.tell(account("2017-11-05", "[[Vladimir Putin]] opens a memorial."))
    await talk.say("/follow Vladimir Putin")
    for told in (SPEECH, MEETING):
        await story.tell(told, telling=Telling.PUSH)
    await talk.expanding.expand()
    before = len(talk.messages())
    await merge(database, talk)
    assert len(talk.messages()) == before + 1
    assert "/event_2" in talk.newest().text
