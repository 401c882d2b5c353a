"""Who sends a form: refuses one that does not come from a page of ours."""

import hmac
from typing import Annotated

from fastapi import Depends, Form, Header, HTTPException, Request

from deskhand.domain.suggestion import Person
from deskhand.entrypoints.people import NOT_OURS, Caller, form_token


def author(
    request: Request,
    caller: Caller,
    form: Annotated[str, Form()],
    sec_fetch_site: Annotated[str, Header()] = "same-origin",
) -> Person:
    """403 unless the form is one of ours, and came from one of our own pages."""
    own = hmac.compare_digest(form_token(request, caller).encode(), form.encode())
    if not own or sec_fetch_site not in ("same-origin", "none"):
        raise HTTPException(403, NOT_OURS)
    return caller


Author = Annotated[Person, Depends(author)]
