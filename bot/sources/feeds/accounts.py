"""An entry of a feed as the account of a report."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.core.categories import category_of
from bot.core.likeness.scripts import language_by_script
from bot.sources.feeds.model import Entry
from storage.model import Account, Citation


def account_of(entry: Entry, publisher: str, at: datetime, *, language: str = "en") -> Account:
    """What ``entry`` says, as told by ``publisher`` in a feed that was read at ``at``.

    Its day is the UTC day of its time, else of ``at``, and none later than that: publishers
    write the time of their zone for UTC, and readers look for today's. Its text is the headline;
    its category that of the portal which its topics mean, if they do. A feed that collects
    others' news names their publisher, who is cited then. ``language`` is that of the source,
    for entries that name none; where the script is another's, its words tell better than either.
    """
    spoken = language_by_script(f"{entry.title} {entry.summary}", entry.language or language)
    cited = (Citation(entry.publisher or publisher, entry.url, spoken),) if entry.url else ()
    return Account(
        day=min(entry.at or at, at).astimezone(UTC).date(),
        text=entry.title,
        category=category_of(entry.topics, entry.url or ""),
        citations=cited,
        language=spoken,
        summary=entry.summary,
        picture=entry.picture,
    )
