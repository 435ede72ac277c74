"""The portal of the English Wikipedia: Portal:Current events."""

from __future__ import annotations

import re
from types import MappingProxyType

from bot.sources.wikipedia.portal import Portal, Show

_MONTHS = """
January February March April May June July August September October November December
"""

_NAMESPACES = """
talk user wikipedia wp project file image mediawiki template help category portal p draft
module media special timedtext book mos gadget
"""

# https://meta.wikimedia.org/wiki/Help:Interwiki_linking
_SISTER_SITES = """
wikt wiktionary n wikinews s wikisource b wikibooks q wikiquote v wikiversity voy wikivoyage
c commons d wikidata m meta mw species wikispecies incubator outreach phab toollabs
w foundation wmf doi imdbname imdbtitle google rfc pmid bugzilla iarchive
"""

# https://meta.wikimedia.org/wiki/List_of_Wikipedias
_LANGUAGES = """
aa ab ace ady af ak als alt am an ang ar arc ary arz as ast atj av avk awa ay az azb ba ban bar
bcl be bg bh bi bjn blk bm bn bo bpy br bs bug bxr ca cbk-zam cdo ce ceb ch cho chr chy ckb co cr
crh cs csb cu cv cy da dag de din diq dsb dty dv dz ee el eml eo es et eu ext fa ff fi fj fo fr frp
frr fur fy ga gag gan gcr gd gl glk gn gom gor got gu gv ha hak haw he hi hif ho hr hsb ht hu hy
hyw hz ia id ie ig ii ik ilo inh io is it iu ja jam jbo jv ka kaa kab kbp kg ki kj kk kl km kn ko
koi kr krc ks ksh ku kv kw ky la lad lb lbe lez lfn lg li lij lld lmo ln lo lrc lt ltg lv mad mai
mdf mg mh mhr mi min mk ml mn mnw mr mrj ms mt mus mwl my myv mzn na nah nap nds nds-nl ne new ng
nia nl nn no nov nqo nrm nso nv ny oc olo om or os pa pag pam pap pcd pcm pdc pfl pi pih pl pms pnb
pnt ps pt qu rm rmy rn ro roa-rup roa-tara ru rue rw sa sah sat sc scn sco sd se sg sh shi shn si
simple sk skr sl sm smn sn so sq sr srn ss st stq su sv sw szl ta tay tcy te tet tg th ti tk tl tn
to tpi tr trv ts tt tum tw ty tyv udm ug uk ur uz ve vec vep vi vls vo wa war wo wuu xal xh xmf yi
yo za zea zh zh-classical zh-min-nan zh-yue zu
"""

_SHIPS = "uss hms hmas hmcs hmnzs ins mv ms ss rms uscgc usns mt mts rv hnlms hdms usat"

_FIRST = """
nowrap nobr nobreak small smaller big abbr tooltip flag flagcountry flagu flagdeco lang-en dp
mlby nbay nhly nfly f1 sic strong em resize keep plainlist age color
noitalic noitalics rws stn circa c. us$ vanchor
"""

_SHOWN = {
    **dict.fromkeys(_FIRST.split(), Show.FIRST),
    **dict.fromkeys(_SHIPS.split(), Show.SHIP),
    "as of": Show.FIRST,
    "subatomic particle": Show.FIRST,
    "visible anchor": Show.FIRST,
    "lang": Show.LAST,
    "transl": Show.LAST,
    "transliteration": Show.LAST,
    "font color": Show.LAST,
    "chem": Show.JOINED,
    "chem2": Show.JOINED,
    "mp": Show.JOINED,
    "currency": Show.JOINED,
    "frac": Show.FRACTION,
    "fraction": Show.FRACTION,
    "sfrac": Show.FRACTION,
    "convert": Show.MEASURE,
    "cvt": Show.MEASURE,
    "ship": Show.NAMED_SHIP,
    "sclass": Show.SHIP_CLASS,
    "sclass-": Show.SHIP_CLASS,
    "sclass2": Show.SHIP_CLASS,
    "ill": Show.ARTICLE,
    "link-interwiki": Show.ARTICLE,
    "interlanguage link": Show.ARTICLE,
    "interlanguage link multi": Show.ARTICLE,
}

_LITERALS = {
    "'": "'",
    "'s": "'s",
    "-": "",
    "!": "|",
    "okina": "ʻ",
    "nbsp": " ",
    "spaces": " ",
    "space": " ",
    "thinsp": " ",
    "ndash": "–",
    "mdash": "—",
    "spaced ndash": " – ",
    "snd": " – ",
    "spnd": " – ",
    "spaced mdash": " — ",
    "co2": "CO₂",
    "h2o": "H₂O",
    "afl gee": "Geelong",
    "afl mel": "Melbourne",
}

_UNITS = {
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

ENGLISH = Portal(
    language="en",
    title_prefix="Portal:Current_events/",
    months=tuple(_MONTHS.split()),
    frame=re.compile(
        r"\{{1,2}\s*Current[ _]+events(?:[ _]+(?:header|footer))?\s*"
        r"(?:\|[^{}|]*?)*?(?:\|\s*content\s*=|\}\})",
        re.I,
    ),
    items_begin=re.compile(r"<!--\s*All\s+news\s+items\s+bell?ow\b[^<>]*-->", re.I),
    items_end=re.compile(r"<!--\s*All\s+news\s+items\s+above\b[^<>]*-->", re.I),
    link_trail=re.compile(r"[a-z]+"),  # MediaWiki: MessagesEn.php, $linkTrail
    shown=MappingProxyType(_SHOWN),
    shown_prefixes=MappingProxyType({"lang-": Show.LAST}),
    literals=MappingProxyType(_LITERALS),
    cite_names=frozenset({"cite", "citation", "citenews", "citeweb", "cite-web", "cite-news"}),
    cite_prefixes=("cite ",),
    publisher_parameters=(
        "work",
        "newspaper",
        "website",
        "magazine",
        "journal",
        "periodical",
        "publisher",
        "agency",
        "via",
    ),
    url_parameters=("url", "archive-url", "archiveurl", "chapter-url", "article-url"),
    embedded_prefixes=frozenset({"file", "image", "category", "media"}),
    other_prefixes=frozenset(
        [
            *_NAMESPACES.split(),
            *(f"{name} talk" for name in _NAMESPACES.split()),
            *_SISTER_SITES.split(),
            *_LANGUAGES.split(),
        ]
    ),
    news_prefixes=frozenset({"n", "wikinews"}),
    sister_label=re.compile(r"wikinews|^\(.*\)$|^\W*$", re.I),
    editors_note=re.compile(r"\(Link dead as of [^()]*(?:\(UTC\))?\),?", re.I),
    units=MappingProxyType(_UNITS),
    joining_words=frozenset({"–", "-", "to", "and", "or", "by", "x", "×", "to(-)", "and(-)"}),
)
