"""Writing well-formed XML, tag by tag."""

from __future__ import annotations

from collections.abc import Mapping
from xml.sax.saxutils import quoteattr

# Where a feed uses a prefix without saying what it stands for.
USUAL = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
    "itunes": "http://www.itunes.com/DTDs/PodCast-1.0.dtd",
    "media": "http://search.yahoo.com/mrss/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
}
_RESERVED = ("http://www.w3.org/XML/1998/namespace", "http://www.w3.org/2000/xmlns/")
_MAX_DECLARED = 100


class Writer:
    """Collects elements; ``xml()`` declares every prefix at the root, once."""

    def __init__(self) -> None:
        self.size = 0  # characters
        self._pieces: list[str] = []
        self._root: tuple[str, Mapping[str, str]] = ("rss", {})
        self._declared: dict[str, str] = {}
        self._defaults: set[str] = set()
        self._used: set[str] = set()

    def open(self, name: str, attributes: Mapping[str, str]) -> None:
        """Write a start tag; the first is the root."""
        if not self._pieces:
            self._root = (name, attributes)
        self._write(self._tag(name, attributes) + ">")

    def close(self, name: str) -> None:
        """Write the end tag of the element that was opened last."""
        self._write(f"</{name}>")

    def element(self, name: str, attributes: Mapping[str, str], text: str) -> None:
        """Write an element with nothing but text in it."""
        text = text.replace("]]>", "]] >")
        if "<" in text or "&" in text:  # one section is read at once, references one by one
            text = f"<![CDATA[{text}]]>"
        self._write(f"{self._tag(name, attributes)}>{text}</{name}>")

    def mark(self) -> int:
        """A place to go ``back_to``."""
        return len(self._pieces)

    def back_to(self, mark: int) -> None:
        """Forget what was written since."""
        self.size -= sum(map(len, self._pieces[mark:]))
        del self._pieces[mark:]

    def xml(self) -> str:
        """The document."""
        name, attributes = self._root
        declared = {name: uri for name, uri in attributes.items() if _is_declaration(name, uri)}
        for prefix in sorted(self._used):
            usual = self._declared.get(prefix) or USUAL.get(prefix, f"urn:{prefix}")
            declared.setdefault(f"xmlns:{prefix}", usual)
        others = {name: value for name, value in attributes.items() if not _declares(name)}
        root = f"<{name}{_written({**declared, **others})}>"
        return "".join([root, *self._pieces[1:]])

    def _write(self, piece: str) -> None:
        self._pieces.append(piece)
        self.size += len(piece)

    def _tag(self, name: str, attributes: Mapping[str, str]) -> str:
        if ":" in name:
            self._use(name)
        if not attributes:
            return f"<{name}"
        kept = {}
        for key, value in attributes.items():
            if _declares(key):
                self._declare(key, value)
            else:
                self._use(key)
                kept[key] = value
        default = attributes.get("xmlns", "")
        if _is_declaration("xmlns", default) and self._takes_default(default):
            kept["xmlns"] = default
        return f"<{name}{_written(kept)}"

    def _use(self, name: str) -> None:
        prefix = name.rpartition(":")[0]
        if prefix and prefix != "xml":
            self._used.add(prefix)

    def _takes_default(self, uri: str) -> bool:
        """Parsers remember every namespace, so there is a bound to how many there are."""
        if len(self._defaults) < _MAX_DECLARED:
            self._defaults.add(uri)
        return uri in self._defaults

    def _declare(self, name: str, uri: str) -> None:
        prefix = name.removeprefix("xmlns").removeprefix(":")
        if prefix and _is_declaration(name, uri) and len(self._declared) < _MAX_DECLARED:
            self._declared.setdefault(prefix, uri)


def _declares(name: str) -> bool:
    return name == "xmlns" or name.startswith("xmlns:")


def _is_declaration(name: str, uri: str) -> bool:
    """Whether XML takes it as the declaration of a namespace."""
    return (
        _declares(name) and bool(uri) and uri not in _RESERVED and name[6:] not in ("xml", "xmlns")
    )


def _written(attributes: Mapping[str, str]) -> str:
    return "".join(f" {name}={quoteattr(value)}" for name, value in attributes.items())
