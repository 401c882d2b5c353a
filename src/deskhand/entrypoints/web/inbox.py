"""The workspace: queues, one conversation, what the assistant suggests, and what is known of the customer."""

from collections.abc import Mapping, Sequence
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from deskhand.bootstrap import Installation
from deskhand.domain.queue import Filters, QueueRow, View
from deskhand.domain.rights import Right, may
from deskhand.domain.suggestion import Person
from deskhand.entrypoints.people import Caller, within
from deskhand.entrypoints.rights import needs
from deskhand.entrypoints.web.bulk import offers
from deskhand.entrypoints.web.card import Card, card
from deskhand.entrypoints.web.forms import Author
from deskhand.entrypoints.web.frame import page, render, told_by_us, wants_parts
from deskhand.entrypoints.web.record import deeds
from deskhand.escalation.sections import Section, sections
from deskhand.workflows.agent_reply import next_nonce
from deskhand.workflows.changed_since import Change
from deskhand.workflows.correct import last_packet
from deskhand.workflows.whisper import whispers

router = APIRouter(include_in_schema=False)
SHOWN = 50  # tickets on one page of a queue
PANES = ("list", "thread", "context")
ON_TOP = frozenset({"Next step", "Deadline", "Wants", "Corrected by the customer", "Promised"})  # of a packet
Number = Annotated[int, Query(ge=1, le=100_000)]
Words = Annotated[str, Query(max_length=200)]


@router.get("/", dependencies=[needs(Right.READ)])
def root(caller: Caller) -> RedirectResponse:
    return RedirectResponse("/inbox", 303)


@router.get("/inbox", dependencies=[needs(Right.READ)])
def inbox(
    request: Request,
    caller: Caller,
    view: View = View.DECIDE,
    q: Words = "",
    channel: Words = "",
    language: Words = "",
    number: Annotated[int, Query(alias="page", ge=1, le=100_000)] = 1,
) -> HTMLResponse:
    """A queue, and no ticket opened."""
    values = listing(request, caller, view, Filters(q.strip(), channel, language), number)
    return page(request, caller, "inbox.html", {**values, **NOTHING_OPEN})


@router.get("/inbox/{ticket}", dependencies=[needs(Right.READ)])
def opened(
    ticket: str,
    request: Request,
    caller: Caller,
    view: View = View.DECIDE,
    q: Words = "",
    channel: Words = "",
    language: Words = "",
    number: Annotated[int, Query(alias="page", ge=1, le=100_000)] = 1,
    pane: str = "thread",
) -> HTMLResponse:
    """The same queue, and one ticket of any of them."""
    values = listing(request, caller, view, Filters(q.strip(), channel, language), number)
    shown = PANES[1] if pane not in PANES else pane
    parts = {**parts_of(request, caller, ticket), "said": told_by_us(request)}
    return page(request, caller, "inbox.html", {**values, **parts, "pane": shown})


@router.get("/inbox/{ticket}/parts", dependencies=[needs(Right.READ)])
def refreshed(ticket: str, request: Request, caller: Caller, view: View = View.DECIDE) -> Response:
    """The parts of a ticket that is open in that tab; what our own script asks for."""
    return answer(request, caller, ticket, view=view)


@router.post("/inbox/{ticket}/here", dependencies=[needs(Right.READ)])
def here(ticket: str, request: Request, caller: Author) -> HTMLResponse:
    """Somebody looks at this ticket, and hears who else does. Nothing of it stands in the journal."""
    installation: Installation = request.app.state.installation
    if installation.queries.row(ticket) is None:
        raise HTTPException(404, f"There is no ticket {ticket[:200]}.")
    others = installation.queries.look(ticket, caller.id, installation.desk.clock())
    return HTMLResponse(render(request, caller, "parts/presence.html", {"ticket": ticket, "others": others}))


