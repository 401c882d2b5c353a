"""Holds both halves of an exchange to the vendor's own API document, strangers included."""

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import httpx2
from openapi_core import OpenAPI
from openapi_core.datatypes import RequestParameters
from tests.contracts.forms import unform
from werkzeug.datastructures import Headers, ImmutableMultiDict

Json = dict[str, Any]
METHODS = ("get", "put", "post", "delete", "patch")
FORM = "application/x-www-form-urlencoded"
JSON = "application/json"


class Undocumented(AssertionError):
    """A path, a parameter or a field that the document does not know."""


class Contract:
    """A document, or its file, answering for `server`. Expensive to load: one for each of them and run of the tests."""

    def __init__(self, file: Path | Json, server: str):
        self.server = server
        self.document: Json = json.loads(file.read_text("utf-8")) if isinstance(file, Path) else file
        self.document["servers"] = [{"url": server}]
        for item in self.document["paths"].values():
            for operation in (item[method] for method in METHODS if method in item):
                content = operation.get("requestBody", {}).get("content", {})
                if FORM in content:  # a form is held to its schema as the JSON it stands for
                    content[JSON] = content.pop(FORM)
        self.openapi = OpenAPI.from_dict(self.document)
        self._asked: dict[bytes, Asked] = {}
        self._answered: set[bytes] = set()

    def hold(self, request: httpx2.Request) -> "Asked":
        """Nothing when the document allows this request; an error that names what it does not. What was allowed once,
        letter for letter, is not read again: rigs of many tests ask the same."""
        letters = _letters(request.method, str(request.url), request.headers, request.content)
        if letters not in self._asked:
            self._asked[letters] = self._hold(Asked(request, self.server))
        return self._asked[letters]

    def hold_answer(self, asked: "Asked", response: httpx2.Response, content: bytes) -> None:
        """The same for the answer."""
        letters = _letters(f"{asked.method} {response.status_code}", asked.path, response.headers, content)
        if letters not in self._answered:
            self._hold_answer(asked, response, content)
            self._answered.add(letters)

    def _hold(self, asked: "Asked") -> "Asked":
        operation = self._operation(asked)
        schema = operation.get("requestBody", {}).get("content", {}).get(JSON, {}).get("schema", {})
        if asked.content_type == FORM:
            fields = self._typed(schema, unform(parse_qsl((asked.body or b"").decode(), keep_blank_values=True)))
            asked.content_type, asked.body = JSON, json.dumps(fields).encode()
        known = self.openapi.unmarshal_request(asked)
        known.raise_for_errors()
        bracketed = self._bracketed(operation)
        strangers = [
            f"?{name}"
            for name in asked.parameters.query
            if name not in known.parameters.query and name.split("[")[0] not in bracketed
        ]
        if asked.body:
            strangers += self._strangers(schema, json.loads(asked.body), "body")
        _refuse(asked, strangers)
        return asked

    def _hold_answer(self, asked: "Asked", response: httpx2.Response, content: bytes) -> None:
        self.openapi.validate_response(asked, Answered(response, content))
        answers = self._operation(asked)["responses"]
        answer = self._resolve(answers.get(str(response.status_code)) or answers["default"])
        if content and (media := answer.get("content", {}).get(JSON)):
            _refuse(asked, self._strangers(media.get("schema", {}), json.loads(content), "answer"))

    def _operation(self, asked: "Asked") -> Json:
        fits = [
            template
            for template in self.document["paths"]
            if re.fullmatch(re.sub(r"\{[^}]+\}", "[^/]+", template), asked.path)
        ]
        fits.sort(key=lambda template: template.count("{"))
        item: Json = self.document["paths"][fits[0]] if fits else {}
        if asked.method not in item:
            _refuse(asked, ["no such call"])
        operation: Json = item[asked.method]
        return operation | {"parameters": [*item.get("parameters", []), *operation.get("parameters", [])]}

    def _bracketed(self, operation: Json) -> set[str]:
        """Query parameters that are written with brackets: created[gte], expand[]."""
        loose = ("object", "array", None)
        found = map(self._resolve, operation["parameters"])
        return {one["name"] for one in found if one["in"] == "query" and one["schema"].get("type") in loose}

    def _typed(self, schema: Json, value: Any) -> Any:
        """Text of a form as the number or truth value that the schema asks for."""
        schema = self._resolve(schema)
        kinds = {schema.get("type")} | {self._resolve(part).get("type") for part in schema.get("anyOf", [])}
        known, _, items = self._shape(schema)
        match value:
            case dict():
                return {name: self._typed(known.get(name, {}), inner) for name, inner in value.items()}
            case list():
                return [self._typed(items or {}, inner) for inner in value]
            case "true" | "false" if "boolean" in kinds:
                return value == "true"
            case str() if "integer" in kinds and re.fullmatch("-?[0-9]+", value):
                return int(value)
            case _:
                return value

    def _strangers(self, schema: Json, value: Any, where: str) -> Iterator[str]:
        known, open_ended, items = self._shape(schema)
        if isinstance(value, dict) and known and not open_ended:
            for name, inner in value.items():
                if name not in known:
                    yield f"{where}.{name}"
                else:
                    yield from self._strangers(known[name], inner, f"{where}.{name}")
        elif isinstance(value, list) and items:
            for inner in value:
                yield from self._strangers(items, inner, f"{where}[]")

    def _shape(self, schema: Json) -> tuple[Json, bool, Json | None]:
        """The properties a schema names through allOf, oneOf and anyOf; whether others may be there; its items."""
        schema = self._resolve(schema)
        known, items = dict(schema.get("properties", {})), schema.get("items")
        open_ended = schema.get("additionalProperties", False) not in (False, None)
        for part in (part for word in ("allOf", "oneOf", "anyOf") for part in schema.get(word, [])):
            more, opened, of = self._shape(part)
            known, open_ended, items = known | more, open_ended or opened, items or of
        return known, open_ended, items

    def _resolve(self, node: Json) -> Json:
        while "$ref" in node:
            target: Any = self.document
            for part in node["$ref"].removeprefix("#/").split("/"):
                target = target[part.replace("~1", "/").replace("~0", "~")]
            node = target
        return node


