"""Settings: read once, all wrong ones named at once, no secret told."""

from __future__ import annotations

import os
from datetime import timedelta
from importlib.metadata import version
from pathlib import Path

import pytest

from bot.config import Settings, load, mistyped, parse_duration
from bot.errors import SettingsError

TOKEN = "123456:ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of whoever runs the tests counts."""
    names = {name.upper() for name in Settings.model_fields}
    for name in [name for name in os.environ if name.upper() in names]:
        monkeypatch.delenv(name)


def env_file(folder: Path, **settings: str) -> Path:
    path = folder / ".env"
    path.write_text("".join(f"{name}={value}\n" for name, value in settings.items()))
    return path


def test_nothing_needs_to_be_set() -> None:
    settings = load(env_file=None)
    assert settings.alert_hold == timedelta(minutes=10)
    assert (settings.listen, settings.port) == ("127.0.0.1:8080", 8080)
    assert settings.bot_token == ""


def test_settings_come_from_a_file(tmp_path: Path) -> None:
    path = env_file(
        tmp_path, BOT_TOKEN=TOKEN, ALERT_HOLD="90s", LISTEN="localhost:80", LOG_LEVEL="DEBUG"
    )
    settings = load(path)
    assert settings.bot_token == TOKEN
    assert settings.alert_hold == timedelta(seconds=90)
    assert (settings.port, settings.log_level) == (80, "debug")


def test_the_environment_goes_before_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SEND_RATE", "5")
    assert load(env_file(tmp_path, SEND_RATE="7")).send_rate == 5


def test_all_wrong_settings_are_named_at_once(tmp_path: Path) -> None:
    wrong = {
        "BOT_TOKEN": "hunter2",
        "TELEGRAM_API_URL": "api.telegram.org",
        "WIKIPEDIA_API_URL": "ftp://example.org",
        "WIKIMEDIA_RATE": "0",
        "POLL_INTERVAL": "1s",
        "ALERT_HOLD": "soon",
        "SEND_RATE": "fast",
        "ALLOWED_CHATS": "7, our group",
        "MOST_FOLLOWS": "0",
        "FEEDS": "/nowhere/my.opml",
        "LISTEN": "8080",
        "LOG_LEVEL": "loud",
        "LOG_FORMAT": "xml",
    }
    with pytest.raises(SettingsError) as caught:
        load(env_file(tmp_path, **wrong))
    lines = str(caught.value).splitlines()
    assert sorted(line.partition(":")[0] for line in lines) == sorted(wrong)
    assert all(line.partition(": ")[2] for line in lines)


def test_no_secret_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        load(env_file(tmp_path, BOT_TOKEN="12:hunter2", SEND_RATE="0"))
    told = f"{caught.value!s} {caught.value!r} {caught.value.__cause__!r}"
    assert "hunter2" not in told
    assert "hunter2" not in repr(caught.value.__context__)
    settings = load(env_file(tmp_path, BOT_TOKEN=TOKEN, DATABASE_URL="postgresql://me:hunter2@h/d"))
    assert TOKEN not in repr(settings)
    assert "hunter2" not in repr(settings)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("90s", 90), ("10m", 600), ("1.5h", 5400), ("500ms", 0.5), ("0", 0), (" 7 S", 7)],
)  # fmt: skip
def test_durations_as_people_write_them(text: str, seconds: float) -> None:
    assert parse_duration(text).total_seconds() == seconds


@pytest.mark.parametrize("text", ["", "m", "-5m", "1 week", "10:00", "nan", "9" * 30 + "d"])
def test_what_is_no_duration(text: str) -> None:
    with pytest.raises(ValueError, match="should be a duration"):
        parse_duration(text)


@pytest.mark.parametrize("listen", ["localhost", "localhost:", ":80", "localhost:99999", "h:²"])
def test_where_nobody_can_listen(tmp_path: Path, listen: str) -> None:
    with pytest.raises(SettingsError, match="LISTEN"):
        load(env_file(tmp_path, LISTEN=listen))


@pytest.mark.parametrize(
    "listen", ["0.0.0.0:80", "[::]:80", "192.168.0.7:80", "example.org:80", "[::1]:80", "::1:80"]
)
def test_it_listens_on_this_machine_alone(tmp_path: Path, listen: str) -> None:
    with pytest.raises(SettingsError, match="LISTEN: should be on this machine alone"):
        load(env_file(tmp_path, LISTEN=listen))


@pytest.mark.parametrize("listen", ["127.0.0.1:80", "localhost:80"])
def test_names_of_this_machine(tmp_path: Path, listen: str) -> None:
    assert load(env_file(tmp_path, LISTEN=listen)).port == 80


