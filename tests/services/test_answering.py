"""Questions and their answers, on both databases."""

from __future__ import annotations

from datetime import date

import pytest

from bot.core.days import NeverWas
from bot.services.answering import (
    Answering,
    DayAnswer,
    EntityCard,
    EventCard,
    FoundEvents,
    LookupAnswer,
    NoDay,
    NothingAlerted,
    Pointer,
    RelatedAnswer,
    SearchAnswer,
    TodayAnswer,
    TooEarly,
    TooLate,
)
from bot.services.conversation import Conversation
from bot.services.expanding import expand_due
from bot.services.finding import Finder, Several, Unknown
from bot.services.following import Gone, Welcome
from storage.database import Database
from storage.model import ChatState, MessageState, Telling
from tests.support.requests import READER, Kept, request, undressed
from tests.support.story import NOON, Story, account

DAY = date(2017, 11, 23)
MEETING = account("2017-11-23", "[[Omar al-Bashir]] meets [[Vladimir Putin]] in [[Sochi]].")


@pytest.fixture
def answering(database: Database) -> Answering:
    return Answering(Conversation(database, dress=undressed), Finder(database))


async def today(answering: Answering, text: str = "") -> TodayAnswer:
    """What the bot answers to /today."""
    kept: Kept[TodayAnswer] = Kept()
    await answering.today(request(), text, kept)
    return kept.only


def told(answer: object) -> list[tuple[date, list[int]]]:
    """A day's parts as days and event numbers."""
    assert isinstance(answer, DayAnswer)
    return [(part.day, [event.id for event in part.events]) for part in answer.parts]


async def related(answering: Answering, pointer: Pointer) -> RelatedAnswer | NothingAlerted | Gone:
    """What the bot answers to /related."""
    kept: Kept[RelatedAnswer | NothingAlerted | Gone] = Kept()
    await answering.related(request(), pointer, kept)
    return kept.only


# --- days


async def test_today_shows_the_day_and_what_is_new_on_it(
    answering: Answering, story: Story
) -> None:
    numbers = [
        await story.tell(account("2017-11-24", f"[[Person {n}]] does a thing no {n * 7} at home."))
        for n in range(5)
    ]
    late = await story.tell(MEETING, telling=Telling.PUSH)
    assert told(await today(answering)) == [(date(2017, 11, 24), [*numbers, late])]


async def test_what_a_first_poll_finds_of_earlier_days_is_no_news_of_today(
    answering: Answering, story: Story
) -> None:
    now = await story.tell(account("2017-11-24", "[[Person]] does a thing."))
    await story.tell(account("2017-11-21", "[[Person]] does another thing."))
    assert told(await today(answering)) == [(date(2017, 11, 24), [now])]


async def test_a_backfill_is_no_news_of_today(answering: Answering, story: Story) -> None:
    await story.tell(account("2017-11-01", "[[Old Person]] does an old thing."))
    assert told(await today(answering)) == []


async def test_few_events_today_are_followed_by_yesterday(
    answering: Answering, story: Story, database: Database
) -> None:
    now = await story.tell(account("2017-11-24", "[[Person]] does a thing."))
    story.at = NOON.replace(day=23)
    before = await story.tell(MEETING)
    assert told(await today(answering)) == [
        (date(2017, 11, 24), [now]),
        (date(2017, 11, 23), [before]),
    ]


async def test_today_with_a_day_is_that_day(answering: Answering, story: Story) -> None:
    number = await story.tell(MEETING)
    await story.tell(account("2017-11-24", "[[Person]] does a thing."))
    for text in ("2017-11-23", "yesterday", "23 November 2017"):
        assert told(await today(answering, text)) == [(DAY, [number])]


