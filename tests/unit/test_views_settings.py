"""How settings look: what is said when, and that all of it can be pressed and translated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import product
from zoneinfo import ZoneInfo

import pytest

from bot.core.days import NoEnd
from bot.services.following import Welcome
from bot.services.pausing import NotPaused, WentOn
from bot.services.places import Place
from bot.services.settings import ChatSettings, Misread, Somewhere, Zoned
from bot.telegram import choices, views
from bot.telegram.choices import Inside, Onward, SettingsPart
from bot.telegram.languages import is_as_telegram, language_typed
from bot.telegram.markup import plain
from bot.telegram.screens import Screen
from bot.telegram.texts import settings as texts
from bot.telegram.views import settings as shown
from bot.telegram.views import starting
from bot.telegram.views.onward import onward
from bot.telegram.views.settings.overview import own_name
from bot.telegram.wording import LANGUAGES, Words
from storage.model import Call, Chat, ChatKind, ChatState, Entity
from tests.support.wording import masked, masked_arabic
from tests.unit.test_views import ENGLISH, labels, parsed
from tests.unit.test_views import shown as text_of

ROME = ZoneInfo("Europe/Rome")
NOW = datetime(2017, 11, 23, 14, 5, tzinfo=ROME)
MORNING = NOW.replace(day=24, hour=7, minute=0)
CHAT = Chat(
    1, 7, 0, ChatState.ACTIVE, state_since=NOW, timezone="Europe/Rome", timezone_chosen=True
)
NOTHING = ChatSettings(replace(CHAT, timezone="UTC", timezone_chosen=False), NOW.astimezone(UTC))
WANTED = replace(
    CHAT,
    digest_at=6 * 60,
    weekly_on=6,
    quiet_from=22 * 60,
    quiet_until=7 * 60,
    language="ru",
    language_chosen=True,
)
ALL = ChatSettings(WANTED, NOW, follows=5, next_digest=MORNING, quiet_until=MORNING)
PAUSED = replace(ALL, chat=replace(WANTED, state=ChatState.PAUSED))
IN_A_GROUP = replace(ALL, chat=replace(WANTED, kind=ChatKind.SUPERGROUP))
AWAY = replace(PAUSED, chat=replace(PAUSED.chat, paused_until=MORNING.astimezone(UTC)))
EACH = (NOTHING, ALL, PAUSED, AWAY, IN_A_GROUP)
SOMEBODY = Entity(1, "Ωμέγα", description="θεός")
PLACES = (
    Place("Ρώμη", "Ιταλία", "Europe/Rome", region="Λάτιο"),
    Place("Ρώμη", "", "America/New_York"),
)


def screens(words: Words) -> Iterator[Screen]:
    """All that is shown of settings and in the first minutes."""
    for inside in (Inside.ALONE, Inside.MENU):
        for settings in EACH:
            yield from _choosing(words, settings, inside)
            yield from _placing(words, settings, inside)
        for answer in (WentOn(True, True), WentOn(True, False), WentOn(False, False)):
            yield shown.back(words, answer, inside)
    for settings in EACH:
        yield shown.settings(words, settings)
        yield starting.first_zone(words, settings)
        yield starting.all_set(words, settings)
        for why, found, near in product(NoEnd, ((), (SOMEBODY,)), (False, True)):
            yield shown.paused(words, NotPaused("ψι", why, settings.chat, found, is_near=near))
        yield shown.with_pause(words, settings.chat, views.following(words, []))
    yield starting.first_digest(words)
    for some in ((), (SOMEBODY,)):
        yield starting.busy(words, some)
        yield starting.welcome(words, Welcome(some))
        yield starting.welcome(words, Welcome(some, paused=True, missed=True))
    yield Screen(plain("ω"), onward(words, *Onward))


def _choosing(words: Words, settings: ChatSettings, inside: Inside) -> Iterator[Screen]:
    for hours in (shown.digest, shown.quiet):
        yield from (hours(words, settings, inside), hours(words, Misread("ψι", settings), inside))
    yield shown.digest_hours(words, settings, inside)
    yield shown.quiet_from(words, inside)
    yield shown.quiet_until(words, 22 * 60, inside)
    yield shown.weekly(words, settings, inside)
    yield shown.language(words, settings, inside)
    yield shown.language(words, settings, inside, "ψι")
    yield shown.paused(words, settings, inside)


def _placing(words: Words, settings: ChatSettings, inside: Inside) -> Iterator[Screen]:
    yield from (shown.places(words, settings, page, inside) for page in (1, 2, 9))
    guessed = tuple(replace(place, guessed=True) for place in PLACES)
    timed = tuple(replace(place, timed=True) for place in PLACES)
    for found in ((), PLACES, guessed, timed):
        yield shown.zone(words, Somewhere("ψι", found, settings), inside)
    for zoned in (settings, Zoned(settings), Zoned(settings, PLACES[0], "Asia/Kathmandu")):
        yield shown.zone(words, zoned, inside)


def toasts(words: Words) -> Iterator[str]:
    """All that is said over a screen."""
    for settings in EACH:
        for toast in (shown.digest_toast, shown.weekly_toast, shown.quiet_toast):
            yield toast(words, settings)
        yield shown.language_toast(words, settings)
        yield shown.zone_toast(words, Zoned(settings))


def keyed(words: Words) -> Iterator[Call]:
    """All that comes with keys, or takes them away."""
    yield from (shown.ask_location(words), shown.keep_location(words))
    yield from shown.located(words, Somewhere("", (), NOTHING))
    yield shown.located(words, Zoned(ALL))[0]


def seen(words: Words) -> Iterator[str]:
    """All that readers see of it."""
    for screen in screens(words):
        params = screen.sent().params
        yield "\n".join([parsed(params).text, *(labels(params) if screen.rows else ())])
    yield from toasts(words)
    for call in keyed(words):
        keys = call.params["reply_markup"].get("keyboard", [])
        yield "\n".join([call.params["text"], *(key["text"] for row in keys for key in row)])


# --- all of it

# Not to be translated: commands, how languages call themselves, the clock without a place.
_SAME = re.compile(rf"(?<!\w)/[a-z_]+\d*|\bUTC\b|{'|'.join(map(own_name, LANGUAGES))}")
_LATIN = re.compile(r"[A-Za-z]+")


@pytest.mark.parametrize("words", [masked(), masked_arabic()], ids=lambda words: words.language)
def test_no_words_stand_in_the_views(words: Words) -> None:
    for text in seen(words):
        assert _LATIN.findall(_SAME.sub("", text)) == [], text


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_fits_telegrams_limits(language: str) -> None:
    words = Words(language)
    for screen in screens(words):
        parsed(screen.sent().params)
        assert all(len(row) <= 8 for row in screen.rows)
    assert all(len(toast) <= 200 for toast in toasts(words))


def test_every_button_sends_what_is_understood() -> None:
    patterns = [p for p in vars(choices).values() if isinstance(p, str) and p.endswith(r"\Z")]
    data = {b["callback_data"] for s in screens(ENGLISH) for row in s.rows for b in row}
    own = {d for d in data if d.partition(":")[0] in (*Inside, "go")}
    assert len(own) > 100
    for one in own:
        assert [p for p in patterns if re.match(p, one)], one
        assert len(f"{one}@-1009999999999999".encode()) <= 64, one


def test_no_button_leads_nowhere_and_each_screen_in_the_menu_leads_back() -> None:
    back = choices.screen(Inside.MENU, SettingsPart.MAIN)
    for settings in EACH:
        for screen in (
            *_choosing(ENGLISH, settings, Inside.MENU),
            *_placing(ENGLISH, settings, Inside.MENU),
        ):
            assert screen.rows[-1][0]["callback_data"] == back


# --- what is said when


def test_the_settings_say_all_that_is_chosen() -> None:
    assert text_of(shown.settings(ENGLISH, ALL)) == (
        "What you have chosen\n\n"
        "Daily digest: 06:00 (Rome)\n"
        "Weekly digest: Sunday, 06:00 (Rome)\n"
        "Quiet hours: 22:00–07:00 (Rome)\n"
        "Time zone: 14:05 (Rome, Italy)\n"
        "Language: Русский"
    )
    assert "Paused since 23 November 2017." in text_of(shown.settings(ENGLISH, PAUSED))
    assert texts.ZONE_UTC in text_of(shown.settings(ENGLISH, NOTHING))
    assert shown.weekly_toast(ENGLISH, ALL) == "Weekly digest: Sunday, 06:00"


def test_only_in_private_one_can_take_ones_data_and_follow_telegrams_language() -> None:
    private = labels(shown.settings(ENGLISH, ALL).sent().params)
    group = labels(shown.settings(ENGLISH, IN_A_GROUP).sent().params)
    assert set(private) - set(group) == {texts.BUTTON_EXPORT, texts.BUTTON_FORGET_ALL}
    assert texts.BUTTON_AS_TELEGRAM in labels(shown.language(ENGLISH, ALL).sent().params)
    assert texts.BUTTON_AS_TELEGRAM not in labels(shown.language(ENGLISH, IN_A_GROUP).sent().params)
    assert texts.BUTTON_LOCATION not in labels(shown.zone(ENGLISH, IN_A_GROUP).sent().params)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (23, "The next one: today, 20:00."),
        (24, "The next one: tomorrow, Friday, 24 November 2017, 20:00."),
        (25, "The next one: Saturday, 25 November 2017, 20:00."),
    ],
)
def test_a_digest_says_when_it_comes_next(day: int, said: str) -> None:
    at = NOW.replace(day=day, hour=20, minute=0)
    settings = replace(ALL, chat=replace(CHAT, digest_at=20 * 60), next_digest=at)
    assert text_of(shown.digest(ENGLISH, settings)) == (
        f"Your digest comes daily at 20:00 (Rome).\n{said}\n\n{texts.DIGEST_PICK}"
    )


def test_a_digest_in_quiet_hours_says_so_on_both_sides() -> None:
    assert (
        "That falls into your quiet hours (22:00–07:00), so it comes when they end, at 07:00.\n"
        "The next one: tomorrow, Friday, 24 November 2017, 07:00."
    ) in text_of(shown.digest(ENGLISH, ALL))
    assert "Your digest of 06:00 falls into them" in text_of(shown.quiet(ENGLISH, ALL))
    apart = replace(ALL, chat=replace(WANTED, digest_at=7 * 60))
    assert "quiet" not in text_of(shown.digest(ENGLISH, apart))
    assert "digest" not in text_of(shown.quiet(ENGLISH, apart))


def test_who_pauses_hears_so_with_the_hours_and_of_no_next_digest() -> None:
    for hours in (shown.digest, shown.quiet):
        for inside in (Inside.ALONE, Inside.MENU):
            screen = hours(ENGLISH, PAUSED, inside)
            assert text_of(screen).startswith("Paused since 23 November 2017.\n\n")
            assert screen.rows[0][0]["callback_data"] == choices.go_on(inside)
    assert "The next one" not in text_of(shown.digest(ENGLISH, PAUSED))


def test_until_when_a_pause_lasts_is_said_wherever_it_is() -> None:
    end = "until Friday, 24 November 2017, 07:00.\n"
    told = text_of(shown.paused(ENGLISH, AWAY))
    assert told.startswith(f"I pause: you get no alerts and no digests {end}What happens")
    assert f"\n\nPaused {end[:-1]}" in text_of(shown.settings(ENGLISH, AWAY))
    assert text_of(shown.digest(ENGLISH, AWAY)).startswith(f"Paused {end}\n")


def test_of_whom_one_follows_no_more_are_offered_than_can_be_looked_through() -> None:
    many = tuple(Entity(number, f"No. {number}") for number in range(1, 20))
    pressed = shown.paused(ENGLISH, NotPaused("bush", NoEnd.UNREAD, CHAT, many)).rows
    assert [row[0]["callback_data"] for row in pressed] == [
        *(f"u:{number}" for number in range(1, 9)), "set:pause",
    ]  # fmt: skip


def test_what_is_chosen_is_marked() -> None:
    def marked(screen: Screen) -> list[str]:
        return [label for label in labels(screen.sent().params) if label.startswith("✓")]

    assert marked(shown.digest(ENGLISH, ALL)) == ["✓ 06:00"]
    assert marked(shown.quiet(ENGLISH, ALL)) == ["✓ 22:00–07:00"]
    assert marked(shown.weekly(ENGLISH, ALL)) == ["✓ Sunday"]
    assert marked(shown.language(ENGLISH, ALL)) == ["✓ Русский"]
    assert marked(shown.language(ENGLISH, NOTHING)) == ["✓ As in Telegram"]
    assert marked(shown.places(ENGLISH, ALL, 2, Inside.MENU)) == ["✓ Rome · 14:05"]
    assert [marked(each(ENGLISH, NOTHING)) for each in (shown.digest, shown.quiet)] == [[], []]


def test_quiet_hours_end_at_any_other_hour_than_they_start() -> None:
    ends = labels(shown.quiet_until(ENGLISH, 22 * 60, Inside.ALONE).sent().params)
    assert ends[0] == "23:00"
    assert (len(ends), ends[-1]) == (23 + 1, "‹ Back")
    assert "22:00" not in ends


def test_places_go_from_west_to_east_and_each_stands_once() -> None:
    seen: list[str] = []
    for page in (1, 2, 3):
        found = labels(shown.places(ENGLISH, ALL, page, Inside.ALONE).sent().params)
        seen += [label for label in found if " · " in label]
    assert len(seen) == len(set(seen)) > 32
    assert seen.index("New York · 08:05") < seen.index("London · 13:05")
    assert seen.index("London · 13:05") < seen.index("Shanghai · 21:05")


# --- languages by name


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        *(("de", "de"), ("DE-at", "de"), ("deutsch", "de"), ("German", "de"), ("немецкий", "de")),
        *(("Français", "fr"), ("francais", "fr"), ("испанский", "es"), ("العربية", "ar")),
        *(("中文", "zh"), ("chinois", "zh"), ("zh-hans", "zh"), ("Englisch", "en")),
        *(("klingon", None), ("", None), ("😀", None), ("d", None), ("tlh", None)),
    ],
)
def test_a_language_is_known_by_code_and_name(typed: str, code: str | None) -> None:
    assert language_typed(typed) == code


def test_telegrams_language_is_asked_for_by_a_word() -> None:
    assert is_as_telegram("Auto")
    assert not is_as_telegram("")


@pytest.mark.parametrize("typed", ["off", "aus", "нет", "auto", "Telegram"])
def test_no_language_of_ones_own_is_that_of_telegram(typed: str) -> None:
    assert is_as_telegram(typed)
