"""Keeps other web sites away from the stand-in: whoever runs it has a browser open.

A foreign page could name this port as its own host (DNS rebinding), or send it requests that
need no answer to do harm (CSRF). So the host asked for must be this computer by name or number,
and what a browser asks for must come from the page itself.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


class Guard:
    """Middleware that refuses strangers with 403 and gives answers `HEADERS` that they lack."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        refusal = refused(Headers(scope=scope), scope["path"])
        app = JSONResponse({"error": refusal}, 403) if refusal else self._app

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await app(scope, receive, send_guarded)


def refused(headers: Headers, path: str) -> str | None:
    """Why a request with these headers is none of the page's, if so."""
    host = headers.get("host", "")
    if _name(f"//{host}") not in LOOPBACK:
        return "Open this page as http://127.0.0.1 or http://localhost."
    origin = headers.get("origin")
    if origin is not None and origin != f"http://{host}":
        return "Requests from other sites are not answered."
    # A link to the page may stand anywhere; nothing else may be asked for from elsewhere.
    site = headers.get("sec-fetch-site", "none")
    if path != "/" and site not in ("same-origin", "none"):
        return "Requests from other sites are not answered."
    return None


def _name(url: str) -> str | None:
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None