async def test_a_withdrawn_event_is_in_no_answer(answering: Answering, story: Story) -> None:
    number = await story.tell(MEETING)
    stays = await story.tell(account("2017-11-23", "[[Omar al-Bashir]] flies to [[Kenya]] later."))
    await story.withdraw(MEETING)
    assert told(await today(answering, "2017-11-23")) == [(DAY, [stays])]
    found: Kept[SearchAnswer] = Kept()
    await answering.search(request(), "sochi", found)
    assert found.only == FoundEvents("sochi", ())
    kept: Kept[EventCard | NothingAlerted | Gone] = Kept()
    await answering.event(request(), Pointer(number), kept)
    assert isinstance(kept.only, EventCard)
    assert kept.only.event.withdrawn


async def test_days_without_events_say_which_have_some(answering: Answering, story: Story) -> None:
    await story.tell(MEETING)
    answer = await today(answering, "2017-11-24")
    assert isinstance(answer, DayAnswer)
    assert (answer.parts, answer.days) == ((), (DAY, DAY))


async def test_days_that_cannot_be_shown(answering: Answering, story: Story) -> None:
    await story.tell(MEETING)
    assert await today(answering, "2017-02-30") == NeverWas(2017, 2, 30)
    assert await today(answering, "soon") == NoDay(NOON.date(), (DAY, DAY))
    assert await today(answering, "2017-11-25") == TooLate(date(2017, 11, 25))
    assert await today(answering, "9999-12-31") == TooLate(date(9999, 12, 31))
    assert await today(answering, "1066-10-14") == TooEarly(date(1066, 10, 14), DAY)


async def test_an_empty_database_has_an_answer(answering: Answering) -> None:
    assert await today(answering) == DayAnswer(date(2017, 11, 24), True, (), None)
    assert told(await today(answering, "1066-10-14")) == []
    kept: Kept[Welcome] = Kept()
    await answering.start(request(), kept)
    assert kept.only == Welcome(())


async def test_a_page_of_today_is_of_the_day_when_it_was_asked_for(
    answering: Answering, story: Story
) -> None:
    number = await story.tell(MEETING, telling=Telling.PUSH)
    kept: Kept[TodayAnswer] = Kept()
    await answering.day(request(), date(2017, 11, 24), kept, now=True)
    assert told(kept.only) == [(date(2017, 11, 24), [number])]


# --- related events


async def test_related_events_share_links_most_shared_first_then_newest(
    answering: Answering, story: Story
) -> None:
    old = await story.tell(
        account("2016-10-21", "[[Vladimir Putin]] and [[Omar al-Bashir]] speak.")
    )
    new = await story.tell(account("2017-11-05", "[[Vladimir Putin]] opens a memorial."))
    await story.tell(account("2017-11-06", "A thing happens.", topics=["[[Vladimir Putin]]"]))
    number = await story.tell(MEETING)
    await story.tell(account("2017-11-24", "[[Vladimir Putin]] speaks again, elsewhere."))
    answer = await related(answering, Pointer(number))
    assert isinstance(answer, RelatedAnswer)
    assert [r.event.id for r in answer.related] == [old, new]
    assert [[e.label for e in r.context] for r in answer.related] == [
        ["Omar al-Bashir", "Vladimir Putin"],
        ["Vladimir Putin"],
    ]


async def test_related_without_a_number_is_of_the_latest_alert(
    answering: Answering, story: Story, database: Database
) -> None:
    number = await _alert(database, story)
    answer = await related(answering, Pointer())
    assert isinstance(answer, RelatedAnswer)
    assert answer.event.id == number


async def test_related_without_any_alert_has_nothing_to_go_by(
    answering: Answering, story: Story
) -> None:
    await story.tell(MEETING)
    assert await related(answering, Pointer()) == NothingAlerted()


async def test_related_as_a_reply_is_of_the_event_that_the_message_told(
    answering: Answering, story: Story, database: Database
) -> None:
    alerted = await _alert(database, story)
    other = await story.tell(account("2017-11-22", "[[Ratko Mladić]] is sentenced."))
    by_alert = await related(answering, Pointer(None, 555, (other,)))
    by_text = await related(answering, Pointer(None, 556, (other,)))
    of_many = await related(answering, Pointer(None, 556, (other, other + 1)))
    numbers = [a.event.id for a in (by_alert, by_text, of_many) if isinstance(a, RelatedAnswer)]
    assert numbers == [alerted, other, alerted]


