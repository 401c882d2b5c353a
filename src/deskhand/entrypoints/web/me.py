"""Somebody's own account: the password, the second factor, and where they are signed in."""

from collections.abc import Mapping, Sequence
from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from deskhand.bootstrap import Installation, Signed
from deskhand.domain.errors import NotGranted
from deskhand.domain.rights import Right, role_of
from deskhand.domain.suggestion import Person
from deskhand.entrypoints.people import Caller
from deskhand.entrypoints.rights import needs
from deskhand.entrypoints.web.forms import Author
from deskhand.entrypoints.web.frame import page

router = APIRouter(include_in_schema=False)
Secret = Annotated[str, Form(max_length=500)]
BY_BROWSER = "An account is changed in a browser, by its person. Nothing was changed."
NO_ACCOUNT = "You have no account yet: ask an admin for an invitation. Nothing was changed."


@router.get("/me", dependencies=[needs(Right.READ)])
def me(request: Request, caller: Caller) -> HTMLResponse:
    return account_page(request, caller)


@router.post("/me/password", dependencies=[needs(Right.READ)])
def password(request: Request, caller: Author, old: Secret, new: Secret, again: Secret) -> Response:
    """Signs them out everywhere: they sign in with the new one."""
    installation = own(request, caller)
    if new != again:
        return account_page(request, caller, fault="The two are not the same. Nothing was changed.")
    try:
        done = _counted(installation, caller, old, new)
    except NotGranted as error:
        return account_page(request, caller, fault=str(error))
    if not done:
        return account_page(request, caller, fault="The old password is not right. Nothing was changed.")
    return RedirectResponse("/sign-in", 303)


@router.post("/me/second-factor", dependencies=[needs(Right.READ)])
def second_factor(
    request: Request,
    caller: Author,
    old: Secret,
    seal: Secret,
    code: Annotated[str, Form(max_length=20)],
) -> Response:
    """From now on a code is asked for, too. Recovery codes are shown this once."""
    installation = own(request, caller)
    if not knows(installation, caller, old):
        return account_page(request, caller, fault="The old password is not right. Nothing was changed.")
    codes = installation.access.take_second_factor(caller.id, seal, code, installation.desk.clock())
    if not codes:
        return account_page(request, caller, fault="This code does not fit: try the next one. Nothing was changed.")
    return account_page(request, caller, codes=codes)


@router.post("/me/second-factor/off", dependencies=[needs(Right.READ)])
def off(request: Request, caller: Author, old: Secret) -> Response:
    installation = own(request, caller)
    if not knows(installation, caller, old):
        return account_page(request, caller, fault="The old password is not right. Nothing was changed.")
    installation.access.accounts.drop_second_factor(caller.id, by=caller.id, now=installation.desk.clock())
    return RedirectResponse("/me", 303)


@router.post("/me/sessions", dependencies=[needs(Right.READ)])
def end_session(request: Request, caller: Author, id: Annotated[str, Form(max_length=100)]) -> Response:
    installation: Installation = request.app.state.installation
    now = installation.desk.clock()
    if not installation.access.sessions.revoke(id, by=caller.id, now=now, of=caller.id):
        raise HTTPException(404, "There is no such session of yours. Nothing was changed.")
    return RedirectResponse("/me", 303)


def own(request: Request, caller: Person) -> Installation:
    """403 for a token: whoever finds one must not get at the account. 409 where there is none."""
    installation: Installation = request.app.state.installation
    found: Signed = request.state.signed
    if not found.session:
        raise HTTPException(403, BY_BROWSER)
    account = installation.access.accounts.get(caller.id)
    if account is None or not account.ready:
        raise HTTPException(409, NO_ACCOUNT)
    return installation


def knows(installation: Installation, caller: Person, old: str) -> bool:
    """Whether this is their password; wrong tries count."""
    return installation.access.confirms(caller.id, old, installation.desk.clock())


def _counted(installation: Installation, caller: Person, old: str, new: str) -> bool:
    now = installation.desk.clock()
    return installation.access.confirms(caller.id, old, now) and installation.access.change_password(
        caller.id, old, new, now
    )


def account_page(request: Request, caller: Person, *, fault: str = "", codes: Sequence[str] = ()) -> HTMLResponse:
    """Their account. `fault`: why what they asked for was not done; `codes`: recovery codes, shown this once."""
    installation: Installation = request.app.state.installation
    access, now = installation.access, installation.desk.clock()
    found: Signed = request.state.signed
    account = access.accounts.get(caller.id)
    offered = access.offer_second_factor(caller.id) if account and account.ready and not account.authenticator else None
    values: Mapping[str, object] = {
        "account": account if account and account.ready else None,
        "role": role_of(caller.roles),
        "sessions": [one for one in access.sessions.standing(now) if one.person == caller.id],
        "this": found.session,
        "offered": offered,
        "passkeys": installation.passkeys.of(caller.id) if installation.passkeys else None,
        "fault": fault,
        "codes": codes,
    }
    return page(request, caller, "me.html", values, 422 if fault else 200)
