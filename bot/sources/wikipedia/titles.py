"""Titles of articles as MediaWiki normalises them. Pure.

https://www.mediawiki.org/wiki/Manual:Page_title
"""

from __future__ import annotations

import re
from urllib.parse import unquote

from bot.core.addresses import entities_decoded

_INVALID = re.compile(r"[<>\[\]{}|\x00-\x1f\x7f\ufffd\ud800-\udfff]")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_BLANKS = re.compile(r"[\s_]+")
_QUALIFIER = re.compile(r"(?<!\s)\s*\([^()]*\)\s*$|,\s[^,]*$")
_MAX_BYTES = 255


def article_title(target: str) -> str | None:
    """The title that a link's target names, without its section; None where it names none."""
    title = entities_decoded(target).partition("#")[0]
    if "%" in title:
        title = unquote(title)
    title = _BLANKS.sub(" ", _INVISIBLE.sub("", title)).strip(" :")
    if not title or _INVALID.search(title) or len(title.encode(errors="replace")) > _MAX_BYTES:
        return None
    first = title[0].upper()
    return first + title[1:] if len(first) == 1 else title


def shown_target(target: str) -> str:
    """A target as the words of its own link, without section and encoding."""
    title, _, section = target.partition("#")
    words = title if title.strip() else section
    return (unquote(words) if "%" in words else words).replace("_", " ")


def prefix_of(target: str) -> str:
    """What stands before a target's first colon, as prefixes are compared; else ""."""
    prefix, colon, _ = target.strip().removeprefix(":").partition(":")
    return _BLANKS.sub(" ", prefix).strip().lower() if colon else ""


def without_qualifier(title: str) -> str:
    """``Argo (2012 film)`` as "Argo": what an empty label shows (the pipe trick)."""
    return _QUALIFIER.sub("", title) or title
