"""How events look: the alert, the card, related ones, search results."""

from __future__ import annotations

from collections.abc import Iterable

from bot.core.sentences import split_first
from bot.services.answering import EventCard, Found, NothingAlerted, RelatedAnswer
from bot.services.following import Gone
from bot.telegram import texts
from bot.telegram.markup import Rich, bold, clip, join, lines, paragraphs, plain, struck
from bot.telegram.screens import Screen
from bot.telegram.views.fixed import sentence
from bot.telegram.views.onward import after
from bot.telegram.views.pieces import (
    LONGEST_DATED,
    by_entity,
    dated_line,
    day_link,
    event_buttons,
    listed,
    marked,
    name_of,
    names,
    number,
    short_title,
    sources,
)
from bot.telegram.wording import Words
from storage.model import Alert, Call, Event, Evidence, Mention, RelatedEvent

LONGEST_TITLE = 1600
LONGEST_CATEGORY = 100
MOST_HITS = 5
MOST_SOURCES = 12
MOST_NAMES = 8


def alert(words: Words, alert: Alert) -> Call:
    """The one message about one event to one chat."""
    event = alert.event
    hits = listed(words, [_hit(words, mention) for mention in by_entity(alert.hits)], MOST_HITS)
    facts = _facts(words, event, _day_and_category(words, event))
    # A row: names in other letters must not turn the line to their side.
    body = paragraphs(words.row([hits], ""), _telling(words, event), facts)
    follows = (mention.entity.id for mention in alert.hits)
    return Screen(body, event_buttons(words, event, follows), _picture(event)).sent()


def posted(words: Words, event: Event) -> Screen:
    """An event as readers post it in other chats, where its number is of no use."""
    facts = _facts(words, event, _day_and_category(words, event), is_numbered=False)
    return Screen(paragraphs(_telling(words, event), facts), preview=_picture(event))


def event_card(words: Words, answer: EventCard | NothingAlerted | Gone) -> Screen:
    """An event in full, or what to do where there is none."""
    match answer:
        case EventCard():
            return _card(words, answer)
        case NothingAlerted():
            return sentence(words, texts.WHICH_EVENT)
        case Gone():
            return sentence(words, texts.GONE_EVENT)


def related(words: Words, answer: RelatedAnswer | NothingAlerted | Gone) -> Screen:
    """Earlier events, each with what it shares, or what to do where there is no event."""
    match answer:
        case RelatedAnswer():
            return _related_to(words, answer)
        case NothingAlerted():
            return sentence(words, texts.NOTHING_ALERTED)
        case Gone():
            return sentence(words, texts.GONE_EVENT)


def found(words: Words, answer: Found) -> Screen:
    """Search results, and how to narrow them where there are more."""
    searched = words.quoted(answer.words)
    if not answer.events:
        return Screen(words.fill(texts.FOUND_NONE, words=searched), after(words, texts.FOUND_NONE))
    head = words.fill(texts.FOUND, words=searched)
    rest = words.count(texts.FOUND_MORE, len(answer.events)) if answer.more else Rich()
    return Screen(paragraphs(head, *(dated_line(words, event) for event in answer.events), rest))


# --- parts


def _card(words: Words, card: EventCard) -> Screen:
    event = card.event
    about = names(words, event.entities, MOST_NAMES)
    facts = (
        _place(words, event),
        words.fill(texts.ABOUT, names=about) if about else Rich(),
        words.count(texts.REWORDED, card.wordings) if card.wordings else Rich(),
    )
    body = paragraphs(_telling(words, event), _facts(words, event, *facts))
    return Screen(body, event_buttons(words, event, card.follows), _picture(event))


def _related_to(words: Words, answer: RelatedAnswer) -> Screen:
    text = texts.RELATED_TO if answer.related else texts.RELATED_NONE
    title = bold(short_title(words, answer.event, LONGEST_DATED))
    title = marked(words, answer.event, title)
    head = words.fill(text, number=number(answer.event), title=title)
    listed = _as_fits(head, (_related(words, found) for found in answer.related))
    return Screen(listed, after(words, text))


def _as_fits(head: Rich, parts: Iterable[Rich]) -> Rich:
    """The head and as many of the parts, from the first on, as one message holds."""
    body = head
    for part in parts:
        longer = paragraphs(body, part)
        if not longer.fits():
            break
        body = longer
    return body


def _hit(words: Words, mention: Mention) -> Rich:
    who = bold(name_of(words, mention.entity))
    return words.fill(texts.VIA_TOPIC, who=who) if mention.evidence is Evidence.TOPIC else who


def _telling(words: Words, event: Event) -> Rich:
    """What happened: the first sentence bold; struck through where it is withdrawn."""
    first, rest = split_first(clip(event.title, LONGEST_TITLE))
    told = join([bold(first), plain(rest)], " ")
    if not event.withdrawn:
        return marked(words, event, told)
    return paragraphs(marked(words, event, struck(told)), plain(words(texts.WITHDRAWN)))


def _facts(words: Words, event: Event, *facts: Rich, is_numbered: bool = True) -> Rich:
    """The facts in lines, then the sources, the day page and the number."""
    links = sources(words, event, MOST_SOURCES)
    cited = words.fill(texts.SOURCES if links else texts.NO_SOURCES, sources=links)
    own = number(event) if is_numbered else Rich()
    return lines(*facts, cited, words.row([day_link(words, event), own], " · "))


def _day_and_category(words: Words, event: Event) -> Rich:
    category = plain(clip(words.category(event.category), LONGEST_CATEGORY))
    return words.row([plain(words.day(event.day)), category], " · ")


def _place(words: Words, event: Event) -> Rich:
    """Day, category, and the topics above the event."""
    topics = plain(clip(" › ".join(event.topics), 3 * LONGEST_CATEGORY))
    return words.row([_day_and_category(words, event), topics], " › ")


def _related(words: Words, found: RelatedEvent) -> Rich:
    context = words.fill(texts.CONTEXT, names=names(words, found.context, MOST_NAMES))
    return lines(dated_line(words, found.event), context)


def _picture(event: Event) -> str | None:
    """Where the preview's picture comes from: the first source; none once withdrawn."""
    return event.citations[0].url if event.citations and not event.withdrawn else None
