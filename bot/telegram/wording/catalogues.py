"""The catalogues of all languages, and which of them a reader's language means."""

from __future__ import annotations

from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from bot.telegram.wording.words import Words
from storage.model import Chat, ChatKind

ENGLISH = "en"  # what the texts are written in
LANGUAGES = (ENGLISH, "de", "fr", "es", "ru", "ar", "zh")
LOCALE = Path(__file__).parents[1] / "locale"


class Wording:
    """Words by language. A catalogue is read once, when its language is first asked for."""

    def __init__(self, folder: Path = LOCALE) -> None:
        self._folder = folder

    def of(self, language_code: str | None, *, is_shared: bool = False) -> Words:
        """The words for an IETF language tag, such as Telegram names a reader's language
        ("pt-br", "zh-hans"): of its language where that is known, else English; ``is_shared``:
        those for where several people read."""
        return _words(spoken_for(language_code or ""), self._folder, is_shared)

    def in_chat(self, chat: Chat) -> Words:
        """The words for a chat, by its language and by who reads there."""
        return self.of(chat.language, is_shared=chat.kind is not ChatKind.PRIVATE)


def base_of(tag: str) -> str:
    """The language of an IETF tag, without its script or region: "pt" of "pt-BR"."""
    return tag.lower().replace("_", "-").partition("-")[0]


def spoken_for(tag: str) -> str:
    """The language of ours that a tag means: English where we do not speak its own."""
    base = base_of(tag)
    return base if base in LANGUAGES else ENGLISH


@cache
def _words(language: str, folder: Path, is_shared: bool) -> Words:
    """The words for one reader, or those for several."""
    return Words(language, _translated(language, folder), is_shared=is_shared)


@cache
def _translated(language: str, folder: Path) -> NullTranslations:
    if language == ENGLISH:
        return NullTranslations()
    return translations(read_catalogue(catalogue_path(language, folder)))


def catalogue_path(language: str, folder: Path = LOCALE) -> Path:
    """Where a language's catalogue is kept."""
    return folder / language / "LC_MESSAGES" / "dateline.po"


def read_catalogue(path: Path) -> Catalog:
    """A catalogue as it is kept."""
    with path.open("rb") as file:
        return read_po(file)


def translations(catalogue: Catalog) -> GNUTranslations:
    """A catalogue ready for use. What is not translated in full, or marked as fuzzy, is
    left out: it stays English, in English forms."""
    for message in list(catalogue):
        if message.id and not is_translated(message.string):
            catalogue.delete(message.id)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)


def is_translated(string: str | list[str] | tuple[str, ...] | None) -> bool:
    """Whether a message's translation, or each of its forms, is there."""
    return bool(string) if isinstance(string, str) else bool(string) and all(string or ())
