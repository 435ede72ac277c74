"""Which messages there are to be translated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.telegram import texts
from bot.telegram.texts.plural import Plural


@dataclass(frozen=True)
class Message:
    """A text with the name of its constant."""

    name: str
    text: str | Plural

    @property
    def id(self) -> str | tuple[str, str]:
        """By what catalogues know it."""
        return self.text if isinstance(self.text, str) else (self.text.one, self.text.other)

    @property
    def key(self) -> str:
        """The English text, of a plural that for one: no two messages share it."""
        return self.text if isinstance(self.text, str) else self.text.one


def messages() -> Iterator[Message]:
    """All messages, in the order of the texts."""
    for theme in texts.THEMES:
        for name, value in vars(theme).items():
            if name.isupper():
                yield from _of(name, value)


def _of(name: str, value: object) -> Iterator[Message]:
    match value:
        case str() | Plural():
            yield Message(name, value)
        case Mapping():
            for key, text in value.items():
                yield Message(f"{name}[{key}]", text)
        case tuple():
            for text in value:
                yield Message(name, text)
