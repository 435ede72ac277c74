"""Answers that need no looking up."""

from __future__ import annotations

from bot.core.filters import Contradiction, TooLongWord, TooManyWords
from bot.telegram import texts
from bot.telegram.markup import Rich, bold, command, lines, link, paragraphs, plain
from bot.telegram.screens import Screen
from bot.telegram.texts import Plural
from bot.telegram.views.onward import after
from bot.telegram.wording import Words


def help_text(words: Words) -> Screen:
    """What the bot can do and what it cannot, and whose words the events are."""
    commands = [usage(words, name, purpose) for name, purpose in texts.COMMANDS.items()]
    body = paragraphs(
        bold(words(texts.HELP_HEAD)),
        lines(*commands),
        plain(words(texts.HELP_NAMES)),
        plain(words(texts.HELP_WORDS)),
        plain(words(texts.HELP_HOW)),
        plain(words(texts.HELP_LIMITS)),
        source_of_events(words),
    )
    return Screen(body)


def usage(words: Words, name: str, purpose: str) -> Rich:
    """How a command is used, and what for."""
    used = words(texts.USAGES.get(name, "")) or f"/{name}"
    return words.fill(texts.USAGE, command=plain(used), purpose=plain(words(purpose)))


def source_of_events(words: Words) -> Rich:
    """Whose words the events are."""
    portal = link(words(texts.PORTAL_NAME), texts.PORTAL_URL)
    licence = link(texts.LICENCE_NAME, texts.LICENCE_URL)
    return words.fill(texts.HELP_SOURCE, portal=portal, licence=licence)


def sentence(words: Words, text: str, /, **typed: str) -> Screen:
    """A sentence, its places filled with what the reader typed (quoted and shortened)."""
    body = words.fill(text, **{name: words.quoted(each) for name, each in typed.items()})
    return Screen(body, after(words, text))


def unknown_command(words: Words, typed: str, near: str) -> Screen:
    """That there is no such command, and one that is spelled much like it."""
    parts = {"typed": words.quoted(typed), "command": command(f"/{near}")}
    body = words.fill(texts.UNKNOWN_COMMAND_NEAR, **parts)
    return Screen(body, after(words, texts.UNKNOWN_COMMAND))


def counted(words: Words, plural: Plural, n: int) -> Screen:
    """A sentence that depends on a number."""
    return Screen(words.count(plural, n), after(words, plural))


def misread_words(words: Words, why: TooManyWords | TooLongWord | Contradiction) -> Rich:
    """What is wrong with words to search or to filter by."""
    match why:
        case TooManyWords(_, most):
            return words.count(texts.FILTER_TOO_MANY, most)
        case TooLongWord(word, longest):
            return words.count(texts.FILTER_TOO_LONG, longest, word=words.quoted(word))
        case Contradiction(word):
            return words.fill(texts.FILTER_CONTRADICTION, word=words.quoted(word))
