"""A local Wikipedia and Wikidata: their API over loopback HTTP, as far as Dateline asks it.

Stricter than the real one: what it does not know is an error, never a warning.
https://www.mediawiki.org/wiki/API:Query, https://www.wikidata.org/w/api.php?action=help
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from tests.support.serving import serving
from tests.support.wiki_answers import (
    Article,
    Json,
    Revision,
    item_json,
    properties_json,
    revision_json,
)

API_PATH = "/w/api.php"
MAX_VALUES = 50
START = datetime(2017, 11, 1, tzinfo=UTC)
ELSEWHERE = "bew:"  # how titles of another wiki begin

_COMMON = {"action", "format", "formatversion"}
_QUERY = {"prop", "titles", "redirects", "continue", "rvprop", "rvslots", "rvcontinue", "ppprop"}
_SEARCH = {"generator", "gsrsearch", "gsrnamespace", "gsrlimit", "prop", "ppprop"}
_ENTITIES = {"ids", "props", "languages"}
_VALUES = {
    "prop": {"revisions", "pageprops", "description"},
    "rvprop": {"ids", "timestamp", "content"},
    "rvslots": {"main"},
    "ppprop": {"wikibase_item", "disambiguation"},
    "props": {"labels", "descriptions", "aliases"},
    "generator": {"search"},
    "format": {"json"},
    "formatversion": {"2"},
}


@dataclass(frozen=True)
class Asked:
    """A request that arrived."""

    params: Mapping[str, str]
    user_agent: str


class ApiError(Exception):
    """An error as the API reports it, with status 200."""


class Wiki:
    """Its pages and articles, set by the test, and the requests that it got.

    ``faults`` are answered first, one a request, in place of the API. ``per_answer`` lets
    answers be continued after so many revisions.
    """

    def __init__(self) -> None:
        self.url = ""
        self.pages: dict[str, list[Revision]] = {}
        self.articles: dict[str, Article] = {}
        self.merged: dict[str, str] = {}  # items that redirect to another
        self.faults: deque[ASGIApp] = deque()
        self.requests: list[Asked] = []
        self.per_answer = MAX_VALUES
        self.at_once = 0
        self.most_at_once = 0
        self.arrival = asyncio.Condition()  # told of each request that arrives
        self._revisions = 0

    @property
    def api_url(self) -> str:
        return self.url + API_PATH

    def set_page(self, name: str, text: str | None, at: datetime | None = None) -> int:
        """A new revision of a page by full title; returns its number."""
        self._revisions += 1
        when = at or START + timedelta(minutes=self._revisions)
        self.pages.setdefault(normalized(name), []).append(Revision(self._revisions, when, text))
        return self._revisions

    def delete_page(self, name: str) -> None:
        del self.pages[normalized(name)]

    def set_article(self, title: str, **known: Any) -> None:
        """An article; ``known`` are the fields of :class:`Article`."""
        self.articles[normalized(title)] = Article(normalized(title), **known)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        agent = request.headers.get("user-agent", "")
        self.requests.append(Asked(dict(request.query_params), agent))
        self.at_once += 1
        self.most_at_once = max(self.at_once, self.most_at_once)
        async with self.arrival:
            self.arrival.notify_all()
        try:
            answer = self.faults.popleft() if self.faults else self._answer(request, agent)
            await answer(scope, receive, send)
        finally:
            self.at_once -= 1

    def _answer(self, request: Request, agent: str) -> ASGIApp:
        if "@" not in agent and "http" not in agent:
            return PlainTextResponse("Please set a user-agent with contact", 403)
        if request.url.path != API_PATH or request.method != "GET":
            return PlainTextResponse("Not found", 404)
        params = dict(request.query_params)
        try:
            return JSONResponse(self._api(params))
        except ApiError as error:
            return JSONResponse({"error": {"code": str(error), "info": "see the tests"}})

    def _api(self, params: Mapping[str, str]) -> Json:
        action = params.get("action")
        if action == "wbgetentities":
            _check(params, _ENTITIES)
            return self._entities(params)
        if action != "query":
            raise ApiError("badvalue")
        if "generator" in params:
            _check(params, _SEARCH)
            return self._search(params)
        _check(params, _QUERY)
        return self._query(params)

    def _query(self, params: Mapping[str, str]) -> Json:
        asked = _values(params["titles"])
        changes, titles = self._followed(asked, redirects="redirects" in params)
        elsewhere = [title for title in titles if title.startswith(ELSEWHERE)]
        titles = [title for title in titles if title not in elsewhere]
        first = int(params.get("rvcontinue", "0"))
        with_text = "revisions" in params["prop"]
        pages = [
            self._page(title, params, with_text and first <= place < first + self.per_answer)
            for place, title in enumerate(titles)
        ]
        query: Json = {**changes, "pages": pages} if pages else changes
        if elsewhere:
            query["interwiki"] = [{"title": title, "iw": ELSEWHERE[:-1]} for title in elsewhere]
        answer: Json = {"batchcomplete": True, "query": query}
        if with_text and first + self.per_answer < len(titles):
            del answer["batchcomplete"]
            answer["continue"] = {
                "rvcontinue": str(first + self.per_answer),
                "continue": "||",
            }
        return answer

    def _followed(self, asked: list[str], *, redirects: bool) -> tuple[Json, list[str]]:
        """The changes of titles on the way, and the titles at its end, each once."""
        changes: Json = {}
        titles: dict[str, None] = {}
        for name in asked:
            title = normalized(name)
            if title != name:
                change = {"fromencoded": False, "from": name, "to": title}
                changes.setdefault("normalized", []).append(change)
            article = self.articles.get(title)
            while redirects and article and article.redirect_to:
                change = {"from": article.title, "to": article.redirect_to}
                if change not in changes.setdefault("redirects", []):
                    changes["redirects"].append(change)
                title = article.redirect_to
                article = self.articles.get(title)
            titles[title] = None
        return changes, list(titles)

    def _page(self, title: str, params: Mapping[str, str], with_revision: bool) -> Json:
        revisions, article = self.pages.get(title), self.articles.get(title)
        if any(letter in title for letter in "<>[]{}"):
            return {"title": title, "invalidreason": "bad characters", "invalid": True}
        page: Json = {"ns": 0, "title": title}
        if not revisions and not article:
            return {**page, "missing": True}
        page["pageid"] = sum(title.encode())
        if revisions and with_revision:
            page["revisions"] = [revision_json(revisions[-1])]
        if article and "pageprops" in params["prop"]:
            page |= properties_json(article)
        return page

    def _search(self, params: Mapping[str, str]) -> Json:
        words = params["gsrsearch"].casefold().split()
        hits = [
            article
            for article in self.articles.values()
            if not article.redirect_to and all(word in article.title.casefold() for word in words)
        ]
        if not hits:
            return {"batchcomplete": True}
        pages = [
            {"pageid": index, "ns": 0, "title": hit.title, "index": index, **properties_json(hit)}
            for index, hit in enumerate(hits[: int(params["gsrlimit"])], start=1)
        ]
        return {"batchcomplete": True, "query": {"pages": pages[::-1]}}

    def _entities(self, params: Mapping[str, str]) -> Json:
        languages = _values(params["languages"])
        known = {article.qid: article for article in self.articles.values() if article.qid}
        entities: Json = {}
        for qid in _values(params["ids"]):
            if not qid.startswith("Q"):
                raise ApiError("no-such-entity")
            target = self.merged.get(qid, qid)
            article = known.get(target)
            entities[qid] = item_json(target, article, languages) if article else {"id": qid}
            if not article:
                entities[qid]["missing"] = ""
        return {"entities": entities, "success": 1}


def normalized(name: str) -> str:
    """A title as MediaWiki writes it."""
    title = " ".join(name.replace("_", " ").split())
    if title.lower().startswith(ELSEWHERE):
        return ELSEWHERE + title[len(ELSEWHERE) :]
    return title[:1].upper() + title[1:]


def _check(params: Mapping[str, str], known: set[str]) -> None:
    if set(params) - known - _COMMON:
        raise ApiError("unrecognizedparams")
    for name, allowed in _VALUES.items():
        if name in params and set(params[name].split("|")) - allowed:
            raise ApiError("badvalue")
    if params.get("format") != "json" or params.get("formatversion") != "2":
        raise ApiError("badvalue")


def _values(text: str) -> list[str]:
    values = text.split("|")
    if len(values) > MAX_VALUES:
        raise ApiError("toomanyvalues")
    return values


@contextlib.asynccontextmanager
async def local_wiki() -> AsyncIterator[Wiki]:
    """A wiki of its own, served until the context ends."""
    wiki = Wiki()
    async with serving(wiki) as url:
        wiki.url = url
        yield wiki


@pytest.fixture
async def wiki() -> AsyncIterator[Wiki]:
    """A wiki of the test's own."""
    async with local_wiki() as served:
        yield served
