"""Wikipedia's and Wikidata's API: pages, titles, search and items.

MediaWiki API (https://www.mediawiki.org/wiki/API:Main_page), answers in formatversion=2.
Besides what the client raises, every method raises SourceBusy where the API says that we
ask too often or that its databases lag, SourceUnreachable where it fails inside, and
SourceUnreadable where it refuses a request or answers in another shape.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote

from bot.errors import SourceUnreadable
from bot.sources.http import Limiter, PoliteClient
from bot.sources.mediawiki_api import (
    SEPARATOR,
    Json,
    a_dict,
    a_list,
    a_number,
    a_text,
    ask,
    batches,
)

_MAX_CONTINUED = 100  # requests for one batch
_MAX_REDIRECTS = 10
_MAX_SEARCH = 300  # bytes; CirrusSearch: maxlength of a query
_QID = re.compile(r"Q[1-9]\d*")


@dataclass(frozen=True)
class PageVersion:
    """The newest version of a page; without a revision it is missing, without text hidden."""

    page: str  # the title as it was asked for
    revision: int | None = None
    text: str | None = None


@dataclass(frozen=True)
class Resolved:
    """The article that a title leads to, redirects followed; None where there is none."""

    title: str  # as it was asked for
    article: str | None = None
    qid: str | None = None
    description: str | None = None


@dataclass(frozen=True)
class FoundArticle:
    """An article that a search found."""

    title: str
    description: str | None
    qid: str | None
    is_disambiguation: bool = False


@dataclass(frozen=True)
class Item:
    """A Wikidata item, its texts by language. ``qid`` differs from ``asked`` once merged."""

    asked: str
    qid: str
    labels: Mapping[str, str] = field(default_factory=dict)
    descriptions: Mapping[str, str] = field(default_factory=dict)
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class Wikipedia:
    """A Wikipedia by its API's address, such as https://en.wikipedia.org/w/api.php.

    ``search_limiter`` paces searches, for which readers wait; ``limiter`` all else.
    """

    def __init__(
        self,
        client: PoliteClient,
        api_url: str,
        *,
        limiter: Limiter | None = None,
        search_limiter: Limiter | None = None,
    ) -> None:
        self._client = client
        self._api_url = api_url
        self._limiter = limiter
        self._search_limiter = search_limiter

    async def pages(self, names: Sequence[str]) -> list[PageVersion]:
        """The newest versions of pages by full title, in the order asked, each once."""
        asked = {
            "prop": "revisions",
            "rvprop": "ids|content",
            "rvslots": "main",
        }
        found: dict[str, PageVersion] = {}
        async for name, page in self._pages(asked, names):
            found[name] = _version(name, page)
        return [found.get(name, PageVersion(name)) for name in dict.fromkeys(names)]

    async def resolve(self, titles: Sequence[str]) -> list[Resolved]:
        """Where titles lead, in the order asked, each once."""
        asked = {
            "prop": "pageprops|description",
            "ppprop": "wikibase_item",
            "redirects": "1",
        }
        found: dict[str, Resolved] = {}
        async for title, page in self._pages(asked, titles):
            found[title] = _resolved(title, page)
        return [found.get(title, Resolved(title)) for title in dict.fromkeys(titles)]

    async def search(self, words: str, limit: int = 8) -> list[FoundArticle]:
        """Articles for a reader's words, best first, each with its item where it has one."""
        if not words.strip():
            return []
        asked = {
            "generator": "search",
            "gsrsearch": words.encode(errors="ignore")[:_MAX_SEARCH].decode(errors="ignore"),
            "gsrnamespace": "0",
            "gsrlimit": str(limit),
            "prop": "pageprops|description",
            "ppprop": "wikibase_item|disambiguation",
        }
        answer = await ask(
            self._client, self._api_url, {"action": "query", **asked}, self._search_limiter
        )
        pages = a_list(a_dict(answer, "query", default={}), "pages", default=[])
        pages.sort(key=lambda page: a_number(page, "index"))
        return [_found(page) for page in pages if not page.get("missing")]

    async def _pages(
        self, asked: Mapping[str, str], titles: Sequence[str]
    ) -> AsyncIterator[tuple[str, Json | None]]:
        """Each title and what answers say of its page; a page comes in several parts at times."""
        for batch in batches(titles):
            known = _Titles()
            pages: dict[str, Json] = {}
            async for query in self._query({**asked, "titles": SEPARATOR.join(batch)}):
                known.learn(query)
                for page in a_list(query, "pages", default=[]):  # none for other wikis' titles
                    pages.setdefault(a_text(page, "title"), {}).update(page)
            for title in batch:
                yield title, pages.get(known.final(title))

    async def _query(self, asked: Mapping[str, str]) -> AsyncIterator[Json]:
        """The parts of one answer, as the API continues it (API:Continue)."""
        more: dict[str, str] = {}
        for _ in range(_MAX_CONTINUED):
            params = {"action": "query", **asked, **more}
            answer = await ask(self._client, self._api_url, params, self._limiter)
            yield a_dict(answer, "query")
            if "continue" not in answer:
                return
            more = {key: str(value) for key, value in a_dict(answer, "continue").items()}
        raise SourceUnreadable("the API continues its answer without end")


