"""HTML of titles and summaries as plain text on one line."""

from __future__ import annotations

import re
import unicodedata
from html import unescape

from selectolax.lexbor import LexborHTMLParser

from bot.core.addresses import entities_decoded

# Elements whose content is no text, or none for readers.
_SILENT = frozenset(
    "script style noscript template svg math audio video canvas select textarea button title"
    " figcaption".split()
)
_CAPTION = "wp-caption-text"  # the class of what WordPress writes below a picture
_BLOCKS = frozenset(
    "p br hr div li ul ol dl dt dd tr td th table blockquote pre h1 h2 h3 h4 h5 h6 section article"
    " aside header footer figure form center address img".split()
)
_ELEMENTS = (
    _SILENT
    | _BLOCKS
    | frozenset(
        "a abbr b big body cite code del em font head html i ins kbd label link iframe mark meta"
        " object q s small span strike strong sub sup time tt u var wbr tbody thead".split()
    )
)
_TAG = re.compile(r"<[/!]?([a-z][a-z0-9]{0,15})(?=[\s/>])[^<>]*>|<!--", re.I)
_CLEARLY_HTML = re.compile(r"</[a-z]|<(?:br|hr|img|p|a|script|style|iframe)[\s/>]|<!--", re.I)
_LONG_NUMBER = re.compile(r"&#[0-9]{50,};?")  # of no character; Python refuses to read them
_SECTION = re.compile(r"<!\[CDATA\[|\]\] ?>")
_ANY_TAG = re.compile(r"<[a-z/!?]", re.I)
_PREFIX = re.compile(r"(</?)[\w.-]{1,20}:(?=[a-z])", re.I)
_ITEM_END = "\x02"  # which no text has
_UNSTOPPED = re.compile(r"(?<![.!?…][”\"»’)])(?<=[^\s\x02.!?…:;。！？؟।])\s*+\x02[\s\x02]*+")
MAX_TITLE = 300  # characters
MAX_SUMMARY = 1_000
_MAX_HTML = 12_000  # characters that are looked at
_MAX_TAGS = 400
_MAX_ESCAPED = 3  # times that a text can have been escaped

