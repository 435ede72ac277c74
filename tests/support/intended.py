"""What the bot is meant to say, written as a row of a table: a text and what fills its places."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from html import unescape

from bot.telegram.markup import clip, plain
from bot.telegram.texts import reading as texts
from bot.telegram.texts.plural import Plural
from bot.telegram.wording import Words

# What fills a place, by the reader's language and what they typed behind the command.
Place = Callable[[Words, str], str]
# The sentence, by the same.
Sentence = Callable[[Words, str], str]

SHOWN = 60  # characters of what was typed


def says(text: str, **places: Place) -> Sentence:
    """This text."""

    def sentence(words: Words, typed: str) -> str:
        parts = {name: plain(place(words, typed)) for name, place in places.items()}
        return unescape(words.fill(text, **parts).html)

    return sentence


def begins(text: str) -> Sentence:
    """This text up to its first place."""
    return lambda words, _: words(text).partition("{")[0]


def counts(plural: Plural, count: int, **places: Place) -> Sentence:
    """This text, for a number."""

    def sentence(words: Words, typed: str) -> str:
        parts = {name: plain(place(words, typed)) for name, place in places.items()}
        return unescape(words.count(plural, count, **parts).html)

    return sentence


def typed(words: Words, text: str) -> str:
    """Place: what was typed, in quotes."""
    return words(texts.QUOTED).format(text=clip(text, SHOWN))


def quote(text: str) -> Place:
    """Place: this, in quotes."""
    return lambda words, _: typed(words, text)


def this(text: str) -> Place:
    """Place: this, as it is."""
    return lambda words, _: text


def word(text: str) -> Place:
    """Place: another text of the bot's."""
    return lambda words, _: words(text)


def day(iso: str) -> Place:
    """Place: a day in full."""
    return lambda words, _: words.day(date.fromisoformat(iso))


def month(iso: str) -> Place:
    """Place: the month of a day."""
    return lambda words, _: words.month(date.fromisoformat(iso))
