"""The first minutes: what this is, whom to follow, a daily digest, where one is."""

from __future__ import annotations

from collections.abc import Iterable

from bot.services.following import Followed, Welcome
from bot.services.pausing import WentOn
from bot.services.places import common_zones
from bot.services.settings import ChatSettings
from bot.telegram import buttons, choices, texts
from bot.telegram.buttons import Rows, button, column
from bot.telegram.choices import Inside, Onward, SettingsPart
from bot.telegram.markup import Rich, bold, lines, plain
from bot.telegram.screens import Screen
from bot.telegram.views.onward import after, onward
from bot.telegram.views.pieces import described, names
from bot.telegram.views.settings import back, digest_state
from bot.telegram.views.settings.parts import in_rows
from bot.telegram.views.settings.zones import zone_rows
from bot.telegram.wording import Words
from storage.model import ChatKind, Entity

MOST_FOLLOWED = 12  # that the welcome names
_DIGEST_HOURS = tuple(hour * 60 for hour in (7, 8, 12, 18, 21))


def welcome(words: Words, answer: Welcome) -> Screen:
    """What this is, and whom to begin with; to who has paused, that they are back."""
    if answer.paused:
        return back(words, WentOn(was=True, missed=answer.missed))
    rows = _suggestion_rows(words, answer.suggestions, texts.starting.BUTTON_DIGEST_FIRST)
    return Screen(_welcoming(words, answer.suggestions), rows)


def under_welcome(words: Words, answer: Followed) -> Screen:
    """The welcome under which Follow was pressed: it says whom one follows by now, and goes
    on suggesting others."""
    followed = names(words, answer.together, MOST_FOLLOWED)
    body = _welcoming(
        words, answer.suggestions, words.fill(texts.starting.START_FOLLOWING, names=followed)
    )
    return Screen(
        body, _suggestion_rows(words, answer.suggestions, texts.starting.BUTTON_TO_DIGEST)
    )


def _welcoming(words: Words, suggestions: tuple[Entity, ...], followed: Rich | None = None) -> Rich:
    then = texts.starting.WELCOME_BUSY if suggestions else texts.starting.WELCOME_NEXT
    what, how, next_ = (
        plain(words(text)) for text in (texts.starting.WELCOME, texts.starting.WELCOME_HOW, then)
    )
    return lines(what, how, followed or Rich(), next_)


def busy(words: Words, entities: tuple[Entity, ...]) -> Screen:
    """Who is in the news."""
    if not entities:
        return Screen(
            plain(words(texts.starting.BUSY_NONE)), after(words, texts.starting.BUSY_NONE)
        )
    rows = column(button(described(words, each), buttons.follow(each.id)) for each in entities)
    return Screen(plain(words(texts.starting.BUSY)), rows)


def first_digest(words: Words) -> Screen:
    """Whether and when to sum up each day."""
    hours = [
        button(words.time(minute), choices.digest(Inside.START, minute)) for minute in _DIGEST_HOURS
    ]
    none = button(words(texts.starting.BUTTON_NO_DIGEST), choices.digest(Inside.START, None))
    return Screen(plain(words(texts.starting.START_DIGEST)), in_rows([*hours, none], 3))


def first_zone(words: Words, settings: ChatSettings) -> Screen:
    """Where the reader is."""
    rows = zone_rows(words, common_zones(settings.chat.language), settings, Inside.START)
    more = button(words(texts.settings.BUTTON_MORE_PLACES), choices.places(Inside.START, 1))
    later = button(
        words(texts.starting.BUTTON_LATER), choices.screen(Inside.START, SettingsPart.DONE)
    )
    sharing = onward(words, Onward.LOCATION) if settings.chat.kind is ChatKind.PRIVATE else []
    return Screen(plain(words(texts.starting.START_ZONE)), [*rows, *sharing, [more, later]])


def all_set(words: Words, settings: ChatSettings) -> Screen:
    """What has been chosen, and the next steps."""
    follows = words.count(texts.starting.START_FOLLOWS, settings.follows)
    none = plain(words(texts.starting.START_FOLLOWS_NONE))
    digest = digest_state(words, settings) if settings.chat.digest_at is not None else Rich()
    body = lines(
        bold(words(texts.starting.START_DONE)),
        follows if settings.follows else none,
        digest,
        plain(words(texts.starting.START_MORE)),
    )
    next_steps = Onward.FOLLOWING if settings.follows else Onward.BUSY
    return Screen(body, onward(words, Onward.TODAY, next_steps, Onward.HELP))


def _suggestion_rows(words: Words, entities: Iterable[Entity], label: str) -> Rows:
    rows = column(button(described(words, e), buttons.follow_start(e.id)) for e in entities)
    return [*rows, [button(words(label), choices.screen(Inside.START, SettingsPart.DIGEST))]]
