"""Asks the reader what a message means, and believes only what the message shows."""

from collections.abc import Callable
from dataclasses import replace

from deskhand.domain.thread import Thread
from deskhand.domain.understanding import Kind, Request, Understanding
from deskhand.ports.reasoning import CallLog, Reader
from deskhand.understanding.redact import redact

Mask = Callable[[str], str]
LONGEST = 20_000  # characters; what lies beyond is kept on the ticket, for people


def understand(text: str, thread: Thread, reader: Reader, calls: CallLog) -> Understanding:
    """What a readable message means: each quote stands in it, letter for letter."""
    return evident(text, reader.read(text, thread, calls))


def readable(text: str, mask: Mask = redact) -> str:
    """Without control characters, masked, of bounded length."""
    plain = "".join(c for c in text[: LONGEST * 2] if c.isprintable() or c in "\n\t")
    return mask(plain)[:LONGEST].strip()


def evident(text: str, opinion: Understanding) -> Understanding:
    """Drops what is not quoted from the message; a message is never left without a request."""
    requests = tuple(one for one in opinion.requests if one.quote in text)
    risks = tuple(one for one in opinion.risks if one.quote and one.quote in text)
    signals = tuple(one for one in opinion.signals if one.quote and one.quote in text)
    unforeseen = (Request(text, Kind.UNFORESEEN, None, 0.0),)
    return replace(opinion, requests=requests or unforeseen, risks=risks, signals=signals)
