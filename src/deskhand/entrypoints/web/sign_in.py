"""Signing in: a person's token moves into a cookie, and out of the address."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response

from deskhand.bootstrap import Installation
from deskhand.entrypoints.people import COOKIE, by_token
from deskhand.entrypoints.web.frame import inside

router = APIRouter(include_in_schema=False)
DAY = 12 * 3600  # seconds a sign-in lasts


@router.get("/sign-in")
def sign_in(request: Request, token: str, next: Annotated[str, Query(max_length=500)] = "/") -> Response:
    """The link that `serve` printed."""
    installation: Installation = request.app.state.installation
    by_token(installation, token)
    response = RedirectResponse(inside(next), 303)
    secure = request.url.scheme == "https"
    response.set_cookie(COOKIE, token, httponly=True, samesite="lax", max_age=DAY, secure=secure)
    return response
