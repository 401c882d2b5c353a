"""Who is calling: a person of `desk.toml`, known by their token. Never by what a request says of itself."""

import hmac
from typing import Annotated

from fastapi import Depends, HTTPException, Request

from deskhand.bootstrap import Installation
from deskhand.domain.suggestion import Person

COOKIE = "deskhand"


def person(request: Request) -> Person:
    """The person whose token stands in the Authorization header or the cookie; 401 without one."""
    installation: Installation = request.app.state.installation
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    token = given if scheme.lower() == "bearer" else request.cookies.get(COOKIE, "")
    return by_token(installation, token)


def by_token(installation: Installation, token: str) -> Person:
    """401 unless it is the token of somebody."""
    for one, theirs in installation.tokens.items():
        if hmac.compare_digest(theirs.encode(), token.encode()):
            return installation.people[one]
    raise HTTPException(401, "Open the link that `deskhand serve` printed for you.")


def form_token(installation: Installation, caller: Person) -> str:
    """What a form of ours carries, and a form of another site cannot know."""
    return hmac.digest(installation.tokens[caller.id].encode(), b"form", "sha256").hex()


Caller = Annotated[Person, Depends(person)]
