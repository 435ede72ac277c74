"""What differs between the portals of different languages, as data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto


class Show(Enum):
    """What a template shows in place of itself; a template without one shows nothing."""

    FIRST = auto()  # its first parameter
    LAST = auto()  # its last unnamed parameter
    JOINED = auto()  # its unnamed parameters, one after the other
    FRACTION = auto()  # 1|2 -> 1/2, 3|1|2 -> 3 1/2
    MEASURE = auto()  # number and unit as given, without the conversion
    ARTICLE = auto()  # a link to the article that the first parameter names
    SHIP = auto()  # a link to a ship: its own name is the prefix
    NAMED_SHIP = auto()  # a link to a ship: the first parameter is the prefix
    SHIP_CLASS = auto()  # a link to a class of ships


@dataclass(frozen=True)
class Portal:
    """A language's portal of current events: how its pages are named and written.

    Names of templates and prefixes are lower case, with spaces for underscores.
    """

    language: str
    title_prefix: str
    months: tuple[str, ...]  # January first
    frame: re.Pattern[str]  # the template around the items, up to their parameter if it has one
    items_begin: re.Pattern[str]  # matches an HTML comment
    items_end: re.Pattern[str]
    link_trail: re.Pattern[str]  # letters after "]]" that belong to the link's words
    shown: Mapping[str, Show]
    shown_prefixes: Mapping[str, Show]  # by how a template's name begins
    literals: Mapping[str, str]  # templates that stand for a fixed text
    cite_names: frozenset[str]
    cite_prefixes: tuple[str, ...]
    publisher_parameters: tuple[str, ...]  # of cite templates, best first
    url_parameters: tuple[str, ...]
    embedded_prefixes: frozenset[str]  # links that show a file or set a category
    other_prefixes: frozenset[str]  # other namespaces and sister sites: no articles
    news_prefixes: frozenset[str]  # the sister site of news: its links are no words
    sister_label: re.Pattern[str]  # words of a link to a sister site that vanish with it
    editors_note: re.Pattern[str]  # what editors write to each other inside the text
    units: Mapping[str, str]
    joining_words: frozenset[str]  # between two measures: 5 to 7 feet
