"""One golden ticket: who writes what, on which facts, and what must and must not come of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from deskhand.procedures.procedure import LookUp
from deskhand.procedures.template import Template

SITUATION = "customer:"  # how a writer is named who is the next made-up customer in a situation


@dataclass(frozen=True)
class Turn:
    """One of: what the customer `says`, or the person of desk.toml who `approves` or `rejects` what waits."""

    says: str = ""
    approves: str = ""
    rejects: str = ""


@dataclass(frozen=True)
class WantedAction:
    """An action that must be proposed. What is not said may be anything; `done` None, too."""

    action: str
    arguments: Mapping[str, Template] = field(default_factory=dict)
    verdict: str = ""
    rule: str = ""
    done: bool | None = None


@dataclass(frozen=True)
class WantedHandoff:
    """`holds`: texts that stand somewhere in the packet."""

    queue: str = ""
    reason: str = ""
    holds: tuple[Template, ...] = ()


@dataclass(frozen=True)
class Must:
    """Of the last message: `outcomes` (one of them), `language` and `stage`. Of the whole ticket: the rest.
    `procedures` None: any."""

    outcomes: tuple[str, ...] = ()
    procedures: tuple[str, ...] | None = None
    actions: tuple[WantedAction, ...] = ()
    says: tuple[Template, ...] = ()
    cites: tuple[str, ...] = ()
    handoff: WantedHandoff | None = None
    language: str = ""
    stage: str = ""


@dataclass(frozen=True)
class MustNot:
    """`does`: actions that may not be done; `proposes`: that may not even be proposed; `says`: words of no reply."""

    outcomes: tuple[str, ...] = ()
    does: tuple[str, ...] = ()
    proposes: tuple[str, ...] = ()
    says: tuple[Template, ...] = ()
    cites: tuple[str, ...] = ()


@dataclass(frozen=True)
class Golden:
    """`sender`: an address, or "customer:<situation>". `stage` "": the desk's own rollout. `facts`: what look-ups find
    for this ticket, by name and as written; the others ask the twins. `look_ups`: names for what templates speak of,
    read before the first message. `draft`: made from a past ticket, and run only when asked."""

    id: str
    file: str
    line: int
    about: str
    sender: str
    turns: tuple[Turn, ...]
    must: Must
    must_not: MustNot = MustNot()
    verified: bool = True
    channel: str = "chat"
    stage: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    look_ups: tuple[LookUp, ...] = ()
    draft: bool = False

    @property
    def situation(self) -> str:
        """The situation of a made-up customer, or "" where an address is named."""
        return self.sender.removeprefix(SITUATION) if self.sender.startswith(SITUATION) else ""
