"""Charts with their captions, exports, and the question before all is deleted, as readers see
them: within Telegram's limits, whatever the sources say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.services.finding import Several, Unknown
from bot.services.following import Gone
from bot.services.privacy import About, ExportPart, ToForget
from bot.services.reviewing import NobodyFollowed, Tally, Week, Whose, Year
from bot.standin.entities import Formatted, detect
from bot.standin.html import parse_html
from bot.standin.limits import check_caption, check_keyboard, check_text
from bot.telegram import texts, views
from bot.telegram.charts import SQUARES
from bot.telegram.markup import MOST_ENTITIES
from bot.telegram.texts import proper
from bot.telegram.views.files import without_file
from bot.telegram.wording import Wording, Words
from storage.model import Call, Citation, Entity, Event

ENGLISH = Words("en")
LAST = date(2017, 11, 23)
DAYS = tuple(LAST - timedelta(days=back) for back in range(6, -1, -1))
PUTIN = Entity(2, "Vladimir Putin", "Q7747", "President of Russia")
BASHIR = Entity(1, "Omar al-Bashir", "Q57265", "President of Sudan")
EVENT = Event(
    id=17,
    day=LAST,
    title="Omar al-Bashir visits Russia. He meets Vladimir Putin & asks for <protection>.",
    category="International relations",
    topics=(),
    citations=(Citation("Reuters", "https://reuters.example/b"),),
    mentions=(),
    page="Portal:Current events/2017 November 23",
    language="en",
    revision=1,
    first_shown_at=datetime(2017, 11, 24, tzinfo=UTC),
    withdrawn=False,
)
WEEK = Week(
    days=DAYS,
    weekly_on=None,
    top=(Tally(PUTIN, (0, 1, 0, 3, 0, 0, 1)), Tally(BASHIR, (0, 0, 0, 0, 0, 0, 1))),
    events=(EVENT, replace(EVENT, id=3, title="Putin speaks.", page=None)),
    total=5,
)
MONDAY = date(2017, 11, 20)
YEAR = Year(
    entity=PUTIN,
    followed=False,
    weeks=tuple((MONDAY - timedelta(weeks=back), back % 3) for back in range(52, -1, -1)),
    latest=(EVENT,),
    since=MONDAY - timedelta(weeks=52),
)
EMPTY_YEAR = replace(YEAR, weeks=tuple((monday, 0) for monday, _ in YEAR.weeks), latest=())


def parsed(call: Call) -> Formatted:
    """What a call would show, its limits and keyboard checked."""
    is_photo = call.method == "sendPhoto"
    content = detect(parse_html(str(call.params["caption" if is_photo else "text"])))
    (check_caption if is_photo else check_text)(content)
    check_keyboard(call.params.get("reply_markup", {"inline_keyboard": []})["inline_keyboard"])
    assert len(content.entities) <= MOST_ENTITIES
    return content


def buttons(call: Call) -> list[tuple[str, str]]:
    """The labels and data of a call's buttons."""
    rows = call.params.get("reply_markup", {}).get("inline_keyboard", [])
    return [(each["text"], each["callback_data"]) for row in rows for each in row]


def attached(call: Call) -> dict[str, Any]:
    """What is kept of a call's file."""
    assert call.attachment is not None
    assert (call.method, call.attachment.field) == ("sendPhoto", "photo")
    return call.attachment.data


# --- weeks


def test_the_most_important_events_that_fit_stand_newest_first() -> None:
    """The first of them are worth their place most, and ``latest`` is newest first anyway."""
    told = [replace(EVENT, id=n, day=DAYS[n], title=f"Thing {n}. {'x' * 90}") for n in range(7)]
    worth = [told[n] for n in (2, 6, 0, 4, 1, 3, 5)]
    caption = parsed(views.week(ENGLISH, replace(WEEK, events=tuple(worth * 3), total=21))).text
    shown = [line.split()[-1] for line in caption.splitlines() if "/event_" in line]
    assert shown == sorted(shown, reverse=True)
    assert {"/event_2", "/event_6"} <= set(shown)


