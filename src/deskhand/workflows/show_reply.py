"""A reply as somebody who grades it sees it: the conversation so far and its words, and not whose they are."""

import re
from dataclasses import dataclass

from deskhand.domain.ai_notice import without_notice
from deskhand.domain.errors import ConnectorError
from deskhand.domain.outcome import RunResult
from deskhand.domain.ref import Ref
from deskhand.domain.ticket import Author, Message
from deskhand.measurement.quality.sample import Drawn
from deskhand.understanding.understand import readable
from deskhand.workflows.desk import Desk

GREETING = re.compile(r"[^\n.!?]{0,60}[,:]")
SHORT = 6  # words of a signature
LINK = re.compile(r"(?<![^\n])[^\n]*https?://\S{1,500}/(?:receipts|summaries|ratings)/\S+[^\n]*\n?")


@dataclass(frozen=True)
class Line:
    customer: bool
    text: str


@dataclass(frozen=True)
class Blind:
    """`before`: what was said until the reply, oldest first."""

    before: tuple[Line, ...]
    reply: str


def blind(desk: Desk, drawn: Drawn) -> Blind | None:
    """None when its words are nowhere to be had: the help desk does not answer, or the message is gone."""
    one = drawn.sent
    ref = Ref.parse(one.ticket)
    with desk.store.begin() as tx:
        result = tx.results.get(one.ticket, one.message)
    try:
        read = desk.desks[ref.system].ticket(ref).value if ref.system in desk.desks else None
    except ConnectorError:
        read = None
    public = [each for each in read.messages if each.public] if read else []
    place = next((at for at, each in enumerate(public) if each.id == one.message), None)
    if place is None:
        return _from_our_own(desk, result)
    if public[place].author is not Author.CUSTOMER:
        return Blind(_lines(desk, public[:place]), body(public[place].text, desk.voice.signature))
    if result is None:
        return None
    return Blind(_lines(desk, public[: place + 1]), body(result.reply, desk.voice.signature))


def body(letter: str, signature: str) -> str:
    """Without greeting, signature and addresses of ours, by which one could tell who wrote it."""
    parts = [
        one.strip()
        for one in LINK.sub("", without_notice(readable(letter))).replace(signature, "").split("\n\n")
        if one.strip()
    ]
    if len(parts) > 1 and GREETING.fullmatch(parts[0]):
        parts = parts[1:]
    if len(parts) > 1 and len(parts[-1].split()) <= SHORT and parts[-1][-1] not in ".!?":
        parts = parts[:-1]
    return "\n\n".join(parts)


def _from_our_own(desk: Desk, result: RunResult | None) -> Blind | None:
    if result is None or not result.reply:
        return None
    asked = tuple(Line(customer=True, text=readable(one.quote)) for one in result.requests)
    return Blind(asked, body(result.reply, desk.voice.signature))


def _lines(desk: Desk, messages: list[Message]) -> tuple[Line, ...]:
    return tuple(
        Line(customer=True, text=readable(one.text))
        if one.author is Author.CUSTOMER
        else Line(customer=False, text=body(one.text, desk.voice.signature))
        for one in messages
    )
