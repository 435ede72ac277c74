"""Buttons where many read: in a channel who presses is answered alone, and nobody's program
presses buttons that do not stand there."""

from __future__ import annotations

import pytest

from bot.standin.model import Chat, Message, User
from bot.telegram import texts
from storage.model import Telling
from tests.support.groups import MEETING, MEMORIAL, bob, group, press_data
from tests.support.story import Story
from tests.support.talk import Talk, answer

__all__ = ["bob", "group"]  # fixtures


@pytest.fixture
def channel(talk: Talk, bob: User) -> Chat:
    """The reader's own channel, with a subscriber."""
    channel = talk.world.add_channel("The News", talk.reader, "the_news")
    talk.world.join(channel, bob)
    return channel


@pytest.fixture
async def alert(talk: Talk, story: Story, channel: Chat) -> Message:
    """What the channel was told of an event."""
    await story.tell(MEETING)
    talk.world.post(channel, "/follow Vladimir Putin")
    await talk.work()
    await story.tell(MEMORIAL, telling=Telling.PUSH)
    await talk.send()
    return talk.world.sent(channel)[-1]


async def test_what_is_related_opens_in_the_private_chat_of_whoever_asks(
    talk: Talk, channel: Chat, alert: Message, bob: User
) -> None:
    before = talk.world.sent(channel)
    for by in (bob, talk.reader):
        press = await talk.press(texts.labels.BUTTON_RELATED, alert, by=by)
        assert press.answer is not None
        link, _, payload = press.answer.url.partition("?start=")
        assert link == "https://t.me/dateline_bot"
        talk.world.start(by, payload)
        await talk.work()
        assert "Sochi" in talk.world.sent(by)[-1].text
    assert talk.world.sent(channel) == before


@pytest.mark.parametrize("payload", ["r_", "r_0", "r_x", "r_" + "9" * 60])
async def test_a_link_to_no_event_begins_as_any_other(talk: Talk, payload: str) -> None:
    assert (await talk.say(f"/start {payload}")).text.startswith(texts.starting.WELCOME)


async def test_a_link_to_an_event_that_is_gone_says_so(talk: Talk) -> None:
    assert (await talk.say("/start r_99")).text == texts.reading.GONE_EVENT


SHOWING = [
    "w:1", "l:1", "o:1:1", "t:2017-11-23:1", "n:2017-11-24:1", "y:1", "wc:1", "wt",
    "k:2017-11:t:2017-11-23:1", "go:today", "go:busy", "go:following", "go:help",
]  # fmt: skip


@pytest.mark.parametrize("data", SHOWING)
async def test_what_all_subscribers_would_see_is_for_administrators(
    talk: Talk, channel: Chat, alert: Message, bob: User, data: str
) -> None:
    told = len(talk.world.sent(channel))
    press = await press_data(talk, alert, data, by=bob)
    assert answer(press) == (texts.groups.NOT_ADMIN, True)
    assert len(talk.world.sent(channel)) == told
    assert talk.world.find_message(channel.id, alert.id) == press.message
    assert answer(await press_data(talk, alert, data))[0] != texts.groups.NOT_ADMIN


@pytest.mark.parametrize(
    ("data", "text"), [("k:-", texts.days.NO_DAY_TOAST), ("c:9:1", texts.digests.GONE_BUNDLE)]
)
async def test_what_is_answered_to_one_alone_is_for_all_subscribers(
    talk: Talk, alert: Message, bob: User, data: str, text: str
) -> None:
    assert answer(await press_data(talk, alert, data, by=bob))[0] == text


async def test_a_forged_press_changes_nothing_that_others_see(
    talk: Talk, channel: Chat, alert: Message, group: Chat, bob: User
) -> None:
    (shown,) = await talk.told(group, "/today 2017-11-23", by=bob)
    for message in (alert, shown):
        before = talk.world.sent(message.chat)
        own = {one.get("callback_data") for row in message.buttons for one in row}
        for data in {*SHOWING, "r:1", "c:1:1", "u:2"} - own:
            talk.clock.pass_by(minutes=1)
            for by in (bob, talk.reader):
                assert answer(await talk.forge(message, data, by=by)) == (
                    texts.reading.STALE,
                    True,
                ), data
        assert talk.world.sent(message.chat) == before


async def test_a_forged_press_under_a_message_without_buttons(
    talk: Talk, group: Chat, bob: User
) -> None:
    said = talk.world.say(bob, "Hello", chat=group)
    assert answer(await talk.forge(said, "go:help", by=bob)) == (texts.reading.STALE, True)