# Controls, marks of direction (views set their own) and characters that nobody sees; the
# joiners U+200C and U+200D stay, since Persian and emoji are spelled with them.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff\ufff0-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e0fff]+"
)
_ELLIPSIS = re.compile(r"\s*(?:\[(?:…|\.{2,3})\]|\((?:…|\.{3})\))\s*$")
_BRACKETS = ("]", ")")
_INVITED = "|".join(
    [
        r"(?:click here to )?(?:read|see|view|watch|learn) (?:the )?(?:more|full (?:article|story))"
        r"(?: (?:about|at|on) .{1,60})?", r"read (?:on|article|the rest of this entry)",
        r"continue reading(?: .{1,200})?", r"full (?:story|article)", r"weiterlesen", r"mehr lesen",
        r"(?:lire|voir) (?:la suite|plus)(?: .{1,100})?", r"en savoir plus", r"leer más",
        r"seguir leyendo", r"leia (?:mais|a íntegra)", r"continue lendo", r"leggi tutto",
        r"continua a leggere", r"lees (?:meer|verder)", r"läs mer", r"les mer", r"læs mere",
        r"lue lisää", r"czytaj (?:więcej|dalej)", r"читать (?:далее|дальше|полностью)",
        r"подробнее", r"читати далі", r"devamını oku", r"اقرأ المزيد",
        r"阅读(?:全文|更多)", r"閱讀更多", r"続きを読む", r"더 보기",
    ]
)  # fmt: skip
_INVITATION = re.compile(
    rf"(?:[.!?…。\])»”\"]|\s[-–—|]|\s(?=[\[(]))\s*[\[(]?(?:{_INVITED})"
    r"\s*[\])]?\s*(?:\.{1,3}|…|»|→|>+|›)?\s*[\])]?$",
    re.I,
)
# One that ends with a mark of its own may follow anything, if it begins like a sentence.
_POINTS = ("...", "…", "»", "→", ">", "›")
_POINTED = re.compile(rf"(?<=\s)(?:{_INVITED})\s*(?:\.{{3}}|…|»|→|>+|›)$", re.I)
# How agencies begin their reports: from where, perhaps when, and which agency it is.
_AGENCIES = (
    "Reuters|AP|AFP|EFE|ANSA|dpa|DPA|UPI|PTI|IANS|ANI|TASS|Interfax|Xinhua|Kyodo|Yonhap|Bloomberg"
    "|CNN|Lusa|APA|SDA|ANP|AAP|Belga|PAP|BNS|KUNA|WAM|Anadolu|Europa Press|Notimex|Sputnik"
)
_DATELINE = re.compile(
    rf"(?:(?P<city>[^(),]{{2,40}})(?P<more>,[^()]{{0,40}})? ?)?\((?:{_AGENCIES})\)"
    r" ?[-–—_]{1,2} (?=\S)"
)
_DATELINE_ENDS = 120  # characters
# What stands before those who wrote it, and between them.
_BY = frozenset("by por par von di da de door av af text text: texto: автор автор: od".split())
_AND = frozenset("and e y et und i en og och и & / | - – —".split())
_BYLINE_ENDS = 120
# What Drupal's templates begin with (title, who wrote it, when), and Reddit's end with.
_FIELDS = re.compile(
    r".*?(?<!\S)(?:[^\W\d_]{2,5}[.,]{1,2}|lun|mar|mer|jeu|ven|sam|dim)"
    r" (?:(?:\d{1,2}[/.-]){2}\d{4}|\d{4}(?:[/.-]\d{1,2}){2}) - \d{1,2}:\d{2}(?: (?!Uhr\b)|$)"
)
_FIELDS_END = 400
_SUBMITTED = re.compile(r"(?:^|\s)submitted by /u/\S+(?: to r/\S+)?(?: \[link\])? \[comments\]$")
# What scripts write for nothing at all, and how templates begin that nobody filled in.
_BLANK = re.compile(
    r"(?:(?:undefined|null|NULL|NaN|\[object Object\])(?:[\s.,|–-]+|$))*$"
    r"|\{\{[^{}]{0,100}\}\}|\$\{[\w.]{1,100}\}|<%[^<>]{0,100}%>"
)
_TAIL = 260  # characters at the end where invitations stand
# How WordPress signs its entries: how the sentence begins, and what its middle says.
_SIGNED = (
    ("The post ", " appeared first on "),
    ("The article ", " appeared first on "),
    ("Der Beitrag ", " erschien zuerst auf "),
    ("L’article ", " est apparu en premier sur "),
    ("L'article ", " est apparu en premier sur "),
    ("La entrada ", " se publicó primero en "),
    ("La entrada ", " aparece primero en "),
    ("O post ", " apareceu primeiro em "),
    ("L'articolo ", " proviene da "),
    ("L’articolo ", " proviene da "),
    ("Het bericht ", " verscheen eerst op "),
    ("Сообщение ", " появились сначала на "),
    ("Wpis ", " pojawił się poczatkowo "),
)


def text_of(html: str) -> str:
    """HTML as plain text: no markup, entities decoded, blocks parted by a space.

    Scripts and styles go with what is in them. Text that was escaped more than once is
    read as often. The result is on one line, without controls or marks of direction.
    """
    if "<" not in html and "&" not in html:
        return one_line(html)
    text = html
    for _ in range(_MAX_ESCAPED):
        text = _without_sections(entities_decoded(_without_markup(text)))
        if not _looks_like_html(text):
            return one_line(text)
    return one_line(_TAG.sub(" ", text))


def plain_text(text: str) -> str:
    """Text that its feed calls plain, on one line; read as HTML where it clearly is that.

    A lone tag may be what the text is about; one that is closed, or needs no closing, is not.
    """
    if "<" not in text and "&" not in text:
        return one_line(text)
    decoded = _without_sections(entities_decoded(text))
    is_html = _looks_like_html(decoded) and _CLEARLY_HTML.search(decoded)
    return text_of(text) if is_html else one_line(decoded)


