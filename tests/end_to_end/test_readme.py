"""What the README and ``.env.example`` say is what the code does."""

from __future__ import annotations

import re
import shlex
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from typer.main import get_command

from bot.__main__ import cli
from bot.config import Settings
from bot.services.sample import sample_length
from bot.services.sending import IN_FLIGHT
from bot.telegram.texts import commands as texts
from tests.support.commands import Commands, closed_port, dateline
from tests.support.day_pages import bullet, page_text

__all__ = ["closed_port", "dateline"]  # fixtures

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
EXAMPLE = (ROOT / ".env.example").read_text("utf-8")
_SPANS = {"s": 1, "m": 60, "h": 3600}


def table(heading: str) -> list[list[str]]:
    """The rows of the first table under a heading, without its head."""
    section = README.partition(f"# {heading}\n")[2]
    assert section, heading
    lines = section.splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("|"))
    rows = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows


def code(cell: str) -> list[str]:
    """What stands in backticks."""
    return re.findall(r"`([^`]+)`", cell)


def shown(value: Any) -> str:
    """A default as ``.env.example`` writes it."""
    if isinstance(value, timedelta):
        seconds = int(value.total_seconds())
        in_minutes = f"{seconds // 60}m" if seconds < 3600 else f"{seconds // 3600}h"
        return f"{seconds}s" if seconds <= 60 else in_minutes
    if value is None or isinstance(value, bool):
        return {None: "", True: "yes", False: "no"}[value]
    if isinstance(value, frozenset):
        return ",".join(sorted(map(str, value)))
    return str(value).replace("sqlite+aiosqlite:", "sqlite:")


DEFAULTS = {name.upper(): shown(field.default) for name, field in Settings.model_fields.items()}


def test_the_operators_commands_are_those_of_the_code() -> None:
    written = [code(row[0])[0].split()[1] for row in table("What an operator can do")]
    commands = get_command(cli).commands  # type: ignore[attr-defined]
    assert set(written) == set(commands)


def test_their_options_are_those_of_the_code() -> None:
    commands = get_command(cli).commands  # type: ignore[attr-defined]
    written: dict[str, set[str]] = {}
    for row in table("What an operator can do"):
        usage = code(row[0])[0]
        written.setdefault(usage.split()[1], set()).update(re.findall(r"--[a-z-]+", usage))
    for name, options in written.items():
        assert options | {"--json"} == options_of(commands[name]) | {"--json"}, name


def test_calibrate_and_the_readme_name_the_same_forms() -> None:
    (row,) = (row for row in table("What an operator can do") if "calibrate" in row[0])
    written = [form for form in code(row[1]) if form.startswith("{")]
    (file, *_) = get_command(cli).commands["calibrate"].params  # type: ignore[attr-defined]
    assert file.help == f"JSON lines {' or '.join(written)}."


def test_a_crash_repeats_no_more_than_is_sent_at_once() -> None:
    count = {8: "eight"}[IN_FLIGHT]
    assert f"up to {count} (so many are sent at once)" in " ".join(README.split())


def options_of(command: Any) -> set[str]:
    """The options of a command, and of the commands that it has."""
    own = {flag for one in command.params for flag in one.opts if flag[:2] == "--"}
    return own.union(*map(options_of, getattr(command, "commands", {}).values()))


def test_the_commands_of_commands_are_those_of_the_code() -> None:
    commands = get_command(cli).commands  # type: ignore[attr-defined]
    written: dict[str, set[str]] = {}
    for row in table("What an operator can do"):
        usage, *others = (each.split() for each in code(row[0]) if " " in each)
        written.setdefault(usage[1], set()).update([*usage[2:3], *(other[0] for other in others)])
    for name, command in commands.items():
        known = getattr(command, "commands", None)
        assert known is None or written[name] == set(known), name


def test_the_readers_commands_are_those_of_the_chat() -> None:
    rows = [code(row[0]) for row in table("What a reader can say")]
    written = {usage.split()[0] for usages in rows for usage in usages}
    assert written == {f"/{name}" for name in texts.COMMANDS}
    usages = {usage for usages in rows for usage in usages if " " in usage}
    assert usages == set(texts.USAGES.values())


def test_every_setting_is_in_the_example_with_its_default() -> None:
    written = dict(re.findall(r"^([A-Z_]+)=(.*)$", EXAMPLE, re.MULTILINE))
    assert written == DEFAULTS


def test_every_setting_in_the_example_is_explained() -> None:
    lines = EXAMPLE.splitlines()
    for number, line in enumerate(lines):
        if re.match(r"[A-Z_]+=", line):
            assert lines[number - 1].startswith("#") or "=" in lines[number - 1], line


def test_every_setting_is_in_the_readme_with_its_default() -> None:
    written: dict[str, list[str]] = {}
    for names, default, _ in table("Settings"):
        defaults = code(default)
        for place, name in enumerate(code(names)):
            written[name] = defaults[place : place + 1]
    assert set(written) == set(DEFAULTS)
    for name, defaults in written.items():
        assert defaults in ([], [DEFAULTS[name]]), name


def test_the_examples_work(dateline: Commands, tmp_path: Path) -> None:
    day = date(2017, 11, 23)
    names = [f"Ann Sample {number}" for number in range(20)]
    told = [
        bullet(f"[[{name}]] speaks.", ("Wire", f"https://w.example/{name[-2:]}")) for name in names
    ]
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive" / "2017_November_23.txt").write_text(page_text(day, told), "utf-8")
    assert dateline("backfill", "--archive", str(tmp_path / "archive")).code == 0
    examples = re.findall(r"^\$ \.venv/bin/dateline (ask .*)$", README, re.MULTILINE)
    assert len(examples) >= 2
    for example in examples:
        ran = dateline(*shlex.split(example))
        assert (ran.code, ran.err) == (0, ""), example
        assert ran.out.strip(), example


def test_the_sample_week_lasts_as_long_as_is_said() -> None:
    assert f" for {sample_length() // timedelta(minutes=1)} minutes something new happens" in README


def test_the_two_commands_are_there_to_be_copied() -> None:
    for kind in ("run", "test"):
        (line,) = re.findall(rf"^- \*\*{kind}\*\*: `(.*)`$", README, re.MULTILINE)
        assert line.startswith("python3 -m venv .venv && .venv/bin/pip install -e ")
