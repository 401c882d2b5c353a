"""The record of a ticket: what was done on it, with receipts and the way back, and its journal line by line."""

from dataclasses import dataclass

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse

from deskhand.bootstrap import Installation
from deskhand.domain.effect import WORDS, Effect
from deskhand.domain.journal_line import JournalLine
from deskhand.domain.merging import MERGED, PARTED
from deskhand.domain.pause import Pause
from deskhand.entrypoints.people import Caller
from deskhand.entrypoints.web.frame import page
from deskhand.execution.kind import NoUndo
from deskhand.workflows.undo import way_back

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class Deed:
    """`why`: why it cannot be taken back, "" when it can."""

    title: str
    effect: Effect
    why: str


@dataclass(frozen=True)
class Switch:
    """Something that can be paused from here: in words, its scope, and the pause that stands on it."""

    words: str
    scope: str
    standing: Pause | None


@router.get("/tickets/{ticket}")
def ticket(ticket: str, request: Request, caller: Caller) -> HTMLResponse:
    installation: Installation = request.app.state.installation
    lines = installation.queries.timeline(ticket)
    if not lines:
        raise HTTPException(404, f"There is no ticket {ticket[:200]}.")
    customer = _customer(installation, ticket, lines)
    values = {
        "ticket": ticket,
        "lines": lines,
        "deeds": deeds(installation, ticket),
        "switches": _switches(installation, ticket, customer),
        "customer": customer,
        "linked": _linked(ticket, lines),
    }
    return page(request, caller, "ticket.html", values)


def deeds(installation: Installation, ticket: str) -> list[Deed]:
    """Everything done on this ticket but what was said."""
    desk = installation.desk
    with installation.store.begin() as tx:
        effects = [one for one in tx.ledger.of_ticket(ticket) if one.action not in WORDS]
    found = []
    for one in effects:
        way = way_back(desk, one, desk.clock())
        title = desk.actions[one.action].title if one.action in desk.actions else one.action
        found.append(Deed(title, one, way.why if isinstance(way, NoUndo) else ""))
    return found


def _switches(installation: Installation, ticket: str, customer: str) -> list[Switch]:
    standing = {one.scope: one for one in installation.queries.pauses()}
    scopes = [("on this ticket", f"ticket:{ticket}")]
    scopes += [("for this customer", f"customer:{customer}")] if customer else []
    return [Switch(words, scope, standing.get(scope)) for words, scope in scopes]


def _customer(installation: Installation, ticket: str, lines: list[JournalLine]) -> str:
    """Whose newest message it is; empty when nobody is known."""
    last = next((line.body["message"] for line in reversed(lines) if line.kind == "message.received"), "")
    with installation.store.begin() as tx:
        return tx.results.customer(ticket, str(last))


def _linked(ticket: str, lines: list[JournalLine]) -> list[tuple[str, str]]:
    """Other tickets with the same matter, and why each is named."""
    found = {}
    for line in lines:
        body = line.body
        if line.kind == "tickets.linked":
            other = body["to"] if body["of"] == ticket else body["of"]
            found[other] = "The same matter"
        elif line.kind in (MERGED, PARTED):
            other = body["into"] if body["ticket"] == ticket else body["ticket"]
            into = f"Merged into by {body['by']}" if body["into"] == ticket else f"Merged by {body['by']} into"
            found[other] = into if line.kind == MERGED else "Parted again from"
        elif line.kind == "conversation.moved":
            found[body.get("to") or body["from"]] = "The conversation moved"
    return list(found.items())
