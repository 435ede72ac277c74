"""Names of countries that are one word, where a text means nothing but the country.

Such a name stands by itself: no other word with a capital beside it makes another name of both
("Air France"), no number behind it makes that of a broadcaster ("France 24"), nor does one that an
"of" joins to it ("Tour de France"), unless that is an office or a body that every country has
("President of Zimbabwe"). The names are those that CLDR has in the text's language (by Babel).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from babel import Locale

from bot.core.mentions.bearing import is_common, is_office
from bot.core.mentions.runs import ELIDED, OWNER, SMALL, FullName, Word, is_namesake, words_in
from bot.core.names import fold

# Whose names of countries were looked through for words that mean something else.
_LANGUAGES = frozenset("de en es fr it nl pt ru".split())
_GENITIVE_S = frozenset("de nl".split())
# Whose names mean as much else: another country too (Guinea, the two of Congo), a river (Niger),
# all of an island or region of which it is a part (Ireland, Micronesia), what is no country in
# the news (Ascension, Jersey, Man, Montserrat, Norfolk, Réunion), and what is none at all.
_SHARED = frozenset("AC AQ CD CG EU EZ FM GN IE IM JE MS NE NF QO RE UN XA XB ZZ".split())
# By their words: a state of the USA, names of men and women, a bird, towns, a weapon, pronouns.
_OTHER_BEARERS = frozenset(
    """chad dominique georgia geórgia granada grenade guadalupe géorgie jordan maurice
    mauricio maurício salvador turkey доминика сальвадор того чад""".split()
)
_JOINING = frozenset("da das de del della den der des di do dos du of van vom von".split())
_ARTICLES = frozenset("den der die el het la las le les los the".split())
# What sentences begin with, beside what stands between the words of a name.
_BEGINNING = SMALL | frozenset(
    """across after against ahead along amid among après após around auch aus avant avec before bei
    between both but by chez con contra contre dans depuis despite dopo durante during em entre
    ex former fra für gegen if inside into laut like mit na naar nach near nel nella no ohne
    only outside over par para per por pour sans según seit selon sin since sobre sous su sur
    than though throughout tijdens tra tras uit um under unless unlike until vers voor vor wegen
    when where whether while with within without während zwischen á в во для за и из к как на о
    об от по после при против с со у""".split()
)


_CHANNEL = re.compile(r"[1-9]\d?[^\w\s–-]*")


def country_names(text: str, language: str) -> Iterator[FullName]:
    """The countries' names of one word that a text has by themselves; ``folded`` is the English
    name."""
    known = _known(language)
    if not known:
        return
    words = words_in(text)
    behind = [*text.split()[1:], ""]
    for place, word in enumerate(words):
        if not word.has_capital:
            continue  # as most
        owner = OWNER.sub("", word.text)
        name = ELIDED.sub("", owner)
        is_owner = len(owner) < len(word.text)
        english = known.get(name.casefold())
        if english is None and language in _GENITIVE_S and name.endswith("s"):
            is_owner, english = True, known.get(name[:-1].casefold())
        is_channel = not (is_owner or word.closes) and _CHANNEL.fullmatch(behind[place])
        if is_channel or not (english and name[0].isupper()):
            continue
        if _is_alone(words, place, is_owner=is_owner):
            yield FullName(place, place + 1, name, english, is_country=True)


def _is_alone(words: Sequence[Word], place: int, *, is_owner: bool) -> bool:
    """Whether the words beside a country's name make no other name of both."""
    word = words[place]
    ahead = _ahead(words, place)
    joined = _joined(word, ahead)
    if joined:
        is_body = all(is_common(fold(one.text)) for one in joined)
        return is_body and (is_owner or not is_namesake(words, place + 1))
    if ahead and ahead[0].has_capital and ahead[0].low not in _BEGINNING:
        return False
    return is_owner or word.closes or not _has_name(words, place + 1)


def _has_name(words: Sequence[Word], place: int) -> bool:
    """Whether a word begins a name that goes on from the one before; an office does not."""
    if place == len(words) or words[place].opens:
        return False
    return words[place].has_capital and not is_office(words[place].low)


def _ahead(words: Sequence[Word], place: int) -> list[Word]:
    """The words before one that may be of one name with it, the nearest first."""
    found: list[Word] = []
    while place > 0 and not words[place].opens and not words[place - 1].closes:
        place -= 1
        if not (words[place].has_capital or words[place].low in _JOINING | _ARTICLES):
            break
        found.append(words[place])
    return found


def _joined(word: Word, ahead: Sequence[Word]) -> list[Word]:
    """The words with capitals ``ahead`` of a country's name that an "of" joins to it."""
    rest = list(ahead)
    elided = ELIDED.match(word.text)
    if elided is None or elided[0][0] in "lL":
        while rest and rest[0].low in _ARTICLES - _JOINING:
            rest.pop(0)
        if not rest or rest.pop(0).low not in _JOINING:
            return []
    if not rest or not rest[0].has_capital:
        return []
    return [one for one in rest if one.has_capital and one.low not in _BEGINNING]


@lru_cache(maxsize=32)
def _known(language: str) -> Mapping[str, str]:
    """The English names, folded, by those in a language, without regard to case."""
    if language not in _LANGUAGES:
        return {}
    territories = Locale(language).territories
    english = Locale("en").territories
    names = {
        _short(name).casefold(): fold(_short(english[code]))
        for code, name in territories.items()
        if len(code) == 2 and code.isalpha() and code not in _SHARED and code in english
    }
    return {
        name: known
        for name, known in names.items()
        if name not in _OTHER_BEARERS and " " not in name and "-" not in name
    }


def _short(name: str) -> str:
    """A name without what stands in brackets: "Myanmar (Burma)"."""
    return name.partition(" (")[0]
