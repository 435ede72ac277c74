"""Answers that need no looking up."""

from __future__ import annotations

from bot.core.filters import Contradiction, TooLongWord, TooManyWords
from bot.telegram import texts
from bot.telegram.markup import Rich, bold, command, lines, link, paragraphs, plain
from bot.telegram.screens import Screen
from bot.telegram.texts import proper
from bot.telegram.texts.plural import Plural
from bot.telegram.views.onward import after
from bot.telegram.wording import Words


def help_text(words: Words) -> Screen:
    """What the bot can do and what it cannot, and whose words the events are."""
    commands = [usage(words, name, purpose) for name, purpose in texts.commands.COMMANDS.items()]
    body = paragraphs(
        bold(words(texts.starting.HELP_HEAD)),
        lines(*commands),
        plain(words(texts.starting.HELP_NAMES)),
        plain(words(texts.starting.HELP_WORDS)),
        plain(words(texts.starting.HELP_HOW)),
        plain(words(texts.starting.HELP_LIMITS)),
        source_of_events(words),
    )
    return Screen(body)


def usage(words: Words, name: str, purpose: str) -> Rich:
    """How a command is used, and what for."""
    used = words(texts.commands.USAGES.get(name, "")) or f"/{name}"
    return words.fill(texts.commands.USAGE, command=plain(used), purpose=plain(words(purpose)))


def source_of_events(words: Words) -> Rich:
    """Whose words the events are."""
    portal = link(words(texts.starting.PORTAL_NAME), proper.PORTAL_URL)
    licence = link(proper.LICENCE_NAME, proper.LICENCE_URL)
    return words.fill(texts.starting.HELP_SOURCE, portal=portal, licence=licence)


def sentence(words: Words, text: str, /, **typed: str) -> Screen:
    """A sentence, its places filled with what the reader typed (quoted and shortened)."""
    body = words.fill(text, **{name: words.quoted(each) for name, each in typed.items()})
    return Screen(body, after(words, text))


def unknown_command(words: Words, typed: str, near: str) -> Screen:
    """That there is no such command, and one that is spelled much like it."""
    parts = {"typed": words.quoted(typed), "command": command(f"/{near}")}
    body = words.fill(texts.reading.UNKNOWN_COMMAND_NEAR, **parts)
    return Screen(body, after(words, texts.reading.UNKNOWN_COMMAND))


def counted(words: Words, plural: Plural, n: int) -> Screen:
    """A sentence that depends on a number."""
    return Screen(words.count(plural, n), after(words, plural))


def misread_words(words: Words, why: TooManyWords | TooLongWord | Contradiction) -> Rich:
    """What is wrong with words to search or to filter by."""
    match why:
        case TooManyWords(_, most):
            return words.count(texts.filters.FILTER_TOO_MANY, most)
        case TooLongWord(word, longest):
            return words.count(texts.filters.FILTER_TOO_LONG, longest, word=words.quoted(word))
        case Contradiction(word):
            return words.fill(texts.filters.FILTER_CONTRADICTION, word=words.quoted(word))
