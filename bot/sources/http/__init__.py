"""The polite client: identified, paced, safe, and never taking more than it asked for.

A kind of source asks through :class:`PoliteClient` and gets a :class:`Response` or one of
the errors of ``bot.errors``; it never sees the HTTP library. Messages of errors name the
host only, since addresses may carry secrets.
"""

from bot.sources.http.client import TIMEOUT, PoliteClient
from bot.sources.http.pacing import HostPace, Limiter, Pace
from bot.sources.http.redirects import same_origin
from bot.sources.http.response import Response, Validators

__all__ = [
    "TIMEOUT",
    "HostPace",
    "Limiter",
    "Pace",
    "PoliteClient",
    "Response",
    "Validators",
    "same_origin",
]
