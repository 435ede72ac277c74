"""Lists of names, and follows while paused, as the reader sees them over HTTP."""

from __future__ import annotations

import pytest

from bot.telegram.texts import follows as texts
from tests.support.story import Story, account
from tests.support.talk import Talk, answer, labels

PAUSED = "Paused since 24 November 2017.\n\n"
TOLD = account("2017-11-23", "[[Syria]], [[Iraq]], [[Peru]] and [[Bosnia and Herzegovina]] meet.")


@pytest.fixture
async def story(story: Story) -> Story:
    await story.tell(TOLD)
    await story.use_words("Georgia (country)", "Georgia", 155)
    await story.use_words("Georgia (U.S. state)", "Georgia", 60)
    return story


async def told(talk: Talk, text: str) -> str:
    return (await talk.say(text)).text


@pytest.mark.usefixtures("story")
async def test_a_list_says_what_is_followed_what_was_and_what_is_unclear(talk: Talk) -> None:
    await talk.say("/follow Syria")
    message = await talk.say("/follow Syria, Iraq, Atlantis and Georgia")
    assert message.text == (
        "From now on you follow: Iraq\n"
        "You follow already: Syria\n\n"
        "I know nobody and nothing called: “Atlantis”\n\n"
        "Which “Georgia” do you mean?"
    )
    assert labels(message) == ["Georgia (country)", "Georgia (U.S. state)"]
    press = await talk.press("Georgia (country)")
    assert answer(press) == ("You follow Georgia (country) now. /unfollow ends it.", False)
    assert talk.newest().id != message.id
    await talk.press("Georgia (U.S. state)", message)
    await talk.say("/following")
    names = ["Georgia (country)", "Georgia (U.S. state)", "Iraq", "Syria"]
    assert labels(talk.newest()) == [f"🔔 {name}" for name in names]


@pytest.mark.usefixtures("story")
async def test_of_names_within_a_text_several_can_be_followed(talk: Talk) -> None:
    question = await talk.say("/follow war of Syria against Peru")
    assert question.text.startswith("In “war of Syria against Peru” I make out:")
    assert labels(question) == ["Syria", "Peru"]
    await talk.press("Syria")
    assert talk.newest().text.startswith("You follow Syria now.")
    await talk.press("Peru", question)
    assert talk.newest().text.startswith("You follow Peru now.")


@pytest.mark.usefixtures("story")
async def test_a_list_may_be_long_and_its_names_not(talk: Talk) -> None:
    names = [f"Somebody Unknown No. {n}" for n in range(19)]
    assert await told(talk, f"/follow Syria, {', '.join(names)}") == (
        "From now on you follow: Syria\n\nI know nobody and nothing called: "
        + ", ".join(f"“{name}”" for name in names[:5])
        + "\nI don’t know these yet, and I can’t look them up in Wikipedia just now: "
        + ", ".join(f"“{name}”" for name in names[5:])
    )
    for command in ("/follow", "/unfollow"):
        too_many = await told(talk, f"{command} Syria, Iraq, {', '.join(names)}")
        assert too_many == "That is too much at once: please send 20 names at most."
        too_long = await told(talk, f"{command} Syria, {'x' * 101}")
        assert too_long.startswith("That is too long for a name")


@pytest.mark.usefixtures("story")
async def test_a_list_can_be_unfollowed(talk: Talk) -> None:
    await talk.say("/follow Syria, Iraq, Peru")
    assert await told(talk, "/unfollow Iraq, Syria and Atlantis") == (
        "You no longer follow: Iraq, Syria\n\nYou follow nobody called: “Atlantis”"
    )
    missed = await talk.say("/unfollow Peru, Irak")
    assert missed.text.startswith("You no longer follow: Peru")
    nobody = await talk.say("/following")
    assert nobody.text == texts.FOLLOWING_NONE


@pytest.mark.usefixtures("story")
@pytest.mark.parametrize("typed", ["all", "Everybody", "alle", "всё", "全部", "الكل"])
async def test_all_can_be_unfollowed_once_asked(talk: Talk, typed: str) -> None:
    assert await told(talk, f"/unfollow {typed}") == texts.FOLLOWING_NONE
    await talk.say("/follow Syria, Iraq")
    question = await talk.say(f"/unfollow {typed}")
    assert question.text == "Shall I stop following all 2? Iraq, Syria"
    assert labels(question) == ["Stop following all", "‹ Back"]
    await talk.press("‹ Back")
    assert labels(talk.newest()) == ["🔔 Iraq", "🔔 Syria"]
    question = await talk.say(f"/unfollow {typed}")
    await talk.press("Stop following all")
    assert talk.newest().text == "You no longer follow: Iraq, Syria"
    assert talk.newest().id == question.id
    assert await told(talk, "/following") == texts.FOLLOWING_NONE


# --- while paused


@pytest.mark.usefixtures("story")
async def test_while_paused_a_follow_promises_nothing_and_offers_to_go_on(talk: Talk) -> None:
    await talk.say("/follow Iraq")
    await talk.say("/stop")
    new = await talk.say("/follow Syria")
    assert new.text.startswith(f"{PAUSED}You follow Syria now.\n")
    assert labels(new)[0] == "Go on"
    assert (await told(talk, "/follow Iraq")).startswith(f"{PAUSED}You follow Iraq already.\n")
    listed = await talk.say("/follow Syria, Peru")
    assert listed.text.startswith(f"{PAUSED}From now on you follow: Peru\n")
    assert labels(listed)[0] == "Go on"
    await talk.press("Go on")
    assert (await told(talk, "/follow Syria")).startswith("You follow Syria already. Whatever")


@pytest.mark.usefixtures("story")
async def test_while_paused_a_press_of_follow_says_so(talk: Talk) -> None:
    await talk.say("/stop")
    await talk.say("Syria")
    press = await talk.press("Follow Syria")
    toast = "You follow Syria now. Nothing comes while I pause: /start goes on."
    assert answer(press) == (toast, False)
    assert talk.newest().text.startswith(f"{PAUSED}You follow Syria now.\n")
    assert labels(talk.newest()) == ["Go on", "Unfollow"]


# --- long texts, and searches


@pytest.mark.usefixtures("story")
async def test_a_long_text_is_looked_through_for_names(talk: Talk) -> None:
    post = "The ministers met on Friday for talks. " * 8
    found = await talk.say(f"{post}Nothing was said of Syria, nor of Peru.")
    assert found.text.startswith("In “The ministers met on Friday")
    assert labels(found) == ["Syria", "Peru"]
    assert (await told(talk, post)).startswith("I know none of the names in that. Send one alone")


@pytest.mark.usefixtures("story")
async def test_a_search_in_another_language_leads_to_the_events(talk: Talk, story: Story) -> None:
    await story.use_words("Syria", "Syrien", 9)
    found = await talk.say("/search Syrien")
    head, event = found.text.split("\n\n")
    assert head == "No event has “Syrien”, but these are about Syria, newest first:"
    assert "/event_1" in event
    await story.use_words("Georgia (country)", "Gruzia", 5)
    await story.use_words("Georgia (U.S. state)", "Gruzia", 5)
    await talk.say("/search Gruzia")
    assert labels(talk.newest()) == ["Georgia (country)", "Georgia (U.S. state)"]
    assert await told(talk, '/search "North Korea"') == (
        'No event has "North Korea". Words count from their beginning; try fewer or shorter ones.'
    )
    await talk.say("/language Deutsch")
    none = await told(talk, "/search Atlantis")
    assert none.endswith("Ereignisse bleiben in der Sprache ihrer Quellen.")
