"""Beside messages: an unknown visitor comes in, files, a rating, the summary that people got, a transcript."""

from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool

from deskhand.bootstrap import Installation
from deskhand.bootstrap.desk.attachments import words_of
from deskhand.domain.attachment import Attachment, Why, Withheld, in_words
from deskhand.domain.digest import digest
from deskhand.domain.ref import Ref
from deskhand.domain.summary_phrases import summary_phrases_in
from deskhand.domain.visit import HIGHEST, LOWEST
from deskhand.entrypoints.answers import answers, body_of
from deskhand.entrypoints.rights import Door, open_to
from deskhand.entrypoints.widget.visiting import (
    CHANNEL,
    ID,
    ConversationId,
    Visiting,
    count,
    count_address,
    place,
    theirs,
)
from deskhand.policy.attachments import MEGABYTE
from deskhand.workflows.chat import LONGEST, keep_file, rate
from deskhand.workflows.correct import LONGEST as LONGEST_CORRECTION
from deskhand.workflows.correct import Summary, correct, name_of, summary
from deskhand.workflows.send_transcript import ask_for_transcript

router = APIRouter(prefix="/widget")
ADDRESS = r"^[^\s@]{1,64}@[^\s@]{1,189}$"


@router.post("/{site}/session", dependencies=[open_to(Door.VISITOR)])
def session(site: str, request: Request) -> dict[str, str]:
    """A token for somebody who is not signed in, where this site lets them write; 429 when too many of them come from
    one address."""
    widget = request.app.state.installation.widget
    if "origin" not in request.headers:  # any other was refused at the door
        raise HTTPException(403, "Only a page of the site can begin. No token was made.")
    if not widget.welcomes_anybody(site):
        raise HTTPException(401, "Whoever writes from this site has to be signed in. No token was made.")
    count_address(request)
    return {"token": widget.begin(site)}


@router.post(
    "/conversations/{id}/files",
    status_code=201,
    responses=answers(415),
    openapi_extra=body_of("application/octet-stream"),
    dependencies=[open_to(Door.VISITOR)],
)
async def send_file(
    id: ConversationId,
    request: Request,
    visitor: Visiting,
    file: Annotated[str, Query(pattern=ID)],
    name: Annotated[str, Query(max_length=1000)],
) -> JSONResponse:
    """The body is the file. `file` is an id that the widget makes up: a message names it to carry it. 413 or 415 with
    the reason when it is not taken; nothing was kept then."""
    widget = request.app.state.installation.widget
    largest = int(widget.table.file_megabytes * MEGABYTE)
    content = bytearray()
    async for part in request.stream():
        content += part
        if len(content) > largest:
            told = f"The file was not taken: it is larger than {in_words(largest)}."
            return JSONResponse({"detail": told, "why": Why.TOO_LARGE}, 413)
    return await run_in_threadpool(_keep, request, visitor, id, file, name, bytes(content))


def _keep(request: Request, visitor: Visiting, id: str, file: str, name: str, content: bytes) -> JSONResponse:
    installation: Installation = request.app.state.installation
    count(request, visitor)
    ticket = _opened(request, visitor, id)
    claimed = Attachment(name, request.headers.get("content-type", ""), len(content))
    most = int(installation.widget.table.all_megabytes * MEGABYTE)
    own = digest([str(ticket), file])[:24]
    kept = keep_file(installation.desk, str(ticket), own, claimed, content, most=most, words=words_of)
    if isinstance(kept, Withheld):
        status = 413 if kept.why is Why.TOO_LARGE else 415
        return JSONResponse({"detail": f"The file was not taken: {kept.says}.", "why": kept.why}, status)
    return JSONResponse({"file": kept.id, "name": kept.name, "size": kept.size}, 201)


def _opened(request: Request, visitor: Visiting, id: str) -> Ref:
    """This conversation of theirs, begun where it is not there yet: a file may come before its message."""
    installation: Installation = request.app.state.installation
    talks, own = installation.conversations, place(request, visitor, id)
    ref = talks.open(own, visitor.email, name=visitor.name, verified=visitor.signed_in, subject="", channel=CHANNEL)
    theirs(request, visitor, id)
    return ref


