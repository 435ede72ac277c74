"""Weeks of a chat and years of entities, on both databases."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.services.answering import Pointer
from bot.services.conversation import Conversation
from bot.services.finding import Finder, Several, Unknown
from bot.services.following import Gone
from bot.services.reviewing import (
    NobodyFollowed,
    Reviewing,
    Week,
    WeekAnswer,
    Weekly,
    Whose,
    Year,
    YearAnswer,
)
from storage.database import Database
from storage.model import Call, Chat, Filter, FollowMode
from tests.support.portal import entity, follow
from tests.support.requests import READER, Kept, request, undressed
from tests.support.story import NOON, POLITICS, Story, account

OMAR, VLAD = "Omar al-Bashir", "Vladimir Putin"
TODAY = NOON.date()


@pytest.fixture
def story(database: Database) -> Story:
    return Story(database)


@pytest.fixture
def reviewing(database: Database) -> Reviewing:
    return Reviewing(Conversation(database, dress=undressed), Finder(database))


async def week(reviewing: Reviewing) -> WeekAnswer:
    """What the bot answers to /week."""
    kept: Kept[WeekAnswer] = Kept()
    await reviewing.week(request(), kept)
    return kept.only


async def counted(reviewing: Reviewing) -> Week:
    """The same, where the chat follows somebody."""
    answer = await week(reviewing)
    assert isinstance(answer, Week)
    return answer


async def timeline(
    reviewing: Reviewing, name: str = "", pointer: Pointer | None = None
) -> YearAnswer:
    """What the bot answers to /timeline."""
    kept: Kept[YearAnswer] = Kept()
    await reviewing.timeline(request(), name, pointer or Pointer(), kept)
    return kept.only


def by_name(answer: Week) -> dict[str, tuple[int, ...]]:
    """The counts of each day by whom they are of."""
    return {tally.entity.label: tally.counts for tally in answer.top}


# --- weeks


async def test_seven_days_up_to_today_by_follow(
    database: Database, reviewing: Reviewing, story: Story
) -> None:
    await follow(database, READER, OMAR, VLAD, "Nobody")
    await story.tell(account("2017-11-17", f"[[{VLAD}]] is a day too early."))
    first = await story.tell(account("2017-11-18", f"[[{VLAD}]] speaks."))
    both = await story.tell(
        account(
            "2017-11-24",
            f"[[{VLAD}]] meets [[{OMAR}]].",
            sources=[("A", "https://a.example/1"), ("B", "https://b.example/1")],
        )
    )
    await story.tell(account("2017-11-25", f"[[{VLAD}]] is a day too late."))
    await story.tell(account("2017-11-20", "[[Somebody]] whom nobody follows speaks."))
    gone = account("2017-11-20", f"[[{VLAD}]] is said to be ill.")
    await story.tell(gone)
    await story.withdraw(gone)
    answer = await counted(reviewing)
    assert answer.days == tuple(date(2017, 11, day) for day in range(18, 25))
    assert by_name(answer) == {VLAD: (1, 0, 0, 0, 0, 0, 1), OMAR: (0, 0, 0, 0, 0, 0, 1)}
    assert list(by_name(answer)) == [VLAD, OMAR]
    assert [event.id for event in answer.events] == [both, first]
    assert (answer.total, answer.others, answer.weekly_on) == (2, (), None)


async def test_the_days_are_those_of_the_chats_zone(
    database: Database, reviewing: Reviewing, story: Story
) -> None:
    chat_id = await follow(database, READER, VLAD)
    async with database.transaction() as tx:
        await tx.chats.choose_timezone(chat_id, "Pacific/Kiritimati")  # 14 hours before UTC
    assert (await counted(reviewing)).days[-1] == date(2017, 11, 25)


async def test_muted_follows_do_not_count_and_filters_do(
    database: Database, reviewing: Reviewing, story: Story
) -> None:
    chat_id = await follow(database, READER, OMAR, VLAD)
    omar, vlad = await entity(database, OMAR), await entity(database, VLAD)
    async with database.transaction() as tx:
        await tx.chats.set_mode(chat_id, omar, FollowMode.MUTED)
        await tx.chats.set_filter(chat_id, vlad, Filter((POLITICS,), must_not=("golf",)))
    await story.tell(account("2017-11-23", f"[[{OMAR}]] speaks."))
    await story.tell(account("2017-11-23", f"[[{VLAD}]] swims.", category="Sports"))
    await story.tell(account("2017-11-23", f"[[{VLAD}]] plays golf."))
    wanted = await story.tell(account("2017-11-23", f"[[{VLAD}]] is elected."))
    answer = await counted(reviewing)
    assert by_name(answer) == {VLAD: (0, 0, 0, 0, 0, 1, 0)}
    assert [event.id for event in answer.events] == [wanted]
    assert answer.filtered == ()


async def test_whom_a_filter_leaves_out_is_told(
    database: Database, reviewing: Reviewing, story: Story
) -> None:
    chat_id = await follow(database, READER, OMAR, VLAD, "Nobody")
    numbers = [await entity(database, name) for name in (VLAD, "Nobody")]
    async with database.transaction() as tx:
        for number in numbers:
            await tx.chats.set_filter(chat_id, number, Filter(must=("golf",)))
        await tx.chats.choose_digest(chat_id, 9 * 60, NOON)
    await story.tell(account("2017-11-23", f"[[{OMAR}]] speaks."))
    await story.tell(account("2017-11-23", f"[[{VLAD}]] swims."))
    answer = await counted(reviewing)
    assert list(by_name(answer)) == [OMAR]
    assert [each.label for each in answer.filtered] == [VLAD]
    assert answer.weekly_minute == 9 * 60


async def test_a_year_begins_where_anything_is_known(reviewing: Reviewing, story: Story) -> None:
    await story.tell(account("2017-11-17", "[[Somebody]] speaks."))
    await story.tell(account("2017-11-23", f"[[{VLAD}]] swims."))
    answer = await timeline(reviewing, VLAD)
    assert isinstance(answer, Year)
    assert answer.since == date(2017, 11, 17)
    assert answer.weeks[0][0] == date(2016, 11, 21)


async def test_those_past_the_seventh_are_summed(
    database: Database, reviewing: Reviewing, story: Story
) -> None:
    names = [f"Person {letter}" for letter in "ABCDEFGHI"]
    await follow(database, READER, *names)
    for place, name in enumerate(names):
        for number in range(9 - place):
            text = f"[[{name}]] does thing no {place * 100 + number * 7} in town {number * 31}."
            await story.tell(account(f"2017-11-{18 + place % 7}", text))
    answer = await counted(reviewing)
    assert list(by_name(answer)) == names[:7]
    assert [tally.total for tally in answer.top] == [9, 8, 7, 6, 5, 4, 3]
    assert answer.others == (2, 1, 0, 0, 0, 0, 0)
    assert answer.total == 45
    assert len(answer.events) < 45


async def test_a_week_without_events(database: Database, reviewing: Reviewing) -> None:
    await follow(database, READER, VLAD)
    answer = await counted(reviewing)
    assert (answer.top, answer.events, answer.total) == ((), (), 0)


async def test_who_follows_nobody_is_shown_whom_to_follow(
    reviewing: Reviewing, story: Story
) -> None:
    assert await week(reviewing) == NobodyFollowed(())
    await story.tell(account("2017-11-23", f"[[{VLAD}]] speaks."))
    answer = await week(reviewing)
    assert isinstance(answer, NobodyFollowed)
    assert [entity.label for entity in answer.suggestions] == [VLAD]


async def test_the_week_by_itself(database: Database, reviewing: Reviewing, story: Story) -> None:
    chat_id = await follow(database, READER, VLAD)
    await story.tell(account("2017-11-20", f"[[{VLAD}]] speaks."))
    last = TODAY - timedelta(days=1)
    for wanted, weekday in ((True, 4), (True, 4), (False, None), (False, None)):
        kept: Kept[Week] = Kept()
        await reviewing.choose_weekly(request(), last, kept, wanted=wanted)
        assert (kept.only.weekly_on, kept.only.days[-1]) == (weekday, last)
        async with database.reading() as tx:
            due = (await tx.chats.timetable(chat_id)).weekly_due_at
        assert (due is not None) == wanted


async def test_a_weekly_digest_is_made_where_something_happened(
    database: Database, story: Story
) -> None:
    chat_id = await follow(database, READER, VLAD)
    seen: list[tuple[int, int]] = []

    def view(chat: Chat, shown: Week) -> Call:
        seen.append((chat.telegram_id, shown.total))
        return Call("sendMessage", {"text": "a week"})

    async def made() -> Call | None:
        async with database.transaction() as tx:
            chat = await tx.chats.get(chat_id)
            assert chat is not None
            return await Weekly(view)(tx, chat, NOON)

    assert await made() is None
    await story.tell(account("2017-11-20", f"[[{VLAD}]] speaks."))
    assert await made() == Call("sendMessage", {"text": "a week"})
    assert seen == [(READER, 1)]


# --- years


async def test_a_year_by_weeks(database: Database, reviewing: Reviewing, story: Story) -> None:
    await story.tell(account("2016-11-20", f"[[{VLAD}]] is a Sunday too early."))
    await story.tell(account("2016-11-21", f"[[{VLAD}]] begins the year on a Monday."))
    await story.tell(account("2017-11-19", f"[[{VLAD}]] speaks on a Sunday."))
    await story.tell(account("2017-11-20", f"[[{VLAD}]] speaks on a Monday."))
    newest = await story.tell(account("2017-11-24", f"[[{VLAD}]] speaks today."))
    answer = await timeline(reviewing, VLAD)
    assert isinstance(answer, Year)
    assert (answer.entity.label, answer.followed, answer.total) == (VLAD, False, 4)
    mondays = [monday for monday, _ in answer.weeks]
    assert len(mondays) == 53
    assert (mondays[0], mondays[-1]) == (date(2016, 11, 21), date(2017, 11, 20))
    assert {monday for monday, count in answer.weeks if count} == {
        date(2016, 11, 21),
        date(2017, 11, 13),
        date(2017, 11, 20),
    }
    assert answer.weeks[-1][1] == 2
    assert answer.latest[0].id == newest
    assert len(answer.latest) == 5
    await follow(database, READER, VLAD)
    again = await timeline(reviewing, VLAD)
    assert isinstance(again, Year)
    assert again.followed


async def test_a_year_without_events_shows_older_ones(reviewing: Reviewing, story: Story) -> None:
    old = await story.tell(account("2015-01-01", f"[[{VLAD}]] speaks."))
    answer = await timeline(reviewing, VLAD)
    assert isinstance(answer, Year)
    assert answer.total == 0
    assert [event.id for event in answer.latest] == [old]


async def test_names_that_mean_several_or_nobody(reviewing: Reviewing, story: Story) -> None:
    await story.tell(account("2017-11-20", "[[George H. W. Bush|Bush]] speaks."))
    await story.tell(account("2017-11-21", "[[George W. Bush|Bush]] speaks at home."))
    assert isinstance(await timeline(reviewing, "Bush"), Several)
    assert isinstance(await timeline(reviewing, "Zzyzx Qwrt"), Unknown)


async def test_a_reply_means_whom_the_event_names_first(reviewing: Reviewing, story: Story) -> None:
    number = await story.tell(account("2017-11-20", f"[[{OMAR}]] meets [[{VLAD}]]."))
    replied = await timeline(reviewing, pointer=Pointer(None, 7, (number,)))
    assert isinstance(replied, Year)
    assert replied.entity.label == OMAR
    named = await timeline(reviewing, VLAD, Pointer(None, 7, (number,)))
    assert isinstance(named, Year)
    assert named.entity.label == VLAD


async def test_without_a_name_there_is_a_choice(
    database: Database, reviewing: Reviewing, story: Story
) -> None:
    assert await timeline(reviewing) == Whose(())
    await story.tell(account("2017-11-20", f"[[{OMAR}]] speaks."))
    await story.tell(account("2017-11-20", "A flood that names nobody."))
    nobody = Pointer(None, 7, (2,))
    for answer in (await timeline(reviewing), await timeline(reviewing, pointer=nobody)):
        assert isinstance(answer, Whose)
        assert [entity.label for entity in answer.entities] == [OMAR]
    await follow(database, READER, VLAD)
    answer = await timeline(reviewing)
    assert isinstance(answer, Whose)
    assert [entity.label for entity in answer.entities] == [VLAD]


async def test_a_year_by_number(reviewing: Reviewing, story: Story, database: Database) -> None:
    await story.tell(account("2017-11-20", f"[[{OMAR}]] speaks."))
    answers: Kept[Year | Gone] = Kept()
    await reviewing.timeline_of(request(), await entity(database, OMAR), answers)
    await reviewing.timeline_of(request(), 999, answers)
    year, gone = answers.answers
    assert isinstance(year, Year)
    assert isinstance(gone, Gone)
