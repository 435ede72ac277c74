"""Labelled news: of which texts people say that they tell of the same event."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from bot.core.sentences import split_first
from bot.errors import InputError

TEXTS = ("lead", "full")
LEAST = 20  # texts or pairs: what is found on fewer is chance
_SAME = frozenset({"ok", "same", "true", "yes", "y", "1", "match", "positive", "duplicate"})
_OTHER = frozenset({"bad", "different", "other", "false", "no", "n", "0", "-1", "negative"})
_OTHER |= {"not same", "not_same", "mismatch", "unrelated", "related"}
_MILLISECONDS = 1e11  # from here on a time is no longer one in seconds: that would be in 5138
_YEARS = range(1000, 9000)  # which a window fits around
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


class _Unfit(ValueError):
    """What a line has and cannot be used, as a clause."""


def read_labelled(content: str, text: str) -> Labelled:
    """Lines of ``{id, event, text[, time]}``, or of ``{first, second, label}``.

    ``text``: "full", or "lead" for the first two sentences (of a document with a title:
    the title and two sentences). Where only some documents have a time, the others have that
    of the one before. Raises InputError.
    """
    documents: list[Document] = []
    pairs: list[Pair] = []
    # Not by splitlines, which cuts at characters that JSON's strings may hold.
    for number, line in enumerate(content.split("\n"), 1):
        if not line.strip():
            continue
        try:
            _read_line(json.loads(line), text, documents, pairs)
        except _Unfit as error:
            raise InputError(f"Line {number}: {error}.") from error
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise InputError(
                f"Line {number} is no JSON object of {{id, event, text[, time]}} or of"
                " {first, second, label}: see README, “What an operator can do”."
            ) from error
    if documents and pairs:
        raise InputError("Documents and pairs do not go into one file.")
    if not (documents or pairs):
        raise InputError("There is no labelled news: each line has to be a JSON object.")
    return pairs or list(_timed(documents))


def _timed(documents: Sequence[Document]) -> Iterator[Document]:
    at = next((each.at for each in documents if each.at != _MOMENT), _MOMENT)
    for document in documents:
        at = document.at if document.at != _MOMENT else at
        yield replace(document, at=at)


def _read_line(
    line: Mapping[str, object], text: str, documents: list[Document], pairs: list[Pair]
) -> None:
    if "label" not in line:
        if line["event"] in ("", None):
            raise _Unfit("it names no event")
        documents.append(_document(line, text))
        return
    first, second = (_document(_side(line[key]), text) for key in ("first", "second"))
    pairs.append(Pair(first, second, _is_same(line["label"])))


def _is_same(label: object) -> bool:
    said = str(label).strip().casefold().removesuffix(".0")  # 1.0 is how tables write a 1
    if said in _SAME or said in _OTHER:
        return said in _SAME
    raise _Unfit(f"its label, {json.dumps(label)}, has to be 1 or 0, true or false, same or other")


def _side(value: object) -> Mapping[str, object]:
    return {"text": value} if isinstance(value, str) else dict(value)  # type: ignore[call-overload]  # else the line is refused


def _document(line: Mapping[str, object], text: str) -> Document:
    title, body = str(line.get("title") or ""), line["text"]
    if not isinstance(body, str):
        raise _Unfit("its text is no string")
    shown = lead(body) if text == "lead" else body
    return Document(
        event=str(line.get("event", "")),
        text="\n".join(part for part in (title, shown) if part),
        at=_time(line.get("time")),
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


def _time(said: object) -> datetime:
    """Seconds or milliseconds since 1970, ISO 8601 or RFC 5322; without a zone it is UTC."""
    if said is None or said == "":
        return _MOMENT
    try:
        at = _moment(str(said).strip())
    except (ValueError, OverflowError, OSError) as error:
        raise _unfit_time(said) from error
    if at.year not in _YEARS:
        raise _unfit_time(said)
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _unfit_time(said: object) -> _Unfit:
    return _Unfit(f"its time, {json.dumps(said)}, is none that can be read: use 2017-11-23T10:00Z")


def _moment(said: str) -> datetime:
    try:
        seconds = float(said)
    except ValueError:
        return _written(said)
    if len(said) == len("20171123") and said.isdigit():
        return _written(said)
    return datetime.fromtimestamp(seconds / (1000 if abs(seconds) >= _MILLISECONDS else 1), UTC)


def _written(said: str) -> datetime:
    try:
        return datetime.fromisoformat(said.replace("/", "-").removesuffix(" UTC"))
    except ValueError:
        return parsedate_to_datetime(said)


def orders_of(labelled: Labelled) -> Iterator[Labelled]:
    """The order given, and others where that says nothing."""
    yield labelled
    documents = [each for each in labelled if isinstance(each, Document)]
    if documents and all(document.at == _MOMENT for document in documents):
        for seed in range(2):
            yield random.Random(seed).sample(documents, len(documents))  # noqa: S311  # no secret
