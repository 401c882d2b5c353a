"""Who is calling: a person of `desk.toml`, known by their token. Never by what a request says of itself."""

import hmac
from typing import Annotated

from fastapi import Depends, HTTPException, Request

from deskhand.bootstrap import Installation
from deskhand.domain.suggestion import Person

COOKIE = "deskhand"


class SignedOut(HTTPException):
    """Nobody we know is asking. Browsers that want a page are led to the one where people sign in."""

    def __init__(self) -> None:
        super().__init__(401, "Open the link that `deskhand serve` printed for you.")


def person(request: Request) -> Person:
    """The person whose token stands in the Authorization header or the cookie; 401 without one."""
    installation: Installation = request.app.state.installation
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    token = given if scheme.lower() == "bearer" else request.cookies.get(COOKIE, "")
    return by_token(installation, token)


def by_token(installation: Installation, token: str) -> Person:
    """`SignedOut` unless it is the token of somebody."""
    found = known(installation, token)
    if found is None:
        raise SignedOut
    return found


def known(installation: Installation, token: str) -> Person | None:
    """Whose token it is. Every token is compared, so that the time tells nothing."""
    given = token.encode(errors="replace")
    same = [one for one, theirs in installation.tokens.items() if hmac.compare_digest(theirs.encode(), given)]
    return installation.people[same[0]] if same else None


def form_token(installation: Installation, caller: Person) -> str:
    """What a form of ours carries, and a form of another site cannot know."""
    return hmac.digest(installation.tokens[caller.id].encode(), b"form", "sha256").hex()


Caller = Annotated[Person, Depends(person)]
