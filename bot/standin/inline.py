"""Inline mode: what the bot answers to `@bot words`, and the message that a choice makes."""

from __future__ import annotations

from bot.standin.backend import Backend
from bot.standin.composing import content_of, inline_markup
from bot.standin.entities import Formatted
from bot.standin.limits import check_caption, check_text, is_deep_link
from bot.standin.model import InlineAnswer, JsonObject
from bot.standin.params import Params, decode
from bot.standin.refusal import bad_request

MAX_RESULTS = 50
MAX_RESULT_ID = 64  # bytes
MAX_OFFSET = 64  # bytes
_OLD_QUERY = "query is too old and response timeout expired or query ID is invalid"
_KINDS = set(
    "article photo gif mpeg4_gif video audio voice document location venue contact game "
    "sticker".split()
)


async def answer_inline_query(backend: Backend, params: Params) -> bool:
    """Bot API: answerInlineQuery; the results end up in `inline_answers`."""
    query_id = params.string("inline_query_id")
    if query_id not in backend.inline_queries:
        raise bad_request(_OLD_QUERY)
    results = _checked(backend, params.array("results") or [])
    offset = params.string("next_offset")
    if len(offset.encode()) > MAX_OFFSET:
        raise bad_request("NEXT_OFFSET_INVALID")
    button = _button(params.record("button"))
    backend.inline_queries[query_id] = list(results)
    backend.inline_answers[query_id] = InlineAnswer(tuple(results), offset, button)
    backend.changed.fire()
    return True


def _checked(backend: Backend, results: list[object]) -> list[JsonObject]:
    if len(results) > MAX_RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    made = [one for one in results if isinstance(one, dict)]
    ids = [one.get("id") for one in made]
    if len(made) < len(results) or not all(map(_is_id, ids)):
        raise bad_request("RESULT_ID_INVALID")
    if len(set(ids)) < len(ids):
        raise bad_request("RESULT_ID_DUPLICATE")
    for one in made:
        _check(backend, one)
    return made


def _is_id(value: object) -> bool:
    return isinstance(value, str) and 1 <= len(value.encode()) <= MAX_RESULT_ID


def _check(backend: Backend, result: JsonObject) -> None:
    """Refusal where a result could not be shown, or not be sent when chosen."""
    if result.get("type") not in _KINDS:
        raise bad_request("RESULT_TYPE_INVALID")
    if result["type"] == "article" and not str(result.get("title") or "").strip():
        raise bad_request("ARTICLE_TITLE_EMPTY")
    if result["type"] == "article" and "input_message_content" not in result:
        raise bad_request("can't parse InlineQueryResult: Input message content is not specified")
    chosen_content(backend, result)
    chosen_markup(result)


def chosen_content(backend: Backend, result: JsonObject) -> Formatted:
    """The text of the message that choosing this result sends; Refusal where there is none."""
    given = result.get("input_message_content")
    if given is None:
        caption = content_of(backend, _read(result), "caption", "caption_entities")
        check_caption(caption)
        return caption
    if not isinstance(given, dict) or "message_text" not in given:
        raise bad_request("can't parse InputMessageContent: Can't find field \"message_text\"")
    content = content_of(backend, _read(given), "message_text", "entities")
    check_text(content)
    return content


def chosen_markup(result: JsonObject) -> JsonObject | None:
    """The buttons of the message that choosing this result sends."""
    return inline_markup(_read(result).record("reply_markup"))


def chosen_preview(result: JsonObject) -> JsonObject | None:
    """The link_preview_options of that message."""
    return _read(result.get("input_message_content") or {}).record("link_preview_options")


def _read(values: JsonObject) -> Params:
    return Params(decode(values))


def _button(button: JsonObject | None) -> JsonObject | None:
    """The InlineQueryResultsButton above the results."""
    if not button:
        return None
    if not str(button.get("text") or "").strip():
        raise bad_request("SWITCH_PM_TEXT_EMPTY")
    payload = button.get("start_parameter")
    if "web_app" not in button and not (isinstance(payload, str) and is_deep_link(payload)):
        raise bad_request("START_PARAM_INVALID")
    return button
