"""Who is calling: by the session of a browser, or by a token. Never by what a request says of itself."""

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, HTTPException, Request

from deskhand.bootstrap import Installation, Signed
from deskhand.domain.suggestion import Person
from deskhand.domain.within import Within
from deskhand.entrypoints.pace import come

COOKIE = "deskhand"
SAFE = ("GET", "HEAD", "OPTIONS")  # methods that change nothing
NOT_OURS = "This form is not ours, or too old. Load the page again; nothing was changed."


class SignedOut(HTTPException):
    """Nobody we know is asking. Browsers that want a page are led to the one where people sign in."""

    def __init__(self) -> None:
        super().__init__(401, "Sign in, or send an API token as a bearer token.")


def signed(request: Request) -> Signed:
    """Whoever the token in the Authorization header, or the session in the cookie, belongs to; 401 for nobody."""
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    installation: Installation = request.app.state.installation
    if scheme.lower() == "bearer":
        found: Signed | None = by_token(installation, given)
    else:
        _from_ours(request)
        found = installation.access.by_session(request.cookies.get(COOKIE, ""), installation.desk.clock())
    if found is None:
        raise SignedOut
    if found.token:
        count_token(installation, found.token)
    request.state.signed = found
    return found


def count_token(installation: Installation, token: str) -> None:
    """429 when this is one too many of this token within a minute."""
    most = installation.settings.table.limits.token_per_minute
    told = f"This token came more than {most} times within a minute. Nothing was done"
    come(installation, f"token/{token}", most, told)


def _from_ours(request: Request) -> None:
    """403 for a change that a page of another site, or of another name of this one, makes somebody's browser send. What
    browsers say of it themselves counts; `origin` only for those that are too old to say."""
    if request.method in SAFE:
        return
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    here = site in ("same-origin", "none") if site else not origin or urlsplit(origin).netloc == request.headers["host"]
    if not here:
        raise HTTPException(403, NOT_OURS)


By = Annotated[Signed, Depends(signed)]


def person(found: By) -> Person:
    return found.person


def by_token(installation: Installation, token: str) -> Signed:
    """`SignedOut` unless it is the token of somebody."""
    found = installation.access.by_token(token, installation.desk.clock())
    if found is None:
        raise SignedOut
    return found


def within(installation: Installation, caller: Person) -> Within | None:
    """The queues that the caller is limited to; None where they see all."""
    return installation.access.within(caller)


def sees(installation: Installation, caller: Person, ticket: str) -> bool:
    """Whether this ticket is theirs to see. One that does not exist is, too: what is told of it is that."""
    limits = within(installation, caller)
    return limits is None or installation.queries.holds(limits, ticket)


def form_token(request: Request, caller: Person) -> str:
    """What a form of ours carries, and a form of another site cannot know: it is of this session alone."""
    installation: Installation = request.app.state.installation
    found: Signed = request.state.signed
    return installation.access.form_token(Signed(caller, found.session))


Caller = Annotated[Person, Depends(person)]