@pytest.mark.parametrize("number", [0, 99, 2**63, 10**18])
async def test_numbers_of_no_event(answering: Answering, number: int) -> None:
    assert await related(answering, Pointer(number)) == Gone()
    kept: Kept[EventCard | NothingAlerted | Gone] = Kept()
    await answering.event(request(), Pointer(number), kept)
    assert kept.only == Gone()


async def _alert(database: Database, story: Story) -> int:
    """The meeting's number, after an alert of it reached the reader as message 555."""
    bashir = await story.use_words("Omar al-Bashir", "Omar al-Bashir", 1)
    async with database.transaction() as tx:
        chat = await tx.chats.chat(READER, NOON)
        await tx.chats.follow(chat.id, bashir, NOON)
    number = await story.tell(MEETING, telling=Telling.PUSH)
    async with database.transaction() as tx:
        await expand_due(tx, NOON)
        await tx.leases.take("send", "test", 90)
        (message,) = await tx.outbox.claim(NOON, NOON - NOON.replace(hour=11), 10, [])
        await tx.outbox.sent(message, 555, 1, NOON)
    async with database.reading() as tx:
        kept = await tx.outbox.message(message.id)
    assert kept is not None
    assert kept.state is MessageState.SENT
    return number


# --- events, words, names


async def test_an_event_in_full(answering: Answering, story: Story, database: Database) -> None:
    number = await story.tell(MEETING)
    await story.reword(MEETING, "[[Omar al-Bashir]] meets [[Vladimir Putin]] in [[Sochi]], Russia.")
    putin = await story.use_words("Vladimir Putin", "Putin", 1)
    async with database.transaction() as tx:
        chat = await tx.chats.chat(READER, NOON)
        await tx.chats.follow(chat.id, putin, NOON)
    kept: Kept[EventCard | NothingAlerted | Gone] = Kept()
    await answering.event(request(), Pointer(number), kept)
    assert isinstance(kept.only, EventCard)
    assert kept.only.event.title == "Omar al-Bashir meets Vladimir Putin in Sochi, Russia."
    assert (kept.only.follows, kept.only.wordings) == (frozenset({putin}), 1)


async def test_a_name_is_looked_up(answering: Answering, story: Story) -> None:
    number = await story.tell(MEETING)
    answers: list[LookupAnswer] = []
    for name in ("vladimir putin", "Putin", "Vladimir Puttin"):
        kept: Kept[LookupAnswer] = Kept()
        await answering.lookup(request(), name, kept)
        answers.append(kept.only)
    card, several, unknown = answers
    assert isinstance(card, EntityCard)
    assert [event.id for event in card.latest] == [number]
    assert not card.followed
    assert isinstance(several, Several)
    assert several.entities == (card.entity,)
    assert isinstance(unknown, Unknown)
    assert unknown.nearest == (card.entity,)


# --- coming and going


async def test_start_suggests_the_busiest_and_takes_the_chat_back(
    answering: Answering, story: Story, database: Database
) -> None:
    await story.tell(MEETING)
    await story.tell(account("2017-11-22", "[[Vladimir Putin]] opens a memorial."))
    async with database.transaction() as tx:
        await tx.chats.chat(READER, NOON)
        await tx.chats.set_state(READER, ChatState.UNREACHABLE, NOON)
    kept: Kept[Welcome] = Kept()
    await answering.start(request(), kept)
    labels = [entity.label for entity in kept.only.suggestions]
    assert labels == ["Vladimir Putin", "Omar al-Bashir", "Sochi"]
    async with database.transaction() as tx:
        assert (await tx.chats.chat(READER, NOON)).state is ChatState.ACTIVE
