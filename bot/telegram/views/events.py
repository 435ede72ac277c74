"""How events look: the alert, the card, related ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.core.names import fold
from bot.core.sentences import split_first
from bot.services.answering import (
    EventCard,
    NothingAlerted,
    RelatedAnswer,
)
from bot.services.following import Gone
from bot.telegram import texts
from bot.telegram.markup import (
    Rich,
    bold,
    clip,
    folded,
    is_web_address,
    join,
    lines,
    paragraphs,
    plain,
    struck,
)
from bot.telegram.screens import Screen
from bot.telegram.views.fixed import sentence
from bot.telegram.views.headlines import headline, other_headlines
from bot.telegram.views.onward import after
from bot.telegram.views.pieces import (
    LINKS_IN_LINE,
    LINKS_OF_ONE,
    by_entity,
    common_language,
    dated_line,
    day_link,
    event_buttons,
    linked_publishers,
    listed,
    marked,
    name_of,
    names,
    number,
    short_title,
    texts_in,
)
from bot.telegram.wording import Words
from storage.model import Alert, Call, Event, Evidence, Mention, RelatedEvent

LONGEST_TITLE = 1600
LONGEST_SUMMARY = 500
LONGEST_CATEGORY = 100
LONGEST_ASKED = 80
MOST_HITS = 5
MOST_SOURCES = 8
COUNTED_SOURCES = 3  # fewer are seen at a glance
MOST_NAMES = 8


@dataclass(frozen=True)
class _Size:
    """How much of an event is shown: UTF-16 units of its summary, links of one publisher, and
    (on a card) how many of the sources that an alert leaves out, and of the other headlines."""

    summary: int = LONGEST_SUMMARY
    links: int = LINKS_OF_ONE
    sources: int = 90
    headlines: int = 8


_SIZES = (
    _Size(),
    _Size(links=2),
    _Size(links=2, sources=60),
    _Size(300, 1, 40, 4),
    _Size(300, 1, 20, 4),
    _Size(0, 1, 10, 2),
    _Size(0, 1, 0, 0),
)


def alert(words: Words, alert: Alert) -> Call:
    """The one message about one event to one chat."""
    event = alert.event
    who = _whom(words, alert)
    other = headline(words, alert.told) if alert.told else Rich()

    def made(size: _Size) -> Rich:
        links = linked_publishers(words, event, size.links)
        told = (_telling(words, event), other, _summary(words, event, size.summary))
        facts = _facts(words, event, links, _day_and_category(words, event))
        return paragraphs(who, *told, facts)

    body = _fitted(made)
    follows = (mention.entity.id for mention in alert.hits)
    return Screen(body, event_buttons(words, event, follows), _picture(event)).sent()


def posted(words: Words, event: Event) -> Screen:
    """An event as readers post it in other chats, where its number is of no use."""
    links = linked_publishers(words, event, LINKS_IN_LINE)
    facts = _facts(words, event, links, _day_and_category(words, event), is_numbered=False)
    return Screen(paragraphs(_telling(words, event), facts), preview=_picture(event))


def event_card(words: Words, answer: EventCard | NothingAlerted | Gone) -> Screen:
    """An event in full, or what to do where there is none."""
    match answer:
        case EventCard():
            return _card(words, answer)
        case NothingAlerted():
            return sentence(words, texts.events.WHICH_EVENT)
        case Gone():
            return sentence(words, texts.reading.GONE_EVENT)


def related(
    words: Words, answer: RelatedAnswer | NothingAlerted | Gone, *, is_here: bool = False
) -> Screen:
    """Earlier events, each with what it shares, or what to do where there is no event.
    ``is_here``: right under the message about the event, which need not be told again."""
    match answer:
        case RelatedAnswer():
            return _related_to(words, answer, is_here=is_here)
        case NothingAlerted():
            return sentence(words, texts.events.NOTHING_ALERTED)
        case Gone():
            return sentence(words, texts.reading.GONE_EVENT)


# --- parts


def _card(words: Words, card: EventCard) -> Screen:
    event = card.event
    about = names(words, event.entities, MOST_NAMES)
    facts = (
        _place(words, event),
        words.fill(texts.events.ABOUT, names=about) if about else Rich(),
        words.count(texts.events.REWORDED, card.wordings) if card.wordings else Rich(),
    )

    def made(size: _Size) -> Rich:
        links = linked_publishers(words, event, size.links)
        summary = _summary(words, event, size.summary)
        others = other_headlines(words, card.told, size.headlines)
        told = (_telling(words, event), summary, others)
        rest = listed(words, links[MOST_SOURCES:], size.sources) if size.sources else Rich()
        return paragraphs(*told, _facts(words, event, links, *facts, rest=folded(rest)))

    return Screen(_fitted(made), event_buttons(words, event, card.follows), _picture(event))


def _fitted(made: Callable[[_Size], Rich]) -> Rich:
    """What is made in the largest size that one message holds, else in the smallest."""
    bodies = map(made, _SIZES)
    return next((body for body in bodies if body.fits()), made(_SIZES[-1]))


def _related_to(words: Words, answer: RelatedAnswer, *, is_here: bool) -> Screen:
    event, found = answer.event, [each.event for each in answer.related]
    if not found:
        none = words.fill(texts.events.RELATED_NONE, number=number(event))
        return Screen(none, after(words, texts.events.RELATED_NONE))
    known = common_language(words, found if is_here else [event, *found])
    title = marked(words, event, bold(short_title(words, event, LONGEST_ASKED)), known)
    text = texts.events.RELATED_HERE if is_here else texts.events.RELATED_TO
    head = words.fill(text, number=number(event), title=title)
    foot = texts_in(words, known)
    return Screen(_as_fits(head, (_related(words, each, known) for each in answer.related), foot))


def _as_fits(head: Rich, parts: Iterable[Rich], foot: Rich) -> Rich:
    """The head, as many of the parts, from the first on, as one message holds, and the foot."""
    body = head
    for part in parts:
        longer = paragraphs(body, part)
        if not paragraphs(longer, foot).fits():
            break
        body = longer
    return paragraphs(body, foot)


def _whom(words: Words, alert: Alert) -> Rich:
    """Why the chat has the alert: whom it follows, named by the event now or before."""
    hits = [_hit(words, mention) for mention in by_entity(alert.hits)]
    former = (bold(name_of(words, entity)) for entity in alert.former)
    no_longer = [words.fill(texts.events.NO_LONGER, who=name) for name in former]
    # A row: names in other letters must not turn the line to their side.
    return words.row([listed(words, hits or no_longer, MOST_HITS)], "")


def _hit(words: Words, mention: Mention) -> Rich:
    """A name, and what stood for it where that is neither a link nor this name."""
    name = name_of(words, mention.entity)
    if mention.evidence is Evidence.TOPIC:
        return words.fill(texts.events.VIA_TOPIC, who=bold(name))
    known = {fold(name), fold(mention.entity.label)}
    if mention.evidence is Evidence.LINK or fold(mention.words) in known:
        return bold(name)
    return words.fill(texts.events.VIA_WORDS, who=bold(name), words=words.quoted(mention.words))


def _telling(words: Words, event: Event) -> Rich:
    """What happened: the first sentence bold; struck through where it is withdrawn."""
    first, rest = split_first(clip(event.title, LONGEST_TITLE))
    told = join([bold(first), plain(rest)], " ")
    if not event.withdrawn:
        return marked(words, event, told)
    return paragraphs(marked(words, event, struck(told)), plain(words(texts.events.WITHDRAWN)))


def _summary(words: Words, event: Event, units: int) -> Rich:
    """What a source says beside the title, in a quote of which a few lines show."""
    text = clip(event.summary, units) if units and not event.withdrawn else ""
    return folded(marked(words, event, plain(text))) if text else Rich()


def _facts(
    words: Words,
    event: Event,
    links: Sequence[Rich],
    *facts: Rich,
    is_numbered: bool = True,
    rest: Rich | None = None,
) -> Rich:
    """The facts in lines, then the sources (``links`` by publisher) with the ``rest`` of them,
    the day page and the number."""
    cited = _cited(words, links)
    own = number(event) if is_numbered else Rich()
    return lines(*facts, cited, rest or Rich(), words.row([day_link(words, event), own], " · "))


def _cited(words: Words, links: Sequence[Rich]) -> Rich:
    """The sources by publisher, counted where they are several."""
    shown = listed(words, links, MOST_SOURCES)
    if len(links) < COUNTED_SOURCES:
        return words.fill(texts.events.SOURCES if links else texts.events.NO_SOURCES, sources=shown)
    return words.count(texts.events.SOURCES_COUNTED, len(links), sources=shown)


def _day_and_category(words: Words, event: Event) -> Rich:
    category = plain(clip(words.category(event.category), LONGEST_CATEGORY))
    return words.row([plain(words.day(event.day)), category], " · ")


def _place(words: Words, event: Event) -> Rich:
    """Day, category, and the topics above the event."""
    topics = plain(clip(" › ".join(event.topics), 3 * LONGEST_CATEGORY))
    return words.row([_day_and_category(words, event), topics], " › ")


def _related(words: Words, found: RelatedEvent, known: str) -> Rich:
    context = words.fill(texts.events.CONTEXT, names=names(words, found.context, MOST_NAMES))
    return lines(dated_line(words, found.event, known), context)


def _picture(event: Event) -> str | None:
    """What is previewed: the first source's article, of which Telegram shows title and picture
    by itself; without one the event's own picture; nothing once withdrawn."""
    if event.withdrawn:
        return None
    cited = (citation.url for citation in event.citations if is_web_address(citation.url))
    return next(cited, event.picture)
