"""What agents whispered, as it bears on one message: what it is about, and what a brain is told beside it."""

from dataclasses import replace

from deskhand.domain.guidance import Guidance, Guided, traced
from deskhand.domain.heard import Heard
from deskhand.domain.resolution import Plan
from deskhand.domain.understanding import Kind
from deskhand.understanding.redact import PLACE, known_of, mask
from deskhand.workflows.desk import Desk


def as_read(heard: Heard) -> Heard:
    """Without what a whisper made of it: that one may have been withdrawn by now."""
    if heard.guided is None:
        return heard
    return replace(heard, understanding=replace(heard.understanding, requests=heard.guided.read), guided=None)


def guided(desk: Desk, heard: Heard) -> Heard:
    """With the procedure that an agent named last as its first request, as if that had been read in the message.

    A procedure is named for one message: the first that is considered after it. A bare yes or no stays what it is.
    """
    now = heard.understanding
    if now.says_yes or now.says_no:
        return heard
    with desk.store.look() as tx:
        named = [one for one in tx.guidance.standing(heard.ticket) if one.procedure in desk.procedures]
    if not named or named[-1].message not in ("", heard.message):
        return heard
    last = named[-1]
    first, *others = now.requests
    first = replace(first, kind=Kind.PROCEDURE, procedure=last.procedure, confidence=1.0)
    told = replace(now, requests=(first, *others), corrects=False)
    return replace(heard, understanding=told, guided=Guided(last.id, now.requests))


def guidance_for(desk: Desk, heard: Heard) -> tuple[Guidance, ...]:
    """Every whisper that stands on the ticket, as a brain may see it; a procedure that was named for another message is
    left out."""
    with desk.store.look() as tx:
        standing = tx.guidance.standing(heard.ticket)
    followed = heard.guided.by if heard.guided else ""
    return tuple(
        replace(one, text=_masked(desk, heard, one.text), procedure=one.procedure if one.id == followed else "")
        for one in standing
    )


def told_of(made: Plan, heard: Heard) -> Plan:
    """The plan, whose trace says that the message was taken for what an agent named."""
    if heard.guided is None:
        return made
    procedure = heard.understanding.requests[0].procedure
    line = traced(heard.guided.by, f"an agent said that this is about {procedure}")
    return replace(made, trace=(line, *made.trace))


def _masked(desk: Desk, heard: Heard, text: str) -> str:
    """What the message names as well stands in the same place there; a place of its own would mean something else."""
    masked = mask(text, desk.masks, known_of(heard.requester))
    theirs = {value: place for place, value in heard.masked.items()}
    return PLACE.sub(lambda place: theirs.get(masked.values.get(place[0], ""), f"[{place['kind']}]"), masked.text)
