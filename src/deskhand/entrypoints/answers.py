"""What routes say in the OpenAPI document of their answers beside the usual one, and of a body they read themselves."""

from typing import Any

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
