"""Every setting, read once from the environment and ``.env``; all bad ones named at once."""

from __future__ import annotations

import math
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from difflib import get_close_matches
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic_settings import BaseSettings, DotEnvSettingsSource, NoDecode, SettingsConfigDict

from bot.env_file import ENCODING, unreadable
from bot.errors import SettingsError

_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)?", re.IGNORECASE)
_SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]{20,}")
_LOOPBACK = frozenset({"127.0.0.1", "localhost"})  # what is listened at, by its names
_CHAT_ID = re.compile(r"-?[1-9]\d{0,17}", re.ASCII)
# Bot API: usernames are of letters, digits and underscores; Telegram takes 4 to 32 of them.
_CHAT_NAME = re.compile(r"@[a-z]\w{3,31}", re.ASCII)

_OFF = "off"
_ENV_FILE = Path(".env")
# How much alike two names of settings are, of which one is mistyped: in `.env`, and in the
# environment, where most names are others'.
_ALIKE = 0.8
_ALIKE_IN_ENVIRONMENT = 0.9
# What pydantic finds wrong, in our words; the numbers are those of the setting.
_SHOULD = {
    "bool_parsing": "should be yes or no",
    "int_parsing": "should be a whole number",
    "float_parsing": "should be a number",
    "greater_than": "should be more than {gt:g}",
    "greater_than_equal": "should be {ge:g} or more",
    "less_than": "should be less than {lt:g}",
    "less_than_equal": "should be {le:g} or less",
    "literal_error": "should be {expected}",
}


def parse_duration(text: str) -> timedelta:
    """A duration as people write it: ``90s``, ``10m``, ``1.5h``, ``0`` (seconds alone).

    Raises ``ValueError``.
    """
    match = _DURATION.fullmatch(text.strip())
    if match is None:
        raise ValueError("should be a duration such as 90s, 10m or 1h")
    try:
        return timedelta(seconds=float(match[1]) * _SECONDS[(match[2] or "s").lower()])
    except OverflowError:
        raise ValueError("should be a duration of less than a million years") from None


def _duration(value: Any) -> Any:
    return parse_duration(value) if isinstance(value, str) else value


def _web_address(value: str) -> str:
    if not re.fullmatch(r"https?://[^\s/]+\S*", value):
        raise ValueError("should be an address that begins with http:// or https://")
    return value.rstrip("/")


def _web_address_if_any(value: str) -> str:
    return _web_address(value) if value else value


def _listen(value: str) -> str:
    host, _, port = value.rpartition(":")
    if not host or not port.isdigit() or int(port) > 65535:
        raise ValueError("should be HOST:PORT such as 127.0.0.1:8080")
    if host.lower() not in _LOOPBACK:
        raise ValueError("should be on this machine alone: 127.0.0.1:8080 or localhost:8080")
    return value


def _database(value: str) -> str:
    if not re.match(r"(sqlite|postgres(ql)?)(\+\w+)?://", value):
        raise ValueError("should begin with sqlite:/// or postgresql://")
    return value


def _header_text(value: str) -> str:
    if not (value.isascii() and value.isprintable()):
        raise ValueError("should be plain ASCII: it goes into the header of each request")
    return value


def _chats(value: Any) -> Any:
    """Chats as they are listed: ids as numbers, names in lower case with their @."""
    if not isinstance(value, str):
        return value
    listed = [one.strip().lower() for one in value.split(",")]
    return frozenset(_chat(one) for one in listed if one)


def _chat(listed: str) -> int | str:
    if _CHAT_ID.fullmatch(listed):
        return int(listed)
    if _CHAT_NAME.fullmatch(listed):
        return listed
    name = "4 to 32 letters of a to z, digits or _, and begins with a letter"
    wrong = f"is no @name: that has {name}" if listed.startswith("@") else "is neither"
    raise ValueError(
        "should list chats by id or @name, such as 123456, -1001234567890, @our_group, and "
        f"{listed} {wrong}"
    )


Duration = Annotated[timedelta, BeforeValidator(_duration)]
Chats = Annotated[frozenset[int | str], NoDecode, BeforeValidator(_chats)]
# None: as calibrated.
Likeness = Annotated[
    Annotated[float, Field(gt=0, lt=1)] | None,
    BeforeValidator(lambda value: None if value == "" else value),
]
WebAddress = Annotated[str, AfterValidator(_web_address)]


