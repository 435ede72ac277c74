"""What a template shows in a bullet, as text or as a link to an article. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from bot.sources.wikipedia.portal import Portal, Show


@dataclass(frozen=True)
class Call:
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


def show(call: Call, portal: Portal) -> Shown:
    """What ``call`` shows; an unknown template shows nothing."""
    if call.name in portal.literals:
        return Shown(portal.literals[call.name])
    rule = _rule(call.name, portal)
    if rule is None or not call.unnamed:
        return Shown("")
    if rule is Show.ARTICLE:
        words = call.named.get("lt") or call.named.get("display") or call.unnamed[0]
        return Shown(words, call.unnamed[0])
    if rule in (Show.SHIP, Show.NAMED_SHIP):
        return _ship(call, rule)
    return Shown(_words(call, rule, portal))


def _rule(name: str, portal: Portal) -> Show | None:
    rule = portal.shown.get(name)
    if rule is None:
        prefixes = portal.shown_prefixes.items()
        rule = next((found for prefix, found in prefixes if name.startswith(prefix)), None)
    return rule


def _words(call: Call, rule: Show, portal: Portal) -> str:
    if rule is Show.LAST:
        return call.unnamed[-1]
    if rule is Show.JOINED:
        return "".join(call.unnamed)
    if rule is Show.FRACTION:
        return _fraction(call.unnamed)
    if rule is Show.MEASURE:
        return _measure(call.unnamed, portal)
    if rule is Show.SHIP_CLASS:
        return " ".join([f"{call.unnamed[0]}-class", *call.unnamed[1:2]])
    return call.unnamed[0]


def _ship(call: Call, rule: Show) -> Shown:
    """``{{USS|Name|hull}}`` or ``{{ship|ARA|Name|hull}}``: the title has the hull in brackets."""
    parts = (call.name.upper(), *call.unnamed) if rule is Show.SHIP else call.unnamed
    words = " ".join(part for part in parts[:2] if part)
    hull = parts[2] if len(parts) > 2 else ""
    return Shown(words, f"{words} ({hull})" if hull else words)


def _fraction(parts: tuple[str, ...]) -> str:
    whole, numbers = (parts[0] + " ", parts[1:3]) if len(parts) > 2 else ("", parts)
    return whole + "/".join(numbers)


def _measure(parts: tuple[str, ...], portal: Portal) -> str:
    """``5900|ft|m`` as "5900 ft", ``15|–|25|in`` as "15–25 in"."""
    number, rest = parts[0], parts[1:]
    while len(rest) > 1 and rest[0] in portal.joining_words:
        joint = rest[0].removesuffix("(-)")
        number += (joint if joint in "–-×" else f" {joint} ") + rest[1]
        rest = rest[2:]
    unit = rest[0] if rest else ""
    return f"{number} {portal.units.get(unit, unit)}".strip()
