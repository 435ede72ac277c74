"""The portal of the English Wikipedia: Portal:Current events."""

from __future__ import annotations

import re
from types import MappingProxyType

from bot.sources.wikipedia import countries_en as countries
from bot.sources.wikipedia import templates_en as templates
from bot.sources.wikipedia.portal import Portal

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
    shown=MappingProxyType(templates.SHOWN),
    shown_prefixes=MappingProxyType(templates.SHOWN_PREFIXES),
    shown_suffixes=MappingProxyType(templates.SHOWN_SUFFIXES),
    literals=MappingProxyType(templates.LITERALS),
    forewords=MappingProxyType(templates.FOREWORDS),
    scales=MappingProxyType(templates.SCALES),
    ships=MappingProxyType(templates.SHIPS),
    country_codes=MappingProxyType(countries.CODES),
    country_names=MappingProxyType(countries.NAMES),
    country_articles=MappingProxyType(countries.ARTICLES),
    as_of="as of",
    since="since",
    years_and_days="{years} years, {days} days",
    age_words=re.compile(r",?\s?(?:\b(?:at the age of|aged?))?\s?$", re.I),
    source_addresses=MappingProxyType(templates.SOURCE_ADDRESSES),
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
    signature=re.compile(
        r"(?:\[\[:?(?:User|Special)\b[^\[\]]*\]\][\s()•|]{0,9}){1,4}"
        r"\d\d:\d\d, \d{1,2} \w+ \d{4} \(UTC\)",
        re.I,
    ),
    units=MappingProxyType(templates.UNITS),
    joining_words=frozenset({"–", "-", "to", "and", "or", "by", "x", "×", "to(-)", "and(-)"}),
)
