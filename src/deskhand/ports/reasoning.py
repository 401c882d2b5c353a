"""The two questions a brain answers. A language model is one; the built-in brain is another."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from deskhand.domain.action import Action, Proposal
from deskhand.domain.article import Hit
from deskhand.domain.dossier import Dossier
from deskhand.domain.finding import Finding
from deskhand.domain.resolution import Plan
from deskhand.domain.ticket import Message
from deskhand.domain.understanding import Understanding
from deskhand.procedures.procedure import Procedure


class Reader(Protocol):
    """Message -> Understanding: an opinion, whose quotes are checked by whoever asked."""

    def read(self, message: str, earlier: tuple[Message, ...]) -> Understanding:
        """`message` is redacted; `earlier` are the messages before it on the ticket, oldest first."""
        ...


class Tools(Protocol):
    """What a planner may do while it thinks. Nothing here changes anything; all is bound to the ticket's customer."""

    def look_up(self, name: str, arguments: Mapping[str, str | int]) -> Finding:
        """A named look-up, live. Raises `ConnectorError` when the system does not answer."""
        ...

    def propose(self, action: Action) -> Proposal:
        """What policy says of this action now. An unknown action, or one out of reach, comes back denied."""
        ...

    def search(self, question: str) -> tuple[Hit, ...]:
        """Passages that may answer, best first; empty when nothing is near."""
        ...

    def passages(self, source: str, question: str) -> tuple[Hit, ...]:
        """Passages of one article, nearest to the question first; empty when there is no such article."""
        ...


@dataclass(frozen=True)
class Brief:
    """All a planner is told. `failures` holds, by effect key, why an action of the former plan was not done;
    `faults` is what review found wrong with the former draft."""

    message: str
    understanding: Understanding
    dossier: Dossier
    procedures: tuple[Procedure, ...]
    failures: Mapping[str, str]
    faults: tuple[str, ...] = ()


class Planner(Protocol):
    """Brief -> Plan: a dry run."""

    def plan(self, brief: Brief, tools: Tools) -> Plan:
        """A resolution whose every claim has a source or will have a receipt, or the reason to hand over."""
        ...
