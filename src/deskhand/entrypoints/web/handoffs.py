"""The packet of a handoff on a page, as the note in the help desk tells it, and what was said since."""

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse

from deskhand.bootstrap import Installation
from deskhand.domain.rights import Right
from deskhand.entrypoints.people import Caller
from deskhand.entrypoints.rights import needs
from deskhand.entrypoints.web.frame import page
from deskhand.entrypoints.web.record import deeds
from deskhand.escalation.sections import facts_in_words, sections
from deskhand.workflows.correct import last_packet
from deskhand.workflows.since import said_since

router = APIRouter(include_in_schema=False)


@router.get("/handoffs/{ticket}", dependencies=[needs(Right.READ)])
def handoff(ticket: str, request: Request, caller: Caller) -> HTMLResponse:
    """The newest packet of a ticket, with what the customer corrected."""
    installation: Installation = request.app.state.installation
    found = last_packet(installation.store, ticket)
    if found is None:
        raise HTTPException(404, f"The assistant has not handed over a ticket {ticket[:200]}.")
    message, at, packet = found
    since = said_since(installation.desk, ticket, message)
    with installation.store.begin() as tx:
        owner = tx.tickets.owner(ticket)
    values = {
        "ticket": ticket,
        "at": at,
        "owner": owner,
        "sections": sections(packet),
        "since": None if since is None else facts_in_words(since),
        "deeds": deeds(installation, ticket),
    }
    return page(request, caller, "handoff.html", values)
