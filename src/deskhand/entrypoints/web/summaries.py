"""What was passed on to people, for the customer to read and to correct."""

from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from deskhand.bootstrap import Installation
from deskhand.domain.summary_phrases import summary_phrases_in
from deskhand.entrypoints.rights import Door, open_to
from deskhand.entrypoints.web.frame import letter
from deskhand.workflows.correct import LONGEST, Kept, Summary, correct, summary

router = APIRouter(include_in_schema=False)


@router.get("/summaries/{token}", dependencies=[open_to(Door.ADDRESS)])
def shown(token: str, request: Request, told: str = "") -> HTMLResponse:
    """Whoever has the address sees it: it was sent to the customer, and tells nothing but what they wrote themselves
    and what was done for them."""
    installation, found = _found(token, request)
    phrases, desk = summary_phrases_in(found.language), installation.desk
    deeds = [
        (desk.actions[one.action].title if one.action in desk.actions else one.action, one, desk.receipt_link(one.key))
        for one in found.done
    ]
    values = {
        "company": installation.settings.table.company,
        "summary": found,
        "phrases": phrases,
        "deeds": deeds,
        "told": getattr(phrases, told) if told in set(Kept) else "",
        "longest": LONGEST,
    }
    return letter(request, "summary.html", values, 410 if found.expired else 200, found.language)


@router.post("/summaries/{token}", dependencies=[open_to(Door.ADDRESS)])
def set_right(token: str, request: Request, words: Annotated[str, Form(max_length=2 * LONGEST)] = "") -> Response:
    """Kept for people, and told in a note. Sent twice, it is one correction."""
    installation, found = _found(token, request)
    if found.expired:
        return shown(token, request)
    kept = correct(installation.store, found, words, installation.desk.clock())
    address = request.url_for("shown", token=token).include_query_params(told=str(kept))
    return RedirectResponse(address, 303)


def _found(token: str, request: Request) -> tuple[Installation, Summary]:
    installation: Installation = request.app.state.installation
    name = installation.receipt_key(token)
    found = summary(installation.store, name, installation.desk.clock()) if name else None
    if found is None:
        raise HTTPException(404, "There is no such summary. Copy the whole address from the letter that we sent.")
    return installation, found
