"""The OpenAPI document: what FastAPI reads off the routes, and every answer that their doors give before and after."""

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute

from deskhand.entrypoints.answers import answers
from deskhand.entrypoints.rights import Door, Needs, Open, leaves

DETAIL = {
    "title": "Detail",
    "type": "object",
    "required": ["detail"],
    "properties": {"detail": {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "object"}}]}},
}
SCHEMES = {
    "token": {"type": "http", "scheme": "bearer", "description": "A token of `deskhand tokens make`."},
    "visitor": {"type": "http", "scheme": "bearer", "description": "A token of the page that holds the chat."},
    "directory": {"type": "http", "scheme": "bearer", "description": "A token of `deskhand tokens make --scim`."},
    "metrics": {"type": "http", "scheme": "bearer", "description": "The token in DESKHAND_METRICS_TOKEN."},
}
OF_DOORS = {
    Door.SYSTEM: (400, 401, 404, 413, 429),
    Door.VISITOR: (401, 403, 404, 413, 429),
    Door.DIRECTORY: (401, 404, 409, 429),
    Door.METRICS: (401,),
}
KEYS = {Door.DIRECTORY: "directory", Door.VISITOR: "visitor", Door.METRICS: "metrics"}


def document(app: FastAPI) -> dict[str, Any]:
    """Made once, and kept."""
    if app.openapi_schema:
        return app.openapi_schema
    made = get_openapi(title=app.title, version=app.version, routes=app.routes)
    made["components"] = {**made.get("components", {}), "securitySchemes": SCHEMES}
    made["components"].setdefault("schemas", {})["Detail"] = DETAIL
    for route in leaves(app.routes):
        if isinstance(route, APIRoute) and route.include_in_schema:
            for method in route.methods or ():
                _complete(made["paths"][route.path_format][method.lower()], route)
    app.openapi_schema = made
    return made


def _complete(operation: dict[str, Any], route: APIRoute) -> None:
    """Add what the route says nothing of itself: who may call, and how everybody else is answered."""
    told = operation["responses"]
    for status in (*_refusals(route), *((422,) if "422" in told else ())):
        known = told.get(str(status))
        if known is None or "HTTPValidationError" in str(known):
            told |= {str(status): one for status, one in answers(status).items()}
    key = _key(route)
    if key:
        operation["security"] = [{key: []}]


def _refusals(route: APIRoute) -> Iterator[int]:
    for one in (depends.dependency for depends in route.dependencies):
        match one:
            case Needs():
                yield from (401, 403, 429)
                if one.of or route.param_convertors:
                    yield 404
            case Open():
                yield from OF_DOORS.get(one.to, ())
            case _:
                pass
    if route.body_field is not None:
        yield from (400, 413, 422)


def _key(route: APIRoute) -> str:
    said = [one.dependency for one in route.dependencies]
    if any(isinstance(one, Needs) for one in said):
        return "token"
    return next((KEYS.get(one.to, "") for one in said if isinstance(one, Open)), "")