def answer(
    request: Request,
    caller: Person,
    ticket: str,
    *,
    status: int = 200,
    said: str = "",
    mine: str = "",
    changes: Sequence[Change] = (),
    draft: str = "",
    note: bool = False,
    view: View = View.DECIDE,
) -> Response:
    """What a form is answered with: parts for our script, else the page, by a redirect where all went well. `said`:
    what came of it, and `changes` why; the agent's own words are kept where they could not be sent: `mine` instead of
    a suggestion's, `draft` of a reply, which was a `note`."""
    installation: Installation = request.app.state.installation
    event = installation.queries.newest()  # before the ticket is read: the answer is at least this new
    told = {"said": said, "failed": status != 200, "mine": mine, "changes": changes, "draft": draft, "note": note}
    values = {**parts_of(request, caller, ticket), **told, "view": view}
    if wants_parts(request) or request.method == "GET":
        html = render(request, caller, "parts/opened.html", {**values, "current": True, "one": values["row"]})
        return HTMLResponse(html, status, headers={"x-event": str(event)})
    if status == 200:
        return RedirectResponse(request.url_for("opened", ticket=ticket).include_query_params(told=said), 303)
    whole = {**listing(request, caller, view, Filters(), 1), **values, "pane": "thread"}
    return page(request, caller, "inbox.html", whole, status)


def listing(request: Request, caller: Person, view: View, filters: Filters, number: int) -> dict[str, object]:
    """A queue as the template takes it."""
    installation: Installation = request.app.state.installation
    queries = installation.queries
    limits = within(installation, caller)
    rows = queries.queue(view, caller.id, filters, limit=SHOWN + 1, offset=(number - 1) * SHOWN, within=limits)
    return {
        "view": view,
        "views": View,
        "counts": queries.waiting(caller.id, limits),
        "offers": offers(installation) if view is View.DECIDE and limits is None and may(caller, Right.BULK) else (),
        "filters": filters,
        "channels": queries.channels_used(),
        "rows": rows[:SHOWN],
        "number": number,
        "more": len(rows) > SHOWN,
    }


NOTHING_OPEN: Mapping[str, object] = {
    "others": (),
    "procedures": (),
    "own": False,
    "whispers": (),
    "ticket": "",
    "row": None,
    "cards": (),
    "packet": (),
    "pane": "list",
    "said": "",
    "failed": False,
    "mine": "",
    "changes": (),
    "draft": "",
    "note": False,
    "nonce": "",
    "deeds": (),
}


def parts_of(request: Request, caller: Person, ticket: str) -> dict[str, object]:
    """One ticket as its parts show it: read from our own memory alone, so it waits for no other system. 404 when there
    is none."""
    installation: Installation = request.app.state.installation
    row = installation.queries.row(ticket)
    if row is None:
        raise HTTPException(404, f"There is no ticket {ticket[:200]}.")
    return {
        **NOTHING_OPEN,
        "ticket": ticket,
        "row": row,
        "cards": _cards(installation, caller, ticket),
        "packet": _packet(installation, row),
        "procedures": sorted(installation.desk.procedures.values(), key=lambda one: one.title),
        "own": row.owner == caller.id,
        "whispers": whispers(installation.store, ticket),
        "nonce": next_nonce(installation.store, ticket, caller),
        "deeds": deeds(installation, ticket),
    }


def _cards(installation: Installation, caller: Person, ticket: str) -> list[Card]:
    """What waits for a decision; whoever is shown one has had it on their screen."""
    titles = {name: kind.title for name, kind in installation.desk.actions.items()}
    with installation.store.begin() as tx:
        pending = list(tx.suggestions.pending(ticket))
        for one in pending:
            tx.suggestions.show(one.id, caller.id, installation.desk.clock())
    return [card(one, titles, teaches=installation.settings.table.feedback.use) for one in pending]


def _packet(installation: Installation, row: QueueRow) -> tuple[Section, ...]:
    """The first lines of the packet of a handoff that nobody answered."""
    found = last_packet(installation.store, row.ticket) if row.queue else None
    if found is None:
        return ()
    parts = sections(found[2])
    return tuple(one for one in parts if one.title in ON_TOP or one == parts[0])
