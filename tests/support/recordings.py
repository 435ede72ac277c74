"""Recordings for replays: one written for this project, and the recorded one where it is."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

from bot.sources.wikipedia import page_name
from tests.support.data import find_data
from tests.support.day_pages import bullet, page_text

START = datetime(2017, 11, 23, tzinfo=UTC)
NAMES = ("Ann Sample", "Bob Example", "Carl Pattern", "Samplia", "Exampleland")
BUSY = (
    "Donald Trump",
    "United States",
    "Syria",
    "Spain",
    "Saudi Arabia",
    "Islamic State of Iraq and the Levant",
)
VERBS = ("visits", "thanks", "meets", "warns", "elects", "leaves")


@dataclass(frozen=True)
class Recording:
    """A file of recorded revisions, and how to replay it."""

    path: Path
    follows: Sequence[str]
    until: str = ""

    @property
    def arguments(self) -> list[str]:
        """For ``dateline replay``."""
        follows = [word for name in self.follows for word in ("--follow", name)]
        until = ["--until", self.until] if self.until else []
        return ["replay", str(self.path), "--hold", "0", "--json", *follows, *until]


def written(folder: Path, hours: int = 60) -> Recording:
    """Made up by chance, always the same: bullets come, are reworded, name somebody else,
    go and return."""
    random = Random(2017)
    path = folder / "written.jsonl"
    pages: dict[date, list[str]] = {}
    with path.open("w", encoding="utf-8") as file:
        for hour in range(hours):
            at = START + timedelta(hours=hour)
            bullets = pages.setdefault(at.date(), [])
            _change(bullets, random, hour)
            line = {
                "polled_at": at.isoformat(),
                "page": page_name(at.date()),
                "text": page_text(at.date(), bullets),
            }
            file.write(json.dumps(line) + "\n")
    return Recording(path, NAMES[:3])


def _change(bullets: list[str], random: Random, hour: int) -> None:
    """An hour at a page: something new, and something else about what is there."""
    place = random.randrange(len(bullets)) if bullets else 0
    match random.choice(["reword", "name", "drop", "keep"]) if bullets else "keep":
        case "reword":
            bullets[place] = bullets[place].replace("again", "once again")
        case "name":
            bullets[place] = bullets[place].replace(" a friend", f" [[{random.choice(NAMES)}]]")
        case "drop" if len(bullets) > 2:
            bullets.pop(place)
    who, other = random.sample(NAMES, 2)
    text = f"[[{who}]] {random.choice(VERBS)} [[{other}]] and a friend again, for case {hour}."
    bullets.append(bullet(text, ("Example News", f"https://news.example/{hour}")))


def recorded() -> Recording | None:
    """Some days of the portal's own, where they are at hand."""
    folder = find_data()
    path = folder / "current_events" / "revisions_2017-11.jsonl" if folder else None
    if path is None or not path.is_file():
        return None
    return Recording(path, BUSY, "2017-11-04T12:00:00Z")
