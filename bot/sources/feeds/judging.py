"""Which entries of a feed can be used, and with which of their parts."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from bot.core.links import article_url, page_key
from bot.core.sentences import split_first
from bot.sources.addresses import MAX_URL, is_open_beside
from bot.sources.feeds.drafts import Draft, Drafts
from bot.sources.feeds.model import Entry, key_of_words
from bot.sources.feeds.times import AHEAD, plausible
from bot.sources.languages import primary_subtag
from bot.sources.texts import MAX_SUMMARY, MAX_TITLE, is_blank, one_line, shortened, summary_text
from storage.model import Dropped

MAX_TOPICS = 20
MAX_TOPIC = 100  # characters
_MAX_AUTHOR = 200
_MAX_GUID = 1_000
_EXCERPT = 200

_SIGNATURES = (" - ", " – ", " — ", " | ", " · ")  # between a title and who published it
_COUNTERS = re.compile(
    r"/~(?:r|ff|a)/|pixel|doubleclick|\b1x1\b|spacer|blank\.gif|feedburner", re.I
)


@dataclass(frozen=True)
class Judged:
    """An entry by itself (None where it says nothing), and what of it was dropped.

    ``times`` are those that its feed gives for it, of which the entry has one at most;
    ``waits`` tells whether one of them can only be meant later.
    """

    entry: Entry | None
    times: tuple[datetime | None, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    waits: bool = False

    def holds(self, at: datetime) -> bool:
        """Whether it would come to the same in a feed read at ``at``."""
        return self.entry is None or plausible(self.times, at) == self.entry.at


def judge(draft: Draft, feed: Drafts, at: datetime) -> Judged:
    """What an entry of ``feed``, read at ``at``, comes to by itself."""
    judging = _Judging(feed, at)
    entry = judging.entry(draft)
    waits = any(time and time > at + AHEAD for time in draft.times)
    return Judged(entry, draft.times, tuple(judging.dropped), waits)


def together(judged: Iterable[Judged]) -> tuple[tuple[Entry, ...], list[Dropped]]:
    """The entries that say something, each once; and what was dropped, with the reason."""
    listed = list(judged)
    dropped = [each for one in listed for each in one.dropped]
    entries = _without_patterns([one.entry for one in listed if one.entry])
    return tuple(_each_once(entries, dropped)), dropped


class _Judging:
    """Looks at an entry of a feed."""

    def __init__(self, drafts: Drafts, at: datetime) -> None:
        self.dropped: list[Dropped] = []
        self._feed = drafts
        self._at = at

    def entry(self, draft: Draft) -> Entry | None:
        """The draft as an entry; None where it says nothing."""
        publisher = shortened(draft.publisher, _MAX_AUTHOR)
        title, summary = _title_and_summary(draft, (publisher, self._feed.title))
        if not any(map(str.isalnum, title + summary)):
            self._drop("entry without a text", draft.guid or draft.url)
            return None
        language = primary_subtag(draft.language) or primary_subtag(self._feed.language)
        url = self._link(draft, language)
        guid = one_line(draft.guid)[:_MAX_GUID]
        return Entry(
            key=(page_key(url) if url else None) or guid or key_of_words(title, summary),
            guid=guid,
            url=url,
            title=title,
            summary=summary,
            at=self._time(draft, title),
            language=language or None,
            author=_author(draft.author),
            picture=_picture(draft.pictures, url or ""),
            publisher=publisher,
            topics=_topics(draft.topics),
        )

    def _link(self, draft: Draft, language: str) -> str | None:
        address = dict(reversed(draft.translated)).get(language, draft.url)
        if not address:
            return None
        if len(address) > MAX_URL:
            self._drop(f"link of more than {MAX_URL} characters", address)
            return None
        url = article_url(address)
        if url is None:
            self._drop("link that opens no web page", address)
        return url

    def _time(self, draft: Draft, title: str) -> datetime | None:
        time = plausible(draft.times, self._at)
        if draft.times and time is None:
            named = ", ".join(str(time) for time in draft.times if time) or "unreadable"
            self._drop(f"time that cannot be meant: {named}", title)
        return time

    def _drop(self, reason: str, text: str) -> None:
        self.dropped.append(Dropped(reason, one_line(text[:_EXCERPT])))


def _without_patterns(entries: list[Entry]) -> list[Entry]:
    """Entries less the summaries that others of other titles and links have too: a sentence
    that stands under everything tells nothing of any, and would make one event of all."""
    summaries = [entry.summary for entry in entries if entry.summary]
    if len(set(summaries)) == len(summaries):
        return entries
    sharing: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        sharing[entry.summary].append(entry)
    patterns = {text for text, alike in sharing.items() if text and _are_unlike(alike)}
    return [replace(one, summary="") if one.summary in patterns else one for one in entries]


def _are_unlike(entries: list[Entry]) -> bool:
    """Whether these are several, and not one entry that is listed more than once."""
    titles = {entry.title.casefold() for entry in entries}
    return len(titles) > 1 and len({entry.key for entry in entries}) > 1


def _each_once(entries: list[Entry], dropped: list[Dropped]) -> Iterable[Entry]:
    """Entries by their keys; where unlike ones share a link, each by its own GUID."""
    if len({entry.key for entry in entries}) == len(entries):
        return entries
    return _told_apart(entries, dropped)


def _told_apart(entries: list[Entry], dropped: list[Dropped]) -> Iterator[Entry]:
    shared = Counter(entry.key for entry in entries)
    seen: dict[str, list[Entry]] = {}
    for entry in entries:
        earlier = seen.setdefault(entry.key, [])
        if any(_is_same(entry, other) for other in earlier):
            dropped.append(Dropped("entry that the feed has twice", entry.title))
            continue
        earlier.append(entry)
    for alike in seen.values():
        for entry in alike:
            is_own = len(alike) == 1 or shared[entry.key] == 1
            yield entry if is_own else replace(entry, key=entry.guid or entry.title)


def _is_same(one: Entry, other: Entry) -> bool:
    return one.title == other.title or (one.guid == other.guid != "")


def _title_and_summary(draft: Draft, publishers: tuple[str, ...]) -> tuple[str, str]:
    """The headline, unsigned; without one, the summary's first sentence stands for it."""
    title = "" if is_blank(draft.title) else _unsigned(draft.title, publishers)
    summary = summary_text(draft.summary, MAX_SUMMARY)
    if not title:
        first, rest = split_first(summary)
        if len(first) <= MAX_TITLE:
            return first, rest
        return shortened(first, MAX_TITLE), summary
    title = shortened(title, MAX_TITLE)
    return title, _unrepeated(summary, title, publishers)


