"""The record of a ticket: what was done on it, with receipts and the way back, and its journal line by line."""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse

from deskhand.bootstrap import Installation
from deskhand.domain.effect import WORDS, Effect
from deskhand.domain.journal_line import JournalLine
from deskhand.domain.merging import MERGED, PARTED
from deskhand.domain.pause import Pause
from deskhand.domain.rights import Right
from deskhand.entrypoints.people import Caller
from deskhand.entrypoints.rights import needs
from deskhand.entrypoints.web.frame import page
from deskhand.execution.kind import NoUndo
from deskhand.workflows.undo import way_back

router = APIRouter(include_in_schema=False)
ENDINGS = {
    "done": "Taken back by {by}: {why}.",
    "refused": "Not taken back, and nothing was changed: {why}.",
    "unsure": "Nobody can tell whether it was taken back ({why}). Look in the other system.",
}


@dataclass(frozen=True)
class Deed:
    """`why`: why it cannot be taken back, "" when it can; `undoing`: somebody asked for that, and it is under way;
    `undone`: how the last such attempt ended, in words."""

    title: str
    effect: Effect
    why: str
    undoing: bool
    undone: str


@dataclass(frozen=True)
class Switch:
    """Something that can be paused from here: in words, its scope, and the pause that stands on it."""

    words: str
    scope: str
    standing: Pause | None


@router.get("/tickets/{ticket}", dependencies=[needs(Right.READ)])
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
        lines = tx.journal.of_ticket(ticket, ["undo.asked", "undo.ended", "run.failed"]) if effects else ()
    found = []
    for one in effects:
        way = way_back(desk, one, desk.clock())
        title = desk.actions[one.action].title if one.action in desk.actions else one.action
        undoing, undone = _undo(lines, one.key)
        found.append(Deed(title, one, way.why if isinstance(way, NoUndo) else "", undoing, undone))
    return found


def _undo(lines: Sequence[JournalLine], key: str) -> tuple[bool, str]:
    """Whether it is being taken back now, and how the last attempt ended."""
    last = next((one for one in reversed(lines) if _about(one, key)), None)
    match last:
        case None:
            return False, ""
        case JournalLine(kind="undo.asked"):
            return True, ""
        case JournalLine(kind="undo.ended"):
            return False, ENDINGS[str(last.body["end"])].format(why=last.body["why"], by=last.body["by"])
        case _:
            return False, f"It was not finished: {last.body['why']}"


def _about(line: JournalLine, key: str) -> bool:
    return line.body.get("key") == key or str(line.body.get("run", "")).rsplit("/", 2)[0] == f"undo/{key}"


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
