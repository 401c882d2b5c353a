"""A whisper: what an agent tells the assistant in private about one ticket. Never a fact, never a permission."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from deskhand.domain.stage import Stage
from deskhand.domain.understanding import Request

TRACED = re.compile(r"guidance (\S{1,64}): ")


@dataclass(frozen=True)
class Guidance:
    """`text` is without what is never kept. `procedure` says what the ticket is about, "" where the agent did not.

    The words guide every later message of the ticket until they are withdrawn, the procedure only one: `message`, ""
    while none has come.
    """

    id: str
    ticket: str
    agent: str
    text: str
    procedure: str
    at: datetime
    message: str = ""


@dataclass(frozen=True)
class Guided:
    """By which whisper the first request became another, and the requests as they were read in the message."""

    by: str
    read: tuple[Request, ...]


@dataclass(frozen=True)
class Again:
    """The whisper for which a message is thought over again, and the stage that it must not be trusted beyond."""

    guidance: str
    stage: Stage


def traced(id: str, how: str) -> str:
    """The line of a trace that tells which whisper a plan was made with. It holds none of its words."""
    return f"guidance {id}: {how}"


def followed(trace: Iterable[str]) -> tuple[str, ...]:
    """The ids of the whispers that a trace tells of."""
    return tuple(dict.fromkeys(found[1] for line in trace if (found := TRACED.match(line))))


def in_words(one: Guidance) -> str:
    """For agents."""
    about = f"treat it as {one.procedure}" if one.procedure else ""
    words = "; ".join(filter(None, (about, one.text)))
    return f"{words} ({one.agent}, {one.at:%Y-%m-%d %H:%M} UTC)"
