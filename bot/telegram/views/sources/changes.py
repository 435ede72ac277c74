"""What becomes of a source: added, paused, resumed, removed; and which is meant."""

from __future__ import annotations

from bot.services.managing import (
    AddAnswer,
    Added,
    ChangeAnswer,
    Changed,
    EntryAnswer,
    FeedListed,
    NotForYou,
    NotRead,
    NotUsable,
    Removed,
    SeveralFeeds,
    UnknownFeed,
)
from bot.telegram import buttons, texts
from bot.telegram.buttons import button
from bot.telegram.markup import Rich, lines, paragraphs, plain
from bot.telegram.screens import Screen
from bot.telegram.views.sources.checks import not_here, not_read, not_usable
from bot.telegram.views.sources.parts import known, named, title_of, to_send
from bot.telegram.wording import Words
from storage.model import Feed, FeedState

MOST_LISTED = 20


def adding(words: Words, answer: AddAnswer) -> Screen:
    """That a source is listed from now on, or why not."""
    match answer:
        case NotForYou():
            return not_here(words, answer)
        case NotUsable():
            return not_usable(words, answer, "add")
        case NotRead():
            return not_read(words, answer, "add")
        case FeedListed(added, unread):
            text = texts.sources.SOURCE_ADDED_LATER if unread else texts.sources.SOURCE_ADDED
            if added.how is Added.KNOWN:
                return Screen(known(words, added.feed, added.led_from))
            number = plain(str(added.feed.id))
            return Screen(words.fill(text, title=named(added.feed), number=number))


def changed(words: Words, answer: ChangeAnswer | NotForYou) -> Screen:
    """What became of a source, or which may be meant."""
    if not isinstance(answer, Changed):
        return which_source(words, answer)
    feed = answer.feed
    return Screen(words.fill(_said(answer), title=named(feed), **_example(answer)))


def removal(words: Words, answer: EntryAnswer) -> Screen:
    """The question whether to remove a source."""
    if not isinstance(answer, Feed):
        return which_source(words, answer)
    yes = button(words(texts.sources.BUTTON_SOURCE_REMOVE), buttons.source_remove(answer.id))
    no = button(words(texts.sources.BUTTON_SOURCE_KEEP), buttons.source_keep(answer.id))
    return Screen(words.fill(texts.sources.SOURCE_REMOVE_ASK, title=named(answer)), [[yes, no]])


def stays(words: Words, feed: Feed) -> Screen:
    """That a source is not removed."""
    return Screen(words.fill(texts.sources.SOURCE_STAYS, title=named(feed)))


def which_source(words: Words, answer: SeveralFeeds | UnknownFeed | Removed | NotForYou) -> Screen:
    """Why no one source is meant."""
    match answer:
        case NotForYou():
            return not_here(words, answer)
        case Removed(feed):
            example = to_send("add", feed.key)
            return Screen(
                words.fill(texts.sources.SOURCE_REMOVED_BEFORE, title=named(feed), example=example)
            )
        case SeveralFeeds(which, feeds):
            head = words.fill(texts.sources.SOURCE_WHICH, typed=words.quoted(which))
            return Screen(paragraphs(head, _listed(words, feeds)))
        case UnknownFeed(which, nearest):
            text = texts.sources.SOURCE_UNKNOWN_NEAR if nearest else texts.sources.SOURCE_UNKNOWN
            head = words.fill(text, typed=words.quoted(which))
            return Screen(paragraphs(head, _listed(words, nearest)))


def turned_toast(words: Words, answer: ChangeAnswer) -> str:
    """The same, for a button of the list."""
    if not isinstance(answer, Changed):
        return words(texts.sources.SOURCE_GONE)
    paused = answer.feed.state is FeedState.PAUSED
    text = texts.sources.SOURCE_PAUSED_TOAST if paused else texts.sources.SOURCE_RESUMED_TOAST
    return words.plain(text, title=title_of(answer.feed))


# --- parts


def _said(answer: Changed) -> str:
    match answer.feed.state:
        case FeedState.REMOVED:
            return texts.sources.SOURCE_REMOVED
        case FeedState.PAUSED:
            return texts.sources.SOURCE_NOW_PAUSED
        case FeedState.ENDED:
            return texts.sources.SOURCE_HAS_ENDED
        case FeedState.ACTIVE:
            return texts.sources.SOURCE_NOW_READ if answer.is_new else texts.sources.SOURCE_IS_READ


def _example(answer: Changed) -> dict[str, Rich]:
    match answer.feed.state:
        case FeedState.REMOVED:
            return {"example": to_send("add", answer.feed.key)}
        case FeedState.PAUSED | FeedState.ENDED:
            return {"example": to_send("resume", str(answer.feed.id))}
    return {}


def _listed(words: Words, feeds: tuple[Feed, ...]) -> Rich:
    shown = (
        words.fill(texts.sources.SOURCE_LINE, number=plain(str(feed.id)), title=named(feed))
        for feed in feeds[:MOST_LISTED]
    )
    rest = len(feeds) - MOST_LISTED
    return lines(*shown, words.count(texts.events.MORE, rest) if rest > 0 else Rich())
