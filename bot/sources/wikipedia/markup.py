"""A bullet's wikitext as text, links and citations. Pure.

Markup: https://www.mediawiki.org/wiki/Help:Formatting and Help:Links.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from html import unescape
from typing import TypeVar

import mwparserfromhell
from mwparserfromhell.nodes import ExternalLink, HTMLEntity, Node, Tag, Template, Text, Wikilink
from mwparserfromhell.parser import ParserError
from mwparserfromhell.wikicode import Wikicode

from bot.sources.wikipedia.brackets import with_brackets_mended
from bot.sources.wikipedia.citations import citation, cited, divided, is_bracketed
from bot.sources.wikipedia.outline import markup_in
from bot.sources.wikipedia.passage import Note, Passage
from bot.sources.wikipedia.portal import Portal, Show
from bot.sources.wikipedia.sentence import BulletSource, plain, sentence, settled
from bot.sources.wikipedia.templates import TemplateCall, is_cite, rule_of, show, words_of_open
from bot.sources.wikipedia.titles import article_title, prefix_of, shown_target, without_qualifier
from storage.model import Citation, Link

_UNCLOSED = re.compile(r"\{\{|<ref\b", re.I)
_SKIPPED_NAMES = "gallery math style script table timeline references del s strike imagemap"
_SKIPPED_TAGS = frozenset(_SKIPPED_NAMES.split())
_BREAKS = frozenset({"br", "hr", "p", "div"})
# Far more than any bullet of 1999 to 2017 has; the parser takes time with their square.
_MAX_BULLET = 10_000  # characters (1,998)
_MAX_MARKUP = 150  # openings of markup (56)
_MAX_NOTE_MARKUP = 30  # the same of a named reference (6), which any bullet may use again
_MAX_TITLE_WORDS = 4  # a longer label in a reference is an article's title, not a publisher


def read_note(wikitext: str, portal: Portal) -> Note:
    """Reads a named reference, once for all the bullets that use it."""
    if fault := _oversized(wikitext, _MAX_NOTE_MARKUP):
        return Note(faults=(fault,))
    walk = _Walk(portal, {})
    try:
        return walk.note(mwparserfromhell.parse(wikitext).nodes)
    except ParserError:
        return Note(faults=("markup cannot be read",))


def read_passage(wikitext: str, portal: Portal, notes: Mapping[str, Note]) -> Passage:
    """Reads a bullet; ``notes`` are the page's named references, for those used again."""
    if fault := _oversized(wikitext, _MAX_MARKUP):
        return Passage(faults=(fault,))
    wikitext = portal.editors_note.sub("", wikitext)
    if "(UTC)" in wikitext:
        wikitext = portal.signature.sub("", wikitext)
    wikitext = with_brackets_mended(wikitext)
    walk = _Walk(portal, notes)
    try:
        walk.over(mwparserfromhell.parse(wikitext).nodes)
    except ParserError:
        return Passage(faults=("markup cannot be read",))
    pieces = settled(walk.pieces)
    cited_here = [piece.citation for piece in pieces if isinstance(piece, BulletSource)]
    return Passage(
        sentence(pieces),
        _first_of_each((link.target, link) for link in walk.links),
        _first_of_each((found.url, found) for found in cited_here if found),
        tuple(dict.fromkeys(walk.faults)),
        tuple(dict.fromkeys(walk.unknown)),
        walk.pieces,
    )


def read_plain(wikitext: str, portal: Portal) -> str:
    """The text alone of a heading or line."""
    return read_passage(wikitext, portal, {}).text


def _oversized(wikitext: str, most: int) -> str | None:
    """Why ``wikitext`` is not to be parsed, if it is not."""
    if len(wikitext) > _MAX_BULLET:
        return "too long"
    return "too much markup" if markup_in(wikitext) > most else None


_T = TypeVar("_T")


def _first_of_each(pairs: Iterable[tuple[str, _T]]) -> tuple[_T, ...]:
    kept: dict[str, _T] = {}
    for key, value in pairs:
        kept.setdefault(key, value)
    return tuple(kept.values())


