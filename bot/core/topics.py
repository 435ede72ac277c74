"""Which titles need the topic above them to be understood in a list. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.core.likeness.background import stem
from bot.core.likeness.tokens import TOKEN, without_possessive
from bot.core.sentences import split_first

# A shorter word says little; in scripts without spaces a pair of characters stands for a word.
_LETTERS, _PAIR = 4, 2
# Of a row of topics as many are put as are no longer, in characters; one that is longer is a
# sentence, which no other can begin with.
_LONGEST = 80
_ARTICLE = re.compile(r"[\"'“‘«(\[]*(?:The )?")
_CAPITALISED = r"[^\W\d_a-z][\w'’.&-]*"
# Two words with capitals ("Chris Harper-Mercer", not "A Vatican official"), or one of capitals
# only ("NATO", "U.S.").
_NAME = re.compile(rf"(?!An? ){_CAPITALISED} {_CAPITALISED}|(?:[A-Z]\.?){{2,}}(?![a-z])")
_LATER_NAME = re.compile(rf"\s[\"'“‘«(\[]*{_CAPITALISED}")
# "2011 Libyan civil war: Rebels take a town": it has its topic already.
_OWN_TOPIC = re.compile(r"[\"'“‘«(\[]*\w[^\s.:;!?]* [^.:;!?]{1,40}: ")
# Articles that tell of nothing that happens.
_NO_STORY = ("Deaths in ", "List of ", "Lists of ")


def is_story(topic: str) -> bool:
    """Whether a topic is something that happens."""
    return not topic.startswith(_NO_STORY)


def topic_before(title: str, topics: Sequence[str], language: str) -> str:
    """The topic to put before an event's title where it stands among others: the last one that
    it was told under, if its first sentence shares no word with that and begins with no name of
    several words, nor with a topic of its own ("Fall of Kabul: …"); else "". Of a topic within
    another ("Arab Spring: Libyan civil war") it is the inner one.

    Words are compared without case and endings (these as far as the language's are known); of
    two with capitals one may begin the other ("Iraq", "Iraqi"). Numbers and words of up to three
    letters are none. Where the topic names something, a word that has no capital in both ("the
    earthquake") is enough only in a sentence that names something, too, past its first word.
    """
    topic = _told_of(topics[-1]) if topics else ""
    first, _ = split_first(title)
    if not topic or not first or _OWN_TOPIC.match(first) or _begins_with_name(first):
        return ""
    return "" if _share_word(topic, first, language) else topic


def _told_of(topic: str) -> str:
    topic = topic.strip().rstrip(":.").rpartition(": ")[2]
    if not is_story(topic):
        return ""
    while len(topic) > _LONGEST:
        topic, _, _ = topic.rpartition(", ")
    return topic


def _begins_with_name(title: str) -> bool:
    article = _ARTICLE.match(title)
    return bool(_NAME.match(title, article.end() if article else 0))


def _share_word(topic: str, title: str, language: str) -> bool:
    told, asked = list(_words(title, language)), list(_words(topic, language))
    names, told_names = ([word for word, is_high in each if is_high] for each in (asked, told))
    if any(_is_start(one, other) for one in names for other in told_names):
        return True
    if names and not _LATER_NAME.search(title):
        return False
    return not {word for word, _ in asked}.isdisjoint(word for word, _ in told)


def _is_start(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _words(text: str, language: str) -> Iterator[tuple[str, bool]]:
    """The words that count, and whether each has a capital."""
    for _, run, word in TOKEN.findall(text):
        if len(word) >= _LETTERS:
            yield stem(without_possessive(word), language), word[0].isupper()
        for at in range(len(run) - 1):
            yield run[at : at + _PAIR], False
