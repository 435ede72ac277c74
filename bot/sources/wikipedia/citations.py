"""Source links: their address and publisher from what editors write. Pure."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from bot.core.addresses import entities_decoded
from bot.sources.wikipedia.portal import Portal
from storage.model import Citation

_UNSAFE = re.compile(r"[\s<>\"\[\]{}|\\^`\x00-\x1f\x7f\ufffd]")
_HOST = re.compile(r"\w\.\w")  # a dot inside
_NAMELESS = re.compile(r"[\W\d_]*")
# What editors let run into an address: "…/index.html(CNN)", "…/4|(BBC)", "…/5(Al Jazeera)".
_TAIL = re.compile(r"(?<![_=+.,&%-])(?<!%20)\|?\((?P<name>[A-Z][^()|/_=%]*)(?P<end>\)?)$")
_ODD_ENDS = (",", '"', "|", "(", "%22", "%7C", "%7c")
_STRAY_ENDS = re.compile(r"(?:[,\"|(]|%22|%7C)+$", re.I)
_NUMBER = re.compile(r"\s\(\d{1,2}\)$")
_MAX_PUBLISHER = 300  # characters
_ENDS = " \t,;:|–—-\"'"


def web_address(url: str) -> str | None:
    """``url`` as an absolute http(s) address, its entities decoded; None if it is none."""
    text = entities_decoded(url).strip()
    if text.startswith("//"):
        text = "https:" + text
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not _HOST.search(host):
        return None
    return _UNSAFE.sub(lambda match: _escaped(match[0]), text)


def citation(url: str, publisher: str) -> Citation | None:
    """A citation with the publisher's name, or its host's where it goes unnamed."""
    address = web_address(url)
    if address is None:
        return None
    name = publisher_name(publisher)
    if _NAMELESS.fullmatch(name):
        name = (urlsplit(address).hostname or "").removeprefix("www.")
    return Citation(name, address)


def divided(url: str, label: str) -> tuple[str, str]:
    """A link's address and label, where the label began before the blank between them."""
    begun = _TAIL.search(url) if "(" in url else None
    if begun and "(" not in url[: begun.start()] and (begun["end"] or label.endswith(")")):
        name, url = url[begun.start("name") :], url[: begun.start()]
        if not (begun["end"] and label):
            label = f"({name} {label}".strip()
    if url.endswith(_ODD_ENDS):
        url = _STRAY_ENDS.sub("", url)
    return url, label


def cited(parameters: dict[str, str], portal: Portal) -> Citation | None:
    """The citation of a cite template's parameters; None without a usable URL."""
    publisher = next(filter(None, map(parameters.get, portal.publisher_parameters)), "")
    urls = filter(None, map(parameters.get, portal.url_parameters))
    return next(filter(None, (citation(url, publisher) for url in urls)), None)


def is_bracketed(label: str) -> bool:
    """Whether a link's label is written as a source is: in round brackets."""
    return label.startswith("(") or label.endswith(")")


def publisher_name(label: str) -> str:
    """A label without the brackets around it, ``(AP via ''The Guardian'')``, and without the
    number that tells it from another of its publisher, ``(BBC (1))``."""
    name = " ".join(label[:_MAX_PUBLISHER].split()).strip(_ENDS)
    if name.startswith("(") and name.endswith((")", "}", "]")) and _encloses(name):
        name = name[1:-1]
    while name.count("(") != name.count(")"):
        name = name[1:] if name.startswith("(") else _without_one(name)
    return (_NUMBER.sub("", name) if name.endswith(")") else name).strip(_ENDS)


def _encloses(name: str) -> bool:
    """Whether the bracket that opens ``name`` is closed only at its end."""
    depth = 0
    for character in name[:-1]:
        depth += {"(": 1, ")": -1}.get(character, 0)
        if depth == 0:
            return False
    return True


def _without_one(name: str) -> str:
    """``name`` without its last bracket of the kind that it has too many of."""
    odd = "(" if name.count("(") > name.count(")") else ")"
    head, _, tail = name.rpartition(odd)
    return head + tail


def _escaped(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode())
