"""What a customer keeps: what was done, when, its reference, and a way to have a person look at it."""

from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from deskhand.bootstrap import Installation
from deskhand.domain.effect import Effect
from deskhand.entrypoints.rights import Door, open_to
from deskhand.entrypoints.web.frame import letter
from deskhand.workflows.contest import contest

router = APIRouter(include_in_schema=False)


@router.get("/receipts/{token}", dependencies=[open_to(Door.ADDRESS)])
def receipt(token: str, request: Request, told: str = "") -> HTMLResponse:
    """Whoever has the address sees it: it was sent to the customer, and tells of one deed and of nobody's data."""
    installation, effect = _found(token, request)
    kind = installation.desk.actions.get(effect.action)
    values = {
        "company": installation.settings.table.company,
        "title": kind.title if kind else effect.action,
        "effect": effect,
        "told": bool(told),
    }
    return letter(request, "receipt.html", values, language=_language(installation, effect))


@router.post("/receipts/{token}", dependencies=[open_to(Door.ADDRESS)])
def contested(token: str, request: Request, words: Annotated[str, Form(max_length=4_000)] = "") -> RedirectResponse:
    """A person will look at it. Sent twice, it is one contest."""
    installation, effect = _found(token, request)
    contest(installation.store, effect.key, words)
    return RedirectResponse(request.url_for("receipt", token=token).include_query_params(told="1"), 303)


def _found(token: str, request: Request) -> tuple[Installation, Effect]:
    installation: Installation = request.app.state.installation
    key = installation.receipt_key(token)
    if key is not None:
        with installation.store.begin() as tx:
            effect = tx.ledger.effect(key)
        if effect is not None:
            return installation, effect
    raise HTTPException(404, "There is no such receipt. Copy the whole address from the letter that we sent.")


def _language(installation: Installation, effect: Effect) -> str:
    """That of the ticket on which it was done."""
    row = installation.queries.row(effect.ticket)
    return row.language if row else ""