def test_a_week_has_a_legend_and_its_events() -> None:
    call = views.week(ENGLISH, WEEK)
    content = parsed(call)
    assert content.text == (
        "5 events from 17 Nov 2017 to 23 Nov 2017\n\n"
        "🟦 Vladimir Putin 5\n"
        "🟧 Omar al-Bashir 1\n"
        "An event that names several of them counts for each.\n\n"
        "23 November 2017 Omar al-Bashir visits Russia. /event_17\n"
        "23 November 2017 Putin speaks. /event_3\n"
        "and 3 more\n\n"
        "Wikipedia’s Current events, CC BY-SA"
    )
    links = [dict(e.details)["url"] for e in content.entities if e.kind == "text_link"]
    assert links == [proper.PORTAL_URL]
    assert attached(call) == {
        "days": [day.isoformat() for day in DAYS],
        "series": [[0, 1, 0, 3, 0, 0, 1], [0, 0, 0, 0, 0, 0, 1]],
    }


def test_a_week_says_whom_filters_leave_out() -> None:
    said = "Left out by filters: Omar al-Bashir"
    one = replace(WEEK, top=WEEK.top[:1], filtered=(BASHIR,))
    assert said in parsed(views.week(ENGLISH, one)).text.splitlines()
    nobody = Week(DAYS, weekly_on=None, filtered=(BASHIR,))
    assert parsed(views.week(ENGLISH, nobody)).text.endswith(f"\n{said}")


def test_a_year_of_which_less_is_known_says_since_when() -> None:
    known = replace(YEAR, since=date(2017, 11, 17))
    assert "events since 17 November 2017" in parsed(views.timeline(ENGLISH, known)).text


def test_a_week_whose_bars_count_each_event_once_says_no_more() -> None:
    caption = parsed(views.week(ENGLISH, replace(WEEK, total=6))).text
    assert caption.split("\n\n")[1] == "🟦 Vladimir Putin 5\n🟧 Omar al-Bashir 1"


def test_the_buttons_of_a_week_lead_to_who_was_in_it_and_to_it_each_week() -> None:
    assert buttons(views.week(ENGLISH, WEEK)) == [
        ("Vladimir Putin", "wc:2"),
        ("Omar al-Bashir", "wc:1"),
        ("Each week", "wk:1:2017-11-23"),
    ]
    weekly = replace(WEEK, weekly_on=4, weekly_minute=8 * 60)
    ending = ("No longer each week (Friday, 08:00)", "wk:0:2017-11-23")
    assert buttons(views.week(ENGLISH, weekly))[-1] == ending
    assert views.weekly_toast(ENGLISH, weekly) == "From now on this comes each Friday, 08:00."
    assert views.weekly_toast(ENGLISH, WEEK) == "This no longer comes by itself."


def test_all_others_have_the_last_square_and_row() -> None:
    top = tuple(Tally(replace(PUTIN, id=n, label=f"P{n}"), (9 - n,) * 7) for n in range(1, 8))
    call = views.week(ENGLISH, replace(WEEK, top=top, others=(0, 2, 0, 0, 0, 0, 1), total=999))
    legend = parsed(call).text.split("\n\n")[1].split("\n")
    assert [line[0] for line in legend] == list(SQUARES)
    assert legend[-1] == f"{SQUARES[-1]} Others 3"
    assert attached(call)["series"][-1] == [0, 2, 0, 0, 0, 0, 1]
    assert len(attached(call)["series"]) == 8


