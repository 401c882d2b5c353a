"""Suggestions that are the same, approved by one click: the one text is read, and each is decided by itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Query, Request
from fastapi.responses import HTMLResponse

from deskhand.bootstrap import Installation
from deskhand.domain.rights import Right
from deskhand.domain.suggestion import Person, Suggestion, SuggestionState
from deskhand.entrypoints.people import Caller
from deskhand.entrypoints.rights import needs
from deskhand.entrypoints.web.card import card
from deskhand.entrypoints.web.forms import Author
from deskhand.entrypoints.web.frame import page
from deskhand.workflows.alike import MOST, groups, shape
from deskhand.workflows.settle_decision import Decided, decide

router = APIRouter(include_in_schema=False)
OLDEST = 200  # suggestions among which the same ones are looked for: a page must not read a whole queue
OTHER = Decided(False, "It is not the same as the first: open it, and decide it by itself. Nothing was sent.")
Id = Annotated[str, Query(max_length=64)]


@dataclass(frozen=True)
class Offer:
    """Suggestions that are the same: `first` is the one to read."""

    first: str
    number: int


def offers(installation: Installation) -> list[Offer]:
    """For the queue of what is to be decided."""
    with installation.store.begin() as tx:
        found = groups(tx.suggestions.pending(limit=OLDEST))
    return [Offer(one[0].id, len(one)) for one in found]


@router.get("/alike", dependencies=[needs(Right.BULK, whole=True)])
def alike(request: Request, caller: Caller, first: Id) -> HTMLResponse:
    """The text of the first, and whose the others are."""
    installation: Installation = request.app.state.installation
    with installation.store.begin() as tx:
        own = tx.suggestions.get(first)
        found = [one for one in groups(tx.suggestions.pending(limit=OLDEST)) if own and shape(one[0]) == shape(own)]
        if found:
            tx.suggestions.show(found[0][0].id, caller.id, installation.desk.clock())
    return _page(request, caller, found[0] if found else (), {})


@router.post("/alike", dependencies=[needs(Right.BULK, whole=True)])
def approve_all(
    request: Request,
    caller: Author,
    one: Annotated[list[str], Form(max_length=MOST)],
) -> HTMLResponse:
    """`one`: id and digest of each, the one that was read first. Whatever has changed meanwhile is left as it is."""
    installation: Installation = request.app.state.installation
    asked = [(id, seen) for id, _, seen in (each.partition(":") for each in dict.fromkeys(one))]
    with installation.store.begin() as tx:
        known = [(tx.suggestions.get(id), seen) for id, seen in asked]
    found = [(suggestion, seen) for suggestion, seen in known if suggestion is not None]
    if len(found) != len(asked):
        raise HTTPException(404, "One of these suggestions does not exist. Nothing was sent.")
    read = shape(found[0][0])
    if read is None:
        raise HTTPException(422, "What acts, or wants a role, is decided by itself. Nothing was sent.")
    decided = {
        each.id: _decided(installation, each, seen, caller) if shape(each) == read else OTHER for each, seen in found
    }
    return _page(request, caller, [each for each, _ in found], decided)


def _decided(installation: Installation, suggestion: Suggestion, seen: str, caller: Person) -> Decided:
    desk = installation.desk
    approved = SuggestionState.APPROVED
    return decide(
        installation.store,
        suggestion.id,
        approved,
        caller,
        seen=seen,
        text="",
        now=desk.clock(),
        adverse=desk.adverse,
    )


def _page(
    request: Request, caller: Person, suggestions: Sequence[Suggestion], decided: dict[str, Decided]
) -> HTMLResponse:
    """Before the click and after it."""
    values = {
        "card": card(suggestions[0], {}, teaches=False) if suggestions else None,
        "suggestions": suggestions,
        "decided": decided,
        "stand": sum(one.stands for one in decided.values()),
    }
    return page(request, caller, "alike.html", values)
