"""The bytes of a document as text: by its mark, its server, its declaration, else by likeness."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from charset_normalizer import from_bytes

_MARKS = (  # the longer first: UTF-32's begins with UTF-16's
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# "<" as wider encodings write it (XML 1.0, appendix F)
_WIDE_STARTS = (
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:+-]{1,40})", re.I)
_DECLARED = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:+-]{1,40})[\"']")

# Where a label means more than it says (WHATWG Encoding, section 4.2), and the names
# that Python's codecs have for the rest. Nothing else is decoded: some of Python's
# codecs are no encodings of text, and some take quadratic time.
_SUPERSETS = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874",
    "tis-620": "cp874", "gb2312": "gb18030", "gbk": "gb18030", "euc_kr": "cp949",
    "shift_jis": "cp932", "big5": "big5hkscs",
}  # fmt: skip
_SINGLE = frozenset(
    [f"cp125{number}" for number in range(9)]
    + [f"iso8859-{number}" for number in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)]
    + ["cp874", "cp866", "koi8-r", "koi8-u", "mac-roman", "mac-cyrillic"]
)
_KNOWN = _SINGLE | {
    "utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be",
    "gb18030", "big5hkscs", "cp950", "cp949", "cp932", "euc_jp", "iso2022_jp",
}  # fmt: skip
_GUESSED = (
    "utf_8 cp1252 cp1250 cp1251 koi8_r cp932 euc_jp cp949 big5 gb18030 cp1253 cp1254 cp1255"
    " cp1256 cp874 iso2022_jp"
).split()
_NEARLY = 0.005  # of disorder makes no difference
_SAMPLE = 32 * 1024  # bytes that an encoding is guessed from

# What XML 1.0 has no place for (section 2.2), and bytes of which each has one in UTF-8:
# controls, and the first of surrogates, of U+FFFE and U+FFFF. Bytes are looked for sooner.
_SUSPECTS = bytes({*range(32)} - {*b"\t\n\r"} | {0xED, 0xEF})
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]+")


def decoded_text(body: bytes, content_type: str | None = None) -> str:
    """``body`` as text that XML allows, in the first encoding that fits it; never raises.

    A byte order mark goes before the server's word (RFC 7303, section 3), and that before
    the declaration. Text in UTF-8 is taken for that whatever single-byte encoding is
    claimed, since no other text looks like it.
    """
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return _legal(body[len(mark) :].decode(encoding, "replace"))
    for start, encoding in _WIDE_STARTS:
        if body.startswith(start):
            return _legal(body.decode(encoding, "replace"))
    return _legal(_decoded(body, list(_claims(body, content_type or ""))))


def _legal(text: str) -> str:
    data = text.encode(errors="surrogatepass")
    is_suspect = len(data.translate(None, _SUSPECTS)) < len(data)
    return _ILLEGAL.sub("", text) if is_suspect else text


def _claims(body: bytes, content_type: str) -> Iterator[str]:
    """The encodings that server and document name, by their names here."""
    header = _CHARSET.search(content_type)
    declared = _DECLARED.match(body[:1024])
    labels = [header[1] if header else "", declared[1].decode("ascii") if declared else ""]
    for label in labels:
        try:
            name = codecs.lookup(label).name if label else ""
        except LookupError:
            continue
        name = _SUPERSETS.get(name, name)
        if name in _KNOWN:
            yield name


def _decoded(body: bytes, claims: list[str]) -> str:
    if not claims or claims[0] in _SINGLE or claims[0] == "utf-8":
        try:
            return body.decode()
        except UnicodeDecodeError as error:
            if _is_utf8_with_faults(body, error.start):
                return body.decode(errors="replace")
    for encoding in claims:
        try:
            return body.decode(encoding)
        except UnicodeDecodeError:
            continue
    return _guessed(body)


def _is_utf8_with_faults(body: bytes, fault: int) -> bool:
    """Whether a text is UTF-8 but for a few bytes, or cut within its last character."""
    if fault > len(body) - 4:
        return not body[:fault].isascii() or len(body) > fault + 1
    sample = body[max(0, fault - _SAMPLE) : fault + _SAMPLE]
    faults = sample.decode(errors="replace").count("\ufffd")
    outside = sum(byte >= 0x80 for byte in sample)
    return faults * 10 < outside


def _guessed(body: bytes) -> str:
    first = next((place for place, byte in enumerate(body) if byte >= 0x80), 0)
    start = max(0, first - 200)
    found = list(from_bytes(body[start : start + _SAMPLE], cp_isolation=_GUESSED))
    if not found:
        return body.decode("cp1252", "replace")
    # Of those that make text of it, the one whose text reads most like a language.
    chaos = min(guess.chaos for guess in found) + _NEARLY
    guess = max((one for one in found if one.chaos <= chaos), key=lambda one: one.coherence)
    return body.decode(guess.encoding, "replace")
