"""Reading request bodies in the three encodings of the Bot API."""

from __future__ import annotations

import json
import re
from email.message import Message as Headers
from urllib.parse import parse_qsl

from bot.standin.model import Upload
from bot.standin.refusal import bad_request

_JSON = "application/json"
_FORM = "application/x-www-form-urlencoded"
_MULTIPART = "multipart/form-data"


def read_parameters(query: str, content_type: str, body: bytes) -> dict[str, object]:
    """Parameters of query and body together, values still text where the encoding has no more.

    Raises Refusal for a body that cannot be read.
    """
    parameters: dict[str, object] = dict(parse_qsl(query, keep_blank_values=True))
    header = Headers()
    header["content-type"] = content_type or _FORM
    kind = header.get_content_type()
    if not body:
        return parameters
    if kind == _JSON:
        return parameters | _from_json(body)
    if kind == _MULTIPART:
        return parameters | _from_multipart(body, str(header.get_param("boundary", "")))
    return parameters | dict(parse_qsl(_text(body), keep_blank_values=True))


def load_json(text: str | bytes) -> object:
    """What the JSON says; ValueError where it is none, or holds half a surrogate pair."""
    parsed: object = json.loads(text)
    json.dumps(parsed, ensure_ascii=False).encode()
    return parsed


def _text(content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError:
        raise bad_request("strings must be encoded in UTF-8") from None


def _from_json(body: bytes) -> dict[str, object]:
    try:
        parsed = load_json(body)
    except ValueError:
        raise bad_request("can't parse JSON object") from None
    if not isinstance(parsed, dict):
        raise bad_request("object expected")
    return parsed


def _from_multipart(body: bytes, boundary: str) -> dict[str, object]:
    if not boundary:
        raise bad_request("boundary not found")
    # The first piece is what stands before the first boundary, the last the closing "--".
    pieces = (b"\r\n" + body).split(b"\r\n--" + boundary.encode())[1:-1]
    return dict(_part(piece) for piece in pieces)


def _part(piece: bytes) -> tuple[str, object]:
    head, _, content = piece.partition(b"\r\n\r\n")
    headers = _text(head)
    name = _quoted(headers, "name")
    filename = _quoted(headers, "filename")
    if filename is None:
        return name or "", _text(content)
    kind = re.search(r"(?im)^content-type:\s*([^\s;]+)", headers)
    return name or "", Upload(filename, kind[1] if kind else "application/octet-stream", content)


def _quoted(headers: str, name: str) -> str | None:
    found = re.search(rf'(?i)[;\s]{name}="([^"]*)"', headers)
    return found[1] if found else None
