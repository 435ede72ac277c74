"""The polite client: identified, paced, safe, and never taking more than it asked for.

A kind of source asks through :class:`PoliteClient` and gets a :class:`Response` or one of
the errors of ``bot.errors``; it never sees the HTTP library. Messages of errors name the
host only, since addresses may carry secrets.
"""

from bot.sources.http.client import MAX_AT_ONCE, MAX_BYTES, TIMEOUT, PoliteClient
from bot.sources.http.pacing import HostPace, Limiter, Pace
from bot.sources.http.redirects import MAX_REDIRECTS, same_origin
from bot.sources.http.response import Response, Validators
from bot.sources.http.retrying import DEFAULT_RETRY, retry_seconds

__all__ = [
    "DEFAULT_RETRY",
    "MAX_AT_ONCE",
    "MAX_BYTES",
    "MAX_REDIRECTS",
    "TIMEOUT",
    "HostPace",
    "Limiter",
    "Pace",
    "PoliteClient",
    "Response",
    "Validators",
    "retry_seconds",
    "same_origin",
]
