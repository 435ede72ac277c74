"""Where a request has got to, and what of it may go on to the next address. Pure."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Self

import httpx

from bot.errors import SourceUnreadable

MAX_REDIRECTS = 5
_MAX_URL = 2000  # characters of an address that is worth remembering
_MAX_HOST = 253  # RFC 1035, 2.3.4, written with dots
_PERMANENT = frozenset({301, 308})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PORTS = {"http": 80, "https": 443}

Origin = tuple[str, str, int]


@dataclass(frozen=True)
class Way:
    """The way from the address that was asked for to the one where it now leads.

    ``moved_to`` is the end of the part that may be remembered, as ``Response`` tells;
    ``is_permanent``: that part reaches to here. ``sets_cookies``: a redirect on
    it did.
    """

    start: httpx.URL
    at: httpx.URL
    redirects: int = 0
    is_permanent: bool = True
    moved_to: httpx.URL | None = None
    sets_cookies: bool = False

    @classmethod
    def to(cls, url: str, params: Mapping[str, str] | None) -> Self:
        """The way to an address, ``params`` added to it. Raises SourceUnreadable."""
        try:
            start = httpx.URL(url)
            start = start.copy_merge_params(params) if params else start
        except httpx.InvalidURL:
            raise SourceUnreadable("not an http or https address") from None
        if not _is_web(start):
            raise SourceUnreadable("not an http or https address")
        if not _has_name(start):
            raise SourceUnreadable("the address has an impossible host name")
        return cls(start, start)

    def after(self, answer: httpx.Response) -> Way | None:
        """The way on, where ``answer`` is a redirect. Raises SourceUnreadable where it leads
        nowhere that we go, or is one too many."""
        location = answer.headers.get("location", "").strip()
        if answer.status_code not in _REDIRECTS or not location:
            return None
        sets_cookies = self.sets_cookies or "set-cookie" in answer.headers
        if self.redirects == MAX_REDIRECTS:
            why = ": perhaps it wants cookies, and we keep none" if sets_cookies else ""
            raise SourceUnreadable(f"{self.at.host} redirects too often{why}")
        target = self._target(location)
        further = replace(self, at=target, redirects=self.redirects + 1, sets_cookies=sets_cookies)
        if answer.status_code in _PERMANENT and self.is_permanent and _is_kept(self.at, target):
            return replace(further, moved_to=target)
        return replace(further, is_permanent=False)

    def to_remember(self) -> str | None:
        """The address to remember in place of the one asked for."""
        moved = self.moved_to is not None and self.moved_to != self.start
        return str(self.moved_to) if moved else None

    def conditions(self, headers: Mapping[str, str]) -> Mapping[str, str]:
        """The headers that make a request conditional: they stay with their host."""
        return headers if host_of(self.at) == host_of(self.start) else {}

    def credentials(self) -> dict[str, str]:
        """The header for those in the address (RFC 7617)."""
        user, password = self.at.username, self.at.password
        if not user and not password:
            return {}
        token = b64encode(f"{user}:{password}".encode()).decode("ascii")
        return {"authorization": f"Basic {token}"}

    def _target(self, location: str) -> httpx.URL:
        """Credentials in the address stay with their origin; another gets none."""
        try:
            target = self.at.join(location).copy_with(fragment=None)
        except (httpx.InvalidURL, ValueError):
            raise SourceUnreadable(f"{self.at.host} leads to an impossible address") from None
        if not _is_web(target):
            raise SourceUnreadable(
                f"{self.at.host} leads to something that is no http or https address"
            )
        if not _has_name(target):
            raise SourceUnreadable(f"{self.at.host} leads to an impossible host name")
        stays = origin_of(target) == origin_of(self.at)
        return target.copy_with(userinfo=self.at.userinfo if stays else b"")


def same_origin(one: str, other: str) -> bool:
    """Whether two addresses are of one scheme, host and port; an impossible one is of none."""
    try:
        return origin_of(httpx.URL(one)) == origin_of(httpx.URL(other))
    except httpx.InvalidURL:
        return False


def origin_of(url: httpx.URL) -> Origin:
    """Scheme, host and port."""
    return url.scheme, host_of(url), url.port or _PORTS.get(url.scheme, 0)


def host_of(url: httpx.URL) -> str:
    """The host as it goes over the network, in lower case, without a dot at its end."""
    return url.raw_host.decode("ascii").lower().removesuffix(".")


def _is_web(url: httpx.URL) -> bool:
    is_port = url.port is None or 0 < url.port < 2**16
    return url.scheme in _PORTS and bool(url.raw_host) and is_port


def _has_name(url: httpx.URL) -> bool:
    """Whether its host has a name as names may be, which messages can write in letters."""
    try:
        return bool(url.host) and len(host_of(url)) <= _MAX_HOST
    except UnicodeError:
        return False


def _is_kept(source: httpx.URL, target: httpx.URL) -> bool:
    """Whether a permanent redirect may be remembered: none that gives up encryption."""
    is_downgrade = source.scheme == "https" and target.scheme == "http"
    return not is_downgrade and len(str(target)) <= _MAX_URL
