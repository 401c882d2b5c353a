"""The first workspace: plain pages and plain forms, no script."""

import hmac
import time
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Literal

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, PackageLoader, select_autoescape

from deskhand.bootstrap import Installation, observe
from deskhand.domain.effect import WORDS, Effect
from deskhand.domain.journal_line import JournalLine
from deskhand.domain.merging import MERGED, PARTED
from deskhand.domain.pause import DESK, Pause
from deskhand.domain.suggestion import Suggestion, SuggestionState
from deskhand.entrypoints.people import COOKIE, Caller, by_token, form_token
from deskhand.escalation.sections import facts_in_words, sections
from deskhand.execution.kind import NoUndo
from deskhand.measurement.metrics import metrics
from deskhand.workflows.by_click import Ending
from deskhand.workflows.correct import last_packet
from deskhand.workflows.dress import outline
from deskhand.workflows.pause import pause, resume
from deskhand.workflows.settle_decision import decide
from deskhand.workflows.since import said_since
from deskhand.workflows.take_over import give_back, take_over
from deskhand.workflows.undo import start_undo, way_back

router = APIRouter(include_in_schema=False)
templates = Environment(loader=PackageLoader("deskhand.entrypoints.web"), autoescape=select_autoescape())
templates.filters["outline"] = outline
ON_TICKET = frozenset({"Next step", "Deadline", "Wants", "Corrected by the customer", "Promised"})  # of a packet
SHOWN = 50  # suggestions on one page
UNSURE_AFTER = timedelta(minutes=5)  # by then an answer that comes at all has come
STYLE = Path(__file__).parent / "static" / "workspace.css"


@router.get("/sign-in")
def sign_in(request: Request, token: str) -> Response:
    """The link that `serve` printed: the token moves into a cookie, and out of the address."""
    installation: Installation = request.app.state.installation
    by_token(installation, token)
    response = RedirectResponse("/", 303)
    response.set_cookie(COOKIE, token, httponly=True, samesite="strict", max_age=12 * 3600)
    return response


@router.get("/static/workspace.css")
def style() -> FileResponse:
    return FileResponse(STYLE, media_type="text/css")


@router.get("/")
def workspace(request: Request, caller: Caller, told: str = "") -> HTMLResponse:
    """What waits for a decision, then the tickets that changed last, then the numbers."""
    installation: Installation = request.app.state.installation
    with installation.store.begin() as tx:
        pending: list[Suggestion] = list(tx.suggestions.pending())
        for one in pending[:SHOWN]:
            tx.suggestions.show(one.id, caller.id, installation.desk.clock())
        paused = list(tx.pauses.standing())
        unsure = list(tx.ledger.unsettled(installation.desk.clock() - UNSURE_AFTER))
    page = templates.get_template("workspace.html").render(
        company=installation.settings.table.company,
        caller=caller,
        form_token=form_token(installation, caller),
        pending=pending[:SHOWN],
        procedures=sorted(installation.desk.procedures.values(), key=lambda one: one.title),
        teaches=installation.settings.table.feedback.use,
        waiting=len(pending),
        tickets=installation.queries.tickets(limit=100),
        numbers=metrics(installation.queries.lines()),
        told=told[:300],
        paused=paused,
        unsure=unsure,
    )
    return HTMLResponse(page)


@router.get("/tickets/{ticket}")
def ticket(ticket: str, request: Request, caller: Caller, told: str = "") -> HTMLResponse:
    """One ticket: what was done, and its journal line by line."""
    installation: Installation = request.app.state.installation
    lines = installation.queries.timeline(ticket)
    if not lines:
        raise HTTPException(404, f"There is no ticket {ticket}.")
    page = templates.get_template("ticket.html").render(
        company=installation.settings.table.company,
        caller=caller,
        form_token=form_token(installation, caller),
        ticket=ticket,
        lines=lines,
        deeds=_deeds(installation, ticket),
        pauses=_pauses(installation, ticket, lines),
        parts=sections(found[2]) if (found := last_packet(installation.store, ticket)) else (),
        shown=ON_TICKET,
        customer=_customer(installation, ticket, lines),
        linked=_linked(ticket, lines),
        told=told[:300],
    )
    return HTMLResponse(page)


def _pauses(installation: Installation, ticket: str, lines: list[JournalLine]) -> list[tuple[str, str, Pause | None]]:
    """What can be paused from a ticket's page: in words, the scope, and the pause that stands on it."""
    customer = _customer(installation, ticket, lines)
    with installation.store.begin() as tx:
        standing = {one.scope: one for one in tx.pauses.standing()}
    scopes = [("on this ticket", f"ticket:{ticket}")]
    scopes += [("for this customer", f"customer:{customer}")] if customer else []
    return [(words, scope, standing.get(scope)) for words, scope in scopes]


