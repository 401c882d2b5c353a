"""One customer on every channel: what they asked, how it ended, and what was done."""

from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import HTMLResponse

from deskhand.bootstrap import Installation
from deskhand.domain.rights import Right
from deskhand.entrypoints.people import Caller
from deskhand.entrypoints.rights import needs
from deskhand.entrypoints.web.frame import page

router = APIRouter(include_in_schema=False)
SHOWN = 50  # messages on one page


@router.get("/customers/{customer}", dependencies=[needs(Right.READ, whole=True)])
def customer(
    customer: str, request: Request, caller: Caller, before: Annotated[int | None, Query(ge=1, le=2**53)] = None
) -> HTMLResponse:
    """Newest first. Whoever may see tickets may see it."""
    installation: Installation = request.app.state.installation
    found = installation.queries.contacts(customer, SHOWN + 1, before)
    if not found:
        raise HTTPException(404, f"There is nothing {'older ' if before else ''}of the customer {customer}.")
    shown = found[:SHOWN]
    values = {
        "customer": customer,
        "contacts": shown,
        "titles": {name: kind.title for name, kind in installation.desk.actions.items()},
        "older": shown[-1].number if len(found) > SHOWN else None,
    }
    return page(request, caller, "customer.html", values)
