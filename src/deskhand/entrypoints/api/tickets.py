"""Tickets and their timelines; taking one over, writing on it, giving it back, and whispering to the assistant."""

import time
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from deskhand.bootstrap import Installation
from deskhand.domain.errors import UnknownTicket
from deskhand.domain.rights import Right
from deskhand.entrypoints.answers import answers
from deskhand.entrypoints.people import Caller, within
from deskhand.entrypoints.printing import plain
from deskhand.entrypoints.rights import needs
from deskhand.workflows.agent_reply import agent_reply
from deskhand.workflows.take_over import give_back, take_over
from deskhand.workflows.whisper import whisper, whispers, withdraw

router = APIRouter(prefix="/api/tickets")


@router.get("", dependencies=[needs(Right.READ)])
def overview(request: Request, caller: Caller, limit: Annotated[int, Query(ge=1, le=500)] = 100) -> dict[str, Any]:
    """The tickets that changed last."""
    installation: Installation = request.app.state.installation
    return {"tickets": plain(installation.queries.tickets(limit, within(installation, caller)))}


@router.get("/{ticket}", dependencies=[needs(Right.READ)])
def timeline(ticket: str, request: Request, caller: Caller) -> dict[str, Any]:
    """What happened on one ticket, line by line, and the whispers that stand on it."""
    installation: Installation = request.app.state.installation
    lines = installation.queries.timeline(ticket)
    if not lines:
        raise UnknownTicket(f"There is no ticket {ticket}.")
    standing = whispers(installation.store, ticket)
    return {"ticket": ticket, "lines": plain(lines), "guidance": plain(standing)}


@router.post("/{ticket}/take-over", dependencies=[needs(Right.DECIDE)])
def take(ticket: str, request: Request, caller: Caller) -> dict[str, Any]:
    """From now on the assistant does nothing on it. `on_its_way`: a reply that had begun before may still arrive."""
    installation = _known(ticket, request)
    taken = take_over(installation.store, ticket, caller, installation.desk.clock(), time.sleep)
    return {"ticket": ticket, "before": taken.before, "on_its_way": taken.on_its_way}


@router.post("/{ticket}/give-back", dependencies=[needs(Right.DECIDE)])
def give(ticket: str, request: Request, caller: Caller) -> dict[str, str]:
    """The assistant answers the next message again."""
    installation = _known(ticket, request)
    return {"ticket": ticket, "before": give_back(installation.store, ticket, caller, installation.desk.clock())}


class Reply(BaseModel):
    """`nonce` is made up by whoever asks: sent again with the same one, nothing is sent twice."""

    text: str
    public: bool = True
    nonce: str = Field(pattern=r"^[A-Za-z0-9_-]{8,64}$")


@router.post("/{ticket}/reply", responses=answers(409), dependencies=[needs(Right.DECIDE)])
def reply(ticket: str, asked: Reply, request: Request, caller: Caller) -> JSONResponse:
    """Words of whoever has the ticket: 200 when they are sent, 409 with the reason when they are not."""
    installation = _known(ticket, request)
    replied = agent_reply(installation.desk, ticket, caller, text=asked.text, public=asked.public, nonce=asked.nonce)
    return JSONResponse({"sent": replied.sent, "detail": replied.why}, 200 if replied.sent else 409)


class Whisper(BaseModel):
    """`about` is the procedure that the next message is to be taken for; `again`: have the last one thought over."""

    text: str = ""
    about: str = Field("", max_length=200)
    again: bool = False


@router.post("/{ticket}/guidance", status_code=201, dependencies=[needs(Right.DECIDE)])
def tell(ticket: str, asked: Whisper, request: Request, caller: Caller) -> JSONResponse:
    """201 with what was kept, 422 with the reason when nothing was. `again`: whether a message is thought over now."""
    installation = _known(ticket, request)
    desk = installation.desk
    made = whisper(
        installation.store,
        ticket,
        caller,
        text=asked.text,
        about=asked.about,
        again=asked.again,
        procedures=desk.procedures,
        now=desk.clock(),
    )
    told = {"guidance": plain(made.guidance), "again": made.again, "detail": made.why}
    return JSONResponse(told, 201 if made.guidance else 422)


@router.delete("/{ticket}/guidance/{id}", dependencies=[needs(Right.DECIDE)])
def take_back(ticket: str, id: str, request: Request, caller: Caller) -> JSONResponse:
    """404 when no such whisper stands on this ticket."""
    installation = _known(ticket, request)
    if withdraw(installation.store, ticket, id, caller, installation.desk.clock()):
        return JSONResponse({"guidance": id, "withdrawn": True})
    return JSONResponse({"detail": "No such whisper stands on this ticket. Nothing was changed."}, 404)


def _known(ticket: str, request: Request) -> Installation:
    installation: Installation = request.app.state.installation
    if not installation.queries.timeline(ticket):
        raise UnknownTicket(f"There is no ticket {ticket}.")
    return installation
