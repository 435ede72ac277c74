"""Brackets round sources that editors got wrong, put right. Pure."""

from __future__ import annotations

import re

# What stands in brackets behind a source, and is no publisher.
_NO_PUBLISHER = (
    r"(?!(?:Arabic|Chinese|Danish|Dutch|English|Finnish|French|German|Greek|Italian|Japanese"
    r"|Norwegian|Polish|Portuguese|Russian|Spanish|Swedish|Turkish|PDF|Video|Transcript)\))"
)
_NAME = rf"\((?=(?:'')?[A-Z]){_NO_PUBLISHER}([^()\[\]{{}}<>|]{{2,60}})\)"
_URL = r"[^\s\[\]{}|<>()\"]+"
_ALONE = r"(?<![\[\w/=|:.?&%#-]http)"
_END = r"(?:(?<=[.!?])|(?<=[^\]]\]))"  # of a sentence, or of a source
_BEHIND = r"(?=\s*(?:$|[\[(.,;<]|https?:))"

# What a bullet has to hold that a mend is tried, the mend, and what it makes.
_MENDS = (
    ("[ ", r"\[\s{1,9}(?=https?://)", "["),  # [ http://a (A)]
    ("{http", r"\{(?<!\{\{)(https?://[^{}\[\]|]*)\}(?!\})", r"[\1]"),  # {http://a (A)}
    # [http://a (A  and  [http://a (A)  and  [http://a (A))
    ("//", r"(\[(?:https?:)?//[^\s\[\]]+ \([^()\[\]]*)(?:\){1,2}(?=\s*(?:$|\[|\())|$)", r"\1)]"),
    # [http://a] (A)  and  http://a (A)
    ("](", rf"\[((?:https?:)?//{_URL})\]{_NAME}{_BEHIND}", r"[\1 (\2)]"),
    ("] (", rf"\[((?:https?:)?//{_URL})\s?\] {_NAME}{_BEHIND}", r"[\1 (\2)]"),
    (" http", rf"http({_ALONE}s?://{_URL})\s{{1,9}}{_NAME}{_BEHIND}", r"[http\1 (\2)]"),
    # The publisher's article behind a sentence or a source: ([[Reuters]]), [[X|(Reuters)]]
    ("([[", rf"{_END}[,;]?\s{{0,9}}(?:'')?\(\[\[[^\[\]]*\]\]\)(?:'')?(?=\s*(?:$|\[(?!\[)))", ""),
    (")]]", r"(?<=\])\s{0,9}\[\[[^\[\]|]*\|\([^()\[\]]*\)\]\](?=\s*$)", ""),
)
_PATTERNS = tuple((sign, re.compile(pattern), mended) for sign, pattern, mended in _MENDS)


def with_brackets_mended(wikitext: str) -> str:
    """A bullet's wikitext with its sources in the brackets that they should have."""
    for sign, pattern, mended in _PATTERNS:
        if sign in wikitext:
            wikitext = pattern.sub(mended, wikitext)
    return wikitext
