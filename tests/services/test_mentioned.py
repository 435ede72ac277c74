"""Who is named in texts that are longer than a name, on both databases."""

from __future__ import annotations

import pytest

from bot.services.answering import Answering, LookupAnswer
from bot.services.conversation import Conversation
from bot.services.finding import Finder, Several, Unknown
from storage.database import Database
from tests.support.requests import Kept, request, undressed
from tests.support.story import Story

SYRIA, USA, TRUMP = "Syria", "United States", "Donald Trump"
POST = (
    "The foreign ministers met on Friday, as they told us, for talks that went on until late at "
    "night. {} Nobody would say whether a ceasefire is near, and the envoy left without a word "
    "to the press that had waited for hours in the rain before the gates of the palace."
)


@pytest.fixture
async def story(database: Database) -> Story:
    told = Story(database)
    for title in (SYRIA, TRUMP):
        await told.use_words(title, title, 9)
    await told.use_words(USA, "US", 90)
    return told


async def named_in(database: Database, text: str) -> LookupAnswer:
    kept: Kept[LookupAnswer] = Kept()
    answering = Answering(Conversation(database, dress=undressed), Finder(database))
    await answering.named_in(request(), text, kept)
    return kept.only


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("It is about Syria.", [SYRIA]),
        ("(Syria) is what Donald Trump's men came for.", [TRUMP, SYRIA]),
        ("The US and “Syria” agree.", [SYRIA, USA]),
    ],
)
async def test_names_in_a_long_text_are_found(
    database: Database, story: Story, sentence: str, names: list[str]
) -> None:
    answer = await named_in(database, POST.format(sentence))
    assert isinstance(answer, Several)
    assert answer.is_within
    assert sorted(each.label for each in answer.entities) == sorted(names)


async def test_common_words_of_a_long_text_are_no_names(database: Database, story: Story) -> None:
    """It has "us" in it."""
    text = POST.format("")
    assert await named_in(database, text) == Unknown(text)