class Rated(BaseModel):
    score: int = Field(ge=LOWEST, le=HIGHEST)
    words: str = Field(default="", max_length=LONGEST)


@router.post("/conversations/{id}/rating", dependencies=[open_to(Door.VISITOR)])
def rated(id: ConversationId, asked: Rated, request: Request, visitor: Visiting) -> dict[str, bool]:
    """Once for a conversation; sent again, nothing happens."""
    installation: Installation = request.app.state.installation
    count(request, visitor)
    ticket = str(theirs(request, visitor, id).ref)
    return {"kept": rate(installation.store, ticket, asked.score, asked.words, installation.desk.clock())}


@router.get("/conversations/{id}/summary", dependencies=[open_to(Door.VISITOR)])
def passed_on(id: ConversationId, request: Request, visitor: Visiting) -> dict[str, Any]:
    """What people were given with this conversation, as far as it is the customer's own."""
    installation: Installation = request.app.state.installation
    found = _summary(request, visitor, id)
    actions = installation.desk.actions
    deeds = [
        {
            "title": actions[one.action].title if one.action in actions else one.action,
            "id": one.receipt.id if one.receipt else "",
            "link": installation.desk.receipt_link(one.key),
        }
        for one in found.done
    ]
    own = [one.text for one in found.corrections]
    return {"asked": list(found.requests), "told": list(found.told), "done": deeds, "corrections": own}


class Corrected(BaseModel):
    words: str = Field(min_length=1, max_length=2 * LONGEST_CORRECTION)


@router.post("/conversations/{id}/corrections", dependencies=[open_to(Door.VISITOR)])
def corrected(id: ConversationId, asked: Corrected, request: Request, visitor: Visiting) -> dict[str, str]:
    """Kept for people, and told in a note. `says` is for the customer, in the language of the conversation."""
    installation: Installation = request.app.state.installation
    count(request, visitor)
    found = _summary(request, visitor, id)
    kept = correct(installation.store, found, asked.words, installation.desk.clock())
    return {"kept": str(kept), "says": getattr(summary_phrases_in(found.language), str(kept))}


def _summary(request: Request, visitor: Visiting, id: str) -> Summary:
    installation: Installation = request.app.state.installation
    ticket = str(theirs(request, visitor, id).ref)
    with installation.store.begin() as tx:
        packet = tx.handoffs.packet(ticket)
    found = packet and summary(installation.store, name_of(ticket, packet[0]), installation.desk.clock())
    if not found or found.expired:
        raise HTTPException(404, "Nothing was passed on to people, or it was too long ago.")
    return found


class Addressed(BaseModel):
    email: str = Field(pattern=ADDRESS)


@router.post("/conversations/{id}/address", dependencies=[open_to(Door.VISITOR)])
def addressed(id: ConversationId, asked: Addressed, request: Request, visitor: Visiting) -> dict[str, bool]:
    """Where somebody unknown says that they can be reached. Nobody takes it for who they are."""
    installation: Installation = request.app.state.installation
    count(request, visitor)
    ticket = theirs(request, visitor, id)
    if not visitor.signed_in:
        installation.conversations.known_as(ticket.ref, asked.email.lower())
    return {"kept": not visitor.signed_in}


class Wished(BaseModel):
    language: str = Field(default="en", pattern=r"^[a-z]{2,3}$")


@router.post(
    "/conversations/{id}/transcript", status_code=202, responses=answers(409), dependencies=[open_to(Door.VISITOR)]
)
def transcript(id: ConversationId, asked: Wished, request: Request, visitor: Visiting) -> JSONResponse:
    """By e-mail to the address that the company has on file, and to no other. 202: it is on its way."""
    installation: Installation = request.app.state.installation
    if not visitor.signed_in or not installation.desk.proving.sends:
        raise HTTPException(404, "No transcript can be sent from here. Nothing was sent.")
    count(request, visitor)
    ticket = theirs(request, visitor, id)
    last = next((one.id for one in reversed(ticket.messages) if one.public), "")
    if not ask_for_transcript(installation.desk, str(ticket.ref), last, asked.language):
        raise HTTPException(409, "Enough transcripts of this conversation were sent. Nothing was sent.")
    return JSONResponse({"to": ticket.requester.email}, 202)
