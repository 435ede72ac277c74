"""From what was found out to what readers see. Pure: data in, ``Screen`` or ``Call`` out."""

from bot.telegram.views.calendar import month
from bot.telegram.views.charts import timeline, week, week_rows, weekly_toast, year_rows
from bot.telegram.views.days import today
from bot.telegram.views.digests import bundle, digest
from bot.telegram.views.events import alert, event_card, related
from bot.telegram.views.filters import (
    filter_by_command,
    filter_card,
    filter_question,
    filter_toast,
    named_filter,
)
from bot.telegram.views.fixed import counted, help_text, sentence, unknown_command
from bot.telegram.views.follows import ended_toast, follow_card, following, mode_toast
from bot.telegram.views.groups import (
    channel_help,
    data_in_private,
    group_help,
    hello,
    hindered,
    hindrance,
    not_allowed,
    to_private,
)
from bot.telegram.views.inline import inline_results
from bot.telegram.views.listed import unfollow_all, unfollowed_all
from bot.telegram.views.people import (
    beside_event,
    entity_card,
    follow,
    follow_in,
    follow_toast,
    lookup,
    unfollow,
    unfollow_toast,
)
from bot.telegram.views.privacy import about, export, forget, forgotten, not_forgotten
from bot.telegram.views.searching import found
from bot.telegram.views.starting import under_welcome, welcome

__all__ = [
    "about",
    "alert",
    "beside_event",
    "bundle",
    "channel_help",
    "counted",
    "data_in_private",
    "digest",
    "ended_toast",
    "entity_card",
    "event_card",
    "export",
    "filter_by_command",
    "filter_card",
    "filter_question",
    "filter_toast",
    "follow",
    "follow_card",
    "follow_in",
    "follow_toast",
    "following",
    "forget",
    "forgotten",
    "found",
    "group_help",
    "hello",
    "help_text",
    "hindered",
    "hindrance",
    "inline_results",
    "lookup",
    "mode_toast",
    "month",
    "named_filter",
    "not_allowed",
    "not_forgotten",
    "related",
    "sentence",
    "timeline",
    "to_private",
    "today",
    "under_welcome",
    "unfollow",
    "unfollow_all",
    "unfollow_toast",
    "unfollowed_all",
    "unknown_command",
    "week",
    "week_rows",
    "weekly_toast",
    "welcome",
    "year_rows",
]
