"""Signs that a page is not about its article: walls, slogans, stand-ins for pictures.

Short lists of what publishers' and their guards' software really writes; what they miss is a
summary of little use, never a wrong event.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

# Titles of pages that stand before an article or in its place, whole or up to a mark.
_WALLS = (
    # guards against robots
    r"just a moment|one moment,? please|please wait|attention required|access denied|radware.*"
    r"|robot check|human verification|security check(?:point)?|client challenge|captcha|ddos-guard"
    r"|request (?:rejected|blocked)|(?:please )?enable (?:javascript|cookies)(?: to continue)?"
    r"|javascript is (?:disabled|required)|unsupported browser|validate user"
    # pay walls and logins
    r"|subscribe(?: now)?|log ?in|sign (?:in|up)|register|anmelden|einloggen|(?:se )?connexion"
    r"|se connecter|iniciar sesión|accedi|вход|войти|авторизация|登录|登錄|ログイン|تسجيل الدخول"
    # consent
    r"|(?:cookie )?consent|privacy settings|datenschutzeinstellungen|your privacy choices"
    r"|zustimmung|einwilligung|cookie[- ]?einstellungen|cookie ?wall|(?:\w+ \w+ )?privacy gate"
    r"|votre consentement|gestion des cookies|a(?:vant de continuer|ntes de continuar)(?: .{1,30})?"
    r"|bevor sie fortfahren|before you continue|myprivacy(?:\.[\w.]{1,30})?"
    # nothing there
    r"|(?:error )?[45]\d\d(?: error)?|(?:[45]\d\d )?(?:page |file )?not found"
    r"|(?:[45]\d\d )?forbidden|page unavailable|seite nicht gefunden|page introuvable"
    r"|página no encontrada|página não encontrada|pagina non trovata|страница не найдена"
    r"|(?:ошибка )?[45]\d\d(?: ошибка)?|такой страницы (?:нет|не существует)"
    r"|доступ (?:ограничен|запрещ[её]н)|проверка браузера"
    r"|الصفحة (?:غير موجودة|المطلوبة غير موجودة)|لم يتم العثور على الصفحة"
    r"|(?:(?:指定された|お探しの|該当の)?ページ[がは])?見つかりません(?:でした)?|页面不存在|頁面不存在"
    r"|(?:页面|頁面)?(?:未找到|找不到)(?:页面|頁面|网页|網頁)?|(?:site )?(?:under )?maintenance"
    r"|(?:[45]\d\d )?service (?:temporarily )?unavailable|(?:[45]\d\d )?bad gateway"
    r"|(?:[45]\d\d )?internal server error|error"
    # not from here, or elsewhere by now
    r"|(?:this .{1,30} is |content )?(?:not |un)available in your (?:country|region|location)"
    r"|(?:you are being )?redirecting|you are being redirected|weiterleitung|redirection"
    r"|redirection en cours|redirigiendo|redirecionando|перенаправление"
)  # fmt: skip
_WALL_TITLE = re.compile(rf"(?:{_WALLS})\s*(?:$|[.!…。！]+(?:\s|$)|\s[-–—·]\s|[|:：｜])", re.I)
# How such titles begin that no headline does.
_WALL_START = re.compile(
    r"access to this page has been denied|(?:bloomberg - )?are you a robot|pardon our interruption"
    r"|(?:please )?verify(?:ing)? (?:that )?you are|you have been blocked|checking your browser"
    r"|vercel security checkpoint|subscribe to (?:read|continue)|before you continue to"
    r"|bevor sie (?:zu|mit) .{1,30} (?:weitergehen|fortfahren)|avant d'accéder à|index of /"
    r"|(?:lesen|besuchen|nutzen) sie .{1,40} mit werbung\b"
    r"|yahoo (?:is part of the|ist teil der|fait partie de la|forma parte de la) .{0,20}\byahoo"
    r"|this (?:page|content) is(?:n't| not) available|error [45]\d\d \("
    r"|making sure you(?:'re| are) not a bot",
    re.I,
)
_LONGEST_WALL = 80  # characters: a longer title is a headline that begins alike
_BEHIND = (" | ", " › ")  # a site that says its name first

_WALL_HOST = re.compile(r"^(?:consent|login|signin|accounts|auth|sso|myaccount|myprivacy)\.", re.I)
_WALL_PATH = re.compile(
    r"/(?:login|log-in|signin|sign-in|consent|zustimmung|captcha|subscribe)(?:/|\.\w{2,5})?$", re.I
)

# How descriptions begin that a site gives to every page, and what only they say.
_SLOGAN = re.compile(
    r"^(?:(?:get|find|read|see|view|watch|follow|discover|browse|explore) (?:all )?(?:the )?"
    r"(?:very )?(?:latest|breaking|top|most recent|up[- ]to[- ]date|full articles from)\b"
    r"|(?:the )?(?:latest|breaking|top|today's) (?:\w+ ){0,3}(?:news|headlines|stories)"
    r"(?:,| (?:from|and|about|on)\b| &|\.?$)"
    r"|(?:news|headlines), (?:\w+ ?){1,3}[,&]"
    r"|your (?:\w+ )?source (?:for|of)\b|stay (?:up[- ]to[- ]date|informed|on top)\b"
    r"|(?:the )?(?:official|leading|number one|no\. ?1) (?:\w+ ){0,4}"
    r"(?:site|website|source|portal)\b"
    r"|comprehensive up-to-date news coverage"
    r"|(?:aktuelle|neueste) (?:nachrichten|news|meldungen)\b"
    r"|(?:alle )?(?:nachrichten|news) (?:und|aus|zu) .{0,60}\b(?:auf|bei|von)\b"
    r"|toute l['’](?:actualité|info)|(?:suivez|retrouvez) (?:toute )?l['’](?:actualité|info)"
    r"|(?:las )?(?:últimas|ultimas) not[ií]cias\b|noticias de última hora"
    r"|(?:as )?últimas notícias\b|(?:le )?ultime notizie\b|tutte le notizie"
    r"|(?:самые )?(?:свежие|последние|главные|актуальные) новости\b|новости (?:дня|сегодня)"
    r"|(?:آخر|أحدث|اخر) (?:الأخبار|أخبار|الاخبار)|最新(?:新闻|新聞|ニュース|消息)"
    r"|we use (?:\w+ )?cookies|this (?:web)?site uses cookies|wir verwenden cookies"
    r"|(?:lesen|besuchen|nutzen) sie .{1,40} mit werbung\b"
    r"|nous utilisons des cookies|utilizamos cookies|мы используем (?:файлы )?cookie"
    r"|(?:please )?(?:enable|turn on) (?:javascript|cookies)|javascript is (?:disabled|required)"
    r"|you need to enable javascript|subscribe to (?:read|continue|unlock|get)\b"
    r"|(?:log|sign) in to\b|create an account\b|already (?:a )?subscriber"
    r"|(?:please )?(?:disable|deactivate|turn off|switch off|pause|whitelist us in) (?:your |the )?"
    r"ad[- ]?block|(?:it (?:looks|seems) like|we(?:'ve| have)? (?:noticed|detected)(?: that)?)"
    r" you(?:'re| are) using an ad[- ]?block"
    r"|(?:bitte )?(?:deaktivieren|schalten) sie (?:bitte )?(?:ihren |den )?(?:ad|werbe)[- ]?block"
    r"|(?:(?:this|our|the) (?:\w+ ){1,3}is (?:currently )?)?(?:not |un)available in your "
    r"(?:country|region|location)"
    r"|we recogni[sz]e you are attempting to access this website from"
    r"|to (?:read|continue reading) this (?:article|story),"
    r" (?:please )?(?:subscribe|log|sign|register)"
    r"|this content is (?:not|only) available|enjoy the videos and music you love"
    r"|(?:click|tap) here to\b)",
    re.I,
)
_SITE_WIDE = re.compile(
    r"\b(?:breaking news and (?:analysis|headlines|views)|breaking news, (?:latest|top)"
    r"|(?:latest|top) (?:news )?headlines(?: and|,) |news, sport and opinion from"
    r"|news and (?:analysis|opinion|views) from)\b",
    re.I,
)

# Pictures that stand for a site or for nothing, by words in their names, or by their names:
# other words are also what photos show.
_STAND_IN = re.compile(
    r"(?:^|[\W_])(?:logos?|logotype|placeholder|favicon|apple-touch-icon|1x1"
    r"|no[-_]?(?:image|photo|picture)|(?:social|share|site|default)[-_]?(?:image|img|share|default"
    r"|card|thumb(?:nail)?)|(?:image|img|thumb(?:nail)?|picture|photo)[-_]?default)(?:[\W_]|$)",
    re.I,
)
_STAND_IN_NAME = re.compile(
    r"(?:avatar|blank|default|fallback|missing|og[-_]?image|pixel|spacer|sprite|transparent)"
    r"(?:[-_]?\d+(?:x\d+)?)?(?:\.\w{1,5})?",
    re.I,
)
_NO_PHOTO = (".svg", ".svgz", ".ico")


def is_wall(title: str) -> bool:
    """Whether a page so titled stands before an article, or in its place."""
    text = title.replace("’", "'")
    return any(map(_is_called_wall, (text, *(text.partition(mark)[2] for mark in _BEHIND))))


def _is_called_wall(text: str) -> bool:
    is_short = len(text) <= _LONGEST_WALL
    return is_short and bool(_WALL_TITLE.match(text) or _WALL_START.match(text))


def is_wall_address(url: str) -> bool:
    """Whether an address that was led to is one of a login or of consent."""
    parts = urlsplit(url)
    return bool(_WALL_HOST.match(parts.hostname or "") or _WALL_PATH.search(parts.path))


def is_slogan(description: str) -> bool:
    """Whether a description is one that a site gives to all its pages."""
    return bool(_SLOGAN.match(description) or _SITE_WIDE.search(description[:200]))


def is_stand_in(picture: str) -> bool:
    """Whether a picture's address says that it shows nothing of the article."""
    name = urlsplit(picture).path.rstrip("/").rpartition("/")[2].lower()
    is_named_so = _STAND_IN.search(name) or _STAND_IN_NAME.fullmatch(name)
    return name.endswith(_NO_PHOTO) or bool(is_named_so)