@pytest.mark.parametrize("language", ["en", "de", "ar", "zh"])
def test_long_names_and_titles_stay_within_a_caption(language: str) -> None:
    words = Wording().of(language)
    long = Entity(9, "Абвгдежзик " * 30, None, "<b>&" * 100)
    title = "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 & <words> " * 100
    events = tuple(replace(EVENT, id=10**17 + n, title=title) for n in range(20))
    top = tuple(Tally(replace(long, id=n), (1000,) * 7) for n in range(1, 8))
    week = replace(WEEK, top=top, others=(10**6,) * 7, events=events, total=10**6)
    year = replace(YEAR, entity=long, latest=events)
    for call in (views.week(words, week), views.timeline(words, year)):
        assert "/event_" in parsed(call).text


def test_a_week_without_events_says_what_to_do() -> None:
    call = views.week(ENGLISH, Week(DAYS, weekly_on=None))
    assert parsed(call).text == (
        "I know of no event about those whom you follow, from 17 Nov 2017 to 23 Nov 2017."
    )
    assert buttons(call) == [
        ("What happened today", "wt"),
        ("Each week", "wk:1:2017-11-23"),
    ]


def test_a_week_of_who_follows_nobody_offers_whom_to_follow() -> None:
    call = views.week(ENGLISH, NobodyFollowed((PUTIN,)))
    assert parsed(call).text == texts.follows.FOLLOWING_NONE
    assert buttons(call) == [("Vladimir Putin · President of Russia", "f:2")]
    nobody = buttons(views.week(ENGLISH, NobodyFollowed(())))
    assert [data for _, data in nobody] == ["go:busy", "go:today"]


# --- years


def test_a_year_says_whose_it_is_and_what_was_last() -> None:
    call = views.timeline(ENGLISH, YEAR)
    assert parsed(call).text == (
        "Vladimir Putin\nPresident of Russia\n\n"
        "52 events since 21 November 2016\n\n"
        "23 November 2017 Omar al-Bashir visits Russia. /event_17\n"
        "and 51 more\n\n"
        "Wikipedia’s Current events, CC BY-SA"
    )
    assert attached(call)["weeks"][:2] == [["2016-11-21", 1], ["2016-11-28", 0]]
    assert buttons(call) == [("Follow Vladimir Putin", "yf:2")]
    assert buttons(views.timeline(ENGLISH, replace(YEAR, followed=True))) == [("Unfollow", "yu:2")]


def test_a_year_without_events_is_a_sentence() -> None:
    call = views.timeline(ENGLISH, EMPTY_YEAR)
    assert call.attachment is None
    assert parsed(call).text == (
        "Vladimir Putin\nPresident of Russia\n\nI know of no event since 21 November 2016."
    )
    older = views.timeline(ENGLISH, replace(EMPTY_YEAR, latest=(EVENT,)))
    assert "/event_17" in parsed(older).text
    assert buttons(older) == [("Follow Vladimir Putin", "yf:2")]


def test_a_year_lists_its_own_events_as_far_as_the_caption_holds_and_counts_the_rest() -> None:
    title = "Somebody says something, " + "and so on and on, " * 20
    told = [replace(EVENT, id=n, title=title) for n in range(20)]
    before = replace(EVENT, id=99, day=date(2016, 11, 1))
    text = parsed(views.timeline(ENGLISH, replace(YEAR, latest=(*told, before)))).text
    listed = text.count("/event_")
    assert 5 <= listed < 20
    assert f"\nand {52 - listed} more\n" in text
    few = parsed(views.timeline(ENGLISH, replace(YEAR, latest=(EVENT, before)))).text
    assert "/event_17" in few
    assert "/event_99" not in few
    # A message has room for more than the caption of a picture.
    alone = parsed(views.timeline(ENGLISH, replace(EMPTY_YEAR, latest=tuple(told)))).text
    assert alone.count("/event_") > 12