@pytest.mark.parametrize(
    ("listed", "chats"),
    [
        ("", set()),
        (" , ", set()),
        ("7", {7}),
        ("7, -1001234567890 ,@Our_Group", {7, -1001234567890, "@our_group"}),
        ("@abcd,7,7", {"@abcd", 7}),
    ],
)
def test_chats_are_listed_by_id_or_name(
    monkeypatch: pytest.MonkeyPatch, listed: str, chats: set[int | str]
) -> None:
    monkeypatch.setenv("ALLOWED_CHATS", listed)
    assert load(env_file=None).allowed_chats == chats


@pytest.mark.parametrize(
    "listed", ["our_group", "7;8", "@x", "@our group", "0", "-", "07", "1.5", "[7]", "@über_uns"]
)
def test_what_names_no_chat(monkeypatch: pytest.MonkeyPatch, listed: str) -> None:
    monkeypatch.setenv("ALLOWED_CHATS", f"7,{listed}")
    with pytest.raises(SettingsError, match="ALLOWED_CHATS: should list chats by id or @name"):
        load(env_file=None)


def test_wikimedia_is_told_whom_to_contact() -> None:
    agent = load(env_file=None, wikimedia_contact="me@example.org").user_agent
    assert agent == f"Dateline/{version('dateline-bot')} (me@example.org) python-httpx"


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("DATABASE_URL", "mysql://x", "sqlite:///"),
        ("WIKIMEDIA_CONTACT", "Jörg@example.org", "plain ASCII"),
        ("WIKIMEDIA_CONTACT", "a\nb", "plain ASCII"),
        ("WIKIMEDIA_RATE", "59", "60 or more"),
        ("WIKIMEDIA_RATE", "1.5", "should be a whole number"),
        ("PREVIEWS", "maybe", "should be yes or no"),
        ("SEND_RATE", "fast", "should be a number"),
        ("SEND_RATE", "0", "should be more than 0"),
        ("SEND_RATE", "1001", "should be 1000 or less"),
        ("MOST_FOLLOWS", "0", "should be 1 or more"),
        ("EVENT_MERGE", "1", "should be less than 1"),
        ("LOG_LEVEL", "loud", "should be 'debug', 'info', 'warning' or 'error'"),
        ("FEEDS", ".", "can't be read: Is a directory"),
        ("FEEDS", "~nobody-of-this-name/x.opml", "can't be read: there is no such home"),
    ],
)
def test_what_could_never_work_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, says: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=f"{name}: .*{says}"):
        load(env_file=None)


def test_mistyped_names_of_the_file_are_known(tmp_path: Path) -> None:
    path = env_file(
        tmp_path, BOT_TOKN="x", admin_chat="7", SEND_RATE="7", PATH="/bin", COMPOSE_FILE="a.yml"
    )
    assert mistyped(path, {}) == [
        "BOT_TOKN in .env is no setting: is BOT_TOKEN meant?",
        "ADMIN_CHAT in .env is no setting: is ADMIN_CHATS meant?",
    ]
    assert mistyped(tmp_path / "nothing", {}) == []


def test_mistyped_names_of_the_environment_are_known(tmp_path: Path) -> None:
    environment = {"ALOWED_CHATS": "7", "DATABASE_URL": "x", "TEST_DATABASE_URL": "y", "FEED": "z"}
    assert mistyped(tmp_path / "nothing", environment) == [
        "ALOWED_CHATS in the environment is no setting: is ALLOWED_CHATS meant?"
    ]


def test_an_interval_is_named_as_one_writes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WIKIMEDIA_RATE", "1")
    with pytest.raises(SettingsError, match=r"60 or more, for a POLL_INTERVAL of 60s \(it is"):
        load(env_file=None)


def test_a_list_of_feeds_may_be_at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "my.opml").write_text("")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert load(env_file(tmp_path, FEEDS="~/my.opml")).feeds == str(tmp_path / "my.opml")


def test_mistyped_names_are_told_with_wrong_settings(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        load(env_file(tmp_path, SEND_RATE="0", BOT_TOKENN="x"))
    assert str(caught.value).splitlines() == [
        "SEND_RATE: should be more than 0 (it is '0')",
        "BOT_TOKENN in .env is no setting: is BOT_TOKEN meant?",
    ]


@pytest.mark.parametrize(
    ("listed", "reason"),
    [
        ("@x", "@x is no @name: that has 4 to 32 letters of a to z, digits or _, and begins"),
        ("our_group", "our_group is neither"),
    ],
)
def test_why_a_chat_is_none_is_told(
    monkeypatch: pytest.MonkeyPatch, listed: str, reason: str
) -> None:
    monkeypatch.setenv("ADMIN_CHATS", f"7, {listed}")
    with pytest.raises(SettingsError, match=f"ADMIN_CHATS: .*, and {reason}"):
        load(env_file=None)
