"""All that the bot says, in English: the one place of its sentences, by theme.

Places to fill are written ``{name}``. Every upper-case constant of a theme is a message that
translators get; so a new text is one line in its theme, and a new theme one more in ``THEMES``.
Whoever shows one asks ``bot.telegram.wording`` for it in the reader's language, and imports the
theme (``from bot.telegram.texts import days as texts``); whoever needs several says
``texts.days.EMPTY``.
"""

from bot.telegram.texts import (
    categories,
    charts,
    commands,
    days,
    digests,
    events,
    filters,
    follows,
    groups,
    inline,
    labels,
    merging,
    privacy,
    reading,
    settings,
    shared,
    sources,
    starting,
)

# All that is translated: ``proper`` is the same in every language. No two texts have one name,
# as translators see no more of them: a test keeps them apart.
THEMES = (
    categories,
    charts,
    commands,
    days,
    digests,
    events,
    filters,
    follows,
    groups,
    inline,
    labels,
    merging,
    privacy,
    reading,
    settings,
    shared,
    sources,
    starting,
)
