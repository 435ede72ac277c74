"""What sites call their sections in addresses. Pure; no I/O."""

from __future__ import annotations

from functools import cache
from urllib.parse import unquote

from bot.core.categories import category_of
from bot.core.literal import level, level_all, listed

# Besides what `category_of` knows of lasting subjects: of fronts, of what is new, and of parts
# of the world. Only what is hardly ever the whole name of an article; codes of languages stand
# before sections.
_NAMES = """
    index; home; homepage; default; main; frontpage; front page; live; latest; breaking; today
    news; latest news; breaking news; top news; top stories; all news; all; newsroom; headlines
    stories; articles; updates; press; press room; press releases; media; media centre
    media center; announcements; blog; blogs; opinion; opinions; editorial; editorials; comment
    analysis; features; video; videos; photos; pictures; gallery; podcast; podcasts; weather
    archive; archives; events; calendar; rss; feed; feeds; search; about; contact; newsletter
    world; world news; international; national; nation; local; regional; region; regions
    us; usa; uk; eu; us news; uk news; europe; asia; africa; america; americas; middle east
    latin america; asia pacific; north america; south america; australia; life; lifestyle
    society; people; education; travel; food; fashion; style; religion; culture and society
    nachrichten; aktuell; aktuelles; neuigkeiten; startseite; schlagzeilen; eilmeldungen; ticker
    newsticker; welt; ausland; inland; panorama; vermischtes; meinung; gesellschaft; presse
    pressemitteilungen; meldungen; regionales; lokales; deutschland; europa; leben; reise; wetter
    accueil; actualite; actualites; actu; actus; infos; info; a la une; une; en direct; direct
    dernieres nouvelles; dernieres infos; monde; societe; france; communiques; nouvelles
    noticias; ultimas noticias; ultima hora; actualidad; inicio; portada; en vivo; directo; mundo
    internacional; internacionales; nacional; nacionales; sociedad; latinoamerica; sucesos
    ao vivo; brasil; sociedade; notizie; ultime notizie; ultima ora; attualita; prima pagina
    primo piano; mondo; esteri; cronaca; nieuws; binnenland; buitenland; wereld; wiadomosci; swiat
    aktualnosci; kraj; haber; haberler; son dakika; gundem; dunya; novosti; lenta; novyny; mir
    новости; последние новости; лента; главная; главное; мир; в мире; происшествия; общество
    новини; світ; суспільство; أخبار; الأخبار; عاجل; العالم; الرئيسية; آخر الأخبار; مجتمع
    新闻; 新聞; 首页; 首頁; 国际; 國際; 最新; 要闻; 世界; 社会; 社會; ニュース; 速報; 国際; トップ
    ar; de; en; es; fa; fr; he; hi; id; it; ja; ko; nl; pl; pt; ru; tr; uk; zh"""
# Their names are those of happenings as well: "/flood" may be the one article about it.
_OF_HAPPENINGS = frozenset(("", "Armed conflicts and attacks", "Disasters and accidents"))
_LONGEST = 60  # characters, unescaped


def names_section(segment: str) -> bool:
    """Whether a segment of a URL's path, percent-encoded or not, is the name of a section, so
    that what ends with it may well be a list of articles, and other ones tomorrow."""
    name = unquote(segment.partition(".")[0]).replace("-", " ").replace("_", " ")
    if not name or len(name) > _LONGEST or any(map(str.isdecimal, name)):
        return False
    return level(name) in _names() or category_of((name,), "") not in _OF_HAPPENINGS


@cache
def _names() -> frozenset[str]:
    return frozenset(level_all(listed(_NAMES)))