def _unsigned(title: str, publishers: tuple[str, ...]) -> str:
    for publisher in publishers:
        if publisher and title.endswith(publisher):
            for mark in _SIGNATURES:
                if title.endswith(mark + publisher):
                    return title.removesuffix(mark + publisher).rstrip()
    return title


def _unrepeated(summary: str, title: str, publishers: tuple[str, ...]) -> str:
    """A summary less the title that it begins with, if it does; "" if that is all of it."""
    plain = title.rstrip(" .…!?")
    if not summary.casefold().startswith(plain.casefold()):
        return summary
    rest = summary[len(plain) :]
    if rest[:1].isalnum():
        return summary  # it only begins alike
    rest = rest.lstrip(" .…!?:–—-|»")
    for publisher in filter(None, publishers):
        if rest.rstrip(".") == publisher:
            return ""
        if rest.startswith(f"{publisher}. "):
            return rest[len(publisher) + 2 :]
    return rest if len(plain) > 20 or not rest else summary


def _author(names: str) -> str:
    """A byline without mail addresses, which are nobody's business here."""
    words = [word for word in names.split() if "@" not in word[1:]]
    return shortened(" ".join(words).strip(" ,;<>"), _MAX_AUTHOR)


def _topics(terms: Iterable[str]) -> tuple[str, ...]:
    """Each once, however it is spelled, without those that are texts."""
    found: dict[str, str] = {}
    for term in terms:
        if len(term) <= MAX_TOPIC and any(map(str.isalnum, term)):
            found.setdefault(term.casefold(), term)
    return tuple(found.values())[:MAX_TOPICS]


def _picture(addresses: Iterable[str], link: str) -> str | None:
    for address in addresses:
        picture = address.strip().replace(" ", "%20")
        if is_open_beside(picture, link) and not _COUNTERS.search(picture):
            return one_line(picture)
    return None
