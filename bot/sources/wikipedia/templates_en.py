"""What the templates of the English Wikipedia show in a bullet, by their names.

https://en.wikipedia.org/wiki/Wikipedia:Template_index
"""

from __future__ import annotations

from bot.sources.wikipedia.portal import Show

# As they are written; https://en.wikipedia.org/wiki/Category:Ship_prefix_templates
_SHIPS = """
ARA ARC ARM BAE BAP BNS BRP CCGS CGS CSS DSV EML FGS FV GTS HDMS HMAS HMBS HMCS HMIS HMJS HMNZS
HMPNGS HMS HMSAS HMT HNLMS HNoMS HSC HSwMS HTMS INS IRIS JDS JS KD KRI LÉ MF MS MT MTS MV MY NMS
NOAAS NRP ORP PLANS PNS RFA RFS RMS ROCS ROKS RRS RSS RV SAS SMS SS SY TCG TSS UMS USAHS USAT USAV
USCGC USNS USRC USS VLCC
"""

_FIRST = """
nowrap nobr nobreak nbr nwr small smaller big larger abbr abbrlink tooltip lang-en dp sup sub
mlby nbay nhly nfly f1 bhofy sic strong em keep smallsup smallcaps sc allcaps uppercase lowercase
noitalic noitalics nobold normal bigger underline u rws stn vanchor lcfirst
ucfirst lc uc flagathlete flagmedalist nts number formatnum var mono keypress
"""

_WORDS_OF_FIRST = """
no wrap|no break|nobreak inline|small caps|all caps|visible anchor|subatomic particle|no italic
no bold|normal text|formatted number|flag athlete|red link|number table sorting|sronly|hover title
"""

_COUNTRIES = """
flag flagcountry flagu flaglink flagcu flagioc flagpbc flaggeo flagcg flagsport flagteam
"""

_TEAMS = """
fb fb-rt fbw fbw-rt fbu nft nwft cr cr-rt crw crw-rt ru ru-rt ruw rl rl-rt bk bk-rt bkw ih ih-rt
ihw vb vbw hb hbw fh fhw wp wpw davis futsal bb
"""

# Notes to editors, pictures, signs of a change, notes and lists at the foot of a page.
_NOTHING = """
fact cn dn rs rs? who who? whom when when? where where? which which? why what? how how? whose? huh
clarify clarification weasel dubious disputed vague specify quantify update tone undue explain
cbignore bots deadlink dead dl citation-needed source? pp pp-vandalism pp-protected pp-semi
pp-move pp-pc1 efn efn-ua efn-lr efn-la notetag refn r rp sfn sfnp sfnm harv harvnb harvtxt note ref
reflist notelist references refbegin refend clear clr anchor anchors increase decrease steady
gain loss profit increasenegative decreasepositive increaseneutral decreaseneutral nochange up down
col-begin col-break col-end col-2 col-3 colbegin colend
flagicon flagdeco flagiconioc flagicon-big webarchive see main further about hatnote coord zh
"""

_WORDS_OF_NOTHING = """
citation needed|dead link|clarify span|clarification needed|disambiguation needed|by whom
by whom?|according to whom|according to whom?|page needed|failed verification|better source
better source needed|unreliable source|unreliable source?|verify source|verification needed
needs update|update after|original research|when?|dubious|weasel|pov|neutrality disputed
subscription required|registration required|subscription|in lang|flag icon|flag deco|flag icon image
see also|main article|further information|use dmy dates|use mdy dates|short description
full citation needed|not in citation given|primary source|third-party|citation style|lead too long
div col|div col end
nowrap begin|nowrap end|nobreak begin|nobreak end|decrease positive|increase negative|no change
steady2|increase2|decrease2|wikinews|sister project|commons category|bare url|link rot|cleanup
bare url html|bare url pdf|bare url image|bare url inline|contradictory|importance inline
"""

SHIPS = {name.lower(): name for name in _SHIPS.split()}
SHIPS["le"] = "LÉ"


def _lines(names: str) -> list[str]:
    return [name for line in names.split("\n") for name in line.split("|") if name]


