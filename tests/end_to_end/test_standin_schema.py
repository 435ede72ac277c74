"""The checker of requests against the Bot API's schema, and the stand-in's answers under it."""

from pathlib import Path
from typing import Any

import pytest

from bot.standin import World
from bot.standin.methods import METHODS
from bot.standin.model import Call, Upload
from tests.support.bot_api import Schema, violations


@pytest.fixture(scope="module")
def schema() -> Schema:
    return Schema.load()


MESSAGE: dict[str, Any] = {"chat_id": 5, "text": "x"}
BUTTON = {"text": "x", "callback_data": "x"}


def keyboard(button: object) -> dict[str, Any]:
    return MESSAGE | {"reply_markup": {"inline_keyboard": [[button]]}}


@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("getMe", {}),
        ("sendMessage", MESSAGE),
        ("sendMessage", {"chat_id": "@news", "text": "x"}),
        ("sendMessage", keyboard(BUTTON | {"style": "danger"})),
        ("sendMessage", MESSAGE | {"reply_markup": '{"force_reply": true}'}),
        ("sendMessage", MESSAGE | {"link_preview_options": {"is_disabled": True}}),
        ("sendMessage", MESSAGE | {"entities": [{"type": "bold", "offset": 0, "length": 1}]}),
        ("sendPhoto", {"chat_id": 5, "photo": "https://example.com/p.jpg"}),
        ("sendPhoto", {"chat_id": 5, "photo": Upload("p.jpg", "image/jpeg", b"x")}),
        (
            "sendMediaGroup",
            {
                "chat_id": 5,
                "media": [{"type": "photo", "media": "attach://p"}],
                "p": Upload("p.jpg", "image/jpeg", b"x"),
            },
        ),
        ("setMyCommands", {"commands": [], "scope": {"type": "chat", "chat_id": 5}}),
        ("sendLocation", {"chat_id": 5, "latitude": 50, "longitude": 6.5}),
    ],
)
def test_good_requests(schema: Schema, method: str, params: dict[str, Any]) -> None:
    assert schema.check(method, params) == []


@pytest.mark.parametrize(
    ("method", "params", "problems"),
    [
        ("sendRubbish", {}, ["sendRubbish: there is no such method"]),
        ("sendMessage", {"chat_id": 5}, ["sendMessage: text is missing"]),
        ("sendMessage", MESSAGE | {"txt": 1}, ["sendMessage: txt is not known"]),
        (
            "sendMessage",
            MESSAGE | {"chat_id": 5.5},
            ["sendMessage.chat_id: 5.5 is none of Integer, String"],
        ),
        ("sendMessage", MESSAGE | {"text": 5}, ["sendMessage.text: 5 is no String"]),
        (
            "sendMessage",
            MESSAGE | {"protect_content": 1},
            ["sendMessage.protect_content: 1 is no Boolean"],
        ),
        (
            "sendMessage",
            MESSAGE | {"message_thread_id": True},
            ["sendMessage.message_thread_id: True is no Integer"],
        ),
        (
            "sendMessage",
            keyboard({"text": "x", "data": "x"}),
            ["sendMessage.reply_markup.inline_keyboard[0][0]: data is not known"],
        ),
        (
            "sendMessage",
            keyboard({"callback_data": "x", "copy_text": {}}),
            [
                "sendMessage.reply_markup.inline_keyboard[0][0]: text is missing",
                "sendMessage.reply_markup.inline_keyboard[0][0].copy_text: text is missing",
            ],
        ),
        (
            "sendMessage",
            MESSAGE | {"reply_markup": "{"},
            [
                "sendMessage.reply_markup: '{' is none of InlineKeyboardMarkup, "
                "ReplyKeyboardMarkup, ReplyKeyboardRemove, ForceReply"
            ],
        ),
        (
            "sendMessage",
            MESSAGE | {"entities": {"type": "bold"}},
            ["sendMessage.entities: {'type': 'bold'} is no array"],
        ),
        (
            "sendMessage",
            MESSAGE | {"link_preview_options": True},
            ["sendMessage.link_preview_options: True is no LinkPreviewOptions"],
        ),
        (
            "sendPhoto",
            {"chat_id": 5, "photo": b"x"},
            ["sendPhoto.photo: b'x' is none of InputFile, String"],
        ),
    ],
)
def test_bad_requests(
    schema: Schema, method: str, params: dict[str, Any], problems: list[str]
) -> None:
    assert schema.check(method, params) == problems


def test_violations_of_a_log(schema: Schema) -> None:
    calls = [Call("sendMessage", MESSAGE), Call("getMe", {"x": 1}), Call("sendMessage", {})]
    assert violations(calls, schema) == [
        "getMe: x is not known",
        "sendMessage: chat_id is missing",
        "sendMessage: text is missing",
    ]


def test_missing_data_skips(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(pytest.skip.Exception, match="DATELINE_DATA"):
        Schema.load(tmp_path / "api.json")
    monkeypatch.setenv("DATELINE_DATA", str(tmp_path / "nothing"))
    with pytest.raises(pytest.skip.Exception, match="DATELINE_DATA"):
        Schema.load()


def test_the_stand_in_knows_only_methods_that_exist(schema: Schema) -> None:
    assert set(METHODS) <= set(schema.methods)


def test_updates_have_the_shapes_of_the_bot_api(schema: Schema) -> None:
    world = World()
    ann = world.add_user("Ann", username="ann", language_code="de")
    forum = world.add_supergroup("Forum", ann, forum=True)
    first = world.say(ann, "/start #x @channel example.com")
    world.say(ann, "y", forum, reply_to=world.say(ann, "x", forum), thread=None)
    world.say(ann, "x", forum, thread=world.add_topic(forum, "News"), anonymously=True)
    world.edit(first, "z")
    world.post(world.add_channel("Channel"), "post")
    world.migrate(world.add_group("Group", ann))
    world.block(ann)
    world.kick(forum, ann)
    world.ask_inline(ann, "x", chat_type="sender")
    world.send_location(ann, 1, 2)
    group = world.add_group("Group", ann, bot="left")
    world.invite(group, ann, "administrator", announced=True)
    world.updates.allow(["chat_member", "message"])
    world.join(group, world.add_user("Eve"))
    world.close_topic(forum, world.add_topic(forum, "More"), by=ann)
    problems = [schema.check_object("Update", update) for update in world.updates.pending]
    assert len(problems) == 17
    assert problems == [[]] * 17
