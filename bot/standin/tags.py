"""The inside of one HTML start tag, read as Telegram reads it."""

from __future__ import annotations

from collections.abc import Callable

from bot.standin.refusal import Refusal, bad_request

_SPACES = " \t\r\n\v\0"
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_LONGEST_REFERENCE = 10
_SIMPLE = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
}
_OTHER = {"a", "tg-emoji", "tg-time", "code", "pre", "blockquote"}


class Scanner:
    """A position in a text. `here` is "" at the end; offsets in errors are UTF-8 bytes."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.pos = 0

    @property
    def here(self) -> str:
        return self.text[self.pos : self.pos + 1]

    @property
    def at_space(self) -> bool:
        return self.here != "" and self.here in _SPACES

    def take_while(self, wanted: Callable[[str], bool]) -> str:
        """The characters from here on that are wanted; stops after them or at the end."""
        start = self.pos
        while self.here and wanted(self.here):
            self.pos += 1
        return self.text[start : self.pos]

    def take_until(self, stops: str) -> str:
        """The characters before the first of `stops`."""
        return self.take_while(lambda char: char not in stops)

    def skip_spaces(self) -> None:
        self.take_while(lambda char: char in _SPACES)

    def take_character(self) -> str:
        """One character, or what a character reference here stands for."""
        char = self.here
        if char == "&":
            return self._reference()
        self.pos += 1
        return char

    def _reference(self) -> str:
        start = self.pos
        self.pos += 1
        decoded = self._numeric(start) if self.here == "#" else self._named()
        if not decoded:
            self.pos = start + 1
            return "&"
        if self.here == ";":
            self.pos += 1
        return decoded

    def _named(self) -> str:
        return _NAMED.get(self.take_while(lambda char: char.isascii() and char.isalpha()), "")

    def _numeric(self, start: int) -> str:
        self.pos += 1
        base = 16 if self.here == "x" else 10
        self.pos += base == 16
        wanted = "0123456789abcdefABCDEF" if base == 16 else "0123456789"
        digits = self.take_while(lambda char: char in wanted)
        too_long = self.pos - start >= _LONGEST_REFERENCE
        number = int(digits, base) if digits and not too_long else 0
        valid = 0 < number < 0x10FFFF and not 0xD800 <= number < 0xE000
        return chr(number) if valid else ""

    def error(self, problem: str, at: int, after: str = "") -> Refusal:
        offset = len(self.text[:at].encode("utf-8", "surrogatepass"))
        return bad_request(f"can't parse entities: {problem} at byte offset {offset}{after}")


class Tag:
    """A start tag that stands open: its name and attributes."""

    def __init__(self, name: str, attributes: dict[str, str]) -> None:
        self.name = name
        self.attributes = attributes

    @property
    def kind(self) -> str:
        """The entity's type for tags that have just one, else the tag's name."""
        return _SIMPLE.get(self.name, self.name)

    @property
    def language(self) -> str:
        """Of `<code class="language-…">`, else ""."""
        value = self.attributes.get("class", "")
        return value.removeprefix("language-") if value.startswith("language-") else ""


def read_tag(scanner: Scanner, begin: int) -> Tag:
    """Read the start tag whose "<" is at `begin`; the scanner stands behind that, then behind ">".

    Raises Refusal with Telegram's text for unsupported, unclosed and malformed tags.
    """
    name = scanner.take_until(_SPACES + ">").lower()
    if not scanner.here:
        raise scanner.error("Unclosed start tag", begin)
    if name not in _SIMPLE and name not in _OTHER:
        raise scanner.error(f'Unsupported start tag "{name}"', begin)
    attributes = _read_attributes(scanner, name, begin)
    if name == "span" and attributes.get("class") != "tg-spoiler":
        raise scanner.error('Tag "span" must have class "tg-spoiler"', begin)
    return Tag(name, attributes)


def _read_attributes(scanner: Scanner, name: str, begin: int) -> dict[str, str]:
    attributes: dict[str, str] = {}
    scanner.skip_spaces()
    while scanner.here != ">":
        key, value = _read_attribute(scanner, name, begin)
        attributes[key] = value
        if not scanner.here:
            raise scanner.error("Unclosed start tag", begin)
        scanner.skip_spaces()
    scanner.pos += 1
    return attributes


def _read_attribute(scanner: Scanner, name: str, begin: int) -> tuple[str, str]:
    key = scanner.take_until(_SPACES + "=>").lower()
    if not key and scanner.here:
        raise scanner.error(f'Empty attribute name in the tag "{name}"', begin)
    scanner.skip_spaces()
    if not scanner.here:
        raise scanner.error(f'Unclosed start tag "{name}"', begin)
    if scanner.here != "=":
        if (name, key) == ("blockquote", "expandable"):
            return key, ""
        problem = f'Expected equal sign in declaration of an attribute of the tag "{name}"'
        raise scanner.error(problem, begin)
    scanner.pos += 1
    scanner.skip_spaces()
    if not scanner.here:
        raise scanner.error(f'Unclosed start tag "{name}"', begin)
    return key, _read_value(scanner)


def _read_value(scanner: Scanner) -> str:
    if scanner.here in "'\"":
        return _read_quoted(scanner)
    start = scanner.pos
    token = scanner.take_while(lambda char: (char.isascii() and char.isalnum()) or char in ".-")
    if scanner.here and not scanner.at_space and scanner.here != ">":
        raise scanner.error("Unexpected end of name token", start)
    return token.lower()


def _read_quoted(scanner: Scanner) -> str:
    quote = scanner.here
    scanner.pos += 1
    value: list[str] = []
    while scanner.here and scanner.here != quote:
        value.append(scanner.take_character())
    if scanner.here:
        scanner.pos += 1
    return "".join(value)
