"""Pieces that several views are made of: names, sources, one event in a line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from urllib.parse import quote

from bot.core.names import fold
from bot.core.offering import Candidate, offered
from bot.core.publishers import Publisher, by_publisher
from bot.core.sentences import split_first
from bot.core.topics import topic_before
from bot.telegram import buttons, texts
from bot.telegram.buttons import Button
from bot.telegram.markup import Rich, clip, clip_clause, command, italic, join, link, plain
from bot.telegram.texts import proper
from bot.telegram.wording import Words, base_of
from storage.model import Account, Entity, Event, Evidence, Mention

LONGEST_NAME = 80
LONGEST_PUBLISHER = 50
LONGEST_LINE = 280
LONGEST_DATED = 200
LONGEST_CATEGORY = 100
LONGEST_CODE = 10
LINKS_OF_ONE = 5  # a publisher's, on one event
LINKS_IN_LINE = 2  # the same where the event is a line
_COMMA = re.compile("[,،、，]")
_SURER = (Evidence.LINK, Evidence.ALIAS, Evidence.TOPIC)


def name_of(words: Words, entity: Entity) -> str:
    """An entity's name, fit for a line."""
    name = clip(entity.name(words.language).label, LONGEST_NAME)
    return name or words.plain(texts.follows.UNNAMED, number=str(entity.id))


def description(words: Words, entity: Entity) -> Rich:
    """What an entity is, in italics."""
    return italic(_what(words, entity))


def described(words: Words, entity: Entity) -> str:
    """An entity's name with what it is, for a label."""
    name, what = name_of(words, entity), _what(words, entity)
    return f"{name} · {what}" if what else name


def _what(words: Words, entity: Entity) -> str:
    return clip(entity.name(words.language).description or "", LONGEST_NAME)


def names(words: Words, entities: Iterable[Entity], most: int) -> Rich:
    """A list of names, set apart from the commas within; those past ``most`` are counted."""
    called = [name_of(words, entity) for entity in entities]
    separator = " · " if any(map(_COMMA.search, called[:most])) else None
    return listed(words, [plain(name) for name in called], most, separator)


def listed(words: Words, parts: Sequence[Rich], most: int, separator: str | None = None) -> Rich:
    """A list, by this language's separators or ``separator``; its parts past ``most`` are
    counted."""
    kept = parts[:most]
    shown = words.row(kept, separator) if separator else words.joined(kept)
    rest = len(parts) - most
    return shown if rest <= 0 else join([shown, words.count(texts.events.MORE, rest)], " ")


def sources(words: Words, event: Event, most: int) -> Rich:
    """An event's publishers, each linked; those past ``most`` are counted."""
    return listed(words, linked_publishers(words, event, LINKS_IN_LINE), most)


def linked_publishers(words: Words, event: Event, of_one: int) -> list[Rich]:
    """An event's publishers, each once, linked to what it published: at most so many links."""
    return [_linked(words, publisher, of_one) for publisher in by_publisher(event.citations)]


def publishers(words: Words, event: Event, most: int) -> list[str]:
    """The names of an event's publishers, each once, at most so many."""
    return [_called(words, publisher) for publisher in by_publisher(event.citations)[:most]]


def _linked(words: Words, publisher: Publisher, most: int) -> Rich:
    """A publisher's name with its first link, then its further links by number; after each
    its language, where that is known and not the reader's: "BBC (fr) [2]"."""
    first, *others = publisher.citations[:most]
    parts = [link(_called(words, publisher), first.url), _language_mark(words, first.language)]
    for place, citation in enumerate(others, 2):
        parts += [
            link(f"[{words.number(place)}]", citation.url),
            _language_mark(words, citation.language),
        ]
    return join(parts, " ")


def _called(words: Words, publisher: Publisher) -> str:
    return clip(publisher.name, LONGEST_PUBLISHER) or words(texts.events.SOURCE)


def _language_mark(words: Words, language: str) -> Rich:
    if not language or base_of(language) == base_of(words.language):
        return Rich()
    return words.kept(plain(f"({clip(language.lower(), LONGEST_CODE)})"))


def category_heading(
    words: Words, category: str, events: Iterable[Event], units: int = LONGEST_CATEGORY
) -> str:
    """What the events of a category stand under, in at most so many UTF-16 units."""
    known = clip(words.category(category), units)
    is_portals = all(event.page for event in events)
    return known or words(texts.days.OTHER_NEWS if is_portals else texts.days.MORE_NEWS)


def number(event: Event) -> Rich:
    """The event's number, to be tapped."""
    return command(f"/event_{event.id}")


