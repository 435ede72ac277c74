"""The bot's words in each reader's language: translated texts, plurals, dates, directions.

Each language but English has a catalogue, ``bot/telegram/locale/<language>/LC_MESSAGES/
dateline.po``. Developers keep them in step with ``bot.telegram.texts`` by
``python -m bot.telegram.wording update``.
"""

from bot.telegram.wording.catalogues import LANGUAGES, Wording, base_of, spoken_for
from bot.telegram.wording.words import Words

__all__ = ["LANGUAGES", "Wording", "Words", "base_of", "spoken_for"]
