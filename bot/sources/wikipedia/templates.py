"""What a template shows in a bullet, as text or as a link to an article. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.sources.wikipedia.countries import country_named, country_of
from bot.sources.wikipedia.figures import age, as_of, grouped, measure, value, years_and_days
from bot.sources.wikipedia.portal import Portal, Show

_BULLETS = re.compile(r"\*+")


@dataclass(frozen=True)
class TemplateCall:
    """A template with its parameters as plain text; unnamed ones in order."""

    name: str  # lower case, spaces for underscores
    unnamed: tuple[str, ...]
    named: dict[str, str]


@dataclass(frozen=True)
class Shown:
    """The words that a template shows and the article that they link to, if any."""

    words: str
    target: str | None = None


def is_cite(name: str, portal: Portal) -> bool:
    """Whether a template of this name cites a source."""
    return name in portal.cite_names or name.startswith(portal.cite_prefixes)


def show(call: TemplateCall, portal: Portal) -> Shown | None:
    """What ``call`` shows; None for a template that nobody knows."""
    literal = portal.literals.get("|".join((call.name, *call.unnamed[:1])))
    if literal is None:
        literal = portal.literals.get(call.name)
    if literal is not None:
        return Shown(literal)
    if call.name in portal.forewords:
        return Shown(_after_foreword(call, portal))
    rule = rule_of(call.name, portal)
    if rule is Show.GROUPED:
        return Shown(grouped(call.name.partition(":")[2]))
    country = country_of(call.name, portal) if rule is None or not call.unnamed else None
    if country:
        return _country(country, portal)
    if rule is None:
        return Shown("") if _is_note(call) else None
    if rule is Show.NOTHING or not call.unnamed:
        return Shown("")
    return _linked(call, rule, portal) or Shown(_words(call, rule, portal).strip())


def rule_of(name: str, portal: Portal) -> Show | None:
    """How the template of this name shows itself, if that is known."""
    if rule := portal.shown.get(name):
        return rule
    prefixes, suffixes = portal.shown_prefixes.items(), portal.shown_suffixes.items()
    by_prefix = (rule for prefix, rule in prefixes if name.startswith(prefix))
    by_suffix = (rule for suffix, rule in suffixes if name.endswith(suffix))
    return next(by_prefix, None) or next(by_suffix, None)


def words_of_open(markup: str, portal: Portal) -> str | None:
    """What stays of a template that is never closed, ``markup`` being all behind its braces;
    None where it says nothing to readers, or nobody knows."""
    name, pipe, rest = markup.partition("|")
    name = " ".join(name.replace("_", " ").split()).lower()
    rule = rule_of(name, portal)
    if name in portal.forewords and pipe:
        return portal.forewords[name] + rest
    if rule in (Show.SECOND, Show.LAST) and "|" in rest:
        return rest.partition("|")[2]
    is_kept = pipe and rule in (Show.FIRST, Show.QUOTED, Show.LISTED, Show.MEASURE, Show.ARTICLE)
    return rest if is_kept else None


def _is_note(call: TemplateCall) -> bool:
    """Whether a template is one of those that mark a fault, with nothing but its date."""
    return not call.unnamed and "date" in call.named


def _after_foreword(call: TemplateCall, portal: Portal) -> str:
    first, second = (*call.unnamed, "", "")[:2]
    scale = portal.scales.get(second, "")
    return f"{portal.forewords[call.name]}{first} {scale}".strip()


def _linked(call: TemplateCall, rule: Show, portal: Portal) -> Shown | None:
    """What a template shows whose words are a link; None for any other."""
    first = call.unnamed[0]
    if rule is Show.ARTICLE:
        return Shown(call.named.get("lt") or call.named.get("display") or first, first)
    if rule in (Show.SHIP, Show.NAMED_SHIP):
        return _ship(call, rule, portal)
    if rule is Show.COUNTRY:
        return _country(country_named(first, portal), portal, call.named.get("name"))
    if rule is Show.SECOND_COUNTRY:
        return _country(country_named(_at(call, 1), portal), portal)
    return None


def _country(name: str, portal: Portal, words: str | None = None) -> Shown:
    return Shown(words or name, portal.country_articles.get(name, name) or None)


def _ship(call: TemplateCall, rule: Show, portal: Portal) -> Shown:
    """``{{USS|Name|hull}}`` or ``{{ship|ARA|Name|hull}}``: the title has the hull in brackets."""
    is_named = rule is Show.NAMED_SHIP
    parts = call.unnamed if is_named else (portal.ships[call.name], *call.unnamed)
    words = " ".join(part for part in parts[:2] if part)
    hull = parts[2] if len(parts) > 2 else ""
    return Shown(words, f"{words} ({hull})" if hull else words)


def _words(call: TemplateCall, rule: Show, portal: Portal) -> str:
    """The words of a template that has unnamed parameters."""
    first = call.unnamed[0]
    if rule is Show.DATED:
        return as_of(call.unnamed, call.named, portal)
    if rule is Show.VALUE:
        return value(call.unnamed, call.named)
    if rule is Show.QUOTED:
        return f'"{first}"'
    if rule is Show.CURRENCY:
        return portal.forewords.get(_at(call, 1).lower(), "") + first
    if rule is Show.TEAM:
        return country_named(first, portal)
    if rule is Show.SECOND:
        return _at(call, 1) or call.named.get("text", "")
    return _words_of_all(call.unnamed, rule, portal)


def _words_of_all(parts: tuple[str, ...], rule: Show, portal: Portal) -> str:
    if rule is Show.LAST:
        return parts[-1]
    if rule is Show.JOINED:
        return "".join(parts)
    if rule is Show.LISTED:
        items = (item.strip() for part in parts for item in _BULLETS.split(part))
        return ", ".join(filter(None, items))
    if rule is Show.FRACTION:
        return _fraction(parts)
    if rule is Show.MEASURE:
        return measure(parts, portal)
    if rule is Show.SHIP_CLASS:
        return " ".join([f"{parts[0]}-class", *parts[1:2]])
    if rule is Show.MAGNITUDE:
        return " ".join([f"M{parts[0]}", *parts[1:2]])
    if rule is Show.AGE:
        return age(parts)
    if rule is Show.YEARS_AND_DAYS:
        return years_and_days(parts, portal)
    return parts[0]


def _fraction(parts: tuple[str, ...]) -> str:
    whole, numbers = (parts[0] + " ", parts[1:3]) if len(parts) > 2 else ("", parts)
    return whole + "/".join(numbers)


def _at(call: TemplateCall, position: int) -> str:
    return call.unnamed[position] if position < len(call.unnamed) else ""
