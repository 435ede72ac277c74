"""Telegram's HTML parse mode (Bot API: "HTML style").

Not HTML: a fixed list of tags, strict nesting, four named character references, and errors that
name the byte where it went wrong.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from bot.standin.digits import is_digits
from bot.standin.entities import Entity, Formatted, utf16_length
from bot.standin.refusal import bad_request
from bot.standin.tags import Scanner, Tag, read_tag
from bot.standin.urls import checked_url, mentioned_user

_TAG_END = " \t\r\n\v\0>"


@dataclass(frozen=True, slots=True)
class _Open:
    tag: Tag
    offset: int
    index: int


def parse_html(text: str) -> Formatted:
    """Plain text and entities of a text in HTML parse mode, before cleaning and trimming.

    Entities stand in the order in which their tags close; offsets are UTF-16 units. Raises
    Refusal ("Bad Request: can't parse entities: …") with Telegram's own texts.
    """
    parser = _Parser(text)
    parser.run()
    return Formatted("".join(parser.plain), tuple(map(_without_language, parser.entities)))


class _Parser:
    def __init__(self, text: str) -> None:
        self.scanner = Scanner(text)
        self.plain: list[str] = []
        self.offset = 0
        self.stack: list[_Open] = []
        self.entities: list[Entity] = []

    def run(self) -> None:
        while self.scanner.here:
            if self.scanner.here == "<":
                self._tag()
                continue
            char = self.scanner.take_character()
            self.plain.append(char)
            self.offset += utf16_length(char)
        if self.stack:
            name = self.stack[-1].tag.name
            problem = f'Can\'t find end tag corresponding to start tag "{name}"'
            raise bad_request(f"can't parse entities: {problem}")

    def _tag(self) -> None:
        begin = self.scanner.pos
        self.scanner.pos += 1
        if self.scanner.here == "/":
            self._end_tag(begin)
            return
        tag = read_tag(self.scanner, begin)
        self.stack.append(_Open(tag, self.offset, len(self.plain)))

    def _end_tag(self, begin: int) -> None:
        if not self.stack:
            raise self.scanner.error("Unexpected end tag", begin)
        self.scanner.pos += 1
        found = self.scanner.take_until(_TAG_END).lower()
        self.scanner.skip_spaces()
        if self.scanner.here != ">":
            raise self.scanner.error("Unclosed end tag", begin)
        self.scanner.pos += 1
        expected = self.stack[-1].tag.name
        if found and found != expected:
            after = f', expected "</{expected}>", found "</{found}>"'
            raise self.scanner.error("Unmatched end tag", begin, after)
        self._close(self.stack.pop())

    def _close(self, opened: _Open) -> None:
        length = self.offset - opened.offset
        if not length:
            return
        if opened.tag.name in {"pre", "code"}:
            self._close_code(opened.tag, opened.offset, length)
            return
        made = _entity_of(opened.tag, "".join(self.plain[opened.index :]))
        if made:
            self.entities.append(replace(made, offset=opened.offset, length=length))

    def _close_code(self, tag: Tag, offset: int, length: int) -> None:
        """`<pre><code class="language-x">` (either way round) is one block with a language."""
        inner = self.entities[-1] if self.entities else None
        other = "code" if tag.name == "pre" else "pre"
        together = inner and (inner.kind, inner.offset, inner.length) == (other, offset, length)
        language = dict(inner.details).get("language") if inner and together else None
        language = language or tag.language
        details = (("language", language),) if language else ()
        if inner and together and language:
            self.entities[-1] = Entity("pre", offset, length, details)
        else:
            self.entities.append(Entity(tag.name, offset, length, details))


def _without_language(entity: Entity) -> Entity:
    """A class on a lone `<code>` says nothing; it was kept in case a `<pre>` closes around it."""
    return replace(entity, details=()) if entity.kind == "code" else entity


def _entity_of(tag: Tag, inside: str) -> Entity | None:
    match tag.name:
        case "a":
            return _link(tag.attributes.get("href") or inside)
        case "blockquote":
            expandable = "expandable" in tag.attributes
            return Entity("expandable_blockquote" if expandable else "blockquote", 0, 0)
        case "tg-emoji":
            return _custom_emoji(tag.attributes.get("emoji-id", ""))
        case "tg-time":
            return _date_time(tag.attributes)
    return Entity(tag.kind, 0, 0)


def _link(url: str) -> Entity | None:
    """An address that Telegram does not take leaves plain text, without an error."""
    user = mentioned_user(url)
    if user is not None:
        return Entity("text_mention", 0, 0, (("user", user),))
    checked = checked_url(url)
    return Entity("text_link", 0, 0, (("url", checked),)) if checked else None


def _custom_emoji(identifier: str) -> Entity:
    if not is_digits(identifier) or not int(identifier):
        raise bad_request("can't parse entities: Invalid custom emoji identifier specified")
    return Entity("custom_emoji", 0, 0, (("custom_emoji_id", identifier),))


def _date_time(attributes: dict[str, str]) -> Entity:
    unix = attributes.get("unix", "")
    if not is_digits(unix):
        raise bad_request("can't parse entities: Invalid date specified")
    details: list[tuple[str, Any]] = [("unix_time", int(unix))]
    if attributes.get("format"):
        details.append(("date_time_format", attributes["format"]))
    return Entity("date_time", 0, 0, tuple(details))