@router.get("/handoffs/{ticket}")
def handoff(ticket: str, request: Request, caller: Caller) -> HTMLResponse:
    """The newest packet of a ticket, as the note in the help desk tells it, and what the customer corrected since."""
    installation: Installation = request.app.state.installation
    found = last_packet(installation.store, ticket)
    if found is None:
        raise HTTPException(404, f"The assistant has not handed over a ticket {ticket}.")
    message, at, packet = found
    since = said_since(installation.desk, ticket, message)
    with installation.store.begin() as tx:
        owner = tx.tickets.owner(ticket)
    page = templates.get_template("handoff.html").render(
        company=installation.settings.table.company,
        caller=caller,
        ticket=ticket,
        at=at,
        owner=owner,
        sections=sections(packet),
        since=None if since is None else facts_in_words(since),
        deeds=_deeds(installation, ticket),
    )
    return HTMLResponse(page)


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


@router.get("/systems")
def systems(request: Request, caller: Caller) -> HTMLResponse:
    """How the connected systems fare."""
    installation: Installation = request.app.state.installation
    page = templates.get_template("systems.html").render(
        company=installation.settings.table.company,
        caller=caller,
        systems=list(observe(installation.systems, installation.store)),
    )
    return HTMLResponse(page)


@router.post("/pauses")
def switch(
    request: Request,
    caller: Caller,
    form: Annotated[str, Form()],
    deed: Annotated[Literal["pause", "resume"], Form()],
    scope: Annotated[str, Form()] = DESK,
    why: Annotated[str, Form()] = "",
) -> RedirectResponse:
    """The kill switch: stop a scope with one click, the whole desk where none is named, or let it go on."""
    installation = _checked(request, caller, form)
    now = installation.desk.clock()
    if deed == "pause":
        told = str(pause(installation.store, scope, by=caller.id, why=why.strip()[:300] or "no reason given", now=now))
    else:
        lifted = resume(installation.store, scope, by=caller.id, now=now)
        told = f"{scope} goes on again." if lifted else f"{scope} was not paused."
    return RedirectResponse(request.url_for("workspace").include_query_params(told=told), 303)


@router.post("/effects/undo")
def undo(
    request: Request, caller: Caller, form: Annotated[str, Form()], key: Annotated[str, Form()]
) -> RedirectResponse:
    """Take a deed back: one click, judged by policy."""
    installation = _checked(request, caller, form)
    with installation.store.begin() as tx:
        effect = tx.ledger.effect(key)
    if effect is None:
        raise HTTPException(404, "There is no such effect. Nothing was changed.")
    undone = start_undo(installation.desk, key, caller)
    told = (
        "It is being taken back; see below." if undone.end is Ending.STARTED else f"Nothing was changed: {undone.why}"
    )
    address = request.url_for("ticket", ticket=effect.ticket).include_query_params(told=told)
    return RedirectResponse(address, 303)


@router.post("/suggestions/{id}")
def settle(
    id: str,
    request: Request,
    caller: Caller,
    decision: Annotated[Literal["approved", "edited", "rejected"], Form()],
    seen: Annotated[str, Form()],
    form: Annotated[str, Form()],
    text: Annotated[str, Form()] = "",
    about: Annotated[str, Form()] = "",
) -> RedirectResponse:
    """One click: approve, edit or reject. The form always holds a reply; only an edit means it."""
    installation = _checked(request, caller, form)
    state, now = SuggestionState(decision), installation.desk.clock()
    words = text if state is SuggestionState.EDITED else ""
    decided = decide(
        installation.store,
        id,
        state,
        caller,
        seen=seen,
        text=words,
        now=now,
        about=about,
        procedures=installation.desk.procedures,
        adverse=installation.desk.adverse,
    )
    return RedirectResponse(request.url_for("workspace").include_query_params(told=decided.why), 303)


@router.post("/tickets/{ticket}/owner")
def owner(
    ticket: str,
    request: Request,
    caller: Caller,
    deed: Annotated[Literal["take-over", "give-back"], Form()],
    form: Annotated[str, Form()],
) -> RedirectResponse:
    """Take a ticket over, or give it back."""
    installation = _checked(request, caller, form)
    if not installation.queries.timeline(ticket):
        raise HTTPException(404, f"There is no ticket {ticket}.")
    told = "The assistant answers the next message again."
    if deed == "give-back":
        give_back(installation.store, ticket, caller, installation.desk.clock())
    else:
        taken = take_over(installation.store, ticket, caller, installation.desk.clock(), time.sleep)
        told = "It is yours." + (" A reply that was on its way may still arrive." if taken.on_its_way else "")
    return RedirectResponse(request.url_for("ticket", ticket=ticket).include_query_params(told=told), 303)


def _deeds(installation: Installation, ticket: str) -> list[tuple[str, Effect, str]]:
    """Title, effect, and why it cannot be taken back (empty when it can), of everything done on this ticket."""
    desk = installation.desk
    with installation.store.begin() as tx:
        effects = [one for one in tx.ledger.of_ticket(ticket) if one.action not in WORDS]
    found = []
    for one in effects:
        way = way_back(desk, one, desk.clock())
        title = desk.actions[one.action].title if one.action in desk.actions else one.action
        found.append((title, one, way.why if isinstance(way, NoUndo) else ""))
    return found


def _checked(request: Request, caller: Caller, form: str) -> Installation:
    """403 unless the form is one of ours."""
    installation: Installation = request.app.state.installation
    if not hmac.compare_digest(form_token(installation, caller).encode(), form.encode()):
        raise HTTPException(403, "This form is not ours, or too old. Load the page again; nothing was changed.")
    return installation