class _Walk:
    """Goes over parsed wikitext and collects pieces of text, links and sources."""

    def __init__(self, portal: Portal, notes: Mapping[str, Note]) -> None:
        self.pieces: list[str | BulletSource] = []
        self.links: list[Link] = []
        self.faults: list[str] = []
        self.unknown: list[str] = []
        self._portal = portal
        self._notes = notes
        self._muted = False  # behind an unclosed template or reference nothing is a sentence

    def over(self, nodes: Sequence[Node]) -> None:
        for position, node in enumerate(nodes):
            if isinstance(node, Text):
                self._text(node.value)
            elif isinstance(node, Wikilink):
                following = nodes[position + 1] if position + 1 < len(nodes) else None
                self._wikilink(node, following.value if isinstance(following, Text) else "")
            elif isinstance(node, ExternalLink):
                self._external(node, last=position + 1 == len(nodes))
            elif isinstance(node, Template):
                self._template(node)
            elif isinstance(node, Tag):
                self._tag(node)
            elif isinstance(node, HTMLEntity):
                self._add(unescape(str(node)))

    def _add(self, text: str) -> None:
        if not self._muted:
            self.pieces.append(text)

    def _text(self, text: str) -> None:
        unclosed = _UNCLOSED.search(text)
        if not unclosed:
            self._add(text)
            return
        self._add(text[: unclosed.start()])
        self.faults.append("unclosed markup")
        markup = text[unclosed.end() :]
        words = words_of_open(markup, self._portal) if unclosed[0] == "{{" else None
        if words is None:
            self._muted = True
        else:
            self._text(words)

    def _flat(self, code: Wikicode | None, links: list[Link] | None = None) -> str:
        """The text of a part of a link or template, without sources; ``links`` takes its links."""
        nodes = code.nodes if code is not None else []
        texts = [node.value for node in nodes if isinstance(node, Text)]
        if len(texts) == len(nodes):
            return "".join(texts)
        walk = _Walk(self._portal, {})
        walk.over(nodes)
        self.unknown += walk.unknown
        if links is not None:
            links += walk.links
        return "".join(piece for piece in walk.pieces if isinstance(piece, str))

    def _wikilink(self, node: Wikilink, following: str) -> None:
        target = self._flat(node.title)
        label = self._flat(node.text).rpartition("|")[2]
        prefix, is_shown = prefix_of(target), target.lstrip().startswith(":")
        if prefix in self._portal.embedded_prefixes and not is_shown:
            return
        if prefix in self._portal.other_prefixes:
            self._sister(prefix, label or target.rpartition(":")[2], labelled=bool(label.strip()))
            return
        target = target.lstrip(": ")
        if prefix == self._portal.language:  # a link to the portal's own Wikipedia
            target = target.partition(":")[2]
        title = article_title(target)
        words = label if label.strip() else shown_target(target)
        if node.text is not None and not label.strip():
            words = without_qualifier(words)
        self._add(words)
        trail = self._portal.link_trail.match(following)
        words = plain(words + (trail[0] if trail else ""))
        if title and not self._muted:
            self.links.append(Link(title, words or title))

    def _sister(self, prefix: str, words: str, *, labelled: bool) -> None:
        """A link to another namespace or site: words of the text, or a source of its kind."""
        vanishes = prefix in self._portal.news_prefixes and not labelled
        if vanishes or self._portal.sister_label.search(plain(words)):
            self.pieces.append(BulletSource(None))
        else:
            self._add(words)

    def _external(self, node: ExternalLink, *, last: bool) -> None:
        url, label = self._flat(node.url), plain(self._flat(node.title))
        before = self.pieces[-1] if self.pieces else ""
        if not node.brackets:
            url = url.partition("|")[0]
            if last and isinstance(before, str) and before.endswith("["):
                self.faults.append("unclosed markup")
                return
        url, label = divided(url, label)
        found = citation(url, label)
        if found:
            label = "" if is_bracketed(label) else label
            self.pieces.append(BulletSource(found, label))
        elif node.brackets:
            self.faults.append("source is not http")
            self._add("" if is_bracketed(label) else label)
        else:
            self._add(str(node))

    def _template(self, node: Template) -> None:
        name = " ".join(self._flat(node.name).replace("_", " ").split()).lower()
        links: list[Link] = []
        call = self._call(name, node, links)
        if is_cite(name, self._portal):
            self._cite(cited(call.named, self._portal))
        elif name in self._portal.source_addresses and call.unnamed:
            address, *label = call.unnamed
            before = self._portal.source_addresses[name]
            self._cite(citation(before + address, " ".join(label)))
        else:
            self._show(call, links, str(node))

    def _show(self, call: TemplateCall, links: Sequence[Link], markup: str) -> None:
        """A template's words and links; ``links`` are those in its parameters."""
        shown = show(call, self._portal)
        if shown is None:
            self.unknown.append(markup)
            return
        if not shown.words:
            self._unsaid(call)
        self._add(shown.words)
        title = article_title(shown.target) if shown.target else None
        own = [Link(title, plain(shown.words) or title)] if title else []
        if not self._muted:
            self.links += own or [link for link in links if link.words in shown.words]

    def _unsaid(self, call: TemplateCall) -> None:
        """An age that is left out takes the words along that stand before it: "aged"."""
        is_age = rule_of(call.name, self._portal) in (Show.AGE, Show.YEARS_AND_DAYS)
        if is_age and self.pieces and isinstance(self.pieces[-1], str):
            self.pieces[-1] = self._portal.age_words.sub("", self.pieces[-1])

    def _call(self, name: str, node: Template, links: list[Link]) -> TemplateCall:
        unnamed = tuple(self._flat(p.value, links).strip() for p in node.params if not p.showkey)
        named = {str(p.name).strip().lower(): p.value for p in node.params if p.showkey}
        urls = self._portal.url_parameters  # written as they are, not as links to be left out
        texts = {key: str(v) if key in urls else self._flat(v) for key, v in named.items()}
        return TemplateCall(name, unnamed, {key: value.strip() for key, value in texts.items()})

    def _cite(self, found: Citation | None) -> None:
        if found is None:
            self.faults.append("reference without a usable URL")
        self.pieces.append(BulletSource(found))

    def _tag(self, node: Tag) -> None:
        name = str(node.tag).strip().lower()
        if name == "ref":
            self._reference(node)
        elif name not in _SKIPPED_TAGS:
            self._add(" " if name in _BREAKS else "")
            self.over(node.contents.nodes)

    def _reference(self, node: Tag) -> None:
        """The sources of a reference, or of the one of its name elsewhere on the page."""
        contents = node.contents.nodes
        name = str(node.get("name").value).strip() if node.has("name") else ""
        known = self._notes.get(name) if not contents else None
        note = known or _Walk(self._portal, {}).note(contents)
        self.pieces += [*note.sources, BulletSource(None)]
        self.faults += note.faults

    def note(self, nodes: Sequence[Node]) -> Note:
        """What ``nodes``, the contents of a reference, cite."""
        self.over(nodes)
        sources: list[BulletSource] = []
        for piece in self.pieces:
            if isinstance(piece, BulletSource) and piece.citation:
                is_title = len(piece.label.split()) > _MAX_TITLE_WORDS
                found = citation(piece.citation.url, "") if is_title else piece.citation
                sources.append(BulletSource(found))
        return Note(tuple(sources), tuple(self.faults))