def one_line(text: str) -> str:
    """``text`` in Unicode's composed form, its white space as single spaces, nothing unseen."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    return " ".join(unicodedata.normalize("NFC", _UNSEEN.sub("", text)).split())


def summary_text(text: str, length: int) -> str:
    """``text`` in at most ``length`` characters, beginning and ending where it does; "" for one
    that only says who wrote it, or that a template left blank.

    An agency's dateline, an invitation to read on and a blog's signature are off; what is too
    long is cut between words, with an ellipsis.
    """
    if " - " in text[:_FIELDS_END] and (fields := _FIELDS.match(text, 0, _FIELDS_END)):
        text = text[fields.end() :]
    if text.endswith("[comments]"):
        text = _SUBMITTED.sub("", text)
    if ")" in text[:_DATELINE_ENDS]:
        text = _undated(text)
    if is_blank(text) or (len(text) <= _BYLINE_ENDS and _is_byline(text)):
        return ""
    if len(text) > length:
        return shortened(text, length)
    while (shorter := _shorter(text)) != text:
        text = shorter
    return text


def is_blank(text: str) -> bool:
    """Whether a text is what a template has where nothing was filled in."""
    return _BLANK.match(text) is not None


def shortened(text: str, length: int) -> str:
    """At most ``length`` characters of ``text``, cut between words with an ellipsis."""
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    words = cut.rpartition(" ")[0]
    return (words if len(words) > length // 2 else cut).rstrip(" ,;:–—-") + "…"


def bounded(html: str, tags: int) -> str:
    """``html`` up to so many tags: parsers take long for elements nested by the thousand."""
    opened = 0
    for _ in range(tags):
        opened = html.find("<", opened) + 1
        if not opened:
            return html
    return html[: opened - 1]


def pictures_in(html: str) -> list[str]:
    """The addresses of the pictures in HTML, but for those that are there to count readers."""
    if "<img" not in html.lower():
        return []
    found = LexborHTMLParser(_bounded(html)).css("img[src]")
    return [image.attributes["src"] or "" for image in found if not _counts(image.attributes)]


def _counts(attributes: dict[str, str | None]) -> bool:
    return any(attributes.get(side) in {"0", "1", "0px", "1px"} for side in ("width", "height"))


def _looks_like_html(text: str) -> bool:
    return any(not tag[1] or tag[1].lower() in _ELEMENTS for tag in _TAG.finditer(text))


def _without_sections(text: str) -> str:
    """``text`` without the marks of CDATA sections, which some feeds put into one another."""
    return _SECTION.sub("", text) if "<![CDATA[" in text else text


def _without_markup(html: str) -> str:
    if not _ANY_TAG.search(html):
        return unescape(_LONG_NUMBER.sub("\ufffd", html))
    body = LexborHTMLParser(_PREFIX.sub(r"\1", _bounded(html))).body
    if body is None:  # a frameset
        return ""
    # A look at every element takes a tenth of what it takes to make a selector ready.
    nodes = list(body.traverse())
    for node in nodes:
        if node.tag in _BLOCKS:
            node.insert_before(" ")
            node.insert_after(_ITEM_END if node.tag == "li" else " ")
    is_captioned = _CAPTION in html
    for node in reversed(nodes):  # what is in an element goes before that itself
        if node.tag in _SILENT or (is_captioned and node.attributes.get("class") == _CAPTION):
            node.decompose()
    return _with_stops(body.text())


def _with_stops(text: str) -> str:
    """The items of lists as sentences, so that none runs into the next."""
    if _ITEM_END not in text:
        return text
    return _UNSTOPPED.sub(". ", text).replace(_ITEM_END, " ")


def _bounded(html: str) -> str:
    return bounded(html[:_MAX_HTML], _MAX_TAGS)


def _undated(text: str) -> str:
    """``text`` without the dateline that it begins with, which alike reports do not share more
    than unlike ones do. Only a city stands in capitals or in one word: people are said, too."""
    match = _DATELINE.match(text)
    if match is None:
        return text
    city, more = (match["city"] or "").strip(), match["more"] or ""
    is_one_word = city[:1].isupper() and " " not in city
    is_dated = not more or any(map(str.isdigit, more))
    is_city = not city or city.isupper() or (is_one_word and is_dated)
    return text[match.end() :] if is_city or any(map(str.isdigit, more)) else text


def _is_byline(text: str) -> bool:
    """Whether a text only names who wrote it, with their paper and a date if need be."""
    first, _, names = text.partition(" ")
    if first.casefold() not in _BY or text.endswith(("!", "?", "…")):
        return False
    words = [word for word in names.split() if word.casefold() not in _AND]
    return len(words) > 1 and all(word[0].isupper() or word[0].isdigit() for word in words)


def _shorter(text: str) -> str:
    """``text`` less one thing that stands at the end of summaries but is no part of them."""
    for start, middle in _SIGNED if text.endswith(".") else ():
        if middle not in text:
            continue
        begins = text.rfind(start, 0, text.rfind(middle))
        if begins >= 0 and len(text) - begins < 600:
            return text[:begins].rstrip()
    head, tail = text[:-_TAIL], text[-_TAIL:]
    # One may be all that there is: with a stop before it, it follows that as any other does.
    invitation = _INVITATION.search(f".{tail}")
    tail = tail[: invitation.start() if invitation else None].rstrip()
    pointed = _POINTED.search(tail) if tail.endswith(_POINTS) else None
    if pointed and pointed[0][0].isupper():
        tail = tail[: pointed.start()]
    if tail.endswith(_BRACKETS):
        tail = _ELLIPSIS.sub("…", tail)
    return (head + tail).rstrip()
