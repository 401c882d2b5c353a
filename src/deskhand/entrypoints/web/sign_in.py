"""Signing in: somebody proves who they are, and their browser gets a session. Who guesses has to wait."""

from datetime import datetime
from math import ceil
from typing import Annotated
from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter, Form, Header, HTTPException, Query, Request
from fastapi.responses import RedirectResponse, Response

from deskhand.bootstrap import Installation, SingleSignOn, Tried
from deskhand.domain.errors import ConnectorError, NotGranted
from deskhand.domain.rights import Right
from deskhand.entrypoints.people import COOKIE
from deskhand.entrypoints.rights import Door, needs, open_to
from deskhand.entrypoints.web.forms import Author
from deskhand.entrypoints.web.frame import inside, outside, wants_parts

router = APIRouter(include_in_schema=False)
PAGE, NEW = "/sign-in", "/sign-in/new"
Next = Annotated[str, Query(max_length=500)]
Secret = Annotated[str, Form(max_length=500)]
NOT_OURS = "This form is not ours. Open the page of this desk to sign in; nothing was changed."


@router.get(PAGE, dependencies=[open_to(Door.ANYBODY)])
def sign_in(
    request: Request, token: Annotated[str | None, Query(max_length=500)] = None, next: Next = "/", out: bool = False
) -> Response:
    """The page, or what a link of a desk of twins leads to. `out`: they have just signed out."""
    if token is None:
        return _page(request, next, out=out)
    return after_try(request, _by_token(request, token), next)


@router.post(PAGE, dependencies=[open_to(Door.ANYBODY)])
def by_form(
    request: Request,
    token: Secret = "",
    name: Annotated[str, Form(max_length=100)] = "",
    password: Secret = "",
    code: Annotated[str, Form(max_length=100)] = "",
    next: Annotated[str, Form(max_length=500)] = "/",
    sec_fetch_site: Annotated[str, Header()] = "same-origin",
) -> Response:
    """With a name, a password and, where they set one up, a second factor. Another site's form signs nobody in."""
    ours(sec_fetch_site)
    if not name:
        return after_try(request, _by_token(request, token.strip()), next)
    installation: Installation = request.app.state.installation
    agent, address, now = caller_of(request)
    tried = installation.access.by_password(name.strip(), password, code, agent=agent, address=address, now=now)
    return after_try(request, tried, next)


@router.get(NEW, dependencies=[open_to(Door.ADDRESS)])
def welcome(request: Request, link: Annotated[str, Query(max_length=200)] = "") -> Response:
    """Looking at the link uses nothing: programs that read mail look at links, too."""
    installation: Installation = request.app.state.installation
    person = installation.access.accounts.linked(link, installation.desk.clock())
    status = 200 if person else 404
    return outside(request, "new_password.html", {"link": link, "person": person, "fault": ""}, status)


@router.post(NEW, dependencies=[open_to(Door.ADDRESS)])
def set_password(
    request: Request,
    link: Annotated[str, Form(max_length=200)],
    password: Secret,
    again: Secret,
    sec_fetch_site: Annotated[str, Header()] = "same-origin",
) -> Response:
    """The password of whoever was invited. Who has no second factor is signed in by it."""
    ours(sec_fetch_site)
    installation: Installation = request.app.state.installation
    access, (agent, address, now) = installation.access, caller_of(request)
    person = access.accounts.linked(link, now)
    fault = "" if password == again else "The two are not the same. Nothing was changed."
    try:
        set_ = access.set_password(link, password, now) if person and not fault else None
    except NotGranted as error:
        set_, fault = None, str(error)
    if set_ is None:
        values = {"link": link, "person": person, "fault": fault}
        return outside(request, "new_password.html", values, 422 if person else 404)
    account = access.accounts.get(set_)
    if account is None or account.second_factor or access.person(set_) is None:
        return RedirectResponse(PAGE, 303)
    return signed_in(request, access.begin(set_, agent=agent, address=address, now=now), "/")


@router.post("/sign-out", dependencies=[needs(Right.READ)])
def sign_out(request: Request, caller: Author) -> Response:
    """The session ends, here and for whoever has a copy of the cookie."""
    installation: Installation = request.app.state.installation
    installation.access.sessions.end(request.cookies.get(COOKIE, ""), installation.desk.clock())
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


def after_try(request: Request, tried: Tried, next: str) -> Response:
    """A session, or the page again: nobody may try for a while, or it opens nothing."""
    installation: Installation = request.app.state.installation
    if tried.until is not None:
        seconds = max(1, ceil((tried.until - installation.desk.clock()).total_seconds()))
        answer = _page(request, next, status=429, until=tried.until, minutes=ceil(seconds / 60))
        answer.headers["retry-after"] = str(seconds)
        return answer
    if not tried.session:
        return _page(request, next, status=401, wrong=True)
    return signed_in(request, tried.session, next)


def signed_in(request: Request, session: str, next: str) -> Response:
    installation: Installation = request.app.state.installation
    longest = round(installation.settings.table.access.most_days * 86_400)
    response = RedirectResponse(inside(next), 303)
    secure = request.url.scheme == "https"
    response.set_cookie(COOKIE, session, httponly=True, samesite="lax", max_age=longest, secure=secure)
    return response


def refused(request: Request, why: str) -> Response:
    """The page again, with why nobody is signed in."""
    return _page(request, "/", status=403, refused=why)


def _by_token(request: Request, token: str) -> Tried:
    installation: Installation = request.app.state.installation
    agent, address, now = caller_of(request)
    return installation.access.by_link(token, agent=agent, address=address, now=now)


def caller_of(request: Request) -> tuple[str, str, datetime]:
    """The browser by its own word, the address, and the time."""
    installation: Installation = request.app.state.installation
    address = request.client.host if request.client else ""
    return request.headers.get("user-agent", "")[:200], address, installation.desk.clock()


def ours(sec_fetch_site: str) -> None:
    if sec_fetch_site not in ("same-origin", "none"):
        raise HTTPException(403, NOT_OURS)


def _page(
    request: Request,
    next: str,
    *,
    status: int = 200,
    out: bool = False,
    ended: bool = False,
    refused: str = "",
    wrong: bool = False,
    until: datetime | None = None,
    minutes: int = 0,
) -> Response:
    installation: Installation = request.app.state.installation
    access = installation.access
    told = {"out": out, "ended": ended, "refused": refused, "wrong": wrong, "until": until, "minutes": minutes}
    ways: dict[str, object] = {"passwords": access.asks_passwords(), "tokens": access.takes_desk_tokens()}
    on = installation.single_sign_on
    ways |= {"passkeys": installation.passkeys is not None and access.asks_passwords()}
    ways |= {"elsewhere": on is not None, "leaving": _leaving(on) if out and on else ""}
    return outside(request, "sign_in.html", {"next": inside(next), **told, **ways}, status)


def _leaving(on: SingleSignOn) -> str:
    """ "" while the provider does not answer: they are signed out here in any case."""
    try:
        return on.leaving()
    except ConnectorError:
        return ""