def marked(words: Words, source: Event | Account, told: Rich, known: str = "") -> Rich:
    """Words of an event or of one account of it; where these are neither in the reader's
    language nor in the one ``known``, after a mark of theirs."""
    if base_of(source.language) in (base_of(words.language), known):
        return told
    mark = f"[{clip(source.language.lower(), LONGEST_CODE)}]"
    return join([plain(mark), words.kept(told)], " ")


def common_language(words: Words, events: Iterable[Event]) -> str:
    """The language in which all the events of a list are told, if it is another than the
    reader's: it is said once, below (``texts_in``). Else ""."""
    told = {base_of(event.language) for event in events}
    return told.pop() if len(told) == 1 and base_of(words.language) not in told else ""


def texts_in(words: Words, language: str) -> Rich:
    """In which language the texts of a list are, if that is the same for all."""
    name = plain(words.language_name(language) if language else "")
    return words.fill(texts.events.TEXTS_IN, language=name) if name else Rich()


def short_title(words: Words, event: Event, units: int, under: Entity | None = None) -> str:
    """The first sentence of an event's title, fit for a line, after the topic that it needs to
    be understood, if that is not whom (``under``) the list is about anyway."""
    first, _ = split_first(event.title)
    topic = topic_before(event.title, event.topics, event.language)
    known = (event.category, under.label if under else "")
    if topic and fold(topic) not in map(fold, known):
        # Half of the line at most: what happened is to be read, too.
        first = f"{clip(topic, units // 2)}: {first}"
    return clip_clause(first, units) or words.day(event.day)


def line_title(
    words: Words, event: Event, units: int, known: str, under: Entity | None = None
) -> Rich:
    """The same, marked where it is in another language than the one ``known``."""
    return marked(words, event, plain(short_title(words, event, units, under)), known)


def dated_line(
    words: Words,
    event: Event,
    known: str,
    under: Entity | None = None,
    units: int = LONGEST_DATED,
) -> Rich:
    """An event in a line, with its day, in a list of texts in a language ``known`` that may be
    about somebody (``under``)."""
    day = italic(words.day(event.day))
    title = line_title(words, event, units, known, under)
    return words.row([day, title, number(event)], " ")


def day_link(words: Words, event: Event, text: str | None = None) -> Rich:
    """The portal's day page with the event (linked from ``text``), and its licence."""
    if not event.page:
        return Rich()
    named = page_link(event, text or words(texts.events.DAY_PAGE))
    return words.fill(texts.events.LICENSED, work=named, licence=plain(proper.SHARED_LICENCE))


def page_link(event: Event, text: str) -> Rich:
    """The portal's day page with the event, linked from a text."""
    page = quote((event.page or "").replace(" ", "_"), safe="/:_(),.-")
    wiki = event.language if event.language.isalnum() else "en"
    return link(text, f"https://{wiki}.wikipedia.org/wiki/{page}")


def by_entity(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """One mention an entity: by a link, else by its name in full, else by a topic."""
    found: dict[int, Mention] = {}
    for mention in mentions:
        known = found.get(mention.entity.id)
        if known is None or _SURER.index(mention.evidence) < _SURER.index(known.evidence):
            found[mention.entity.id] = mention
    return tuple(found.values())


def to_follow(event: Event, follows: Iterable[int] = ()) -> list[Entity]:
    """Whom an event offers to follow, but for those followed."""
    named = {mention.entity.id: mention for mention in by_entity(event.mentions)}
    candidates = [
        Candidate(number, each.entity.label, each.evidence, each.words)
        for number, each in named.items()
    ]
    return [named[number].entity for number in offered(candidates, event.topics, set(follows))]


def event_buttons(words: Words, event: Event, follows: Iterable[int]) -> list[list[Button]]:
    """Under a message about an event: Related, Share, and to follow others named in it."""
    related = buttons.button(words(texts.labels.BUTTON_RELATED), buttons.related(event.id))
    rows = [[related, buttons.share(words(texts.follows.BUTTON_SHARE), f"#{event.id}")]]
    for entity in to_follow(event, follows):
        label = words.label(texts.labels.BUTTON_FOLLOW, who=name_of(words, entity))
        rows.append([buttons.button(label, buttons.follow_beside(entity.id, event.id))])
    return rows


def page_of(words: Words, page: int, pages: int) -> Rich:
    """Which page of how many a list shows; nothing where there is one."""
    counted = {"page": plain(words.number(page)), "pages": plain(words.number(pages))}
    return words.fill(texts.days.PAGE, **counted) if pages > 1 else Rich()


def turning(words: Words, page: int, pages: int, data: Callable[[int], str]) -> list[Button]:
    """Buttons to the page before and the next, where there are such; ``data`` of a page."""
    labelled = ((texts.labels.BUTTON_BACK, page - 1), (texts.labels.BUTTON_ON, page + 1))
    return [buttons.button(words(label), data(to)) for label, to in labelled if 1 <= to <= pages]