def test_whose_year_it_may_be() -> None:
    choice = [("Vladimir Putin · President of Russia", "y:2")]
    whose = views.timeline(ENGLISH, Whose((PUTIN,)))
    assert (parsed(whose).text, buttons(whose)) == (texts.charts.TIMELINE_WHOM, choice)
    nobody = views.timeline(ENGLISH, Whose(()))
    busy = [(texts.labels.BUTTON_BUSY, "go:busy")]
    assert (parsed(nobody).text, buttons(nobody)) == (texts.charts.TIMELINE_NOBODY, busy)
    several = views.timeline(ENGLISH, Several("Putin", (PUTIN,)))
    assert parsed(several).text.startswith("By “Putin”, do you mean this one?")
    assert buttons(several) == choice
    near = views.timeline(ENGLISH, Unknown("Puttin", (PUTIN,)))
    assert parsed(near).text.startswith("I know nobody and nothing called “Puttin”.")
    assert buttons(near) == choice
    assert parsed(views.timeline(ENGLISH, Gone())).text == texts.reading.GONE_ENTITY


def test_a_choice_of_two_hundred_fits() -> None:
    many = tuple(replace(PUTIN, id=n, label="long name " * 20) for n in range(1, 201))
    assert 10 < len(buttons(views.timeline(ENGLISH, Whose(many)))) <= 100
    parsed(views.timeline(ENGLISH, Whose(many)))


# --- exports, forgetting, about


def parts(count: int) -> Sequence[ExportPart]:
    """The parts of an export."""
    made_at = datetime(2017, 11, 23, 12, tzinfo=UTC)
    return [ExportPart(number, count, LAST, made_at, ()) for number in range(1, count + 1)]


def test_an_export_says_of_when_it_is_and_which_part() -> None:
    (alone,) = views.export(ENGLISH, tuple(parts(1)))
    assert alone.params["caption"] == "All that I know of this chat, as of 23 November 2017."
    captions = [call.params["caption"] for call in views.export(ENGLISH, tuple(parts(3)))]
    assert [caption.split(". ")[1] for caption in captions] == [
        "Part 1 of 3.",
        "Part 2 of 3.",
        "Part 3 of 3.",
    ]
    assert alone.attachment is not None
    assert (alone.method, alone.attachment.field) == ("sendDocument", "document")
    assert ExportPart.from_json(alone.attachment.data) == parts(1)[0]


def test_what_goes_without_its_file() -> None:
    (export,) = views.export(ENGLISH, tuple(parts(1)))
    replied = replace(export, params={**export.params, "reply_parameters": {"message_id": 7}})
    told = without_file(ENGLISH, replied)
    assert (told.method, told.params["text"]) == ("sendMessage", texts.privacy.EXPORT_FAILED)
    assert told.params["reply_parameters"] == {"message_id": 7}
    for picture in (views.week(ENGLISH, WEEK), views.timeline(ENGLISH, YEAR)):
        told = without_file(ENGLISH, picture)
        assert (told.method, told.attachment) == ("sendMessage", None)
        assert told.params["text"] == picture.params["caption"]
        assert told.params["reply_markup"] == picture.params["reply_markup"]
        assert "caption" not in told.params


def test_the_question_before_all_is_deleted_names_the_chat_in_its_button() -> None:
    call = views.forget(ENGLISH, ToForget(-1001234567890, 2)).sent()
    assert parsed(call).text.startswith("Delete all that I know of this chat?\n\n")
    assert "(2)" in parsed(call).text
    assert buttons(call) == [("Delete all", "fg:-1001234567890"), ("Delete nothing", "fg:no")]


def test_about_names_version_licences_and_source() -> None:
    call = views.about(ENGLISH, About("1.2.3", "https://code.example/dateline")).sent()
    content = parsed(call)
    assert content.text.startswith("I am Dateline 1.2.3, free software under the MIT licence.")
    assert "My source code: https://code.example/dateline" in content.text
    assert "CC BY-SA 4.0" in content.text
    silent = parsed(views.about(ENGLISH, About("1.2.3")).sent()).text
    assert texts.privacy.ABOUT_NO_SOURCE in silent
    assert "code.example" not in silent
