"""A file of settings is taken as it was meant, or refused: no line of it is passed over."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.config import load
from bot.errors import SettingsError


def refused(path: Path, content: bytes) -> list[str]:
    """What is said of a file with this content."""
    path.write_bytes(content)
    with pytest.raises(SettingsError) as caught:
        load(path)
    return str(caught.value).splitlines()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / ".env"


def test_lines_that_are_no_settings_are_named(path: Path) -> None:
    content = b"# who may use it\n\nALLOWED_CHATS: 42\nSEND_RATE=7\n\n\nMOST FOLLOWS=7\n=8\n"
    assert refused(path, content) == [
        ".env, line 3: write NAME=value.",
        ".env, line 7: write NAME=value.",
        ".env, line 8: write NAME=value.",
    ]


def test_a_setting_without_its_value_is_named(path: Path) -> None:
    assert refused(path, b"COMPOSE_PROFILES\nbot_token\n") == [".env, line 2: write NAME=value."]


def test_a_quote_that_is_not_closed_is_named(path: Path) -> None:
    assert refused(path, b"FEEDS='off\nSEND_RATE=7\n") == [".env, line 1: write NAME=value."]


def test_no_secret_is_told(path: Path) -> None:
    assert "hunter2" not in "".join(refused(path, b"BOT_TOKEN: 12:hunter2\n"))


def test_what_is_no_utf8_is_refused(path: Path) -> None:
    assert refused(path, "WIKIMEDIA_CONTACT=Jörg\n".encode("latin-1")) == [
        ".env is not UTF-8: save it as such."
    ]


def test_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / ".env").mkdir()
    with pytest.raises(SettingsError, match=r"^\.env can't be read: Is a directory\.$"):
        load(tmp_path / ".env")


def test_the_mark_that_editors_put_in_front_is_passed_over(path: Path) -> None:
    path.write_bytes(b"\xef\xbb\xbfSEND_RATE=7\n")
    assert load(path).send_rate == 7


def test_what_the_example_shows_is_taken(path: Path) -> None:
    example = Path(__file__).parents[2] / ".env.example"
    path.write_bytes(example.read_bytes() + b"\nexport SEND_RATE = '7' # more\n")
    assert load(path).send_rate == 7
