"""Labelled news: of which texts people say that they tell of the same event."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.core.sentences import split_first
from bot.errors import InputError

TEXTS = ("lead", "full")
LEAST = 20  # texts or pairs: what is found on fewer is chance
_SAME = frozenset({"ok", "same", "true", "yes", "1"})
_MOMENT = datetime(2000, 1, 1, tzinfo=UTC)  # of documents without a time


@dataclass(frozen=True)
class Document:
    """A text and the event that it tells of, as people labelled it; ``at`` in UTC."""

    event: str
    text: str
    at: datetime
    language: str


@dataclass(frozen=True)
class Pair:
    """Two texts, and whether people say that they tell of the same event."""

    first: Document
    second: Document
    same: bool


Labelled = Sequence[Document] | Sequence[Pair]


def read_labelled(content: str, text: str) -> Labelled:
    """Lines of ``{id, event, text[, time]}``, or of ``{first, second, label}``.

    ``text``: "full", or "lead" for the first two sentences (of a document with a title:
    the title and two sentences). Raises InputError.
    """
    lines = [line for line in content.splitlines() if line.strip()]
    if not lines:
        raise InputError("There is no labelled news: each line has to be a JSON object.")
    documents: list[Document] = []
    pairs: list[Pair] = []
    for number, line in enumerate(lines, 1):
        try:
            _read_line(json.loads(line), text, documents, pairs)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise InputError(
                f"Line {number} is no JSON object of {{id, event, text[, time]}} or of"
                " {first, second, label}: see README, “What an operator can do”."
            ) from error
    if documents and pairs:
        raise InputError("Documents and pairs do not go into one file.")
    return pairs or documents


def _read_line(
    line: Mapping[str, object], text: str, documents: list[Document], pairs: list[Pair]
) -> None:
    if "label" not in line:
        if line["event"] in ("", None):
            raise ValueError("no event")
        documents.append(_document(line, text))
        return
    first, second = (_document(_side(line[key]), text) for key in ("first", "second"))
    pairs.append(Pair(first, second, str(line["label"]).casefold() in _SAME))


def _side(value: object) -> Mapping[str, object]:
    return {"text": value} if isinstance(value, str) else dict(value)  # type: ignore[call-overload]  # else the line is refused


def _document(line: Mapping[str, object], text: str) -> Document:
    title, body = str(line.get("title") or ""), str(line["text"])
    shown = lead(body) if text == "lead" else body
    said_at = line.get("time")
    return Document(
        event=str(line.get("event", "")),
        text="\n".join(part for part in (title, shown) if part),
        at=_MOMENT if said_at is None else _time(said_at),
        language=str(line.get("language") or "en"),
    )


def check_enough(labelled: Labelled) -> None:
    """Raises InputError where thresholds found on this would prove nothing."""
    if len(labelled) < LEAST:
        raise InputError(
            f"Too little labelled news: {len(labelled)} of the {LEAST} lines that it takes."
        )
    sizes = Counter(each.event for each in labelled if isinstance(each, Document))
    judged = {each.same for each in labelled if isinstance(each, Pair)}
    if len(judged) < 2 and (len(sizes) < 2 or max(sizes.values()) < 2):
        raise InputError(
            "The labelled news proves nothing: it takes two texts of one event, and two of"
            " different ones."
        )


def lead(text: str) -> str:
    """The first two sentences of a text."""
    first, rest = split_first(text)
    second, _ = split_first(rest)
    return f"{first} {second}".strip()


def _time(value: object) -> datetime:
    if isinstance(value, int | float):
        return datetime.fromtimestamp(value, UTC)
    at = datetime.fromisoformat(str(value))
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def orders_of(labelled: Labelled) -> Iterator[Labelled]:
    """The order given, and others where that says nothing."""
    yield labelled
    documents = [each for each in labelled if isinstance(each, Document)]
    if documents and all(document.at == _MOMENT for document in documents):
        for seed in range(2):
            yield random.Random(seed).sample(documents, len(documents))  # noqa: S311  # no secret
