"""Which addresses Telegram takes for links, and how it writes them."""

from __future__ import annotations

from urllib.parse import urlsplit

from bot.standin.digits import is_digits

_WEB = {"http", "https"}
_OWN = {"tg", "ton", "tonsite"}


def checked_url(url: str) -> str | None:
    """The address as Telegram stores it, or None where it is none.

    An address without scheme gets `http://`, one without path `/`. A host needs a dot:
    `localhost` is refused (Telegram: "Wrong HTTP URL").
    """
    text = url.strip()
    if not text or any(char.isspace() for char in text):
        return None
    scheme, separator, rest = text.partition("://")
    if not separator:
        scheme, rest = "http", text
    if scheme.lower() in _OWN:
        return f"{scheme.lower()}://{rest}" if rest else None
    return _web_url(scheme.lower(), rest) if scheme.lower() in _WEB else None


def _web_url(scheme: str, rest: str) -> str | None:
    try:
        parts = urlsplit(f"{scheme}://{rest}")
        port = parts.port
    except ValueError:
        return None
    host = (parts.hostname or "").lower()
    if not _is_host(host):
        return None
    place = (f"[{host}]" if ":" in host else host) + (f":{port}" if port else "")
    query = f"?{parts.query}" if parts.query else ""
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    return f"{scheme}://{place}{parts.path or '/'}{query}{fragment}"


def _is_host(host: str) -> bool:
    if ":" in host:
        return True
    labels = host.split(".")
    allowed = all(label and label.replace("-", "a").replace("_", "a").isalnum() for label in labels)
    return allowed and len(labels) > 1


def mentioned_user(url: str) -> int | None:
    """The user id of a `tg://user?id=N` link, which makes a text mention."""
    head, _, number = url.strip().lower().partition("tg://user?id=")
    return int(number) if not head and is_digits(number) else None
