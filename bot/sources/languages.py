"""Languages as documents name them: by tags of BCP 47."""

from __future__ import annotations

import re

from babel import Locale

_TAG = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9]|$)", re.I)
_NO_LANGUAGES = frozenset({"und", "mul", "zxx", "mis"})


def primary_subtag(tag: str) -> str:
    """The language that a tag names ("en" of "en-GB"); "" for what is none, or says "unknown"."""
    match = _TAG.match(tag.strip())
    language = match[1].lower() if match else ""
    return "" if language in _NO_LANGUAGES else language


def is_language(tag: str) -> bool:
    """Whether a tag names a language that there is: one that CLDR has a name for."""
    return primary_subtag(tag) in Locale("en").languages
