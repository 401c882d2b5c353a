"""The OpenAPI document: what FastAPI reads off the routes, and every answer that their doors give before and after."""

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute

from deskhand.entrypoints.rights import Door, Needs, Open, leaves

WHY = {
    400: "It cannot be read. Nothing was done.",
    401: "Nobody is let in by what was sent.",
    403: "Whoever calls may not do this. Nothing was done.",
    404: "There is no such thing, or it is not for whoever calls.",
    409: "It cannot be done as things stand. Nothing was done.",
    413: "It is larger than is taken. Nothing was done.",
    422: "What was sent makes no sense here. Nothing was done.",
    415: "It is none of the kinds that are taken. Nothing was done.",
    429: "Too often. Nothing was done; `Retry-After` says when to try again.",
    503: "The database does not answer.",
    502: "Another system did not answer.",
}
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
    Door.SYSTEM: (400, 401, 404, 413),
    Door.VISITOR: (401, 403, 404, 413, 429),
    Door.DIRECTORY: (401, 404, 409),
    Door.METRICS: (401,),
}
KEYS = {Door.DIRECTORY: "directory", Door.VISITOR: "visitor", Door.METRICS: "metrics"}


OBJECT = {"application/json": {"schema": {"type": "object"}}}
REF = {"$ref": "#/components/schemas/Detail"}


def answers(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """For `responses` of a route: what it answers beside its usual one."""
    told = {"application/json": {"schema": REF}}
    return {
        status: {"description": WHY.get(status, "Done."), "content": OBJECT if status < 400 else told}
        for status in statuses
    }


def body_of(media: str) -> dict[str, Any]:
    """For `openapi_extra` of a route that reads its body itself."""
    schema = {} if media == "application/json" else {"type": "string", "format": "binary"}
    return {"requestBody": {"required": True, "content": {media: {"schema": schema}}}}


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
                yield from (401, 403)
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
