"""Checks a bot's requests against the Bot API written down as data."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.standin.model import Call, Upload
from tests.support.data import find_data

_ARRAY = "Array of "
_SCALARS: dict[str, tuple[type, ...]] = {
    "Integer": (int,),
    "Float": (int, float),
    "String": (str,),
    "Boolean": (bool,),
}

Fields = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Schema:
    """Methods and types of the Bot API: by name, the fields they have."""

    version: str
    methods: Mapping[str, Fields]
    types: Mapping[str, Fields]
    subtypes: Mapping[str, list[str]]

    @classmethod
    def load(cls, path: Path | None = None) -> Schema:
        """Read the specification; skips the test, saying so, where none is found."""
        folder = find_data()
        found = path or (folder / "telegram" / "api.json" if folder else None)
        if not found or not found.is_file():
            pytest.skip("the Bot API as data is not here: set DATELINE_DATA")
        return cls._read(found)

    @classmethod
    @cache
    def _read(cls, path: Path) -> Schema:
        spec = json.loads(path.read_text("utf-8"))
        return cls(
            version=spec["version"],
            methods={name: _fields(method) for name, method in spec["methods"].items()},
            types={name: _fields(kind) for name, kind in spec["types"].items()},
            subtypes={name: kind.get("subtypes", []) for name, kind in spec["types"].items()},
        )

    def check(self, method: str, params: Mapping[str, Any]) -> list[str]:
        """What is wrong with a request, each problem with its place; [] where nothing is."""
        fields = self.methods.get(method)
        if fields is None:
            return [f"{method}: there is no such method"]
        attached = set(_attachments(params))
        plain = {name: value for name, value in params.items() if name not in attached}
        return self._object(_unpacked(plain, fields), fields, method)

    def check_object(self, kind: str, value: object) -> list[str]:
        """What is wrong with an object of this type, as `check` says it."""
        return self._value(value, kind, kind)

    def _object(self, value: Mapping[str, Any], fields: Fields, place: str) -> list[str]:
        missing = [
            f"{place}: {name} is missing"
            for name, field in fields.items()
            if field["required"] and name not in value
        ]
        unknown = [f"{place}: {name} is not known" for name in value if name not in fields]
        wrong = [
            problem
            for name in value
            if name in fields
            for problem in self._any(value[name], fields[name]["types"], f"{place}.{name}")
        ]
        return missing + unknown + wrong

    def _any(self, value: object, kinds: list[str], place: str) -> list[str]:
        """The problems under the type that fits best."""
        found = [self._value(value, kind, place) for kind in kinds]
        best = min(found, key=len, default=[])
        if best and len(kinds) > 1 and not isinstance(value, dict | list):
            return [f"{place}: {value!r} is none of {', '.join(kinds)}"]
        return best

    def _value(self, value: object, kind: str, place: str) -> list[str]:
        if kind.startswith(_ARRAY):
            return self._array(value, kind.removeprefix(_ARRAY), place)
        if kind in _SCALARS:
            odd = isinstance(value, bool) and kind != "Boolean"
            fits = isinstance(value, _SCALARS[kind]) and not odd
            return [] if fits else [f"{place}: {value!r} is no {kind}"]
        if kind == "InputFile":
            return [] if isinstance(value, Upload) else [f"{place}: {value!r} is no file"]
        if self.subtypes[kind]:
            return self._any(value, self.subtypes[kind], place)
        if not isinstance(value, dict):
            return [f"{place}: {value!r} is no {kind}"]
        return self._object(value, self.types[kind], place)

    def _array(self, value: object, kind: str, place: str) -> list[str]:
        if not isinstance(value, list):
            return [f"{place}: {value!r} is no array"]
        return [
            problem
            for index, item in enumerate(value)
            for problem in self._value(item, kind, f"{place}[{index}]")
        ]


def _fields(thing: Mapping[str, Any]) -> Fields:
    return {field["name"]: field for field in thing.get("fields", [])}


def _attachments(value: object) -> Iterable[str]:
    """The names of the files that the request refers to as `attach://name`."""
    if isinstance(value, str) and value.startswith("attach://"):
        yield value.removeprefix("attach://")
    elif isinstance(value, Mapping):
        yield from _attachments(list(value.values()))
    elif isinstance(value, list):
        for item in value:
            yield from _attachments(item)


def _unpacked(params: Mapping[str, Any], fields: Fields) -> dict[str, Any]:
    """Parameters of a form that are still JSON text, decoded where no text is wanted."""
    return {name: _unpack(value, fields.get(name)) for name, value in params.items()}


def _unpack(value: object, field: dict[str, Any] | None) -> object:
    if not isinstance(value, str) or not field or "String" in field["types"]:
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def violations(calls: Iterable[Call], schema: Schema) -> list[str]:
    """The problems of all logged calls."""
    return [problem for call in calls for problem in schema.check(call.method, call.params)]


@dataclass(frozen=True)
class Caller:
    """Calls methods by plain HTTP: `root` is the address before `/METHOD`."""

    http: httpx.AsyncClient
    root: str

    async def __call__(self, method: str, **params: object) -> dict[str, Any]:
        """The whole answer to a request with a JSON body."""
        response = await self.http.post(f"{self.root}/{method}", json=params)
        body: dict[str, Any] = response.json()
        assert response.status_code == body.get("error_code", 200)
        return body

    async def error(self, method: str, **params: object) -> str:
        """The description of a refusal."""
        body = await self(method, **params)
        assert body["ok"] is False, body
        return str(body["description"])

    async def result(self, method: str, **params: object) -> Any:
        """The result of a call that succeeds."""
        body = await self(method, **params)
        assert body["ok"] is True, body
        return body["result"]
