"""Changing the status of an issue: not set, but reached by one of the ways that its workflow offers now."""

from typing import Any

from deskhand.connectors.http.wire import Wire
from deskhand.connectors.jira.door import understood
from deskhand.connectors.jira.words import Words
from deskhand.domain.errors import Invalid
from deskhand.domain.ticket import Status

# A workflow may lead to several statuses that are the same to us; what is called off is not solved.
FIRST = ("resolved", "done", "completed", "waiting for support", "waiting for customer", "open", "in progress")
LAST = ("canceled", "cancelled", "declined", "won't do", "duplicate")
Json = dict[str, Any]


@understood("list of transitions")
def way_to(wire: Wire, issue: str, status: Status, words: Words) -> Json:
    """What to post to the transitions of this issue (a path). `Invalid` when no way leads there from where it is."""
    offered = wire.read(f"{issue}/transitions", expand="transitions.fields")["transitions"]
    ways = [one for one in offered if words.status(one.get("to")) is status and one.get("isAvailable", True)]
    if not ways:
        raise Invalid(f"The workflow of Jira offers no way to {status} from here: nothing was changed.")
    way = min(ways, key=lambda one: _rank(one, words))
    asked: Json = {"transition": {"id": str(way["id"])}}
    resolution = _resolution(way)
    return asked | ({"fields": {"resolution": resolution}} if resolution else {})


def _rank(way: Json, words: Words) -> int:
    """What the company named comes first."""
    name = str((way.get("to") or {}).get("name", "")).casefold()
    if name in (one.casefold() for one in words.statuses):
        return -1
    return FIRST.index(name) if name in FIRST else len(FIRST) + (name in LAST)


def _resolution(way: Json) -> Json | None:
    """Where the way asks how it was resolved: done, else the first answer there is."""
    allowed = ((way.get("fields") or {}).get("resolution") or {}).get("allowedValues") or []
    named = [{"name": one["name"]} for one in allowed]
    return next((one for one in named if str(one["name"]).casefold() == "done"), named[0] if named else None)
