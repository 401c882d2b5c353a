"""Signing in: a person's token moves into a cookie, and out of the address. Who guesses has to wait."""

from datetime import datetime
from math import ceil
from typing import Annotated
from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter, Form, Header, HTTPException, Query, Request
from fastapi.responses import RedirectResponse, Response

from deskhand.bootstrap import Installation
from deskhand.entrypoints.people import COOKIE, known
from deskhand.entrypoints.web.forms import Author
from deskhand.entrypoints.web.frame import inside, outside, wants_parts

router = APIRouter(include_in_schema=False)
DAY = 12 * 3600  # seconds a sign-in lasts
PAGE = "/sign-in"
Next = Annotated[str, Query(max_length=500)]


@router.get(PAGE)
def sign_in(
    request: Request, token: Annotated[str | None, Query(max_length=500)] = None, next: Next = "/", out: bool = False
) -> Response:
    """The link that `serve` printed, or a page that asks for what stands in it. `out`: they have just signed out."""
    if token is None:
        return _page(request, next, out=out)
    return _tried(request, token, next)


@router.post(PAGE)
def by_form(
    request: Request,
    token: Annotated[str, Form(max_length=500)] = "",
    next: Annotated[str, Form(max_length=500)] = "/",
    sec_fetch_site: Annotated[str, Header()] = "same-origin",
) -> Response:
    """The same by a form of ours; another site's form signs nobody in."""
    if sec_fetch_site not in ("same-origin", "none"):
        raise HTTPException(403, "This form is not ours. Open the page of this desk to sign in; nothing was changed.")
    return _tried(request, token.strip(), next)


@router.post("/sign-out")
def sign_out(request: Request, caller: Author) -> Response:
    """This browser forgets the token; the token itself stays what it was."""
    answer = RedirectResponse(f"{PAGE}?out=true", 303)
    answer.delete_cookie(COOKIE, httponly=True, samesite="lax", secure=request.url.scheme == "https")
    return answer


def led_to_sign_in(request: Request) -> Response | None:
    """For somebody who is not signed in and wants a page; None for scripts, which get a plain 401."""
    if wants_parts(request) or "text/html" not in request.headers.get("accept", ""):
        return None
    if request.url.path.startswith("/api/"):
        return None
    if request.method != "GET":
        return _page(request, "/", status=401, ended=True)
    # What was asked for, without a token that somebody put into the address.
    query = [(name, value) for name, value in parse_qsl(request.url.query) if name != "token"]
    wanted = f"{request.url.path}?{urlencode(query)}" if query else request.url.path
    return RedirectResponse(f"{PAGE}?{urlencode({'next': wanted})}", 303)


def _tried(request: Request, token: str, next: str) -> Response:
    installation: Installation = request.app.state.installation
    now = installation.desk.clock()
    person = known(installation, token)
    address = request.client.host if request.client else ""
    until = installation.sign_ins.tried(address, now, right=person is not None)
    if until is not None:
        seconds = max(1, ceil((until - now).total_seconds()))
        answer = _page(request, next, status=429, until=until, minutes=ceil(seconds / 60))
        answer.headers["retry-after"] = str(seconds)
        return answer
    if person is None:
        return _page(request, next, status=401, wrong=True)
    response = RedirectResponse(inside(next), 303)
    secure = request.url.scheme == "https"
    response.set_cookie(COOKIE, token, httponly=True, samesite="lax", max_age=DAY, secure=secure)
    return response


def _page(
    request: Request,
    next: str,
    *,
    status: int = 200,
    out: bool = False,
    ended: bool = False,
    wrong: bool = False,
    until: datetime | None = None,
    minutes: int = 0,
) -> Response:
    told = {"out": out, "ended": ended, "wrong": wrong, "until": until, "minutes": minutes}
    return outside(request, "sign_in.html", {"next": inside(next), **told}, status)
