"""One language's words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from gettext import NullTranslations
from types import MappingProxyType

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_timedelta
from babel.numbers import format_decimal

from bot.core.categories import heading
from bot.telegram import texts
from bot.telegram.markup import (
    LONGEST_LABEL,
    Label,
    Rich,
    clip,
    fill,
    isolated,
    isolated_text,
    join,
    plain,
    runs_right_to_left,
    utf16,
)
from bot.telegram.texts.plural import Plural

LONGEST_TYPED = 60  # UTF-16 units of what a reader typed
# Where a language alone does not say how dates are written: 23 November 2017.
_LOCALES = MappingProxyType({"en": "en_GB", "zh": "zh_Hans"})
# Between the parts of a list (CLDR: listPattern, middle).
_SEPARATORS = MappingProxyType({"ar": "، ", "zh": "、"})
_RIGHT_TO_LEFT_MARK = "\u200f"
_FROM_LEFT, _END = "\u2066", "\u2069"  # what is between them runs from left to right
# A command with hours, a day or a number behind it, as the sentences give examples.
_EXAMPLE = re.compile(r"/[a-z]+ \d+(?:[:-]\d+)*")


class Words:
    """What to say in ``language``, and how dates, numbers and lists are written in it.

    What is put into a sentence is kept from turning its direction: in languages written from
    right to left every part, in others those that run so themselves. Where several people read,
    ``is_shared``, nobody is spoken to who may not be meant.
    """

    def __init__(
        self,
        language: str,
        translations: NullTranslations | None = None,
        *,
        is_shared: bool = False,
    ) -> None:
        self.language = language
        self.is_shared = is_shared
        self._translations = translations or NullTranslations()
        self._locale = Locale.parse(_LOCALES.get(language, language))
        self._categories = {name.casefold(): name for name in texts.categories.CATEGORIES}

    @property
    def rtl(self) -> bool:
        """Whether the language is written from right to left."""
        return self._locale.character_order == "right-to-left"

    @property
    def first_weekday(self) -> int:
        """With which day weeks begin (Monday 0)."""
        return self._locale.first_week_day

    # --- sentences

    def __call__(self, text: str) -> str:
        """A text of ``bot.telegram.texts`` in this language."""
        if self.is_shared:
            text = str(texts.shared.SHARED.get(text, text))
        said = self._translations.gettext(text) if text else text
        # Among letters from right to left, the parts of an example would change places.
        return _EXAMPLE.sub(f"{_FROM_LEFT}\\g<0>{_END}", said) if self.rtl else said

    def fill(self, text: str, /, **parts: Rich) -> Rich:
        """A sentence, its places filled."""
        template = self(text)
        whole = fill(template, self._kept(parts))
        return self._led(whole) if template.startswith("{") else whole

    def count(self, plural: Plural, n: int, /, **parts: Rich) -> Rich:
        """The sentence for ``n``, its place ``{count}`` and any others filled."""
        text = self._form(plural, n)
        return fill(text, {**self._kept(parts), "count": plain(self.number(n))})

    def plain(self, text: str, /, **values: str | int) -> str:
        """A text for toasts and such, its places filled; these are cut where they are too
        long, which could part what isolates a direction, so nothing does."""
        return self(text).format(**{name: self._plain(value) for name, value in values.items()})

    def label(self, text: str, /, **values: str) -> Label:
        """A button's label, its places filled: they are cut to what the label has room for, and
        kept from turning its direction."""
        template = self(text)
        room = LONGEST_LABEL - utf16(template.format(**dict.fromkeys(values, "")))
        parts = {name: clip(value, max(1, room)) for name, value in values.items()}
        return Label(template.format(**{name: self._apart(part) for name, part in parts.items()}))

    def plain_count(self, plural: Plural, n: int, /, **values: str | int) -> str:
        """The same for a text that depends on a number."""
        text = self._form(plural, n)
        filled = {name: self._plain(value) for name, value in values.items()}
        return text.format(**filled, count=self.number(n))

    def quoted(self, typed: str) -> Rich:
        """What a reader typed, shortened, in this language's quotes."""
        return plain(self(texts.reading.QUOTED).format(text=clip(typed, LONGEST_TYPED)))

    # --- parts in a row

    def joined(self, parts: Iterable[Rich]) -> Rich:
        """A list, with this language's separators."""
        return self.row(parts, _SEPARATORS.get(self.language, ", "))

    def row(self, parts: Iterable[Rich], separator: str) -> Rich:
        """Parts in the order of reading, those that are empty left out."""
        return self._led(join(map(self.kept, parts), separator))

    def kept(self, part: Rich) -> Rich:
        """A part, kept from turning the direction of what stands around it."""
        return isolated(part) if self.rtl or runs_right_to_left(part) else part

    # --- numbers, days and names

    def number(self, n: int) -> str:
        """A number: "1,234"."""
        written: str = format_decimal(n, locale=self._locale)
        return written

    def day(self, day: date) -> str:
        """A day in full: "23 November 2017"."""
        return self._as_said(day, format_date(day, "long", self._locale))

    def short_day(self, day: date) -> str:
        """A day in short: "23 Nov 2017"."""
        return self._as_said(day, format_skeleton("yMMMd", day, locale=self._locale))

    def day_of_week(self, day: date) -> str:
        """A day of late with its day of the week: "Friday 24 November"."""
        of_month = self._as_said(day, format_skeleton("MMMMd", day, locale=self._locale))
        return self(texts.days.DAY_OF_WEEK).format(weekday=self.weekday(day), day=of_month)

    def day_and_month(self, day: date) -> str:
        """A day without its year: "23 Nov"."""
        return self._as_said(day, format_skeleton("MMMd", day, locale=self._locale))

    def weekday(self, day: date) -> str:
        """The day of the week: "Thursday"."""
        return format_date(day, "EEEE", self._locale)

    def short_weekday(self, day: date) -> str:
        """The day of the week, as short as it gets: "Th"."""
        return format_date(day, "EEEEEE", self._locale)

    def short_month(self, day: date) -> str:
        """The month alone, in short: "Nov"."""
        return format_date(day, "LLL", self._locale)

    def month(self, day: date) -> str:
        """The day's month: "November 2017"."""
        return format_skeleton("yMMMM", day, locale=self._locale)

    def time(self, minute_of_day: int) -> str:
        """A time of the day, given in minutes since midnight: "08:00"."""
        return f"{minute_of_day // 60:02}:{minute_of_day % 60:02}"

    def span(self, length: timedelta) -> str:
        """A length of time, roughly: "15 minutes", "3 hours", "2 days"."""
        return format_timedelta(length, granularity="minute", threshold=2, locale=self._locale)

    def language_name(self, code: str) -> str:
        """What this language calls another, else the code."""
        try:
            return Locale.parse(code, sep="-").get_display_name(self._locale) or code
        except (UnknownLocaleError, ValueError):
            return code

    def category(self, name: str) -> str:
        """A category of the portal, or "" for one that fits any event; one that is not known
        stays as the page has it."""
        current = heading(name)
        known = self._categories.get(current.casefold())
        return self(known) if known else current

    # --- parts

    def _as_said(self, day: date, written: str) -> str:
        """A day as written by Babel; French has an ordinal for the first of a month only."""
        is_first = self.language == "fr" and day.day == 1
        return written.replace("1", "1er", 1) if is_first else written

    def _form(self, plural: Plural, n: int) -> str:
        said = texts.shared.SHARED.get(plural, plural) if self.is_shared else plural
        assert isinstance(said, Plural)  # noqa: S101 (a test compares each with its own)
        return self._translations.ngettext(said.one, said.other, n)

    def _led(self, whole: Rich) -> Rich:
        """What begins with a part, led by a mark of the language's direction: that of a line
        is told by its first letter outside of what is kept apart, of which there may be none."""
        return plain(_RIGHT_TO_LEFT_MARK) + whole if self.rtl and whole else whole

    def _kept(self, parts: dict[str, Rich]) -> dict[str, Rich]:
        return {name: self.kept(part) for name, part in parts.items()}

    def _apart(self, part: str) -> str:
        return isolated_text(part) if self.rtl or runs_right_to_left(plain(part)) else part

    def _plain(self, value: str | int) -> str:
        return value if isinstance(value, str) else self.number(value)
