"""How long a change must stand before readers see it.

Whatever changes on a page counts once it has stood for its hold: a report, its wording,
its place under category and topics, each link, each source link, and a withdrawal. Each
of these elements is timed by itself: a link that stays while the sentence around it is
reworded keeps its time, and what comes and goes within the hold reaches nobody. The words of
its links and the names that a wording has beside these count with it, and are no change by
themselves. A report is shown first when its wording and its place have stood.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar

from storage.model import Account, Citation, Link, Standing

PRESENCE = "presence"
WORDING = "wording"
PLACE = "place"
_LINK = "link "
_CITATION = "citation "

_NOTHING = object()

Item = TypeVar("Item", bound=Link | Citation)


def observe(standing: Standing, seen: Account | None, now: datetime) -> Standing:
    """What stands after the page was read at ``now`` and said ``seen`` (None: absent).

    A difference from what is shown keeps its time while it stays the same difference.
    """
    before = _elements(standing.seen)
    after = _elements(seen)
    since = {
        element: standing.since.get(element, now) if _same(element, before, after) else now
        for element in _differences(standing, seen)
    }
    return replace(standing, seen=seen, since=since)


def settle(standing: Standing, read_at: datetime, hold: timedelta) -> Standing:
    """Let count what has stood for ``hold`` at the page's last good reading."""
    ripe = {element for element, since in standing.since.items() if since + hold <= read_at}
    if standing.seen is None:
        return replace(standing, visible=False, since={}) if PRESENCE in ripe else standing
    if not standing.visible and not _may_appear(standing, ripe):
        return standing
    shown = _merge(standing.shown, standing.seen, ripe)
    since = {element: at for element, at in standing.since.items() if element not in ripe}
    return replace(standing, shown=shown, visible=True, since=since)


def show_at_once(account: Account) -> Standing:
    """The standing of a report that is shown without a hold (backfill, first poll)."""
    return Standing(seen=account, shown=account, visible=True)


def _may_appear(standing: Standing, ripe: set[str]) -> bool:
    pending = standing.since.keys()
    return PRESENCE in ripe and all(e in ripe or e not in pending for e in (WORDING, PLACE))


def _elements(account: Account | None) -> dict[str, object]:
    if account is None:
        return {}
    elements: dict[str, object] = {
        PRESENCE: True,
        WORDING: account.text,
        PLACE: (account.category, account.topics, account.day),
    }
    elements.update(dict.fromkeys(map(_of_link, account.links), True))
    elements.update({_of_citation(citation): citation for citation in account.citations})
    return elements


def _of_link(link: Link) -> str:
    return _LINK + link.target


def _of_citation(citation: Citation) -> str:
    return _CITATION + citation.url


def _same(element: str, before: dict[str, object], after: dict[str, object]) -> bool:
    return before.get(element, _NOTHING) == after.get(element, _NOTHING)


def _differences(standing: Standing, seen: Account | None) -> set[str]:
    if seen is None:
        return {PRESENCE} if standing.visible else set()
    shown = _elements(standing.shown)
    if not standing.visible:
        shown.pop(PRESENCE, None)
    after = _elements(seen)
    return {e for e in shown.keys() | after.keys() if not _same(e, shown, after)}


def _merge(shown: Account | None, seen: Account, ripe: Set[str]) -> Account:
    """What is shown, with the ripe elements taken from what is seen."""
    if shown is None:
        shown = replace(seen, links=(), citations=())
    ripe_links = ripe
    if WORDING in ripe:
        shown = replace(shown, text=seen.text, language=seen.language, names=seen.names)
        ripe_links = ripe | set(map(_of_link, shown.links)) & set(map(_of_link, seen.links))
    if PLACE in ripe:
        shown = replace(shown, category=seen.category, topics=seen.topics, day=seen.day)
    return replace(
        shown,
        links=_merged(shown.links, seen.links, ripe_links, _of_link),
        citations=_merged(shown.citations, seen.citations, ripe, _of_citation),
    )


def _merged(
    shown: Sequence[Item], seen: Sequence[Item], ripe: Set[str], element: Callable[[Item], str]
) -> tuple[Item, ...]:
    """What is shown in the order of what is seen, then what is shown still."""
    old = {element(item): item for item in shown}
    new = {element(item): item for item in seen}
    return (
        *(new[each] if each in ripe else old[each] for each in new if each in ripe or each in old),
        *(item for each, item in old.items() if each not in ripe and each not in new),
    )
