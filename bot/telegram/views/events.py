"""How events look: the alert, the card, related ones, search results."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.days import written
from bot.core.sentences import split_first
from bot.services.answering import EventCard, Found, RelatedAnswer
from bot.telegram import texts
from bot.telegram.markup import (
    Rich,
    bold,
    clip,
    fill,
    join,
    lines,
    paragraphs,
    plain,
    quoted,
    struck,
)
from bot.telegram.screens import Screen
from bot.telegram.views.pieces import (
    LONGEST_DATED,
    by_entity,
    dated_line,
    day_link,
    event_buttons,
    listed,
    name_of,
    names,
    number,
    short_title,
    sources,
)
from storage.model import Alert, Call, Event, Evidence, Mention, RelatedEvent

LONGEST_TITLE = 1800
LONGEST_CATEGORY = 100
MOST_HITS = 5
MOST_SOURCES = 12
MOST_NAMES = 8


def alert(alert: Alert) -> Call:
    """The one message about one event to one chat."""
    event = alert.event
    hits = listed([_hit(mention) for mention in by_entity(alert.hits)], MOST_HITS)
    body = paragraphs(hits, _telling(event), _facts(event, _day_and_category(event)))
    follows = (mention.entity.id for mention in alert.hits)
    return Screen(body, event_buttons(event, follows), _picture(event)).sent()


def catch_up(events: Sequence[Event]) -> Call:
    """The one message about all that was missed, as far as it fits."""
    found = [_missed(event) for event in events]
    rest = fill(texts.CATCH_UP_MORE, count=plain(str(len(events))))
    body = plain(texts.CATCH_UP)
    for shown, line in enumerate(found):
        longer = paragraphs(body, line)
        if not paragraphs(longer, rest).fits():
            left = plain(str(len(found) - shown))
            body = paragraphs(body, fill(texts.CATCH_UP_MORE, count=left))
            break
        body = longer
    return Screen(body).sent()


def event_card(card: EventCard) -> Screen:
    """An event in full."""
    event = card.event
    body = paragraphs(_telling(event), _facts(event, _place(event), _about(event), _history(card)))
    return Screen(body, event_buttons(event, card.follows), _picture(event))


def related(answer: RelatedAnswer) -> Screen:
    """Earlier events, each with what it shares."""
    text = texts.RELATED_TO if answer.related else texts.RELATED_NONE
    title = bold(short_title(answer.event, LONGEST_DATED))
    head = fill(text, number=number(answer.event), title=title)
    return Screen(paragraphs(head, *(_related(found) for found in answer.related)))


def found(answer: Found) -> Screen:
    """Search results, and how to narrow them where there are more."""
    words = quoted(answer.words)
    if not answer.events:
        return Screen(fill(texts.FOUND_NONE, words=words))
    head = fill(texts.FOUND, words=words)
    count = plain(str(len(answer.events)))
    rest = fill(texts.FOUND_MORE, count=count) if answer.more else Rich()
    return Screen(paragraphs(head, *(dated_line(event) for event in answer.events), rest))


# --- parts


def _hit(mention: Mention) -> Rich:
    who = bold(name_of(mention.entity))
    return fill(texts.VIA_TOPIC, who=who) if mention.evidence is Evidence.TOPIC else who


def _telling(event: Event) -> Rich:
    """What happened: the first sentence bold; struck through where it is withdrawn."""
    first, rest = split_first(clip(event.title, LONGEST_TITLE))
    told = join([bold(first), plain(rest)], " ")
    return paragraphs(struck(told), plain(texts.WITHDRAWN)) if event.withdrawn else told


def _facts(event: Event, *facts: Rich) -> Rich:
    """The facts in lines, then the sources, the day page and the number."""
    links = sources(event, MOST_SOURCES)
    cited = join([plain(texts.SOURCES), links], " ") if links else plain(texts.NO_SOURCES)
    return lines(*facts, cited, join([day_link(event), number(event)], " · "))


def _day_and_category(event: Event) -> Rich:
    category = plain(clip(event.category, LONGEST_CATEGORY))
    return join([plain(written(event.day)), category], " · ")


def _place(event: Event) -> Rich:
    """Day, category, and the topics above the event."""
    topics = plain(clip(" › ".join(event.topics), 3 * LONGEST_CATEGORY))
    return join([_day_and_category(event), topics], " › ")


def _about(event: Event) -> Rich:
    about = names(event.entities, MOST_NAMES)
    return join([plain(texts.ABOUT), about], " ") if about else Rich()


def _history(card: EventCard) -> Rich:
    if card.wordings <= 1:
        return plain(texts.REWORDED_ONCE) if card.wordings else Rich()
    return fill(texts.REWORDED, count=plain(str(card.wordings)))


def _related(found: RelatedEvent) -> Rich:
    context = fill(texts.CONTEXT, names=names(found.context, MOST_NAMES))
    return lines(dated_line(found.event), context)


def _missed(event: Event) -> Rich:
    """An event in a digest: its line, with a source and the day page to look it up."""
    links = join([sources(event, 2), day_link(event)], " · ")
    title = join([plain(short_title(event)), number(event)], " ")
    return lines(join([plain(written(event.day)), title], " · "), links)


def _picture(event: Event) -> str | None:
    """Where the preview's picture comes from: the first source; none once withdrawn."""
    return event.citations[0].url if event.citations and not event.withdrawn else None
