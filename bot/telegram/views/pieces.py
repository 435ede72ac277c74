"""Pieces that several views are made of: names, sources, one event in a line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import quote, urlsplit

from bot.core.days import written
from bot.core.sentences import split_first
from bot.telegram import buttons, texts
from bot.telegram.buttons import Button
from bot.telegram.markup import Rich, clip, command, fill, italic, join, link, plain
from storage.model import Citation, Entity, Event, Evidence, Mention

LONGEST_NAME = 80
LONGEST_PUBLISHER = 50
LONGEST_LINE = 280
LONGEST_DATED = 200
FOLLOW_BUTTONS = 3


def name_of(entity: Entity) -> str:
    """An entity's name, fit for a line."""
    return clip(entity.label, LONGEST_NAME) or f"No. {entity.id}"


def description(entity: Entity) -> Rich:
    """What an entity is, in italics."""
    return italic(clip(entity.description or "", LONGEST_NAME))


def described(entity: Entity) -> str:
    """An entity's name with what it is."""
    what = clip(entity.description or "", LONGEST_NAME)
    return f"{name_of(entity)} · {what}" if what else name_of(entity)


def names(entities: Iterable[Entity], most: int) -> Rich:
    """Names with commas between; those past ``most`` are counted."""
    return listed([plain(name_of(entity)) for entity in entities], most)


def listed(parts: Sequence[Rich], most: int) -> Rich:
    """Parts with commas between; those past ``most`` are counted."""
    shown = join(parts[:most], ", ")
    rest = len(parts) - most
    return shown if rest <= 0 else join([shown, more(rest)], " ")


def more(count: int) -> Rich:
    """How many more there are."""
    return fill(texts.MORE, count=plain(str(count)))


def sources(event: Event, most: int) -> Rich:
    """An event's source links by publisher; those past ``most`` are counted."""
    return listed([link(_publisher(c), c.url) for c in event.citations], most)


def _publisher(citation: Citation) -> str:
    name = clip(citation.publisher, LONGEST_PUBLISHER)
    return name or clip(_host(citation.url), LONGEST_PUBLISHER) or texts.SOURCES.rstrip(":")


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def number(event: Event) -> Rich:
    """The event's number, to be tapped."""
    return command(f"/event_{event.id}")


def short_title(event: Event, units: int = LONGEST_LINE) -> str:
    """The first sentence of an event's title, fit for a line."""
    first, _ = split_first(event.title)
    return clip(first, units) or written(event.day)


def dated_line(event: Event) -> Rich:
    """An event in a line, with its day."""
    day = italic(written(event.day))
    return join([day, plain(short_title(event, LONGEST_DATED)), number(event)], " ")


def day_link(event: Event, text: str = texts.DAY_PAGE) -> Rich:
    """The portal's day page with the event, and its licence."""
    if not event.page:
        return Rich()
    page = quote(event.page.replace(" ", "_"), safe="/:_(),.-")
    wiki = event.language if event.language.isalnum() else "en"
    named = link(text, f"https://{wiki}.wikipedia.org/wiki/{page}")
    return join([named, plain(texts.SHARED_LICENCE)], ", ")


def linked(event: Event) -> tuple[Entity, ...]:
    """The entities that the event's own text links to."""
    links = (m.entity for m in event.mentions if m.evidence is Evidence.LINK)
    return tuple({entity.id: entity for entity in links}.values())


def by_entity(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """One mention an entity, a link before a topic."""
    found: dict[int, Mention] = {}
    for mention in mentions:
        known = found.get(mention.entity.id)
        if known is None or known.evidence is Evidence.TOPIC:
            found[mention.entity.id] = mention
    return tuple(found.values())


def event_buttons(event: Event, follows: Iterable[int]) -> list[list[Button]]:
    """Under a message about an event: Related, and to follow others named in it."""
    taken = set(follows)
    others = [entity for entity in linked(event) if entity.id not in taken]
    rows = [[buttons.button(texts.BUTTON_RELATED, buttons.related(event.id))]]
    for entity in others[:FOLLOW_BUTTONS]:
        label = texts.BUTTON_FOLLOW.format(who=name_of(entity))
        rows.append([buttons.button(label, buttons.follow_beside(entity.id, event.id))])
    return rows