class Settings(BaseSettings):
    """What the operator decides. ``.env.example`` explains each; names are the same."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding=ENCODING, extra="ignore")

    bot_token: str = Field("", repr=False)
    telegram_api_url: WebAddress = "https://api.telegram.org"
    database_url: Annotated[str, AfterValidator(_database)] = Field(
        "sqlite:///dateline.db", repr=False
    )
    wikipedia_api_url: WebAddress = "https://en.wikipedia.org/w/api.php"
    wikidata_api_url: WebAddress = "https://www.wikidata.org/w/api.php"
    wikimedia_contact: Annotated[str, AfterValidator(_header_text)] = ""
    poll_interval: Duration = timedelta(seconds=60)
    wikimedia_rate: int = Field(120, ge=1, le=100_000, validate_default=True)
    alert_hold: Duration = timedelta(minutes=10)
    send_rate: float = Field(30, gt=0, le=1000)
    allowed_chats: Chats = frozenset()  # empty: everybody
    admin_chats: Chats = frozenset()
    feeds: str = ""  # the bundled list
    previews: bool = True
    allow_private_addresses: bool = False
    event_window: Duration = timedelta(hours=72)
    event_likeness: Likeness = None
    event_merge: Likeness = None
    most_follows: int = Field(200, ge=1, le=100_000)
    source_url: Annotated[str, AfterValidator(_web_address_if_any)] = ""
    listen: Annotated[str, AfterValidator(_listen)] = "127.0.0.1:8080"
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_format: Literal["text", "json"] = "text"

    @property
    def admitted(self) -> Chats:
        """Whom the bot talks to; none named: everybody. Who manages the sources is among them."""
        return self.allowed_chats | self.admin_chats if self.allowed_chats else frozenset()

    @property
    def reads_no_feeds(self) -> bool:
        """Whether FEEDS is off."""
        return self.feeds.strip().lower() == _OFF

    @property
    def names_own_list(self) -> bool:
        """Whether FEEDS names a file: then its news is wanted, whatever else there is not."""
        return bool(self.feeds) and not self.reads_no_feeds

    @field_validator("bot_token")
    @classmethod
    def _is_token(cls, value: str) -> str:
        if value and not _TOKEN.fullmatch(value):
            raise ValueError("should look like 123456:ABC-DEF…, as @BotFather gave it")
        return value

    @field_validator("feeds")
    @classmethod
    def _is_readable(cls, value: str) -> str:
        if not value or value.strip().lower() == _OFF:
            return value
        try:
            path = Path(value).expanduser()
            path.open("rb").close()
        except OSError as error:
            raise ValueError(f"can't be read: {error.strerror}") from None
        except RuntimeError:  # a user's that is not known here
            raise ValueError("can't be read: there is no such home") from None
        return str(path)

    @field_validator("log_level", "log_format", mode="before")
    @classmethod
    def _lower(cls, value: Any) -> Any:
        return value.lower() if isinstance(value, str) else value

    @field_validator("event_window")
    @classmethod
    def _some_hours(cls, value: timedelta) -> timedelta:
        if not timedelta(hours=1) <= value <= timedelta(days=30):
            raise ValueError("should be from 1h to 30d")
        return value

    @field_validator("poll_interval")
    @classmethod
    def _not_too_often(cls, value: timedelta) -> timedelta:
        if value < timedelta(seconds=10):
            raise ValueError("should be 10s or more: Wikimedia asks for patience")
        return value

    @field_validator("wikimedia_rate")
    @classmethod
    def _enough_to_poll(cls, value: int, others: ValidationInfo) -> int:
        interval = others.data.get("poll_interval")
        if interval and value < (polls := math.ceil(timedelta(hours=1) / interval)):
            seconds = f"{interval.total_seconds():g}s"
            raise ValueError(f"should be {polls} or more, for a POLL_INTERVAL of {seconds}")
        return value

    @property
    def port(self) -> int:
        """Where to listen: the port."""
        return int(self.listen.rpartition(":")[2])

    @property
    def user_agent(self) -> str:
        """Who asks, as Wikimedia's User-Agent policy wants it."""
        contact = self.wikimedia_contact or "no contact given by its operator"
        return f"Dateline/{version('dateline-bot')} ({contact}) python-httpx"


def load(env_file: Path | None = _ENV_FILE, **given: Any) -> Settings:
    """The settings from the environment and ``env_file``, what is ``given`` going first.

    Raises ``SettingsError``, which names every line of the file that can't be read, else every
    setting that is wrong, and with these every mistyped name.
    """
    if env_file and (lines := unreadable(env_file, _names())):
        raise SettingsError("\n".join(lines))
    try:
        return Settings(_env_file=env_file, **given)  # type: ignore[call-arg]  # not a field
    except ValidationError as error:
        complaints = [_complaint(each) for each in error.errors()]
    # Outside, so that no trace leads on to the original, which quotes the token.
    raise SettingsError("\n".join([*complaints, *mistyped(env_file)]))


def mistyped(
    env_file: Path | None = _ENV_FILE, environment: Mapping[str, str] | None = None
) -> list[str]:
    """A sentence for each name in ``env_file`` and the ``environment`` (this process's own) that
    is no setting but looks like one."""
    listed = DotEnvSettingsSource(Settings, env_file=env_file).env_vars
    around = os.environ if environment is None else environment
    return [
        *_alike(listed, "in .env", _ALIKE),
        *_alike(around, "in the environment", _ALIKE_IN_ENVIRONMENT),
    ]


def _alike(names: Iterable[str], where: str, alike: float) -> Iterator[str]:
    settings = _names()
    for name in map(str.upper, names):
        near = get_close_matches(name, settings, n=1, cutoff=alike)
        if near and name not in settings:
            yield f"{name} {where} is no setting: is {near[0]} meant?"


def _names() -> list[str]:
    return [name.upper() for name in Settings.model_fields]


def _complaint(error: Mapping[str, Any]) -> str:
    name = str(error["loc"][0]).upper() if error["loc"] else "settings"
    should = _SHOULD.get(error["type"], "").format(**error.get("ctx", {}))
    message = should or str(error["msg"]).removeprefix("Value error, ")
    shown = "" if name in ("BOT_TOKEN", "DATABASE_URL") else f" (it is {error['input']!r})"
    return f"{name}: {message}{shown}"
