"""The company's directory tells who is gone (SCIM 2.0, as much as it takes): they are out, their tickets go back."""

from typing import Annotated, Any, Literal
from urllib.parse import quote

from fastapi import APIRouter, Depends, HTTPException, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, Field

from deskhand.bootstrap import Installation
from deskhand.domain.account import Member
from deskhand.entrypoints.access_review import state_of
from deskhand.entrypoints.answers import answers
from deskhand.entrypoints.people import SignedOut, count_token
from deskhand.entrypoints.rights import Door, open_to
from deskhand.workflows.hand_back import hand_back

router = APIRouter(prefix="/scim/v2")
USER = "urn:ietf:params:scim:schemas:core:2.0:User"
LISTED = "urn:ietf:params:scim:api:messages:2.0:ListResponse"
FILTER = r'^([uU][sS][eE][rR][nN][aA][mM][eE] eq "[^"\\]*")?$'
ONLY_OUT = "Here people are only let go: an admin invites. Nothing was changed."
NOBODY = "There is nobody of this name. Nothing was changed."


def directory(request: Request) -> str:
    """Which directory calls, by the name of its token; 401 for any other."""
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    installation: Installation = request.app.state.installation
    found = installation.access.by_directory(given, installation.desk.clock()) if scheme.lower() == "bearer" else None
    if found is None:
        raise SignedOut
    count_token(installation, found.id)
    return found.name


Directory = Annotated[str, Depends(directory)]


@router.get("/Users", dependencies=[open_to(Door.DIRECTORY)])
def users(
    request: Request,
    caller: Directory,
    filter: Annotated[str, Query(max_length=300, pattern=FILTER)] = "",
    startIndex: Annotated[int, Query(ge=1, le=1_000_000)] = 1,  # noqa: N803  (as SCIM spells it)
    count: Annotated[int, Query(ge=0, le=1000)] = 100,
) -> dict[str, Any]:
    """Everybody who gets in or could; of a `filter` only `userName eq "..."` is understood."""
    name = filter.partition('"')[2].removesuffix('"')
    found = [one for one in _members(request) if not filter or one.person == name]
    shown = found[startIndex - 1 : startIndex - 1 + count]
    return {
        "schemas": [LISTED],
        "totalResults": len(found),
        "startIndex": startIndex,
        "itemsPerPage": len(shown),
        "Resources": [_told(one) for one in shown],
    }


@router.get("/Users/{id}", dependencies=[open_to(Door.DIRECTORY)])
def user(id: str, request: Request, caller: Directory) -> dict[str, Any]:
    return _told(_member(request, id))


class Operation(BaseModel):
    op: str = Field(pattern="^(?i:replace)$")
    path: Literal["active"] | None = None
    value: bool | dict[str, Any]


class Patch(BaseModel):
    Operations: list[Operation] = Field(min_length=1, max_length=20)


@router.patch("/Users/{id}", responses=answers(409), dependencies=[open_to(Door.DIRECTORY)])
def change(id: str, asked: Patch, request: Request, caller: Directory) -> dict[str, Any]:
    """`active` to false; 409 for anything else. Said again, nothing more happens."""
    values = [one.value.get("active") if isinstance(one.value, dict) else one.value for one in asked.Operations]
    if not all(one is False or str(one).lower() == "false" for one in values):
        raise HTTPException(409, ONLY_OUT)
    _let_go(request, _member(request, id).person, caller)
    return _told(_member(request, id))


@router.delete("/Users/{id}", status_code=204, dependencies=[open_to(Door.DIRECTORY)])
def delete(id: str, request: Request, caller: Directory) -> Response:
    """As `active` to false: what they did stays in the journal under their name."""
    _let_go(request, _member(request, id).person, caller)
    return Response(status_code=204)


def _let_go(request: Request, person: str, caller: str) -> None:
    """Out first, then the tickets: where it is stopped in between, the directory asks again and the rest is done."""
    installation: Installation = request.app.state.installation
    now, by = installation.desk.clock(), f"directory {caller}"
    installation.access.accounts.disable(person, by=by, now=now)
    default = installation.settings.table.default_queue
    hand_back(installation.store, person, by=by, default_queue=default, now=now)


def _members(request: Request) -> list[Member]:
    installation: Installation = request.app.state.installation
    return [one for one in installation.access.members(installation.desk.clock()) if state_of(one) != "directory"]


def _member(request: Request, id: str) -> Member:
    found = next((one for one in _members(request) if one.person == id), None)
    if found is None:
        raise HTTPException(404, NOBODY)
    return found


def _told(one: Member) -> dict[str, Any]:
    at = f"/scim/v2/Users/{quote(one.person, safe='')}"
    active = state_of(one) not in ("disabled", "removed")
    meta = {"resourceType": "User", "location": at}
    return {"schemas": [USER], "id": one.person, "userName": one.person, "active": active, "meta": meta}
