"""docs/api.md: every address of the API, from the OpenAPI document that the server itself gives at /openapi.json."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from docs.site.markdown import table
from fastapi import FastAPI

from deskhand import __version__
from deskhand.domain.rights import Right
from deskhand.entrypoints.api.app import API, CHAT
from deskhand.entrypoints.api.document import document
from deskhand.entrypoints.rights import Door, stated

HEAD = """# API

Made from the OpenAPI document by `make reference`; a running desk gives that document at `/openapi.json`. A person
calls with `Authorization: Bearer TOKEN`, where the token is of `deskhand tokens make` ([people.md](people.md)); what
each right is, and which role has it, is told there. A refusal is JSON with `detail`, and says what was not done. What
is too large gets a 413.
"""
Json = Mapping[str, Any]
CONVERTOR = re.compile(r"(?<=[a-z]):[a-z]+(?=\})")  # {key:path} is {key} in the document


def page() -> str:
    app = FastAPI(title="Deskhand", version=__version__)
    app.router.routes.clear()
    for module in (*API, *CHAT):
        app.include_router(module.router)
    made = document(app)
    wanted = {(method, CONVERTOR.sub("", path)): one for (method, path), one in stated(app.routes).items()}
    lines = [HEAD]
    for path in sorted(made["paths"]):
        for method, operation in made["paths"][path].items():
            lines += [f"## {method.upper()} {path}", "", *_told(operation, wanted[method.upper(), path], made)]
    return "\n".join(lines).rstrip() + "\n"


def _told(operation: Json, wanted: Right | Door, made: Json) -> Iterator[str]:
    about = str(operation.get("description") or operation["summary"]).split("\n\n")[0]
    who = f"Who has the right `{wanted.value}`." if isinstance(wanted, Right) else f"Open to {wanted.value}."
    yield from (" ".join(about.split()), "", who, "")
    yield from table(("given", "where", "type", ""), [*_parameters(operation), *_body(operation, made)])
    answers = (
        (f"`{status}`", _when(str(one["description"]))) for status, one in sorted(operation["responses"].items())
    )
    yield from table(("answer", "when"), answers)


def _parameters(operation: Json) -> Iterator[tuple[str, str, str, str]]:
    for one in operation.get("parameters", ()):
        yield f"`{one['name']}`", str(one["in"]), _type(one["schema"]), _need(bool(one.get("required")))


def _body(operation: Json, made: Json) -> Iterator[tuple[str, str, str, str]]:
    for schema in (one.get("schema", {}) for one in operation.get("requestBody", {}).get("content", {}).values()):
        whole = _resolved(schema, made)
        for name, field in whole.get("properties", {}).items():
            yield f"`{name}`", "body", _type(field), _need(name in whole.get("required", ()))


def _resolved(schema: Json, made: Json) -> Json:
    if "$ref" not in schema:
        return schema
    found: Json = made["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return found


def _type(schema: Json) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "enum" in schema or "const" in schema:
        return " or ".join(f"`{one}`" for one in schema.get("enum", [schema.get("const")]))
    if either := schema.get("anyOf"):
        return " or ".join(_type(one) for one in either)
    if schema.get("type") == "array":
        return f"list of {_type(schema.get('items', {}))}"
    return str(schema.get("type", "any"))


def _need(needed: bool) -> str:
    return "needed" if needed else ""


def _when(told: str) -> str:
    """FastAPI's own word for what a route does when all is well says nothing."""
    return "As asked." if told == "Successful Response" else told
