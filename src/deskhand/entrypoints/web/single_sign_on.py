"""To the company's identity provider and back: what comes back counts once, in the browser that set out."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response

from deskhand.bootstrap import Installation, SingleSignOn
from deskhand.domain.errors import NotGranted, UnknownTicket
from deskhand.entrypoints.rights import Door, open_to
from deskhand.entrypoints.web.sign_in import Next, caller_of, refused, signed_in

router = APIRouter(include_in_schema=False)
TRIP = "deskhand_trip"  # a cookie that lives until they are back
PATH = "/sign-in/oidc"
Given = Annotated[str, Query(max_length=4000)]


@router.get(PATH, dependencies=[open_to(Door.ANYBODY)])
def set_out(request: Request, next: Next = "/") -> Response:
    """404 where `[access.oidc]` is not set."""
    installation: Installation = request.app.state.installation
    setting = _way(installation).begin(next, installation.desk.clock())
    answer = RedirectResponse(setting.address, 303)
    secure = request.url.scheme == "https"
    answer.set_cookie(TRIP, setting.cookie, httponly=True, samesite="lax", max_age=600, path=PATH, secure=secure)
    return answer


@router.get(f"{PATH}/back", dependencies=[open_to(Door.ANYBODY)])
def come_back(request: Request, state: Given = "", code: Given = "", iss: Given = "") -> Response:
    """A session of our own for whoever is vouched for; any other answer says why not."""
    installation: Installation = request.app.state.installation
    agent, address, now = caller_of(request)
    given = {"state": state, "code": code, "issuer": iss, "cookie": request.cookies.get(TRIP, "")}
    try:
        on = _way(installation).finish(**given, agent=agent, address=address, now=now)
    except NotGranted as error:
        answer = refused(request, str(error))
    else:
        answer = signed_in(request, on.session, on.next)
    answer.delete_cookie(TRIP, path=PATH, httponly=True, samesite="lax")
    return answer


def _way(installation: Installation) -> SingleSignOn:
    if installation.single_sign_on is None:
        raise UnknownTicket("This desk has no single sign-on.")
    return installation.single_sign_on
