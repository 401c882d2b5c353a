"""What each route wants of whoever calls: stated beside its address, checked before anything else is done."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal, assert_never

from fastapi import HTTPException, Request, params
from starlette.routing import BaseRoute, Route

from deskhand.bootstrap import Installation
from deskhand.domain.rights import Right, may, refusal
from deskhand.entrypoints.people import Caller, within

Of = Literal["", "suggestion", "effect"]
LIMITED = "You are limited to some queues, and this is about the whole desk. Nothing was done."
UNKNOWN: dict[Of, str] = {
    "": "",
    "suggestion": "There is no such suggestion. Nothing was sent.",
    "effect": "There is no such effect. Nothing was changed.",
}
BUILT_IN = {"/openapi.json"}  # what FastAPI adds itself: how the API is called, and nothing of anybody


class Door(StrEnum):
    """Who may pass where nobody has to be signed in."""

    ANYBODY = "anybody"
    VISITOR = "a visitor of the company's site, by a token of that page"
    SYSTEM = "a connected system, by its signature"
    ADDRESS = "whoever was sent this address"
    DIRECTORY = "the company's directory, by a token of its own"
    METRICS = "who collects metrics, by a token of its own"


@dataclass(frozen=True)
class Needs:
    """`whole`: it is about the whole desk, and not for who is limited to some queues. Everybody else sees a ticket of
    the address when it is theirs to see; where `of` is told, the address names that, and it is of a ticket."""

    right: Right
    whole: bool = False
    of: Of = ""

    def __call__(self, request: Request, caller: Caller) -> None:
        """403 for who has not this right, 401 for nobody, 404 where the ticket is of another queue."""
        if not may(caller, self.right):
            raise HTTPException(403, refusal(self.right))
        installation: Installation = request.app.state.installation
        limits = within(installation, caller)
        if limits is None:
            return
        if self.whole:
            raise HTTPException(403, LIMITED)
        ticket = self._ticket(request, installation)
        if ticket and not installation.queries.holds(limits, ticket):
            raise HTTPException(404, UNKNOWN[self.of] or f"There is no ticket {ticket[:200]}.")

    def _ticket(self, request: Request, installation: Installation) -> str:
        given = request.path_params
        with installation.store.begin() as tx:
            match self.of:
                case "suggestion":
                    suggestion = tx.suggestions.get(given["id"])
                    return suggestion.ticket if suggestion else ""
                case "effect":
                    effect = tx.ledger.effect(given["key"])
                    return effect.ticket if effect else ""
                case "":
                    return str(given.get("ticket", ""))
                case unexpected:
                    assert_never(unexpected)


@dataclass(frozen=True)
class Open:
    to: Door

    def __call__(self) -> None:
        """Whoever passes is known by the route itself."""


def needs(right: Right, *, whole: bool = False, of: Of = "") -> Any:
    """For `dependencies` of a route: only who has this right. See `Needs`."""
    return params.Depends(Needs(right, whole, of))


def open_to(door: Door) -> Any:
    """For `dependencies` of a route that wants nobody of the desk."""
    return params.Depends(Open(door))


class Unstated(Exception):
    """Routes that do not say, or say twice, what they want. The server must not start with one."""


def stated(routes: Iterable[BaseRoute]) -> dict[tuple[str, str], Right | Door]:
    """By method and path, what each route wants; `Unstated` names those that say nothing."""
    found: dict[tuple[str, str], Right | Door] = {}
    silent: list[str] = []
    for route in leaves(routes):
        if isinstance(route, Route) and route.path in BUILT_IN:
            continue
        asked = [one.dependency for one in getattr(route, "dependencies", ())]
        said = [one for one in asked if isinstance(one, Needs | Open)]
        if not isinstance(route, Route) or len(said) != 1:
            silent.append(str(getattr(route, "path", route)))
            continue
        for method in sorted((route.methods or set()) - {"HEAD"}):
            one = said[0]
            found[method, route.path] = one.right if isinstance(one, Needs) else one.to
    if silent:
        raise Unstated(f"these routes do not state the right that they need: {', '.join(silent)}")
    return found


def leaves(routes: Iterable[BaseRoute]) -> Iterator[BaseRoute]:
    """Every route itself: newer FastAPI keeps a router that was included as one route of the application."""
    for route in routes:
        inner = getattr(route, "original_router", None)
        if inner is None:
            yield route
        else:
            yield from leaves(inner.routes)
