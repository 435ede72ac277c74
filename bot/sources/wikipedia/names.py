"""Names of a portal's day pages, and its pages' bytes as text. Pure."""

from __future__ import annotations

import re
from datetime import date

from bot.sources.wikipedia.portal import Portal
from bot.sources.wikipedia.portal_en import ENGLISH

_DAY = re.compile(r"(?P<year>\d{4})[ _]+(?P<month>[^\W\d_]+)[ _]+(?P<day>\d{1,2})", re.ASCII)
_BOM = "\ufeff"

# Bytes that are no UTF-8 reach us as U+DC80..U+DCFF (PEP 383) and are read as Windows-1252,
# which browsers take for Latin-1 (WHATWG Encoding); its five unassigned bytes vanish.
_STRAY_BYTES = {
    0xDC00 + byte: bytes([byte]).decode("cp1252", errors="ignore") for byte in range(0x80, 0x100)
}

# UTF-8 once read as Latin-1 or Windows-1252: two letters for "é", three for a quotation mark.
_DOUBLY_ENCODED = re.compile(
    r"[ÂÃÄÅ][\u0080-\u00bfŒœŠšŽžŸƒˆ˜‰‹›€†‡„™]|â€.|â[\u0080-\u0082][\u0080-\u00bf]"
)
_MAX_ENCODINGS = 3


def page_name(day: date, portal: Portal = ENGLISH) -> str:
    """The name of a day's page below the portal: ``2017_November_23``."""
    return f"{day.year}_{portal.months[day.month - 1]}_{day.day}"


def page_title(name: str, portal: Portal = ENGLISH) -> str:
    """The full title of a day's page, as the API takes it."""
    return portal.title_prefix + name


def page_day(page: str, portal: Portal = ENGLISH) -> date:
    """The day of a page, by its name or full title, with spaces or underscores.

    Raises ValueError where the name holds no day.
    """
    match = _DAY.fullmatch(page.strip().rpartition("/")[2])
    if not match or match["month"].title() not in portal.months:
        raise ValueError(f"not a day page of the portal: {page!r}")
    month = portal.months.index(match["month"].title()) + 1
    return date(int(match["year"]), month, int(match["day"]))


def decode_page(data: bytes) -> str:
    """A recorded page as text: UTF-8 without its mark, stray bytes as Windows-1252."""
    text = data.decode("utf-8", errors="surrogateescape").removeprefix(_BOM)
    return mended(text if text.isascii() else text.translate(_STRAY_BYTES))


def mended(text: str) -> str:
    """``text`` with what was encoded twice ("CafÃ©") put right ("Café"), without surrogates."""
    if not text.isascii():
        text = text.encode(errors="ignore").decode()
    for _ in range(_MAX_ENCODINGS):
        if text.isascii() or not _DOUBLY_ENCODED.search(text):
            break
        text = _DOUBLY_ENCODED.sub(lambda match: _undone(match[0]), text)
    return text


def _undone(letters: str) -> str:
    """What ``letters`` were before they were encoded a second time; else themselves."""
    try:
        data = b"".join(
            bytes([ord(letter)]) if ord(letter) < 0x100 else letter.encode("cp1252")
            for letter in letters
        )
        return data.decode("utf-8")
    except UnicodeError:
        return letters
