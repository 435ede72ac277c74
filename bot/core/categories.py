"""The portal's categories: by the names of its own headings, and by what feeds call theirs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import islice
from types import MappingProxyType
from urllib.parse import unquote, urlsplit

from bot.core.literal import level, level_all, listed

MOST_TERMS = 40
LONGEST_TERM = 80
MOST_SECTIONS = 4

# What editors have written above the portal's events for what its pages name so today, where
# `category_of` does not know it as well.
_HEADINGS = MappingProxyType(
    {
        "Armed conflicts and attacks": """
            armed attacks; armed attacks and conflicts; armed conflict and attack
            armed conflict and attacks; armed conflict and incidents
            armed conflicts and attack; armed conflicts and incidents
            attacks and armed conflicts; attacks and conflicts; conflicts and attacks""",
        "Business and economy": "business and economies; businesses and economy",
        "Disasters and accidents": "disasters and impacts; disasters and incidents",
        "Health and environment": "health and wellness",
        "International relations": "international relation",
        "Law and crime": """
            law and order; law enforcement and crime; laws and crime; laws and crimes""",
        "Politics and elections": "political elections; politics and protests",
        "Science and technology": "innovation and technology",
        "Sports": "sports and recreation",
    }
)
# Headings that fit any event.
_NO_HEADINGS = frozenset(
    ("current events", "general news", "news", "other", "other current events")
)

# What feeds and sites call their sections, by the category of the portal (as its pages name it
# today) whose events stand there. What fits two, or any ("incidents", "Panorama"), is left out.
_NAMES = MappingProxyType(
    {
        "Armed conflicts and attacks": """
            conflict; conflicts; armed conflict; armed conflicts; war; wars; terrorism
            ukraine war; war in ukraine; russia ukraine war; israel gaza war; gaza war
            Krieg; Kriege; Konflikte; Terrorismus; Terror; Ukraine-Krieg; Krieg in der Ukraine
            guerre; guerres; conflit; conflits; terrorisme; guerre en Ukraine
            guerra; guerras; conflicto; conflictos; terrorismo; guerra en Ucrania
            conflito; conflitos; guerra na Ucrânia; conflitti; guerra in Ucraina
            oorlog; oorlogen; oorlog in Oekraïne; wojna; wojny; wojna w Ukrainie; terroryzm
            война; войны; терроризм; вооруженные конфликты; війна; тероризм
            حرب; حروب; إرهاب; نزاعات; صراعات; 战争; 戰爭; 恐怖主义; 恐怖主義; 武装冲突
            戦争; テロ; savaş; terör; çatışma""",
        "Arts and culture": """
            art; arts; culture; entertainment; music; film; films; movies; cinema; books
            literature; theatre; theater; television and radio; tv and radio; art and design
            Kultur; Musik; Kino; Bücher; Literatur; Feuilleton; Kunst; Unterhaltung
            cultures; musique; cinéma; livres; littérature; théâtre; spectacles
            cultura; música; cine; libros; arte; artes; literatura; teatro; entretenimiento
            livros; entretenimento; spettacoli; spettacolo; musica; libri; letteratura
            cultuur; muziek; boeken; kultura; muzyka; filmy; książki; sztuka; rozrywka
            культура; музыка; кино; книги; искусство; литература; театр; шоу-бизнес; мистецтво
            ثقافة; فن; فنون; ثقافة وفن; ثقافة وفنون; فن وثقافة; موسيقى; سينما
            文化; 娱乐; 娛樂; 音乐; 音樂; 电影; 電影; 艺术; 藝術; 文学; 文學
            エンタメ; 芸能; 音楽; 映画; kültür; sanat; kültür sanat; sinema; müzik; edebiyat""",
        "Business and economy": """
            business; business news; economy; economics; economic; finance; financial; markets
            stock market; stocks; money; companies; trade; banking
            Wirtschaft; Finanzen; Börse; Unternehmen; Konjunktur; Geld
            économie; éco; entreprises; bourse; finances; conjoncture
            economía; negocios; finanzas; empresas; mercados; economia; negócios; finanças
            finanza; economia e finanza; mercati; economie; beurs; financieel
            gospodarka; biznes; ekonomia; finanse; экономика; бизнес; финансы; рынки
            економіка; бізнес; фінанси; اقتصاد; أعمال; مال وأعمال; اقتصاد وأعمال; أسواق
            经济; 經濟; 财经; 財經; 金融; 商业; 商業; 股市; 経済; ビジネス; ekonomi; finans""",
        "Disasters and accidents": """
            disaster; disasters; natural disaster; natural disasters; accidents; earthquake
            earthquakes; flood; floods; flooding; hurricane; hurricanes; wildfires; tsunami
            volcanoes; Katastrophe; Katastrophen; Naturkatastrophe; Naturkatastrophen; Unfälle
            Unglücke; Unglück; Erdbeben; Hochwasser; catastrophe; catastrophes
            catastrophes naturelles; catastrophe naturelle; séisme; séismes; inondations
            desastres; desastres naturales; accidentes; terremoto; terremotos; sismo; sismos
            inundaciones; desastres naturais; acidentes; enchentes; disastri; terremoti
            alluvione; rampen; ongelukken; ongevallen; aardbeving; aardbevingen; overstromingen
            katastrofy; wypadki; trzęsienie ziemi; powódź; катастрофы; стихийные бедствия
            землетрясение; землетрясения; наводнение; наводнения; аварии; катастрофи
            كوارث; كوارث طبيعية; زلزال; زلازل; فيضانات; 灾难; 災難; 灾害; 災害; 自然灾害; 地震
            事故; afet; afetler; deprem; kaza""",
        "Health and environment": """
            health; environment; climate; climate change; climate crisis; global warming
            medicine; wildlife; pollution; public health; covid 19; coronavirus
            Gesundheit; Umwelt; Klima; Klimawandel; Medizin; Umwelt und Klima
            santé; environnement; climat; médecine; salud; medio ambiente; medioambiente
            cambio climático; medicina; saúde; meio ambiente; ambiente; salute; sanità
            gezondheid; milieu; klimaat; zdrowie; środowisko; klimat
            здоровье; экология; медицина; климат; здоров'я; екологія
            صحة; بيئة; مناخ; طب; 健康; 环境; 環境; 环保; 環保; 医疗; 醫療; 医療; 气候; 氣候
            sağlık; çevre; iklim""",
        "International relations": """
            international relations; diplomacy; foreign policy; foreign affairs
            Diplomatie; Außenpolitik; politique étrangère; relations internationales
            diplomacia; política exterior; relaciones internacionales; relações internacionais
            politica estera; buitenlandse politiek; polityka zagraniczna; dyplomacja
            дипломатия; внешняя политика; международные отношения; зовнішня політика
            دبلوماسية; علاقات دولية; 外交; 国际关系; 國際關係; dış politika; diplomasi""",
        "Law and crime": """
            crime; crimes; law; courts; justice; law and crime; crime and justice; police
            criminal justice; legal; Kriminalität; Justiz; Recht; Verbrechen; criminalité
            police justice; crimen; crímenes; justicia; delincuencia; tribunales; justiça
            giustizia; criminalità; cronaca nera; justitie; misdaad; criminaliteit
            przestępczość; криминал; преступность; суд; суды; право; кримінал
            قضاء; جريمة; جرائم; محاكم; 犯罪; 法律; 司法; 法治; suç; adalet; hukuk; yargı""",
        "Politics and elections": """
            politics; political; political news; politics news; election; elections
            us politics; uk politics; politics and government; government and politics
            Politik; Innenpolitik; Wahl; Wahlen; Bundestagswahl; politique; élection; élections
            política; elecciones; eleição; eleições; politica; elezioni; politiek; verkiezingen
            polityka; wybory; политика; выборы; політика; вибори; внутренняя политика
            سياسة; سياسي; انتخابات; 政治; 时政; 時政; 选举; 選舉; 選挙; siyaset; politika
            seçim; seçimler""",
        "Science and technology": """
            science; sciences; technology; tech; science and technology; science and tech
            space; astronomy; artificial intelligence; Wissenschaft; Technik; Technologie
            Netzwelt; Forschung; Weltraum; technologies; high-tech
            ciencia; tecnología; ciencia y tecnología; ciência; tecnologia; scienza; scienze
            wetenschap; nauka; technologia; наука; технологии; наука и техника; космос
            технології; علوم; تكنولوجيا; تقنية; علوم وتكنولوجيا; علوم وتقنية; تكنولوجيا وعلوم
            科技; 科学; 科學; 技术; 技術; テクノロジー; bilim; teknoloji; bilim ve teknoloji""",
        "Sports": """
            sport; sports; football; soccer; tennis; cricket; rugby; basketball; baseball; golf
            nba; nfl; nhl; mlb; formula 1; formula one; olympics; boxing; athletics; ice hockey
            Fußball; Bundesliga; Handball; Formel 1; Leichtathletik; cyclisme; handball
            deporte; deportes; fútbol; baloncesto; tenis; esporte; esportes; desporto; futebol
            calcio; voetbal; piłka nożna; siatkówka; спорт; футбол; хоккей; теннис; баскетбол
            رياضة; كرة القدم; كرة قدم; 体育; 體育; 足球; 篮球; 籃球; スポーツ; サッカー
            spor; futbol; basketbol""",
    }
)
_POLITICS = "Politics and elections"
# German sites keep under "Politik" whatever happens abroad.
_ABROAD = frozenset(("ausland",))

_LISTED = re.compile(r"[/|>»›,;·]")
_JOINED = re.compile(r"\s+(?:and|und|et|y|e|en|i|и|та|و|ve)\s+|[&+、和与與及]")
_ARABIC_ARTICLE = "ال"
# "/news/business-12345678": a site that writes section and number into the last part.
_NUMBERED = re.compile(r"(\D+)-\d{5,}")


@lru_cache(maxsize=1 << 12)
def heading(name: str) -> str:
    """A heading of the portal as its pages have it today, where editors wrote it otherwise; ""
    for one that fits any event. One that is not known stays, but for "&"."""
    plain = " ".join(name.replace("&", " and ").split())
    key = plain.casefold()
    if key in _NO_HEADINGS:
        return ""
    return _headings().get(key) or category_of((plain,), "") or plain


def category_of(terms: Iterable[str], url: str) -> str:
    """The portal's category that a feed entry's category ``terms`` clearly give, else the
    section in its ``url``; "" where they give none or several.

    Terms may be of any of a dozen languages; what says nothing ("World", "News") has no say.
    Several that terms give come down to one where the section is among them.
    """
    given = _given(part for term in islice(terms, MOST_TERMS) for part in _parts_of(term))
    section = _given(_sections(url))
    found = given & section if len(given) > 1 else given or section
    return next(iter(found)) if len(found) == 1 else ""


def _given(parts: Iterable[str]) -> frozenset[str]:
    """The categories that names of sections give."""
    levelled = [_levelled(part) for part in parts]
    if not levelled:
        return frozenset()
    index = _index()
    found = {
        category
        for part in levelled
        if (category := index.get(part) or index.get(part.removeprefix(_ARABIC_ARTICLE)))
    }
    return frozenset(found - {_POLITICS} if _ABROAD.intersection(levelled) else found)


def _parts_of(term: str) -> Iterator[str]:
    """The names in a term: "News / Arts & Entertainment" lists two, of which one joins two."""
    if len(term) > LONGEST_TERM:
        return
    for part in _LISTED.split(term):
        yield part
        joined = [level(each) for each in _JOINED.split(part)]
        # "War and peace" is a book: what is joined to something else says nothing.
        if len(joined) > 1 and all(each in _index() for each in joined):
            yield from joined


def _sections(url: str) -> Iterator[str]:
    """The sections that an address names: in its host's first label and in its path, of which
    the last part is the article's own."""
    try:
        parts = urlsplit(url)
        labels = (parts.hostname or "").split(".")
    except ValueError:
        return
    if len(labels) > 2:
        yield labels[0]
    *sections, own = unquote(parts.path).strip("/").split("/")
    yield from sections[:MOST_SECTIONS]
    numbered = _NUMBERED.fullmatch(own)
    if numbered:
        yield numbered[1]


@lru_cache(maxsize=1 << 12)
def _levelled(part: str) -> str:
    """Levelled; what sites call their sections comes with each entry anew."""
    return level(part)


@cache
def _index() -> dict[str, str]:
    """The category of each name, levelled."""
    found: dict[str, str] = {}
    for category, text in _NAMES.items():
        found |= dict.fromkeys(level_all([category, *listed(text)]), category)
    return found


@cache
def _headings() -> dict[str, str]:
    """Today's name of each heading, in lower case."""
    return {
        name.casefold(): category for category, text in _HEADINGS.items() for name in listed(text)
    }
