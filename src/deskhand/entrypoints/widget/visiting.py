"""Who is calling from the company's own site, which conversation is theirs, and whether they call too often."""

from typing import Annotated

from fastapi import Depends, HTTPException, Path, Request

from deskhand.bootstrap import Installation
from deskhand.domain.digest import digest
from deskhand.domain.errors import Missing, Rejected
from deskhand.domain.ref import Ref
from deskhand.domain.ticket import Ticket
from deskhand.domain.visitor import Visitor
from deskhand.entrypoints.pace import come
from deskhand.entrypoints.widget.door import site_of

CHANNEL = "widget"
ID = r"^[A-Za-z0-9_-]{16,64}$"
NOT_THEIRS = "You have no such conversation. Nothing was filed."


def visiting(request: Request) -> Visitor:
    """Whom the token in the Authorization header vouches for; 401 with the reason when it does not."""
    installation: Installation = request.app.state.installation
    if not installation.widget.open:
        raise HTTPException(
            404, "This desk has no widget. Set DESKHAND_WIDGET_SECRET, or let a site of [widget.sites] be anonymous."
        )
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise HTTPException(401, "A token of the company's server is needed. Nothing was filed.")
    try:
        return installation.widget.visitor(token, site_of(request.scope))
    except Rejected as error:
        raise HTTPException(401, f"The token is not accepted: {error}. Nothing was filed; get a new one.") from error


Visiting = Annotated[Visitor, Depends(visiting)]
ConversationId = Annotated[str, Path(pattern=ID)]


def place(request: Request, visitor: Visitor, id: str) -> str:
    """What our own store calls this conversation."""
    return place_at(site_of(request.scope), visitor, id)


def place_at(site: str, visitor: Visitor, id: str) -> str:
    """Of somebody unknown the name holds who they are: with another token the same id is another conversation."""
    return id if visitor.signed_in else f"v_{digest([site, visitor.id, id])[:32]}"


def theirs(request: Request, visitor: Visitor, id: str) -> Ticket:
    """404 alike for what is not there and for what is somebody else's."""
    installation: Installation = request.app.state.installation
    talks = installation.conversations
    try:
        ticket = talks.ticket(Ref(talks.system, "ticket", place(request, visitor, id))).value
    except Missing:
        raise HTTPException(404, NOT_THEIRS) from None
    who = ticket.requester
    own = who.verified and who.email == visitor.email if visitor.signed_in else not who.verified
    if ticket.channel != CHANNEL or not own:
        raise HTTPException(404, NOT_THEIRS)
    return ticket


def who(request: Request, visitor: Visitor) -> str:
    """One visitor, however many tokens they were given."""
    return visitor.email if visitor.signed_in else f"{site_of(request.scope)}/{visitor.id}"


def count(request: Request, visitor: Visitor) -> None:
    """429 when this is one too many within a minute. The database counts, so it holds for all processes together. Who
    is not signed in has a new name for the asking, so their address is counted, too."""
    if not visitor.signed_in:
        count_address(request)
    installation: Installation = request.app.state.installation
    _come(request, who(request, visitor), installation.widget.table.per_minute, "")


def count_address(request: Request) -> None:
    """429 when too many who are not signed in came from this address within a minute. Kept is what it comes to under
    one-way arithmetic, for an hour."""
    installation: Installation = request.app.state.installation
    address = request.client.host if request.client else ""
    most = installation.widget.table.anonymous_per_minute
    _come(request, f"address/{digest([address])[:32]}", most, " from your address")


def _come(request: Request, name: str, most: int, where: str) -> None:
    installation: Installation = request.app.state.installation
    come(installation, name, most, f"That were more than {most} within a minute{where}. Nothing was filed")
