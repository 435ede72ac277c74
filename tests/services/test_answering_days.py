"""Days with what one follows only, and months to pick a day from, on both databases."""

from __future__ import annotations

from datetime import date

import pytest

from bot.services.answering import Answering, DayAnswer, MonthAnswer, TodayAnswer
from bot.services.conversation import Conversation
from bot.services.finding import Finder
from storage.database import Database
from storage.model import Filter, FollowMode
from tests.support.requests import READER, Kept, request, undressed
from tests.support.statements import asked
from tests.support.story import NOON, POLITICS, Story, account

TODAY = date(2017, 11, 24)
MEETING = account("2017-11-24", "[[Omar al-Bashir]] meets [[Vladimir Putin]] in [[Sochi]].")
MATCH = account("2017-11-24", "[[Vladimir Putin]] watches football.", category="Sports")
VERDICT = account("2017-11-24", "[[Ratko Mladić]] is sentenced at last.")
EARLIER = account("2017-11-23", "[[Omar al-Bashir]] packs his bags for a journey.")


@pytest.fixture
def answering(database: Database) -> Answering:
    return Answering(Conversation(database, dress=undressed), Finder(database))


async def follow(
    database: Database, story: Story, name: str, mode: FollowMode, wanted: Filter | None = None
) -> None:
    """Let the reader follow somebody in a way."""
    number = await story.use_words(name, name, 1)
    async with database.transaction() as tx:
        chat = await tx.chats.chat(READER, NOON)
        await tx.chats.follow(chat.id, number, NOON)
        await tx.chats.set_mode(chat.id, number, mode)
        await tx.chats.set_filter(chat.id, number, wanted or Filter())


async def day(answering: Answering, *, now: bool = False, mine: bool = True) -> list[list[int]]:
    """The events of today, part by part."""
    kept: Kept[TodayAnswer] = Kept()
    await answering.day(request(), TODAY, kept, now=now, mine=mine)
    assert isinstance(kept.only, DayAnswer)
    assert kept.only.mine is mine
    return [[event.id for event in part.events] for part in kept.only.parts]


async def test_mine_is_what_names_whom_one_follows_but_not_whom_one_has_muted(
    answering: Answering, story: Story, database: Database
) -> None:
    meeting, match, verdict = [await story.tell(told) for told in (MEETING, MATCH, VERDICT)]
    assert await day(answering) == []
    await follow(database, story, "Omar al-Bashir", FollowMode.DIGEST)
    await follow(database, story, "Ratko Mladić", FollowMode.MUTED)
    assert await day(answering) == [[meeting]]
    assert sorted((await day(answering, mine=False))[0]) == [meeting, match, verdict]


async def test_mine_is_only_what_the_filters_let_through(
    answering: Answering, story: Story, database: Database
) -> None:
    meeting, match = [await story.tell(told) for told in (MEETING, MATCH)]
    await follow(database, story, "Vladimir Putin", FollowMode.AT_ONCE, Filter(("Sports",)))
    assert await day(answering) == [[match]]
    await follow(database, story, "Sochi", FollowMode.AT_ONCE, Filter((POLITICS,)))
    assert sorted((await day(answering))[0]) == [meeting, match]


async def test_few_of_mine_today_are_followed_by_mine_of_yesterday(
    answering: Answering, story: Story, database: Database
) -> None:
    meeting = await story.tell(MEETING)
    await story.tell(VERDICT)
    story.at = NOON.replace(day=23)
    before = await story.tell(EARLIER)
    await story.tell(account("2017-11-23", "[[Ratko Mladić]] waits for the morrow."))
    await follow(database, story, "Omar al-Bashir", FollowMode.AT_ONCE)
    assert await day(answering, now=True) == [[meeting], [before]]


@pytest.mark.parametrize("now", [True, False])
async def test_mine_is_chosen_without_the_mentions_of_others(
    answering: Answering, story: Story, database: Database, now: bool
) -> None:
    meeting = await story.tell(MEETING)
    await story.tell(VERDICT)
    await follow(database, story, "Omar al-Bashir", FollowMode.AT_ONCE)
    with asked(database) as statements:
        assert await day(answering, now=now) == [[meeting]]
    assert not [each for each in statements if "mentions.words" in each.sql]


async def test_a_month_has_the_days_with_events(
    answering: Answering, story: Story, database: Database
) -> None:
    gone = account("2017-11-03", "[[Somebody]] comes and goes unseen.")
    for told in (MEETING, EARLIER, gone, account("2017-09-30", "[[Sochi]] is hit by a storm.")):
        await story.tell(told)
    await story.withdraw(gone)
    kept: Kept[MonthAnswer] = Kept()
    for month in (date(2017, 11, 11), date(2017, 10, 31), date(2018, 5, 1), date(1900, 1, 1)):
        await answering.month(request(), month, kept)
    known = date(2017, 9, 30), TODAY
    november = MonthAnswer(date(2017, 11, 1), frozenset({date(2017, 11, 23), TODAY}), known)
    september = MonthAnswer(date(2017, 9, 1), frozenset({date(2017, 9, 30)}), known)
    nothing = MonthAnswer(date(2017, 10, 1), frozenset(), known)
    assert kept.answers == [november, nothing, november, september]


async def test_without_any_event_a_month_is_empty(answering: Answering) -> None:
    kept: Kept[MonthAnswer] = Kept()
    await answering.month(request(), date(2017, 2, 28), kept)
    assert kept.only == MonthAnswer(date(2017, 2, 1), frozenset(), None)
