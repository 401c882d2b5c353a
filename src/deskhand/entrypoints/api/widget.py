"""The company's own site: a customer writes to us there, and reads what we answered.

Every call carries a token: one that the company's server signed for whoever is signed in, or, where a site lets anybody
write, one of ours for somebody of whom nothing is known. Without a good one nothing is filed at all: what somebody says
of themselves here would be worth nothing.
"""

from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from deskhand.bootstrap import Installation
from deskhand.domain.delivery import Delivery
from deskhand.domain.digest import digest
from deskhand.domain.ref import Ref
from deskhand.entrypoints.answers import answers
from deskhand.entrypoints.rights import Door, open_to
from deskhand.entrypoints.widget.view import view
from deskhand.entrypoints.widget.visiting import CHANNEL, ID, ConversationId, Visiting, count, place, theirs
from deskhand.workflows.chat import Press, hung_on, still_asked, take_in_chat
from deskhand.workflows.present_code import taken_out
from deskhand.workflows.solved import say_solved

router = APIRouter(prefix="/widget")
Id = Annotated[str, Field(pattern=ID)]


class Pressed(BaseModel):
    """A button under our question: a yes or a no to exactly what it showed."""

    key: str = Field(max_length=500)
    digest: str = Field(max_length=100)
    yes: bool


class Written(BaseModel):
    """`conversation` and `message` are ids that the widget makes up: sent again with the same ones, nothing happens.
    `person`: they pressed the button that asks for one; `files`: what `/files` gave back for what hangs on it."""

    conversation: Id
    message: Id
    text: str = Field(min_length=1, max_length=20_000)
    person: bool = False
    press: Pressed | None = None
    files: list[Annotated[str, Field(max_length=64)]] = Field(default_factory=list, max_length=5)


@router.post("/messages", responses=answers(202, 409), dependencies=[open_to(Door.VISITOR)])
def write(asked: Written, request: Request, visitor: Visiting) -> JSONResponse:
    """202 when it is new, 200 when it was there before, 404 when the conversation is somebody else's, 409 when what a
    button answers is not asked any more."""
    installation: Installation = request.app.state.installation
    desk, talks = installation.desk, installation.conversations
    own = place(request, visitor, asked.conversation)
    ref, message = Ref(talks.system, "ticket", own), f"w_{digest([own, asked.message])[:20]}"
    told = {"conversation": asked.conversation, "message": message}
    with installation.store.begin() as tx:
        known = tx.inbox.received_at(str(ref), message)
    if known:
        theirs(request, visitor, asked.conversation)
        return JSONResponse({"filed": False, **told}, 200)
    count(request, visitor)
    press = Press(asked.press.key, asked.press.digest, asked.press.yes) if asked.press else None
    if press and not still_asked(installation.store, str(ref), press, desk.clock()):
        raise HTTPException(409, "This is not asked any more, or it has changed. Nothing was done.")
    talks.open(own, visitor.email, name=visitor.name, verified=visitor.signed_in, subject="", channel=CHANNEL)
    theirs(request, visitor, asked.conversation)
    files = hung_on(installation.store, str(ref), message, asked.files)
    text = taken_out(desk, str(ref), message, asked.text.replace("\x00", ""))
    talks.say(ref, message, text, attachments=files, outer=asked.message)
    delivery = Delivery(CHANNEL, message, str(ref), message, CHANNEL, desk.clock())
    filed = take_in_chat(installation.store, delivery, person=asked.person, press=press)
    return JSONResponse({"filed": filed, **told}, 202 if filed else 200)


class Solved(BaseModel):
    solved: bool


@router.post("/conversations/{id}/solved", responses=answers(202), dependencies=[open_to(Door.VISITOR)])
def solved(id: ConversationId, asked: Solved, request: Request, visitor: Visiting) -> JSONResponse:
    """The button of the page. 202 when it counts, 200 when they said the same last, 404 when it is somebody else's."""
    installation: Installation = request.app.state.installation
    count(request, visitor)
    ticket = str(theirs(request, visitor, id).ref)
    now = installation.desk.clock()
    counts = say_solved(installation.store, ticket, now, solved=asked.solved, how="button")
    return JSONResponse({"noted": counts}, 202 if counts else 200)


@router.get("/conversations/{id}", dependencies=[open_to(Door.VISITOR)])
def read(id: ConversationId, request: Request, visitor: Visiting) -> dict[str, Any]:
    """What was said in a conversation of theirs, oldest first, and how it stands; notes among agents are left out."""
    ticket = str(theirs(request, visitor, id).ref)
    return {"conversation": id, **view(request.app.state.installation, ticket, visitor)}
