"""What would come of a feed."""

from __future__ import annotations

from bot.services.managing import Looked, NotForYou, NotRead, NotUsable
from bot.services.previewing import Preview
from bot.telegram.choices import Onward
from bot.telegram.markup import Rich, bold, clip, command, join, lines, paragraphs, plain
from bot.telegram.screens import Screen
from bot.telegram.texts import sources as texts
from bot.telegram.views.onward import onward
from bot.telegram.views.pieces import names
from bot.telegram.views.sources.parts import LONGEST_ADDRESS, LONGEST_TITLE, known, to_send, why
from bot.telegram.wording import Words

MOST_NAMES = 5  # of an entry's entities
MOST_FEEDS = 5  # of those that a web page names
LONGEST_ENTRY = 150  # UTF-16 units of an entry's title


def checked(words: Words, answer: Looked | NotRead | NotUsable | NotForYou) -> Screen:
    """What a feed serves, or why nothing can be said of it."""
    match answer:
        case NotForYou():
            return not_here(words, answer)
        case NotUsable():
            return not_usable(words, answer, "check")
        case NotRead():
            return not_read(words, answer, "check")
        case Looked():
            return Screen(_card(words, answer))


def not_here(words: Words, answer: NotForYou) -> Screen:
    """To who is no operator; and to who is, how this chat may become the operator's."""
    number = plain(str(answer.telegram_id))
    how = words.fill(texts.SOURCES_CHAT_NUMBER, number=number)
    body = paragraphs(plain(words(texts.SOURCES_NOT_HERE)), how)
    return Screen(body, onward(words, Onward.HELP))


def not_usable(words: Words, answer: NotUsable, verb: str) -> Screen:
    """That something is no address, or that none was sent."""
    if not answer.typed.strip():
        return Screen(words.fill(texts.SOURCE_WHOSE_ADDRESS, example=to_send(verb)))
    typed = words.quoted(answer.typed)
    return Screen(words.fill(texts.SOURCE_NO_ADDRESS, typed=typed, example=to_send(verb)))


def not_read(words: Words, answer: NotRead, verb: str) -> Screen:
    """That no feed could be read at an address, and what to do."""
    address = plain(clip(answer.url, LONGEST_ADDRESS))
    if answer.feeds:
        head = words.fill(texts.SOURCE_IS_PAGE, address=address)
        return Screen(lines(head, *(to_send(verb, url) for url in answer.feeds[:MOST_FEEDS])))
    if not answer.why or answer.is_private:
        text = texts.SOURCE_PRIVATE if answer.is_private else texts.SOURCE_SLOW
        there = plain(f"dateline sources {verb} {clip(answer.url, LONGEST_ADDRESS)}")
        return Screen(words.fill(text, address=address, command=there))
    return Screen(words.fill(texts.SOURCE_NOT_READ, address=address, why=why(answer.why)))


def _card(words: Words, found: Looked) -> Rich:
    reading = found.reading
    language = words.language_name(reading.language) if reading.language else ""
    count, dropped = len(reading.entries), len(reading.dropped)
    return paragraphs(
        lines(
            bold(clip(reading.title or found.url, LONGEST_TITLE)),
            words.fill(texts.SOURCE_LANGUAGE, language=plain(language)) if language else Rich(),
            words.count(texts.SOURCE_ENTRIES, count) if count else Rich(),
            words.count(texts.SOURCE_PARTS_DROPPED, dropped) if dropped else Rich(),
        ),
        plain(words(texts.SOURCE_NEWEST if count else texts.SOURCE_ENTRIES_NONE)),
        *(_entry(words, preview) for preview in found.newest),
        _onward(words, found),
    )


def _onward(words: Words, found: Looked) -> Rich:
    if found.known is None:
        return words.fill(texts.SOURCE_TO_ADD, example=to_send("add", found.url))
    return known(words, found.known, found.led_from)


def _entry(words: Words, preview: Preview) -> Rich:
    people = names(words, preview.entities, MOST_NAMES)
    fate = plain(words(texts.SOURCE_NEW_EVENT))
    if preview.joins is not None:
        fate = words.fill(texts.SOURCE_JOINS, event=command(f"/event_{preview.joins.number}"))
    about = words.fill(texts.SOURCE_NAMES, names=people) if preview.entities else Rich()
    title = plain(clip(preview.entry.title, LONGEST_ENTRY))
    return lines(words.kept(title), join([about, fate], " · "))
