"""A description of Freshdesk's API that we may read and not publish: it judges where the one who runs the tests has it.

It lies in `tests/specs/unpublished/`, which git ignores; see `tests/specs/README.md`.
"""

import json
from functools import cache
from typing import Any

from tests.contracts import rigs
from tests.contracts.contract import Contract

FILE = rigs.SPECS / "unpublished" / "freshdesk-v2.json"
UNJUDGED = r"/api/v2/agents/me|/api/v2/roles|/data/.*"  # not in it
CALLED = (
    "/tickets",
    "/tickets/{ticket_id}",
    "/tickets/{ticket_id}/conversations",
    "/tickets/{ticket_id}/reply",
    "/tickets/{ticket_id}/notes",
    "/contacts",
    "/contacts/{contact_id}",
)


@cache
def freshdesk_document() -> Contract | None:
    """None where the document is not at hand: then nothing but our own twin judges what we send to Freshdesk."""
    if not FILE.is_file():
        return None
    raw: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
    return Contract(_told_in_prose(_nullable(raw)), rigs.SERVER)


def _nullable(node: Any) -> Any:
    """The document is of OpenAPI 3.1 and says `nullable`, which means nothing there."""
    match node:
        case dict():
            made = {name: _nullable(inner) for name, inner in node.items() if name != "nullable"}
            if node.get("nullable") is True and isinstance(node.get("type"), str):
                made["type"] = [node["type"], "null"]
            return made
        case list():
            return [_nullable(one) for one in node]
        case _:
            return node


def _told_in_prose(document: dict[str, Any]) -> dict[str, Any]:
    """With the part we call, under its whole address; and with what it lacks: the name of who a new ticket is for, that
    nobody and no group can be put in place of somebody and some, and the company's id of a contact, or its end."""
    schemas = document["components"]["schemas"]
    schemas["TicketCreate"]["properties"]["name"] = {"type": "string"}
    schemas["Contact"]["properties"]["unique_external_id"] = {"type": ["string", "null"]}
    schemas["Contact"]["properties"]["deleted"] = {"type": "boolean"}
    for name in ("responder_id", "group_id"):
        schemas["TicketUpdate"]["properties"][name]["type"] = ["integer", "null"]
    return document | {"paths": {f"/api/v2{path}": document["paths"][path] for path in CALLED}}