class Checked(httpx2.BaseTransport):
    """Between a client and a twin. Faults belong outside it: a broken answer is the network's doing."""

    def __init__(self, inner: httpx2.BaseTransport, contract: Contract, *, answers: bool, unjudged: str = ""):
        """`unjudged`: paths (a pattern) that the document does not hold."""
        self.inner, self.contract, self.answers, self.unjudged = inner, contract, answers, unjudged

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        request.read()
        if self.unjudged and re.fullmatch(self.unjudged, request.url.path):
            return self.inner.handle_request(request)
        asked = self.contract.hold(request)
        response = self.inner.handle_request(request)
        if self.answers and response.status_code < 400:
            self.contract.hold_answer(asked, response, response.read())
        return response


class Asked:
    """A request in the shape that openapi-core reads."""

    def __init__(self, request: httpx2.Request, server: str):
        self.host_url, self.path = server, request.url.path
        self.method, self.body = request.method.lower(), request.content or None
        self.content_type = request.headers.get("content-type", "").lower().split(";")[0]
        self.parameters = RequestParameters(
            query=ImmutableMultiDict(request.url.params.multi_items()),
            header=Headers(list(request.headers.items())),
        )


class Answered:
    """An answer in the shape that openapi-core reads."""

    def __init__(self, response: httpx2.Response, content: bytes):
        self.status_code, self.data = response.status_code, content or None
        self.content_type = response.headers.get("content-type", "").lower()
        self.headers = Headers(list(response.headers.items()))


def _letters(*said: str | bytes | httpx2.Headers) -> bytes:
    """One name for all of it."""
    return hashlib.sha256(repr([one.raw if isinstance(one, httpx2.Headers) else one for one in said]).encode()).digest()


def _refuse(asked: Asked, strangers: Any) -> None:
    if found := sorted(strangers):
        raise Undocumented(f"{asked.method.upper()} {asked.path}: {', '.join(found)}")
