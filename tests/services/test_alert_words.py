"""What alerts are rendered from, and which changes of an event are edits of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.services.alerts import load_alert
from storage.database import Database
from storage.model import Account, Alert, OutgoingMessage
from storage.tables import EventRow
from tests.support.portal import Portal, claim, edit_all, expand, follow, send_all
from tests.support.story import account

DAY, NEXT = "2017-11-23", "2017-11-24"
SAME = [("Newsweek", "https://news.example.org/jones")]
DENIED = account(DAY, "The [[Department]] will not waive the [[Jones Act]].", sources=SAME)
WAIVED = account(NEXT, "[[Donald Trump]] waives the [[Jones Act]]. He is glad.", sources=SAME)


@pytest.fixture
def portal(database: Database) -> Portal:
    return Portal(database)


@pytest.fixture
def next_day(database: Database) -> Portal:
    return Portal(database, page="2017_November_24", day=date(2017, 11, 24))


async def stand_both(portal: Portal, next_day: Portal, later: Account = WAIVED) -> None:
    """One event that two pages tell, first in words that name the department only."""
    await portal.stand(0, DENIED)
    await next_day.stand(60, later)


async def claimed(database: Database, portal: Portal, minute: float) -> OutgoingMessage:
    await expand(database, portal.at(minute))
    (message,) = await claim(database, portal.at(minute))
    return message


async def loaded(database: Database, message: OutgoingMessage) -> Alert:
    async with database.reading() as tx:
        found = await load_alert(tx, message)
    assert isinstance(found, Alert)
    return found


async def sent_alert(database: Database) -> OutgoingMessage:
    """The first message, as it is read to be edited."""
    async with database.reading() as tx:
        found = await tx.outbox.message(1)
    assert found is not None
    return found


# --- the words that name whom a chat follows


async def test_an_alert_has_the_words_that_name_whom_it_is_about(
    database: Database, portal: Portal, next_day: Portal
) -> None:
    await follow(database, 1, "Donald Trump")
    await stand_both(portal, next_day)
    alert = await loaded(database, await claimed(database, portal, 71))
    assert alert.event.title == DENIED.text
    assert alert.told == WAIVED


async def test_an_alert_whose_leading_words_name_somebody_followed_has_no_others(
    database: Database, portal: Portal, next_day: Portal
) -> None:
    await follow(database, 1, "Donald Trump", "Department")
    await stand_both(portal, next_day)
    alert = await loaded(database, await claimed(database, portal, 71))
    assert len(alert.hits) == 2
    assert alert.told is None


async def test_words_that_stand_in_the_leading_text_need_no_others(
    database: Database, portal: Portal, next_day: Portal
) -> None:
    await follow(database, 1, "Jones Act")
    linked = account(NEXT, "It waives the [[Jones Act]].", sources=SAME)
    await stand_both(portal, next_day, linked)
    alert = await loaded(database, await claimed(database, portal, 71))
    assert [mention.words for mention in alert.hits] == ["Jones Act"]
    assert alert.told is None


async def test_a_report_reworded_edits_the_alerts_that_show_it(
    database: Database, portal: Portal, next_day: Portal
) -> None:
    await follow(database, 1, "Donald Trump")
    await stand_both(portal, next_day)
    assert len(await send_all(database, portal.at(71))) == 1
    beyond = replace(WAIVED, text="Donald Trump waives the Jones Act. He is very glad.")
    await next_day.stand(80, beyond)
    assert await edit_all(database, portal.at(91)) == []
    await next_day.stand(100, replace(WAIVED, text="Donald Trump waives the Jones Act at last."))
    assert len(await edit_all(database, portal.at(111))) == 1


# --- a name that is there no more


async def test_an_alert_says_whom_its_event_named_before(
    database: Database, portal: Portal
) -> None:
    await follow(database, 1, "Syria")
    await portal.stand(0, account(DAY, "[[Syria]] signs it.", sources=SAME))
    await send_all(database, portal.at(11))
    await follow(database, 1, "Kurds", at=portal.at(15))
    await portal.stand(20, account(DAY, "They sign it, as [[Kurds|others]] did.", sources=SAME))
    await portal.stand(40, account(DAY, "They sign it.", sources=SAME))
    assert len(await edit_all(database, portal.at(50))) == 1
    alert = await loaded(database, await sent_alert(database))
    assert alert.hits == ()
    assert [entity.label for entity in alert.former] == ["Syria"]


async def test_who_is_not_followed_any_more_is_no_reason(
    database: Database, portal: Portal
) -> None:
    chat = await follow(database, 1, "Syria")
    await portal.stand(0, account(DAY, "[[Syria]] signs it.", sources=SAME))
    await send_all(database, portal.at(11))
    async with database.transaction() as tx:
        (followed,) = await tx.chats.follows(chat)
        await tx.chats.unfollow(chat, followed.entity.id)
    alert = await loaded(database, await sent_alert(database))
    assert (alert.hits, alert.former) == ((), ())


# --- what is an edit


async def test_a_change_that_no_alert_shows_is_no_edit(database: Database, portal: Portal) -> None:
    await follow(database, 1, "Iran")
    text = "An earthquake strikes [[Iran]]."
    await portal.stand(0, account(DAY, text, topics=["[[2017 Kurdistan earthquake]]"]))
    await send_all(database, portal.at(11))
    renamed = account(DAY, text, topics=["[[2017 Kermanshah earthquake]]"])
    seen = await portal.stand(20, renamed)
    assert seen == [1]  # lists and cards of events do show it
    assert await edit_all(database, portal.at(31)) == []
    (event,) = await portal.events()
    assert event.revision == 1


async def test_a_topic_that_the_chat_follows_is_an_edit(database: Database, portal: Portal) -> None:
    await follow(database, 1, "Iran–Iraq border")
    text = "An earthquake strikes."
    await portal.stand(0, account(DAY, text, topics=["[[Iran–Iraq border]]"]))
    await send_all(database, portal.at(11))
    await portal.stand(20, account(DAY, text, topics=["[[Kermanshah]]"]))
    assert len(await edit_all(database, portal.at(31))) == 1


async def test_further_names_are_an_edit_where_the_alert_offers_them(
    database: Database, portal: Portal
) -> None:
    await follow(database, 1, "Iran")
    text = "Iran, Iraq, Oman and Qatar talk."
    names = ("Iran", "Iraq", "Oman", "Qatar")
    for count, edits in ((2, 0), (3, 1), (4, 0)):
        linked = text
        for name in names[:count]:
            linked = linked.replace(name, f"[[{name}]]")
        await portal.stand(count * 20, account(DAY, linked))
        now = portal.at(count * 20 + 11)
        assert len(await edit_all(database, now)) == edits, count
        await send_all(database, now)


async def test_a_common_thing_that_no_alert_offers_is_no_edit(
    database: Database, portal: Portal
) -> None:
    await follow(database, 1, "Iran")
    text = "[[Iran]] and Iraq talk of oil with Oman."
    for count, name in enumerate(("Iraq", "Oman", "oil")):
        text = text.replace(name, f"[[{name}]]")
        await portal.stand(count * 20, account(DAY, text))
        await send_all(database, portal.at(count * 20 + 11))
        edits = await edit_all(database, portal.at(count * 20 + 12))
        assert len(edits) == int(name == "Oman"), name


async def test_an_edit_yet_to_be_spread_is_not_lost_by_a_change_that_is_none(
    database: Database, portal: Portal
) -> None:
    await follow(database, 1, "Iran")
    await portal.stand(0, account(DAY, "[[Iran]] shakes.", sources=SAME))
    await send_all(database, portal.at(11))
    louder = account(DAY, "[[Iran]] shakes again.", sources=SAME)
    await portal.stand(20, louder)
    renamed = account(DAY, "[[Iran]] shakes again.", sources=SAME, topics=["Shaking"])
    await portal.stand(40, renamed)
    assert len(await edit_all(database, portal.at(51))) == 1


async def test_of_alerts_of_older_versions_the_next_change_counts_whatever_it_is(
    database: Database, portal: Portal
) -> None:
    await follow(database, 1, "Iran")
    text = "An earthquake strikes [[Iran]]."
    await portal.stand(0, account(DAY, text))
    await send_all(database, portal.at(11))
    async with database.transaction() as tx:
        (await tx.session.get_one(EventRow, 1)).alert_fingerprint = ""
    assert await portal.stand(20, account(DAY, text)) == []
    assert await edit_all(database, portal.at(31)) == []
    await portal.stand(40, account(DAY, text, topics=["Shaking"]))
    assert len(await edit_all(database, portal.at(51))) == 1
    await portal.stand(60, account(DAY, text, topics=["Trembling"]))
    assert await edit_all(database, portal.at(71)) == []
