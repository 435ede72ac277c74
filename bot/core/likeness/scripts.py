"""The language of a text whose feed says none, or a wrong one: as far as its script tells."""

from __future__ import annotations

import re
from collections.abc import Mapping

_LOOKED_AT = 400  # characters

# Of each script the languages that are written in it; the first is guessed for others.
_HAN, _IN_HAN = r"[\u4e00-\u9fff]", ("zh", "ja", "ko", "yue")
_SCRIPTS: Mapping[str, tuple[str, ...]] = {
    r"[\u0400-\u052f]": ("ru", "uk", "bg", "sr", "mk", "be", "kk", "ky", "tg", "mn", "bs", "sh"),
    r"[\u3040-\u30ff]": ("ja",),
    r"[\uac00-\ud7af]": ("ko",),
    _HAN: _IN_HAN,
    r"[\u0600-\u06ff]": ("ar", "fa", "ur", "ps", "ug", "sd", "ckb", "ku"),
    r"[\u0590-\u05ff]": ("he", "yi"),
    r"[\u0370-\u03ff]": ("el",),
    r"[\u0900-\u097f]": ("hi", "mr", "ne"),
    r"[\u0980-\u09ff]": ("bn", "as"),
    r"[\u0b80-\u0bff]": ("ta",),
    r"[\u0e00-\u0e7f]": ("th",),
}
_COUNTED = [(re.compile(script), languages) for script, languages in _SCRIPTS.items()]
_LETTERS = re.compile(r"[^\W\d_]")
_ENOUGH = 0.3  # of the letters; names and abbreviations often stand in Latin
# A Japanese headline may have a kana or two among its kanji, and a Chinese text a title with one.
# (No dot: that parts the names of foreigners in Chinese, too.)
_KANA, _FEW = re.compile(r"[\u3041-\u3096\u30a1-\u30fa\u30fc]"), 0.04


def language_by_script(text: str, said: str) -> str:
    """The language (ISO 639) to take a text for: the one said, unless its script is another's."""
    said = said.casefold().replace("_", "-").partition("-")[0]
    head = text[:_LOOKED_AT]
    if head.isascii():
        return said
    letters = len(_LETTERS.findall(head))
    if said not in _IN_HAN and _is_japanese(head, letters):
        return "ja"
    for script, languages in _COUNTED:
        if len(script.findall(head)) > _ENOUGH * letters:
            return said if said in languages else languages[0]
    return said


def _is_japanese(head: str, letters: int) -> bool:
    kana = len(_KANA.findall(head))
    return kana > _FEW * letters and kana + len(re.findall(_HAN, head)) > _ENOUGH * letters
