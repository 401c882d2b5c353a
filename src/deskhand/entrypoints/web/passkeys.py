"""Passkeys in the browser: one is made under somebody's account, and signs them in from then on."""

from typing import Annotated

from fastapi import APIRouter, Form, Header, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from deskhand.bootstrap import Installation, Passkeys
from deskhand.domain.errors import NotGranted, UnknownTicket
from deskhand.domain.rights import Right
from deskhand.entrypoints.rights import Door, needs, open_to
from deskhand.entrypoints.web.forms import Author
from deskhand.entrypoints.web.me import Secret, account_page, knows, own
from deskhand.entrypoints.web.sign_in import after_try, caller_of, ours

router = APIRouter(include_in_schema=False)
ASKED = "deskhand_passkey"  # a cookie that lives until the browser answers
PATH, MINE = "/sign-in/passkey", "/me/passkeys"
Answer = Annotated[str, Form(max_length=20_000)]
WRONG = "The old password is not right. Nothing was changed."


@router.post(f"{PATH}/options", dependencies=[open_to(Door.ANYBODY)])
def ask(request: Request, sec_fetch_site: Annotated[str, Header()] = "same-origin") -> Response:
    """What the browser is to sign; 404 where `[access] address` is not set."""
    ours(sec_fetch_site)
    installation: Installation = request.app.state.installation
    question = _passkeys(installation).ask(installation.desk.clock())
    return _asked(request, question.options, question.cookie, PATH)


@router.post(PATH, dependencies=[open_to(Door.ANYBODY)])
def sign_in(
    request: Request,
    credential: Answer = "",
    next: Annotated[str, Form(max_length=500)] = "/",
    sec_fetch_site: Annotated[str, Header()] = "same-origin",
) -> Response:
    """A session for whoever the passkey is of."""
    ours(sec_fetch_site)
    installation: Installation = request.app.state.installation
    agent, address, now = caller_of(request)
    told = {"cookie": request.cookies.get(ASKED, ""), "answer": credential}
    tried = _passkeys(installation).sign_in(**told, agent=agent, address=address, now=now)
    answer = after_try(request, tried, next)
    answer.delete_cookie(ASKED, path=PATH, httponly=True, samesite="strict")
    return answer


@router.post(f"{MINE}/options", dependencies=[needs(Right.READ)])
def offer(request: Request, caller: Author, old: Secret) -> Response:
    """What the browser is to make a passkey with; 422 with the reason when the password is wrong."""
    installation = own(request, caller)
    keys = _passkeys(installation)
    if not knows(installation, caller, old):
        raise HTTPException(422, WRONG)
    question = keys.offer(caller.id, installation.desk.clock())
    return _asked(request, question.options, question.cookie, MINE)


@router.post(MINE, dependencies=[needs(Right.READ)])
def add(request: Request, caller: Author, credential: Answer, name: Annotated[str, Form(max_length=200)]) -> Response:
    """From now on it signs them in, and their password alone does not. Recovery codes are shown this once."""
    installation = own(request, caller)
    told = {"cookie": request.cookies.get(ASKED, ""), "answer": credential, "name": name}
    try:
        codes = _passkeys(installation).add(caller.id, **told, now=installation.desk.clock())
    except NotGranted as error:
        return account_page(request, caller, fault=str(error))
    answer: Response = account_page(request, caller, codes=codes) if codes else RedirectResponse("/me", 303)
    answer.delete_cookie(ASKED, path=MINE, httponly=True, samesite="strict")
    return answer


@router.post(f"{MINE}/remove", dependencies=[needs(Right.READ)])
def remove(request: Request, caller: Author, old: Secret, id: Annotated[str, Form(max_length=2_000)]) -> Response:
    installation = own(request, caller)
    keys = _passkeys(installation)
    if not knows(installation, caller, old):
        return account_page(request, caller, fault=WRONG)
    if not keys.remove(caller.id, id, installation.desk.clock()):
        raise HTTPException(404, "There is no such passkey of yours. Nothing was changed.")
    return RedirectResponse("/me", 303)


def _passkeys(installation: Installation) -> Passkeys:
    if installation.passkeys is None:
        raise UnknownTicket("This desk has no passkeys.")
    return installation.passkeys


def _asked(request: Request, options: str, cookie: str, path: str) -> Response:
    """The options as they are, and a cookie that only our own pages send back."""
    answer = Response(options, media_type="application/json")
    secure = request.url.scheme == "https"
    answer.set_cookie(ASKED, cookie, httponly=True, samesite="strict", max_age=300, path=path, secure=secure)
    return answer
