"""Answers that need no looking up."""

from __future__ import annotations

from bot.telegram import texts
from bot.telegram.markup import Rich, bold, fill, lines, link, paragraphs, plain, quoted
from bot.telegram.screens import Screen


def help_text() -> Screen:
    """What the bot can do and what it cannot, and whose words the events are."""
    commands = [_usage(name, purpose) for name, purpose in texts.COMMANDS.items()]
    portal = link(texts.PORTAL_NAME, texts.PORTAL_URL)
    licence = link(texts.LICENCE_NAME, texts.LICENCE_URL)
    body = paragraphs(
        bold(texts.HELP_HEAD),
        lines(*commands),
        plain(texts.HELP_NAMES),
        plain(texts.HELP_HOW),
        plain(texts.HELP_LIMITS),
        fill(texts.HELP_SOURCE, portal=portal, licence=licence),
    )
    return Screen(body)


def _usage(name: str, purpose: str) -> Rich:
    return plain(f"{texts.USAGES.get(name, '/' + name)} – {purpose}")


def sentence(text: str, **typed: str) -> Screen:
    """A sentence, its places filled with what the reader typed (quoted and shortened)."""
    return Screen(fill(text, **{name: quoted(words) for name, words in typed.items()}))


def counted(text: str, **numbers: int) -> Screen:
    """A sentence, its places filled with numbers."""
    return Screen(fill(text, **{name: plain(str(n)) for name, n in numbers.items()}))
