"""How events look in inline mode: in the list to choose from, and once posted."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.services.inline import InlineEvent, Shelf
from bot.telegram import buttons, texts
from bot.telegram.markup import clip, is_web_address, italic, lines
from bot.telegram.screens import Screen
from bot.telegram.sharing import Links
from bot.telegram.views.events import posted
from bot.telegram.views.pieces import described, name_of, publishers, short_title, to_follow
from bot.telegram.wording import Words
from storage.model import Call, Entity, Event

CACHED_SECONDS = 60  # by Telegram: for so long an answer may be out of date
LONGEST_TITLE = 120  # UTF-16 units: a row of results has no room for more
LONGEST_DESCRIPTION = 160  # the same
SOURCES_SHOWN = 3  # publishers in a description
HELLO = "hello"  # what "Start" brings from the button above no results


def inline_results(words: Words, shelf: Shelf, query_id: str, links: Links) -> Call:
    """The answer to an inline query: events to choose from, or the way to the bot."""
    params: dict[str, Any] = {
        "inline_query_id": query_id,
        "results": [_result(words, item, links, shelf.is_sample) for item in shelf.items],
        "cache_time": CACHED_SECONDS,
        "is_personal": True,
        "next_offset": "" if shelf.next is None else str(shelf.next),
    }
    if not shelf.items:
        params["button"] = {"text": words(texts.inline.BUTTON_OPEN_BOT), "start_parameter": HELLO}
    return Call("answerInlineQuery", params)


def _result(words: Words, item: InlineEvent, links: Links, is_sample: bool) -> dict[str, Any]:
    """An InlineQueryResultArticle; what is of the sample week says so wherever it is posted."""
    event = item.event
    post = posted(words, event)
    if is_sample:
        post = replace(post, body=lines(post.body, italic(words(texts.starting.SAMPLE))))
    result: dict[str, Any] = {
        "type": "article",
        "id": str(event.id),
        "title": short_title(words, event, LONGEST_TITLE),
        "description": _description(words, item),
        "input_message_content": _content(post),
    }
    url = event.citations[0].url if event.citations else ""
    if is_web_address(url):
        result["url"] = url
    who = item.whose or next(iter(to_follow(event)), None)
    if who is not None:
        result["reply_markup"] = buttons.keyboard([[_follow(words, who, links)]])
    return result


def _description(words: Words, item: InlineEvent) -> str:
    """Whose event it is, where several may be meant; its day and its sources."""
    event: Event = item.event
    whose = [described(words, item.whose)] if item.whose else []
    parts = [*whose, words.short_day(event.day), *publishers(words, event, SOURCES_SHOWN)]
    return clip(" · ".join(parts), LONGEST_DESCRIPTION)


def _content(screen: Screen) -> dict[str, Any]:
    """A screen's text as an InputTextMessageContent."""
    params = dict(screen.sent().params)
    return {"message_text": params.pop("text"), **params}


def _follow(words: Words, who: Entity, links: Links) -> buttons.Button:
    label = words.label(texts.labels.BUTTON_FOLLOW, who=name_of(words, who))
    return buttons.link(label, links.follow(who.id))
