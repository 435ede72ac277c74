"""Whether a catalogue fits the texts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from gettext import c2py
from string import Formatter

from babel.messages.catalog import Catalog

from bot.telegram.texts.plural import Plural
from bot.telegram.wording.catalogues import is_translated
from bot.telegram.wording.messages import Message, messages

_COMMAND = re.compile(r"(?<![\w/])/[a-z_]+(?:\d+)?")
_NUMBERS = range(201)  # every plural rule of ours shows all it has among these
COUNT = "count"


def misfits(catalogue: Catalog) -> Iterator[str]:
    """What is wrong with a catalogue: messages that are missing or not in the texts, places
    or commands that differ from the original's, plural forms of another number."""
    known = {message.key for message in messages()}
    for found in catalogue:
        key = found.id if isinstance(found.id, str) else found.id[0]
        if key and key not in known:
            yield f"not in the texts: {key!r}"
    for message in messages():
        if message.key not in catalogue:
            yield f"{message.name} is missing"
        elif is_translated(_forms(catalogue, message)):
            yield from _wrong(catalogue, message)


def untranslated(catalogue: Catalog) -> Iterator[str]:
    """The names of messages that readers see in English: not translated, or fuzzy."""
    for message in messages():
        found = catalogue.get(message.key)
        if found is None or found.fuzzy or not is_translated(_forms(catalogue, message)):
            yield message.name


def _forms(catalogue: Catalog, message: Message) -> list[str]:
    found = catalogue.get(message.key)
    string = found.string if found else None
    return [string] if isinstance(string, str) else list(string or ())


def _wrong(catalogue: Catalog, message: Message) -> Iterator[str]:
    forms = _forms(catalogue, message)
    if isinstance(message.text, Plural):
        if len(forms) != catalogue.num_plurals:
            yield f"{message.name} has {len(forms)} plural forms of {catalogue.num_plurals}"
            return
        alone = _numbers_alone(catalogue)
        for number, form in enumerate(forms):
            yield from _differs(message.name, message.text.other, form, number in alone)
    else:
        yield from _differs(message.name, message.text, forms[0], may_leave_count=False)


def _numbers_alone(catalogue: Catalog) -> set[int]:
    """The forms that only one number has, which therefore need not name it."""
    form_of: Callable[[int], int] = c2py(catalogue.plural_expr)
    return {form for form, uses in Counter(map(form_of, _NUMBERS)).items() if uses == 1}


def _differs(name: str, original: str, form: str, may_leave_count: bool) -> Iterator[str]:
    wanted, found = _places(original), _places(form)
    if found is None:
        yield f"{name} has a brace too many: {form!r}"
    elif found != wanted and not (may_leave_count and found == (wanted or set()) - {COUNT}):
        yield f"{name} has other places: {form!r}"
    if set(_COMMAND.findall(original)) != set(_COMMAND.findall(form)):
        yield f"{name} names other commands: {form!r}"


def _places(text: str) -> set[str] | None:
    """The names of a sentence's places; None where its braces do not fit."""
    try:
        return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError:
        return None
