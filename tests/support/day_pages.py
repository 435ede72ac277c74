"""Day pages of the portal, written by tests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.sources.wikipedia import page_name, page_title

REUTERS = ("Reuters", "https://reuters.example/1")
WIRE = ("Example Wire", "https://wire.example/2")

Source = tuple[str, str]
POLITICS = "Politics and elections"


def bullet(text: str, *sources: Source) -> str:
    """A report: its wikitext and who says so."""
    return " ".join([f"*{text}", *(f"[{url} (''{name}'')]" for name, url in sources)])


def page_text(day: date, bullets: Sequence[str], category: str = POLITICS) -> str:
    """A day's page with these bullets under one category."""
    return "\n".join(
        [
            f"{{{{Current events|year={day.year}|month={day.month}|day={day.day}|content=",
            "<!-- All news items below this line -->",
            f";{category}",
            *bullets,
            "<!-- All news items above this line -->}}",
        ]
    )


def title_of(day: date) -> str:
    """The full title of a day's page."""
    return page_title(page_name(day))
