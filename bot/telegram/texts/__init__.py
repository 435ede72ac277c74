"""All that the bot says, in English: the one place of its sentences, by theme.

Places to fill are written ``{name}``. Every upper-case constant is a message that
translators get, but for those of ``proper``; so a new text is one line in its theme. Whoever
shows one asks ``bot.telegram.wording`` for it in the reader's language.
"""

# Texts are read as texts.NAME wherever they stand: a test keeps the names of all themes apart.
from bot.telegram.texts.categories import *  # noqa: F403
from bot.telegram.texts.charts import *  # noqa: F403
from bot.telegram.texts.commands import *  # noqa: F403
from bot.telegram.texts.days import *  # noqa: F403
from bot.telegram.texts.digests import *  # noqa: F403
from bot.telegram.texts.events import *  # noqa: F403
from bot.telegram.texts.filters import *  # noqa: F403
from bot.telegram.texts.follows import *  # noqa: F403
from bot.telegram.texts.groups import *  # noqa: F403
from bot.telegram.texts.inline import *  # noqa: F403
from bot.telegram.texts.labels import *  # noqa: F403
from bot.telegram.texts.merging import *  # noqa: F403
from bot.telegram.texts.plural import *  # noqa: F403
from bot.telegram.texts.privacy import *  # noqa: F403
from bot.telegram.texts.proper import *  # noqa: F403
from bot.telegram.texts.reading import *  # noqa: F403
from bot.telegram.texts.settings import *  # noqa: F403
from bot.telegram.texts.shared import *  # noqa: F403
from bot.telegram.texts.sources import *  # noqa: F403
from bot.telegram.texts.starting import *  # noqa: F403
