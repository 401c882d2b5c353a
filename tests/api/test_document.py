"""The OpenAPI document, asked whole with hostile values as each role: nothing breaks, and it says what is answered.

The small form of tests/openapi, which asks far more.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree
from typing import Any
from urllib.parse import quote

import pytest
from openapi_core import OpenAPI
from tests.api.test_rights import limited
from tests.api.visitor import bearer
from tests.stories.lumen import Lumen, opened

from deskhand.domain.rights import LADDER

ENDLESS = "/widget/conversations/{id}/events"
TEXTS = (
    "",
    "x",
    "\x00",
    "a\x00b",
    "\ud800",
    "\ud7ff\U0001f600",
    "%00",
    "../..",
    "' or 1=1 --",
    "{{7*7}}",
    "9" * 400,
    "é" * 3000,
)
NUMBERS = (0, -1, 1, 2**31, 2**63, 10**40, 1.5)
HOSTILE: tuple[Any, ...] = (*TEXTS, *NUMBERS, None, True, [], {}, [[]], {"a": {"\x00": "\x00"}})


@dataclass(frozen=True)
class Operation:
    method: str
    path: str
    spec: dict[str, Any]

    def asked(self, number: int) -> tuple[str, dict[str, str]]:
        """The address and query of its so-manieth question."""
        path, query = self.path, dict[str, str]()
        for shift, one in enumerate(self.spec.get("parameters", [])):
            value = str(TEXTS[(number + shift) % len(TEXTS)]) or "-"
            if one["in"] == "path":
                path = path.replace(f"{{{one['name']}}}", quote(value, safe="", errors="surrogatepass"))
            else:
                query[one["name"]] = str(HOSTILE[(number + shift) % len(HOSTILE)]).replace("\ud800", "\ufffd")
        return path, query


@pytest.fixture(scope="module")
def desk(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lumen]:
    with opened(copytree(prepared, tmp_path_factory.mktemp("document") / "desk"), limited, finished=True) as made:
        yield made


@pytest.fixture(scope="module")
def document(desk: Lumen) -> dict[str, Any]:
    found: dict[str, Any] = desk.http.get("/openapi.json").json()
    return found


def operations(document: dict[str, Any]) -> list[Operation]:
    every = [(path, method, spec) for path, found in document["paths"].items() for method, spec in found.items()]
    return [Operation(method.upper(), path, spec) for path, method, spec in every if path != ENDLESS]


def body(document: dict[str, Any], spec: dict[str, Any], number: int) -> Any:
    """Of the shape that is asked for, with hostile values in it."""
    content = spec.get("requestBody", {}).get("content", {}).get("application/json")
    if content is None:
        return None
    schema = content["schema"]
    if "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    names = sorted(schema.get("properties", {}))
    whole = {name: HOSTILE[(number + shift) % len(HOSTILE)] for shift, name in enumerate(names)}
    return whole if names and number % 3 else HOSTILE[number % len(HOSTILE)]


@pytest.mark.parametrize("who", ["nobody", *LADDER])
def test_nothing_breaks_and_every_answer_is_in_the_document(desk: Lumen, document: dict[str, Any], who: str) -> None:
    headers = {} if who == "nobody" else bearer(desk, f"the {who}")
    faults = []
    for one in operations(document):
        for number in range(0, len(HOSTILE), 1 if who == "admin" else 3):
            path, query = one.asked(number)
            sent = body(document, one.spec, number)
            content = None if sent is None else json.dumps(sent).encode()
            typed = {"content-type": "application/json"} if content else {}
            answer = desk.http.request(one.method, path, params=query, content=content, headers=headers | typed)
            told = one.spec["responses"].get(str(answer.status_code))
            # A slash in a value leads to another route, or to none.
            if told is None and not (answer.status_code in (404, 405) and "%2F" in path):
                faults.append(f"{one.method} {one.path} answered {answer.status_code} to {path} {query} {sent!r:.200}")
    assert faults == []


def test_the_document_is_one(document: dict[str, Any]) -> None:
    OpenAPI.from_dict(document).check_spec()
    asked = operations(document)
    unsaid = [one for one in asked if "security" not in one.spec]
    assert {one.path for one in unsaid} == {"/health", "/healthz", "/readyz", "/webhooks/{system}", "/hooks/{name}"}
