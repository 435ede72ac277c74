"""The parameters of a URL that say where its reader came from. Pure; no I/O.

What is taken for such by mistake loses news: another article of the same site looks like the
same. What is kept by mistake costs no more than a link under which two sources would have met.
So a name is here only where it means nothing else on any site, or by what its value is.
"""

from __future__ import annotations

import re
from collections.abc import Callable

# Those that analytics, newsletters, feeds and social networks add on any site.
_CERTAIN_NAMES = """
fbclid gclid dclid msclkid yclid igshid igsh ttclid twclid wbraid gbraid srsltid mkt_tok yptr
_ga _gl ef_id s_kwcid li_fat_id epik _openstat _hsenc _hsmi vero_id oly_enc_id oly_anon_id
gwh gwt fsrc ftag ftcamp xtor smid smtyp sns ocid cmp cmpid cm_ven icid intcmp intcid ito
s_cid maca gusrc hpt hp hpw hpid eref iref npt sr_share adkey csp newsfeed dlvrit emc oref
_r rref mtrref pagewanted pgtype clicksource contentcollection contentplacement em_pos
mcubz wtmodloc wpisrc wprss wpmm wpmk feedtype feedname rpc irpc nclick_check
google_editors_picks virtualbrandchannel videochannel loomia_ow localekey lpos
referrer referer refer soc_trk soc_src .tsrc _osource _esi reflink
emcmp emchn emlist hootpostid f24_member_id utm_hp_ref mc_cid mc_eid mbid guccounter
amp _amp noamp sharetoken __source locallinksenabled autoplay autostart
itm_source itm_medium itm_campaign
ref_src traffic_source wt_mc wt_zmc ampcf usqp aoh
unlocked_article_code referringsource searchresultposition taid rcmd_alg rcmd_id apiversion
refresh_ce __twitter_impression
"""
_CERTAIN = frozenset(_CERTAIN_NAMES.split())
_PREFIXES = tuple(
    "utm_ ns_ aef_campaign_ wt. at_ guce_ pk_ mtm_ _i_ lmd_ sara_ gaa_ hsa_ amp_js_ amp_gsa".split()
)

# Of these the names alone prove nothing. A value that has a digit may be the number of an
# article, and any value may name it where the path does not.
_DOUBTFUL_NAMES = """
ref source src from via nav test feed li or track trk ctrack input mod sp hub tid lid iid xid
il ir pos module mc coll print printer share campaign dist spt ncid nlid partner desktop lite
rss linkid archived homepage psp mg 1c tesla odyssey twt cset
"""
_DOUBTFUL = frozenset(_DOUBTFUL_NAMES.split())
_SWITCHES = frozenset({"il", "print", "printer", "share", "desktop", "lite", "rss"})
_ON_OR_OFF = re.compile(r"[01]\)?")  # links stand in brackets
_DIGIT = re.compile(r"\d")

# Names that are so short that they may mean anything elsewhere.
_AT_HOST = {
    "washingtonpost.com": frozenset({"itid"}),
    "sueddeutsche.de": frozenset({"reduced"}),
    "elpais.com": frozenset({"ssm"}),
}

_AMP_NAMES = frozenset({"mode", "outputtype", "view"})


def tracks(pair: str, host: str, is_vague: Callable[[], bool]) -> bool:
    """Whether a parameter ("name=value") says nothing of which article of ``host`` is meant.

    ``is_vague``: whether the path does not say it, asked for where that matters.
    """
    name, _, value = pair.partition("=")
    name, value = name.lower(), value.lower()
    if name in _CERTAIN or name.startswith(_PREFIXES) or name in _AT_HOST.get(host, ()):
        return True
    if name in _DOUBTFUL:
        return _is_idle(name, value) and not is_vague()
    return _is_of_a_value(name, value)


def _is_idle(name: str, value: str) -> bool:
    """Whether the value of a doubtful parameter is no number of an article."""
    return not _DIGIT.search(value) or bool(name in _SWITCHES and _ON_OR_OFF.fullmatch(value))


def _is_of_a_value(name: str, value: str) -> bool:
    """Whether it is the value that tells of tracking, or of another form of the page."""
    return (
        (name in _AMP_NAMES and value == "amp")
        or (name == "section" and value.startswith(("cnn_", "rss")))
        or (name == "cid" and value.startswith("public-rss"))
    )