class Wikidata:
    """Wikidata by its API's address, such as https://www.wikidata.org/w/api.php."""

    def __init__(
        self, client: PoliteClient, api_url: str, *, limiter: Limiter | None = None
    ) -> None:
        self._client = client
        self._api_url = api_url
        self._limiter = limiter

    async def entities(self, qids: Sequence[str], languages: Sequence[str]) -> list[Item]:
        """The items that exist, in the order asked, with their texts in ``languages``."""
        known: list[Item] = []
        for batch in batches(qid for qid in qids if _QID.fullmatch(qid)):
            asked = {
                "action": "wbgetentities",
                "ids": SEPARATOR.join(batch),
                "props": "labels|descriptions|aliases",
                "languages": SEPARATOR.join(languages),
            }
            answer = await ask(self._client, self._api_url, asked, self._limiter)
            entities = a_dict(answer, "entities")
            for qid in batch:
                entity = a_dict(entities, qid, default={"missing": ""})
                if "missing" not in entity:
                    known.append(_item(qid, entity))
        return known


class _Titles:
    """Which page a title has become, by what answers say of spelling and redirects."""

    def __init__(self) -> None:
        self._next: dict[str, str] = {}

    def learn(self, query: Json) -> None:
        for step in ("normalized", "redirects"):
            for change in a_list(query, step, default=[]):
                title = a_text(change, "from")
                if change.get("fromencoded"):
                    title = unquote(title)
                self._next[title] = a_text(change, "to")

    def final(self, title: str) -> str:
        for _ in range(_MAX_REDIRECTS):
            following = self._next.get(title, title)
            if following == title:
                break
            title = following
        return title


def _version(name: str, page: Json | None) -> PageVersion:
    revisions = a_list(page or {}, "revisions", default=[])
    if not revisions:
        return PageVersion(name)
    slot = a_dict(a_dict(revisions[0], "slots", default={}), "main", default={})
    text = None if "content" not in slot else a_text(slot, "content")
    return PageVersion(name, a_number(revisions[0], "revid"), text)


def _resolved(title: str, page: Json | None) -> Resolved:
    if page is None or page.get("missing") or page.get("invalid"):
        return Resolved(title)
    found = _found(page)
    return Resolved(title, found.title, found.qid, found.description)


def _found(page: Json) -> FoundArticle:
    props = a_dict(page, "pageprops", default={})
    qid = props.get("wikibase_item")
    description = page.get("description")
    return FoundArticle(
        title=a_text(page, "title"),
        description=description if isinstance(description, str) and description else None,
        qid=qid if isinstance(qid, str) and _QID.fullmatch(qid) else None,
        is_disambiguation="disambiguation" in props,
    )


def _item(asked: str, entity: Json) -> Item:
    return Item(
        asked,
        a_text(entity, "id"),
        _values(entity, "labels"),
        _values(entity, "descriptions"),
        {
            language: tuple(a_text(alias, "value") for alias in a_list(aliases, language))
            for aliases in [_by_language(entity, "aliases")]
            for language in aliases
        },
    )


def _values(entity: Json, kind: str) -> dict[str, str]:
    texts = _by_language(entity, kind)
    return {language: a_text(a_dict(texts, language), "value") for language in texts}


def _by_language(entity: Json, kind: str) -> Json:
    """The texts of one kind; PHP writes an empty map as an empty list."""
    return {} if entity.get(kind) == [] else a_dict(entity, kind, default={})
