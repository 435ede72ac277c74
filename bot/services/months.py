"""How the months are called in the languages that readers may write, by Unicode's CLDR."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from babel import Locale

from bot.core.days import MonthNames

# The languages of the interface, and other names that are in use in them: Jänner in Austria,
# those of the Levant, of Algeria and Tunisia, and of Morocco in Arabic.
_LOCALES = ("en", "en_GB", "de", "de_AT", "fr", "es", "ru", "ar", "ar_SY", "ar_DZ", "ar_TN",
            "ar_MA", "zh")  # fmt: skip


def month_names() -> MonthNames:
    """The names of the months in all of these languages, in full and short."""
    return MonthNames.of(names for code in _LOCALES for names in _names(Locale.parse(code)))


def _names(locale: Locale) -> Iterator[Sequence[str]]:
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            names = locale.months[context][width]
            yield [names[number] for number in range(1, 13)]
