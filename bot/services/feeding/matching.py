"""Which report each entry of a feed continues, and which are new."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from bot.core.conflicts import texts_conflict
from bot.core.identity import word_set
from bot.core.links import page_key
from bot.core.rewording import may_be_reworded
from bot.core.schedule import TOO_OLD
from bot.services.feeding.polled import PolledEntry, digest_of
from bot.services.joining import Joining
from storage.database import Transaction
from storage.model import Account, Report, Telling

# Cosine from which an entry tells what another of its feed did, which is there no more.
RETOLD = 0.8
# How long after it an entry tells the same as another that was worded just so. A feed may list
# what is older: that alerts nobody.
WORDED_ALIKE = TOO_OLD + timedelta(days=1)

Known = Mapping[tuple[int, str], tuple[int, str]]


def doubtful_in(items: Iterable[PolledEntry], known: Known) -> set[int]:
    """The reports that entries may continue whose own keys nobody knows: what these say is to be
    looked at."""
    unsure = [item for item in items if _surely(item, known) is None]
    found = {search(item, known) for item in unsure for search in (_named, _numbered)}
    return {number for number in found if number is not None}


def matches_of(
    items: Sequence[PolledEntry], known: Known, standing: set[int], doubtful: Mapping[int, Report]
) -> list[tuple[PolledEntry, int | None]]:
    """Each entry with the report that it continues: by its strongest key, else by its GUID, else
    by its article's number, unless another entry continues that report (as those ``standing``
    are). Neither is enough alone: some feeds give one GUID to all they have or to whatever stands
    first, and sections have numbers too. ``doubtful`` are the reports of ``doubtful_in``."""
    numbers = [_surely(item, known) for item in items]
    taken = standing.union(numbers)
    for search in (_named, _numbered):
        for place, item in enumerate(items):
            number = search(item, known)
            if numbers[place] is not None or number is None or number in taken:
                continue
            if _continues(item, known, number, doubtful.get(number)):
                numbers[place] = number
                taken.add(number)
    return list(zip(items, numbers, strict=True))


def _surely(item: PolledEntry, known: Known) -> int | None:
    """The report that has an entry's link, or its very words where it has neither link nor
    GUID. Of two that have had the link, the one whose GUID it has too if it says just the same
    as that."""
    first, *others = (known.get((item.page_id, key)) for key in item.keys)
    if first is None or item.entry.key == item.entry.guid:
        return None
    pairs = [first, *filter(None, others)]
    return next((number for number, digest in pairs if digest == item.digest), first[0])


def _named(item: PolledEntry, known: Known) -> int | None:
    """The report that has an entry's GUID, or without one has its title and said the same."""
    for key in reversed(item.keys):
        pair = known.get((item.page_id, key))
        if pair:
            return pair[0] if item.entry.guid or pair[1] == item.digest else None
    return None


def _numbered(item: PolledEntry, known: Known) -> int | None:
    """The report whose article has the number of an entry's."""
    pair = known.get((item.page_id, item.number_key)) if item.number_key else None
    return pair[0] if pair else None


def _continues(item: PolledEntry, known: Known, number: int, report: Report | None) -> bool:
    """Whether an entry continues a report: by GUID and page, or by its words and either its GUID
    or its article's number."""
    is_named = number == _named(item, known)
    seen = report.standing.seen if report else None
    if seen is None or (is_named and not item.entry.guid):
        return is_named
    pages = {page for cited in seen.citations if (page := page_key(cited.url))}
    if is_named and item.page in pages:
        return True
    if not is_named and not _is_numbered(item, known, pages):
        return False
    account = item.account
    return may_be_reworded(seen.full_text, account.full_text, account.language)


def _is_numbered(item: PolledEntry, known: Known, pages: Collection[str]) -> bool:
    """Whether the number of an entry's article is that of one of a report's ``pages``: of the
    last page that has had the number."""
    pair = known.get((item.page_id, item.number_key)) if item.number_key else None
    return pair is not None and pair[1] in map(digest_of, pages)


def is_as_known(item: PolledEntry, known: Known) -> bool:
    """Whether an entry says what it said under each of its keys."""
    found = [known.get((item.page_id, key)) for key in item.keys]
    return all(pair is not None and pair[1] == item.digest for pair in found)


async def retold_by(
    tx: Transaction,
    new: Sequence[PolledEntry],
    known: Known,
    joining: Joining,
    present: set[int],
    at: datetime,
) -> dict[tuple[int, int], int]:
    """The new entries (by place) that say what another of their feed did, which it has no more,
    and the report of that one. Many entries are worded alike: one that names another place, or
    counts otherwise, is another one."""
    new = [item for item in new if item.version.telling is not Telling.SILENT]
    retold = await _retold_alike(tx, new, joining, present, at)
    others = [item for item in new if item.place not in retold]
    return retold | await _retold_in_words(tx, others, known, present.union(retold.values()), at)


async def _retold_alike(
    tx: Transaction, new: Sequence[PolledEntry], joining: Joining, present: set[int], at: datetime
) -> dict[tuple[int, int], int]:
    """Those that are worded much like one of the last days."""
    found: dict[int, tuple[float, PolledEntry]] = {}
    for item in new:
        near = joining.nearest(item.account, item.version.feed.id, at, RETOLD)
        if near is None or near[1] < RETOLD or near[0] in present:
            continue
        number, likeness = near
        if number not in found or likeness > found[number][0]:
            found[number] = likeness, item
    before = await tx.reports.many(found)
    return {
        item.place: number
        for number, (_, item) in found.items()
        if (report := before.get(number))
        and (seen := report.standing.seen)
        and not texts_conflict(seen.full_text, item.account.full_text)
        and not _titles_part(seen, item.account)
    }


async def _retold_in_words(
    tx: Transaction, new: Sequence[PolledEntry], known: Known, present: set[int], at: datetime
) -> dict[tuple[int, int], int]:
    """Those that are worded just like an older one: a site that moves its articles lists all of
    them anew."""
    found: dict[int, PolledEntry] = {}
    for item in new:
        number, _ = known.get((item.page_id, item.title_key), (None, ""))
        if number is not None and number not in present:
            found.setdefault(number, item)
    before = await tx.reports.many(found)
    return {
        item.place: number
        for number, item in found.items()
        if (report := before.get(number))
        and report.first_seen_at > at - WORDED_ALIKE
        and (seen := report.standing.seen)
        and seen.full_text == item.account.full_text
    }


def _titles_part(one: Account, other: Account) -> bool:
    """Whether each headline has a word that the other account never says: publishers tell
    different happenings in one pattern, and put the same sentences under it."""
    return not (
        word_set(one.text) <= word_set(other.full_text)
        or word_set(other.text) <= word_set(one.full_text)
    )
