"""Words of languages that nobody speaks, for tests of how the interface is translated."""

from __future__ import annotations

import re
from gettext import NullTranslations

from bot.telegram.wording import Words

# What translators leave as it is: places and commands.
_LEFT = re.compile(r"(\{\w+\}|(?<!\w)/[a-z_]+\d*)")
_LETTER = re.compile(r"[^\W\d_]")


class Masks(NullTranslations):
    """Every message in brackets, each of its letters another."""

    def __init__(self, letter: str) -> None:
        super().__init__()
        self._letter = letter

    def gettext(self, message: str) -> str:
        """The message, masked."""
        parts = _LEFT.split(message)
        masked = [_LETTER.sub(self._letter, each) if n % 2 == 0 else each for n, each in
                  enumerate(parts)]  # fmt: skip
        return f"⟦{''.join(masked)}⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The message in its form, masked."""
        return self.gettext(msgid1 if n == 1 else msgid2)


def masked(language: str = "ru", letter: str = "ж", *, is_shared: bool = False) -> Words:
    """Words of which no letter is of the Latin alphabet (nor are those of dates)."""
    return Words(language, Masks(letter), is_shared=is_shared)


def masked_arabic() -> Words:
    """The same in a language that is written from right to left."""
    return masked("ar", "ض")
