"""How it looks what is known of a chat, and who and what the bot is."""

from __future__ import annotations

from bot.services.privacy import About, Known, Part
from bot.telegram import buttons, texts
from bot.telegram.attachments import export_part
from bot.telegram.markup import bold, link, paragraphs, plain
from bot.telegram.screens import Screen
from bot.telegram.views.fixed import sentence
from bot.telegram.wording import Words
from storage.model import Call


def export(words: Words, parts: tuple[Part, ...]) -> list[Call]:
    """All that is known, as files; where there are several, numbered."""
    return [_document(words, part) for part in parts]


def _document(words: Words, part: Part) -> Call:
    text = texts.EXPORT_PART if part.of > 1 else texts.EXPORT_ALL
    numbers = {"part": plain(words.number(part.number)), "parts": plain(words.number(part.of))}
    caption = words.fill(text, day=plain(words.day(part.day)), **numbers)
    params = {"caption": caption.html, "parse_mode": "HTML"}
    return Call("sendDocument", params, export_part(part))


def forget(words: Words, known: Known) -> Screen:
    """The question before all is deleted."""
    count = plain(words.number(known.follows))
    body = paragraphs(bold(words(texts.FORGET_ASK)), words.fill(texts.FORGET_WHAT, count=count))
    choice = [
        buttons.button(words(texts.BUTTON_FORGET), buttons.forget(known.telegram_id)),
        buttons.button(words(texts.BUTTON_KEEP), buttons.keep()),
    ]
    return Screen(body, [choice])


def forgotten(words: Words) -> Screen:
    """That all is deleted."""
    return sentence(words, texts.FORGOTTEN)


def not_forgotten(words: Words) -> Screen:
    """That nothing is deleted."""
    return sentence(words, texts.NOT_FORGOTTEN)


def about(words: Words, about: About) -> Screen:
    """Licence, version, source."""
    licence = link(words(texts.MIT_LICENCE), texts.MIT_URL)
    source = (
        words.fill(texts.ABOUT_SOURCE, link=link(about.source_url, about.source_url))
        if about.source_url
        else plain(words(texts.ABOUT_NO_SOURCE))
    )
    portal = link(words(texts.PORTAL_NAME), texts.PORTAL_URL)
    shared = link(texts.LICENCE_NAME, texts.LICENCE_URL)
    wikidata = link(texts.WIKIDATA_NAME, texts.WIKIDATA_URL)
    freed = link(texts.WIKIDATA_LICENCE_NAME, texts.WIKIDATA_LICENCE_URL)
    body = paragraphs(
        words.fill(texts.ABOUT_ME, version=plain(about.version), licence=licence),
        source,
        words.fill(texts.HELP_SOURCE, portal=portal, licence=shared),
        words.fill(texts.ABOUT_NAMES, wikidata=wikidata, licence=freed),
        plain(words(texts.ABOUT_YOURS)),
    )
    return Screen(body)
