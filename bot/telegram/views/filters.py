"""How filters look: what one lets through, and how its words are asked for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bot.services.filtering import (
    BadWords,
    Filtered,
    MisreadFilter,
    NamedFilter,
    NoWords,
    Removed,
    category_key,
)
from bot.services.finding import Several
from bot.services.following import Ended, NotFollowed
from bot.telegram import buttons, texts
from bot.telegram.buttons import Rows, button, column
from bot.telegram.choices import Onward
from bot.telegram.markup import Rich, bold, clip, lines, link, paragraphs, plain
from bot.telegram.screens import Screen
from bot.telegram.sharing import Links
from bot.telegram.views.fixed import misread_words
from bot.telegram.views.follows import ended_toast, filter_lines, nobody
from bot.telegram.views.listed import not_followed
from bot.telegram.views.onward import onward
from bot.telegram.views.pieces import described, name_of
from bot.telegram.wording import LANGUAGES, Words
from storage.model import Call, Entity

MOST_CATEGORIES = 30
LONGEST_CATEGORY = 40
LONGEST_HINT = 64  # characters (Bot API: ForceReply)


def filter_card(words: Words, found: Filtered, page: int = 1) -> Screen:
    """A follow's filter, with what can be chosen."""
    follow = found.entry.follow
    head = words.fill(texts.filters.FILTER_HEAD, who=bold(name_of(words, follow.entity)))
    wanted = filter_lines(words, follow.filter) or plain(words(texts.filters.FILTER_NONE))
    return Screen(paragraphs(head, wanted, _tried(words, found)), _rows(words, found, page))


def named_filter(words: Words, answer: NamedFilter) -> Screen:
    """The filter of whom a reader named; else who may be meant, or what is wrong with the
    words."""
    match answer:
        case Filtered():
            return filter_card(words, answer)
        case Removed(now, was):
            text = texts.filters.FILTER_OFF_TOAST if was else texts.filters.FILTER_WAS_NONE
            said = words.fill(text, who=plain(name_of(words, now.entry.follow.entity)))
            shown = filter_card(words, now)
            return Screen(paragraphs(said, shown.body), shown.rows)
        case MisreadFilter():
            return _misread(words, answer)
        case Ended():
            return Screen(plain(ended_toast(words, answer)), onward(words, Onward.FOLLOWING))
        case Several(name, entities):
            head = words.fill(texts.follows.WHICH, name=words.quoted(name))
            return Screen(head, _choice(words, entities))
        case NotFollowed() if not answer.any:
            return nobody(words)
        case NotFollowed(name, nearest):
            rows = [*_choice(words, nearest), *onward(words, Onward.FOLLOWING)]
            return Screen(words.fill(not_followed(answer), name=words.quoted(name)), rows)


def filter_question(words: Words, entity: Entity, links: Links, *, is_forced: bool) -> Call:
    """The question for a filter's words, to be replied to; ``is_forced``: the app opens the
    reply by itself. The name's link tells later whose filter it is about."""
    who = link(name_of(words, entity), links.filter_of(entity.id))
    example = plain(words(texts.filters.FILTER_EXAMPLE))
    asked = Screen(words.fill(texts.filters.FILTER_ASK, who=who, example=example)).sent()
    hint = clip(words(texts.filters.FILTER_PLACEHOLDER), LONGEST_HINT)
    forced: dict[str, Any] = {"force_reply": True, "input_field_placeholder": hint}
    return Call(asked.method, {**asked.params, "reply_markup": forced}) if is_forced else asked


def filter_by_command(words: Words, entity: Entity, address: str = "") -> Screen:
    """How to send a filter's words where nobody can reply: to a channel, or for another chat
    (its ``address``)."""
    name, example = name_of(words, entity), words(texts.filters.FILTER_EXAMPLE)
    command = plain(f"/filter {name}: {example} {address}".rstrip())
    return Screen(words.fill(texts.filters.FILTER_BY_COMMAND, command=command))


def filter_toast(words: Words, found: Filtered) -> str:
    """That a filter is changed."""
    follow = found.entry.follow
    text = texts.filters.FILTER_TOAST if follow.filter else texts.filters.FILTER_OFF_TOAST
    return words.plain(text, who=name_of(words, follow.entity))


# --- parts


def _tried(words: Words, found: Filtered) -> Rich:
    """How many of the last month's events pass."""
    if not found.total:
        who = plain(name_of(words, found.entry.follow.entity))
        return words.fill(texts.filters.FILTER_NO_EVENTS, who=who)
    passing = plain(words.number(found.passing))
    counted = words.count(texts.filters.FILTER_PASSING, found.total, passing=passing)
    return lines(counted, _foreign(words, found))


def _foreign(words: Words, found: Filtered) -> Rich:
    """To who reads another language, where no event has the words that must occur: that most are
    English."""
    is_so = found.entry.follow.filter.must and not found.passing and words.language != LANGUAGES[0]
    return plain(words(texts.settings.LANGUAGE_EVENTS)) if is_so else Rich()


def _rows(words: Words, found: Filtered, page: int) -> Rows:
    follow = found.entry.follow
    number, wanted = follow.entity.id, {category_key(name) for name in follow.filter.categories}
    rows = []
    for name in found.categories[:MOST_CATEGORIES]:
        key, label = category_key(name), clip(words.category(name) or name, LONGEST_CATEGORY)
        chosen = f"✓ {label}" if key in wanted else label
        rows.append([button(chosen, buttons.filter_category(number, key, page))])
    asked = button(words(texts.filters.BUTTON_FILTER_WORDS), buttons.filter_words(number))
    off = button(words(texts.filters.BUTTON_FILTER_OFF), buttons.filter_off(number, page))
    back = button(words(texts.follows.BUTTON_RETURN), buttons.open_follow(number, page))
    return [*rows, [asked, off] if follow.filter else [asked], [back]]


def _misread(words: Words, answer: MisreadFilter) -> Screen:
    again = button(words(texts.filters.BUTTON_FILTER_WORDS), buttons.filter_words(answer.entity.id))
    return Screen(_why(words, answer.why), [[again]])


def _why(words: Words, why: BadWords) -> Rich:
    if isinstance(why, NoWords):
        return words.fill(
            texts.filters.FILTER_NO_WORDS, example=plain(words(texts.filters.FILTER_EXAMPLE))
        )
    return misread_words(words, why)


def _choice(words: Words, entities: Iterable[Entity]) -> Rows:
    return column(
        button(described(words, entity), buttons.filter_of(entity.id, 1)) for entity in entities
    )
