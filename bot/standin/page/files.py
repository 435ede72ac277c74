"""The bot's files for the page: pictures to look at, everything else to keep."""

from __future__ import annotations

from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from bot.standin.files import Files
from bot.standin.model import StoredFile

# What a browser may show in place: pictures that can hold no script.
_SHOWN = (
    (b"\x89PNG", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"RIFF", "image/webp"),
)
_POLICY = "default-src 'none'; sandbox"


def file_answer(files: Files, request: Request) -> Response:
    """The file named in the path: a photo to be shown, a document to be saved."""
    file = files.find(request.path_params["file_id"])
    content = files.content(file) if file else None
    if not file or content is None:
        raise HTTPException(404, "That file is not here any more.")
    kinds = [kind for start, kind in _SHOWN if file.width and content.startswith(start)]
    place = "inline" if kinds else "attachment"
    headers = {
        "Content-Disposition": f"{place}; filename*=UTF-8''{_safe(file)}",
        "Content-Security-Policy": _POLICY,
    }
    kind = kinds[0] if kinds else "application/octet-stream"
    return Response(content, media_type=kind, headers=headers)


def _safe(file: StoredFile) -> str:
    """The name in percent code (RFC 8187), without folders."""
    return quote(file.name.replace("\\", "/").rpartition("/")[2] or "file", safe="")
