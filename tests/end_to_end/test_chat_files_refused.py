"""What a reader gets where Telegram takes no file."""

from __future__ import annotations

from bot.telegram.texts import privacy as texts
from tests.support.story import Story, account
from tests.support.talk import Talk, labels

MEETING = account("2017-11-23", "[[Omar al-Bashir]] meets [[Vladimir Putin]]. He asks for help.")


async def test_a_week_in_a_group_that_forbids_photos(talk: Talk, story: Story) -> None:
    await story.tell(MEETING)
    group = talk.world.add_group("Friends", talk.reader)
    await talk.told(group, "/follow Vladimir Putin")
    refusal = "not enough rights to send photos to the chat"
    talk.world.faults.add("bad_request", "sendPhoto", times=None, text=refusal)
    (week,) = await talk.told(group, "/week")
    assert week.media is None
    assert week.text.startswith("1 event from 18 Nov 2017 to 24 Nov 2017\n\n🟦 Vladimir Putin 1\n")
    assert labels(week) == ["Vladimir Putin", "Each week"]
    talk.forgive("sendPhoto")


async def test_an_export_that_is_refused(talk: Talk) -> None:
    talk.world.faults.add("bad_request", "sendDocument", times=None, text="no documents here")
    assert (await talk.say("/export")).text == texts.EXPORT_FAILED
    talk.forgive("sendDocument")
