"""Names as people type them: without a slash, with emoji, in lists and sentences, over HTTP."""

from __future__ import annotations

import pytest

from tests.support.story import Story, account
from tests.support.talk import Talk, labels

FOLLOWED = "You follow Vladimir Putin now. The next event comes to you by itself."


@pytest.fixture
async def meeting(story: Story) -> None:
    await story.tell(account("2017-11-23", "[[Omar al-Bashir]] meets [[Vladimir Putin]]."))


@pytest.mark.usefixtures("meeting")
async def test_following_needs_no_slash(talk: Talk) -> None:
    assert (await talk.say("Follow Vladimir Putin 🇷🇺")).text.startswith(FOLLOWED)
    ended = await talk.say("unfollow  vladimir putin!")
    assert ended.text == "You no longer follow Vladimir Putin."
    told = await talk.say("/follow “Vladimir Putin”, Omar al-Bashir")
    assert told.text == "From now on you follow: Vladimir Putin, Omar al-Bashir"
    assert labels(told) == ["Whom I follow"]


@pytest.mark.usefixtures("meeting")
async def test_longer_words_and_what_only_begins_as_a_command_are_names(talk: Talk) -> None:
    for text in ("followers of Atlantis", "stop the war", "todays"):
        assert (await talk.say(text)).text.startswith("I know nobody and nothing called")


@pytest.mark.usefixtures("meeting")
async def test_names_within_a_question_are_offered(talk: Talk) -> None:
    told = await talk.say("who is Vladimir Putin 🤔")
    assert told.text == "In “who is Vladimir Putin” I make out:\n\n• Vladimir Putin"
    await talk.press("Vladimir Putin")
    assert talk.newest().text.startswith("Vladimir Putin\n")
