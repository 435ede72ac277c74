"""What differs between the portals of different languages, as data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto


class Show(Enum):
    """What a template shows in place of itself."""

    NOTHING = auto()  # nothing: a note to editors, a picture, what stands elsewhere
    FIRST = auto()  # its first parameter
    SECOND = auto()  # its second parameter, behind a language or a colour
    LAST = auto()  # its last unnamed parameter
    JOINED = auto()  # its unnamed parameters, one after the other
    LISTED = auto()  # its unnamed parameters, or the bullets in them, with commas between
    QUOTED = auto()  # its first parameter in quotation marks
    FRACTION = auto()  # 1|2 -> 1/2, 3|1|2 -> 3 1/2
    MEASURE = auto()  # number and unit as given, without the conversion
    CURRENCY = auto()  # an amount, behind the sign of the currency of its second parameter
    VALUE = auto()  # number and unit, the unit by its name: 5|u=km -> 5 km
    MAGNITUDE = auto()  # of an earthquake: w|7.4 -> Mw 7.4
    GROUPED = auto()  # the number behind the name's colon, its thousands apart
    DATED = auto()  # "as of" and a date: year|month|day
    AGE = auto()  # whole years between two dates
    YEARS_AND_DAYS = auto()  # the same, and the days above them
    COUNTRY = auto()  # a link to the country that the first parameter names
    SECOND_COUNTRY = auto()  # the same of the second parameter
    TEAM = auto()  # the country that the first parameter names, without a link
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
    shown_suffixes: Mapping[str, Show]  # by how it ends
    literals: Mapping[str, str]  # templates that stand for a fixed text: name, or name|first
    forewords: Mapping[str, str]  # what templates put before their first parameter
    scales: Mapping[str, str]  # what a second parameter behind such a number stands for
    ships: Mapping[str, str]  # prefixes of ships as they are written
    country_codes: Mapping[str, str]  # names by codes that are none of ISO 3166
    country_names: Mapping[str, str]  # where CLDR's name is not the one in use, by that name
    country_articles: Mapping[str, str]  # where a country's article has another title
    as_of: str
    since: str
    years_and_days: str  # with {years} and {days}
    age_words: re.Pattern[str]  # words that say nothing without the age behind them
    source_addresses: Mapping[str, str]  # templates that cite: what stands before their number
    cite_names: frozenset[str]
    cite_prefixes: tuple[str, ...]
    publisher_parameters: tuple[str, ...]  # of cite templates, best first
    url_parameters: tuple[str, ...]
    embedded_prefixes: frozenset[str]  # links that show a file or set a category
    other_prefixes: frozenset[str]  # other namespaces and sister sites: no articles
    news_prefixes: frozenset[str]  # the sister site of news: its links are no words
    sister_label: re.Pattern[str]  # words of a link to a sister site that vanish with it
    editors_note: re.Pattern[str]  # what editors write to each other inside the text
    signature: re.Pattern[str]  # with the name and the time of who wrote it; ends in "(UTC)"
    units: Mapping[str, str]
    joining_words: frozenset[str]  # between two measures: 5 to 7 feet
