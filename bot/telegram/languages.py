"""The languages of the bot, by what readers call them."""

from __future__ import annotations

from bot.core.hours import is_off
from bot.core.literal import level
from bot.telegram.wording import LANGUAGES, Words, base_of

# What means the language of the reader's Telegram.
_AS_TELEGRAM = frozenset({"auto", "telegram", "default"})


def language_typed(text: str) -> str | None:
    """The language that a text names: by its code, or its name in any of the languages."""
    typed = level(text)
    code = base_of(text.strip())
    if code in LANGUAGES:
        return code
    names = {
        level(Words(speaker).language_name(code)): code
        for code in LANGUAGES
        for speaker in LANGUAGES
    }
    return names.get(typed)


def is_as_telegram(text: str) -> bool:
    """Whether a text means the language of the reader's Telegram."""
    return level(text) in _AS_TELEGRAM or is_off(text)
