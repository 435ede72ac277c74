"""Brings the catalogues up to the texts: new messages added, vanished ones dropped."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from types import MappingProxyType

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from bot.telegram.wording.catalogues import (
    ENGLISH,
    LANGUAGES,
    LOCALE,
    catalogue_path,
    read_catalogue,
)
from bot.telegram.wording.messages import messages

TEMPLATE = "dateline.pot"
# https://www.gnu.org/software/gettext/manual/html_node/Plural-forms.html; CLDR for Arabic
PLURAL_FORMS = MappingProxyType(
    {
        "de": "nplurals=2; plural=(n != 1);",
        "fr": "nplurals=2; plural=(n > 1);",
        "es": "nplurals=2; plural=(n != 1);",
        "ru": (
            "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : "
            "n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"
        ),
        "ar": (
            "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : "
            "n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);"
        ),
        "zh": "nplurals=1; plural=0;",
    }
)


def template() -> Catalog:
    """All messages without translations, each with the names of its constants."""
    catalogue = Catalog(charset="utf-8", fuzzy=False)
    for message in messages():
        catalogue.add(message.id, auto_comments=[message.name])
    return catalogue


def update(folder: Path = LOCALE) -> list[Path]:
    """Write the template and every language's catalogue; those that changed."""
    wanted = {folder / TEMPLATE: _text(template(), "")}
    for language in LANGUAGES:
        if language != ENGLISH:
            wanted[catalogue_path(language, folder)] = _merged(language, folder)
    return [path for path, text in wanted.items() if _write(path, text)]


def _merged(language: str, folder: Path) -> bytes:
    path = catalogue_path(language, folder)
    catalogue = read_catalogue(path) if path.exists() else _empty(language)
    catalogue.update(template())
    return _text(catalogue, language)


def _empty(language: str) -> Catalog:
    """A catalogue that knows nothing but how many plural forms there are."""
    catalogue = Catalog(locale=language, charset="utf-8", fuzzy=False)
    catalogue.mime_headers = [("Plural-Forms", PLURAL_FORMS[language])]
    return catalogue


def _text(catalogue: Catalog, language: str) -> bytes:
    """A catalogue as a file: one line a message, and only such headers as say something."""
    file = BytesIO()
    write_po(file, catalogue, width=0, omit_header=True, ignore_obsolete=True)
    return _header(language).encode() + b"\n" + file.getvalue()


def _header(language: str) -> str:
    headers = {
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURAL_FORMS.get(language, ""),
    }
    lines = [f'"{name}: {value}\\n"\n' for name, value in headers.items() if value]
    return 'msgid ""\nmsgstr ""\n' + "".join(lines)


def _write(path: Path, text: bytes) -> bool:
    if path.exists() and path.read_bytes() == text:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text)
    return True
