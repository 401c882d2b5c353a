"""The first workspace: plain pages and plain forms, no script."""

import hmac
from pathlib import Path
from typing import Annotated, Literal

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, PackageLoader, select_autoescape

from deskhand.bootstrap import Installation
from deskhand.domain.suggestion import Suggestion, SuggestionState
from deskhand.entrypoints.people import COOKIE, Caller, by_token, form_token
from deskhand.measurement.metrics import metrics
from deskhand.workflows.dress import outline
from deskhand.workflows.settle_decision import decide
from deskhand.workflows.take_over import give_back, take_over

router = APIRouter(include_in_schema=False)
templates = Environment(loader=PackageLoader("deskhand.entrypoints.web"), autoescape=select_autoescape())
templates.filters["outline"] = outline
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
    page = templates.get_template("workspace.html").render(
        company=installation.settings.table.company,
        caller=caller,
        form_token=form_token(installation, caller),
        pending=pending[:50],
        procedures=sorted(installation.desk.procedures.values(), key=lambda one: one.title),
        teaches=installation.settings.table.feedback.use,
        waiting=len(pending),
        tickets=installation.queries.tickets(limit=100),
        numbers=metrics(installation.queries.lines()),
        told=told[:300],
    )
    return HTMLResponse(page)


@router.get("/tickets/{ticket}")
def ticket(ticket: str, request: Request, caller: Caller) -> HTMLResponse:
    """One ticket, line by line."""
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
    )
    return HTMLResponse(page)


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
    known = installation.desk.procedures
    decided = decide(
        installation.store, id, state, caller, seen=seen, text=words, now=now, about=about, procedures=known
    )
    return RedirectResponse(request.url_for("workspace").include_query_params(told=decided.why), 303)


@router.post("/tickets/{ticket}/owner")
def owner(
    ticket: str, request: Request, caller: Caller, deed: Annotated[str, Form()], form: Annotated[str, Form()]
) -> RedirectResponse:
    """Take a ticket over, or give it back."""
    installation = _checked(request, caller, form)
    give = {"take-over": take_over, "give-back": give_back}[deed] if deed in ("take-over", "give-back") else None
    if give is None:
        raise HTTPException(400, "Take over or give back.")
    if not installation.queries.timeline(ticket):
        raise HTTPException(404, f"There is no ticket {ticket}.")
    give(installation.store, ticket, caller, installation.desk.clock())
    return RedirectResponse(request.url_for("ticket", ticket=ticket), 303)


def _checked(request: Request, caller: Caller, form: str) -> Installation:
    """403 unless the form is one of ours."""
    installation: Installation = request.app.state.installation
    if not hmac.compare_digest(form_token(installation, caller).encode(), form.encode()):
        raise HTTPException(403, "This form is not ours, or too old. Load the page again; nothing was changed.")
    return installation