SHOWN = {
    **dict.fromkeys(_NOTHING.split(), Show.NOTHING),
    **dict.fromkeys(_lines(_WORDS_OF_NOTHING), Show.NOTHING),
    **dict.fromkeys(_FIRST.split(), Show.FIRST),
    **dict.fromkeys(_lines(_WORDS_OF_FIRST), Show.FIRST),
    **dict.fromkeys(SHIPS, Show.SHIP),
    **dict.fromkeys(_COUNTRIES.split(), Show.COUNTRY),
    **dict.fromkeys(_TEAMS.split(), Show.TEAM),
    "flagg": Show.SECOND_COUNTRY,
    "as of": Show.DATED,
    "age": Show.AGE,
    "age in years": Show.AGE,
    "age in years and days": Show.YEARS_AND_DAYS,
    "ayd": Show.YEARS_AND_DAYS,
    "lang": Show.SECOND,
    "langx": Show.SECOND,
    "langr": Show.SECOND,
    "color": Show.SECOND,
    "colour": Show.SECOND,
    "fontcolor": Show.SECOND,
    "transl": Show.LAST,
    "transliteration": Show.LAST,
    "translit": Show.LAST,
    "font color": Show.LAST,
    "font colour": Show.LAST,
    "resize": Show.LAST,
    "ubl": Show.LISTED,
    "unbulleted list": Show.LISTED,
    "plainlist": Show.LISTED,
    "plain list": Show.LISTED,
    "flatlist": Show.LISTED,
    "hlist": Show.LISTED,
    "bulleted list": Show.LISTED,
    "quote": Show.QUOTED,
    "cquote": Show.QUOTED,
    "blockquote": Show.QUOTED,
    "quotation": Show.QUOTED,
    "tq": Show.QUOTED,
    "tqq": Show.QUOTED,
    "currency": Show.CURRENCY,
    "chem": Show.JOINED,
    "chem2": Show.JOINED,
    "mp": Show.JOINED,
    "frac": Show.FRACTION,
    "fraction": Show.FRACTION,
    "sfrac": Show.FRACTION,
    "convert": Show.MEASURE,
    "cvt": Show.MEASURE,
    "val": Show.VALUE,
    "m": Show.MAGNITUDE,
    "ship": Show.NAMED_SHIP,
    "sclass": Show.SHIP_CLASS,
    "sclass-": Show.SHIP_CLASS,
    "sclass2": Show.SHIP_CLASS,
    "ill": Show.ARTICLE,
    "illm": Show.ARTICLE,
    "ill2": Show.ARTICLE,
    "ill-wd": Show.ARTICLE,
    "link-interwiki": Show.ARTICLE,
    "interlanguage link": Show.ARTICLE,
    "interlanguage link multi": Show.ARTICLE,
}

SHOWN_PREFIXES = {"lang-": Show.FIRST, "formatnum:": Show.GROUPED}
SHOWN_SUFFIXES = {" icon": Show.NOTHING, "-inline": Show.NOTHING, " inline": Show.NOTHING}

LITERALS = {
    "'": "'",
    "'s": "'s",
    "'-": "'",
    "\"'": "\"'",
    "'\"": "'\"",
    "-": "",
    "!": "|",
    "=": "=",
    "okina": "ʻ",
    "nbsp": " ",
    "nbs": " ",
    "nnbsp": " ",
    "spaces": " ",
    "space": " ",
    "thinsp": " ",
    "thin space": " ",
    "hair space": " ",
    "hairsp": " ",
    "gap": " ",
    "br": " ",
    "break": " ",
    "pad": "",
    "wbr": "",
    "shy": "",
    "zwj": "",
    "zwnj": "",
    "zwsp": "",
    "ndash": "–",
    "en dash": "–",
    "endash": "–",
    "mdash": "—",
    "em dash": "—",
    "emdash": "—",
    "spaced ndash": " – ",
    "spaced en dash": " – ",
    "snd": " – ",
    "snds": " – ",
    "spnd": " – ",
    "sndash": " – ",
    "spaced mdash": " — ",
    "spaced em dash": " — ",
    "dot": " · ",
    "interpunct": " · ",
    "·": " · ",
    "bull": " • ",
    "•": " • ",
    "ellipsis": "…",
    "times": "×",
    "degree": "°",
    "deg": "°",
    "minus": "−",
    "co2": "CO₂",
    "h2o": "H₂O",
    "afl gee": "Geelong",
    "afl mel": "Melbourne",
    "ov|099": "Space Shuttle Challenger",
    "ov|102": "Space Shuttle Columbia",
    "ov|103": "Space Shuttle Discovery",
    "ov|104": "Space Shuttle Atlantis",
    "ov|105": "Space Shuttle Endeavour",
}

