"""The company's own site: a customer who is signed in there writes to us, and reads what we answered.

Every call carries the token that the company's server signed for them. Without a good one nothing is filed at all: what
somebody says of themselves here would be worth nothing.
"""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from deskhand.bootstrap import Installation
from deskhand.domain.delivery import Delivery
from deskhand.domain.digest import digest
from deskhand.domain.errors import Missing, Rejected
from deskhand.domain.ref import Ref
from deskhand.domain.ticket import Ticket
from deskhand.domain.visitor import Visitor
from deskhand.workflows.present_code import taken_out
from deskhand.workflows.take_in import take_in

router = APIRouter(prefix="/widget")
CHANNEL = "widget"
ID = r"^[A-Za-z0-9_-]{16,64}$"


def visiting(request: Request) -> Visitor:
    """Whom the token in the Authorization header vouches for; 401 with the reason when it does not."""
    installation: Installation = request.app.state.installation
    if installation.visitor is None:
        raise HTTPException(404, "This desk has no widget. Set DESKHAND_WIDGET_SECRET to open it.")
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise HTTPException(401, "A token of the company's server is needed. Nothing was filed.")
    try:
        return installation.visitor(token)
    except Rejected as error:
        raise HTTPException(401, f"The token is not accepted: {error}. Nothing was filed; get a new one.") from error


Visiting = Annotated[Visitor, Depends(visiting)]


class Written(BaseModel):
    """`conversation` and `message` are ids that the widget makes up: sent again with the same ones, nothing happens."""

    conversation: str = Field(pattern=ID)
    message: str = Field(pattern=ID)
    text: str = Field(min_length=1, max_length=20_000)


@router.post("/messages")
def write(asked: Written, request: Request, visitor: Visiting) -> JSONResponse:
    """202 when it is new, 200 when it was there before, 404 when the conversation is somebody else's."""
    installation: Installation = request.app.state.installation
    talks = installation.conversations
    ref = talks.open(asked.conversation, visitor.email, name=visitor.name, verified=True, subject="", channel=CHANNEL)
    _theirs(installation, asked.conversation, visitor)
    message = f"w_{digest([asked.conversation, asked.message])[:20]}"
    text = taken_out(installation.desk, str(ref), message, asked.text.replace("\x00", ""))
    talks.say(ref, message, text)
    now = installation.desk.clock()
    filed = take_in(installation.store, Delivery(CHANNEL, message, str(ref), message, CHANNEL, now))
    return JSONResponse({"filed": filed, "conversation": asked.conversation}, 202 if filed else 200)


@router.get("/conversations/{id}")
def read(id: str, request: Request, visitor: Visiting) -> dict[str, Any]:
    """What was said in a conversation of theirs, oldest first; notes among agents are left out."""
    said = _theirs(request.app.state.installation, id, visitor).messages
    public = [
        {"author": str(one.author), "text": one.text, "sent_at": one.sent_at.isoformat()} for one in said if one.public
    ]
    return {"conversation": id, "messages": public}


def _theirs(installation: Installation, id: str, visitor: Visitor) -> Ticket:
    """404 alike for what is not there and for what is somebody else's."""
    try:
        system = installation.conversations.system
        ticket = installation.desk.desks[system].ticket(Ref(system, "ticket", id)).value
    except Missing:
        ticket = None
    if ticket is None or ticket.channel != CHANNEL or ticket.requester.email != visitor.email:
        raise HTTPException(404, "You have no such conversation. Nothing was filed.")
    return ticket
