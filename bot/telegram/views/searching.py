"""How search results look."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.services.answering import (
    Common,
    FoundEvents,
    FoundNaming,
    OnlyWithout,
    SearchAnswer,
    Unsearchable,
)
from bot.services.finding import Several
from bot.telegram import buttons, texts
from bot.telegram.markup import Rich, bold, clip, lines, paragraphs, plain
from bot.telegram.screens import Screen
from bot.telegram.views.fixed import misread_words
from bot.telegram.views.onward import after
from bot.telegram.views.people import which
from bot.telegram.views.pieces import common_language, dated_line, name_of, texts_in
from bot.telegram.wording import LANGUAGES, Words
from storage.model import Event

LONGEST_TYPED = 60
_QUOTES = frozenset('"“”„‟«»「」『』＂')


def found(words: Words, answer: SearchAnswer) -> Screen:
    """Search results, and how to narrow them where there are more; or what to search for
    instead."""
    match answer:
        case FoundEvents(searched, (), _, since):
            return _none(words, searched, since)
        case FoundEvents(searched, events, more, since):
            head = words.fill(texts.events.FOUND, words=_typed(words, searched))
            count = words.count(texts.events.FOUND_MORE, len(events))
            return _listed(words, head, events, count if more else _back_to(words, since))
        case FoundNaming(searched, entity, events, since):
            who = bold(name_of(words, entity))
            head = words.fill(texts.events.FOUND_NAMING, words=_typed(words, searched), who=who)
            return _listed(words, head, events, _back_to(words, since))
        case Several():
            return which(words, answer, buttons.who)
        case _:
            return Screen(_not_searched(words, answer), after(words, texts.events.SEARCH_WHAT))


def _none(words: Words, searched: str, since: date | None) -> Screen:
    """That no event has the words, and to who reads another language that most are English."""
    none = words.fill(texts.events.FOUND_NONE, words=_typed(words, searched))
    foreign = plain("" if words.language == LANGUAGES[0] else words(texts.settings.LANGUAGE_EVENTS))
    return Screen(
        lines(none, _back_to(words, since), foreign), after(words, texts.events.FOUND_NONE)
    )


def _back_to(words: Words, since: date | None) -> Rich:
    """That events before a day were not looked through, if they were not."""
    return words.fill(texts.events.FOUND_BACK_TO, day=plain(words.day(since))) if since else Rich()


def _listed(words: Words, head: Rich, events: Sequence[Event], rest: Rich) -> Screen:
    known = common_language(words, events)
    told = (dated_line(words, event, known) for event in events)
    return Screen(paragraphs(head, *told, lines(rest, texts_in(words, known))))


def _typed(words: Words, searched: str) -> Rich:
    """What was searched for, in quotes where it has none itself."""
    if _QUOTES.isdisjoint(searched):
        return words.quoted(searched)
    return plain(clip(searched, LONGEST_TYPED))


def _not_searched(words: Words, answer: Unsearchable) -> Rich:
    match answer:
        case Common(searched):
            return words.fill(texts.events.FOUND_COMMON, words=_typed(words, searched))
        case OnlyWithout():
            example = plain(words(texts.filters.FILTER_EXAMPLE))
            return words.fill(texts.events.SEARCH_ONLY_WITHOUT, example=example)
        case _:
            return misread_words(words, answer)