# Currencies as https://en.wikipedia.org/wiki/Category:Currency_templates writes them.
CURRENCIES = {
    **dict.fromkeys(("us$", "usd", "us dollar", "$us"), "US$"),
    **dict.fromkeys(("gbp", "£", "pound sterling", "pounds"), "£"),
    **dict.fromkeys(("€", "eur", "euro"), "€"),
    **dict.fromkeys(("inr", "₹", "indian rupee", "rs.", "inrconvert"), "₹"),
    **dict.fromkeys(("jpy", "¥", "yen", "jp¥"), "¥"),
    **dict.fromkeys(("cny", "cn¥", "rmb", "yuan"), "CN¥"),
    **dict.fromkeys(("a$", "aud", "au$"), "A$"),
    **dict.fromkeys(("c$", "cad", "can$", "ca$"), "C$"),
    **dict.fromkeys(("nz$", "nzd"), "NZ$"),
    **dict.fromkeys(("hk$", "hkd"), "HK$"),
    **dict.fromkeys(("s$", "sgd"), "S$"),
    **dict.fromkeys(("nt$", "twd"), "NT$"),
    **dict.fromkeys(("r$", "brl"), "R$"),
    **dict.fromkeys(("mx$", "mxn"), "Mex$"),
    **dict.fromkeys(("krw", "₩", "south korean won"), "₩"),
    **dict.fromkeys(("rub", "₽", "rur", "ruble"), "₽"),
    **dict.fromkeys(("uah", "₴"), "₴"),
    **dict.fromkeys(("try", "₺", "turkish lira"), "₺"),
    **dict.fromkeys(("ngn", "₦", "naira"), "₦"),
    **dict.fromkeys(("php", "₱", "philippine peso"), "₱"),
    **dict.fromkeys(("vnd", "₫"), "₫"),
    **dict.fromkeys(("ils", "₪", "nis"), "₪"),
    **dict.fromkeys(("kzt", "₸"), "₸"),
    **dict.fromkeys(("ghs", "₵"), "₵"),
    **dict.fromkeys(("bdt", "৳"), "৳"),
    **dict.fromkeys(("thb", "฿"), "฿"),
    **dict.fromkeys(("pkr", "pkrconvert"), "Rs\u00a0"),
    **dict.fromkeys(("lkr", "lkrconvert"), "Rs\u00a0"),
    "npr": "Rs\u00a0",
    "zar": "R",
    "myr": "RM",
    "idr": "Rp",
    "idrconvert": "Rp",
    "chf": "CHF\u00a0",
    "pln": "PLN\u00a0",
    "sek": "SEK\u00a0",
    "nok": "NOK\u00a0",
    "dkk": "DKK\u00a0",
}

FOREWORDS = {
    **CURRENCIES,
    "circa": "c. ",
    "c.": "c. ",
    "ca.": "c. ",
    "us patent": "U.S. Patent ",
}

SCALES = {
    "k": "thousand",
    "l": "lakh",
    "c": "crore",
    "lc": "lakh crore",
    "m": "million",
    "b": "billion",
    "t": "trillion",
}

SOURCE_ADDRESSES = {
    "doi-inline": "https://doi.org/",
    "doi": "https://doi.org/",
    "arxiv": "https://arxiv.org/abs/",
}

UNITS = {
    "sqmi": "sq mi",
    "sqkm": "km²",
    "km2": "km²",
    "m2": "m²",
    "sqft": "sq ft",
    "km3": "km³",
    "m3": "m³",
    "cuft": "cu ft",
    "kph": "km/h",
    "C": "°C",
    "F": "°F",
}
