"""How it looks what is known of a chat, and who and what the bot is."""

from __future__ import annotations

from bot.services.privacy import About, ExportPart, ToForget
from bot.telegram import buttons, texts
from bot.telegram.attachments import export_part
from bot.telegram.markup import bold, link, paragraphs, plain
from bot.telegram.screens import Screen
from bot.telegram.texts import proper
from bot.telegram.views.fixed import sentence
from bot.telegram.wording import Words
from storage.model import Call


def export(words: Words, parts: tuple[ExportPart, ...]) -> list[Call]:
    """All that is known, as files; where there are several, numbered."""
    return [_document(words, part) for part in parts]


def _document(words: Words, part: ExportPart) -> Call:
    text = texts.privacy.EXPORT_PART if part.of > 1 else texts.privacy.EXPORT_ALL
    numbers = {"part": plain(words.number(part.number)), "parts": plain(words.number(part.of))}
    caption = words.fill(text, day=plain(words.day(part.day)), **numbers)
    params = {"caption": caption.html, "parse_mode": "HTML"}
    return Call("sendDocument", params, export_part(part))


def forget(words: Words, known: ToForget) -> Screen:
    """The question before all is deleted."""
    count = plain(words.number(known.follows))
    body = paragraphs(
        bold(words(texts.privacy.FORGET_ASK)), words.fill(texts.privacy.FORGET_WHAT, count=count)
    )
    choice = [
        buttons.button(words(texts.privacy.BUTTON_FORGET), buttons.forget(known.telegram_id)),
        buttons.button(words(texts.privacy.BUTTON_KEEP), buttons.keep()),
    ]
    return Screen(body, [choice])


def forgotten(words: Words) -> Screen:
    """That all is deleted."""
    return sentence(words, texts.privacy.FORGOTTEN)


def not_forgotten(words: Words) -> Screen:
    """That nothing is deleted."""
    return sentence(words, texts.privacy.NOT_FORGOTTEN)


def about(words: Words, about: About) -> Screen:
    """Licence, version, source."""
    licence = link(words(texts.privacy.MIT_LICENCE), proper.MIT_URL)
    source = (
        words.fill(texts.privacy.ABOUT_SOURCE, link=link(about.source_url, about.source_url))
        if about.source_url
        else plain(words(texts.privacy.ABOUT_NO_SOURCE))
    )
    portal = link(words(texts.starting.PORTAL_NAME), proper.PORTAL_URL)
    shared = link(proper.LICENCE_NAME, proper.LICENCE_URL)
    wikidata = link(proper.WIKIDATA_NAME, proper.WIKIDATA_URL)
    freed = link(proper.WIKIDATA_LICENCE_NAME, proper.WIKIDATA_LICENCE_URL)
    body = paragraphs(
        words.fill(texts.privacy.ABOUT_ME, version=plain(about.version), licence=licence),
        source,
        words.fill(texts.starting.HELP_SOURCE, portal=portal, licence=shared),
        words.fill(texts.privacy.ABOUT_NAMES, wikidata=wikidata, licence=freed),
        plain(words(texts.privacy.ABOUT_YOURS)),
    )
    return Screen(body)
