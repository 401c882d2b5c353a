"""The questions a brain answers. A language model is one; the built-in brain is another."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from deskhand.domain.action import Action, Proposal
from deskhand.domain.article import Hit
from deskhand.domain.dossier import Dossier
from deskhand.domain.example import Example
from deskhand.domain.finding import Finding
from deskhand.domain.guidance import Guidance
from deskhand.domain.model_call import Allowance, ModelCall, Purpose
from deskhand.domain.resolution import Plan, Resolution
from deskhand.domain.thread import NOTHING_SAID, Thread
from deskhand.domain.understanding import Understanding
from deskhand.procedures.procedure import Procedure


class CallLog(Protocol):
    """The calls of language models on one ticket. A brain without a model never touches it."""

    def left(self) -> Allowance:
        """What may still be spent on this ticket."""
        ...

    def answer(self, question: str) -> str | None:
        """What a model answered to exactly this question on this ticket before a crash, or None."""
        ...

    def note(self, call: ModelCall, question: str, answer: str) -> None:
        """Keep a call: its line in the journal, and apart from it what was asked and answered (empty if it failed)."""
        ...

    def unanswered(self, purpose: Purpose, why: str) -> None:
        """Keep that a question of this purpose got no usable answer in the end. `why` is one word."""
        ...


class Reader(Protocol):
    """Message -> Understanding: an opinion, whose quotes are checked by whoever asked."""

    def read(self, message: str, thread: Thread, calls: CallLog) -> Understanding:
        """`message` is masked, as `thread` is."""
        ...


# (message, thread) -> True for a yes to our question, False for a no, None for anything else. Read from fixed lists: a
# yes permits an action, so no opinion of a `Reader` makes one.
Agreed = Callable[[str, Thread], bool | None]


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
    `faults` is what review found wrong with the former draft, `draft`. `examples` are what agents made of suggestions
    for messages like this one, nearest first; `guidance` is what agents whispered about this ticket: how to go on,
    never what is so or what is allowed."""

    message: str
    understanding: Understanding
    dossier: Dossier
    procedures: tuple[Procedure, ...]
    failures: Mapping[str, str]
    faults: tuple[str, ...] = ()
    draft: Resolution | None = None
    thread: Thread = NOTHING_SAID
    examples: tuple[Example, ...] = ()
    guidance: tuple[Guidance, ...] = ()


class Planner(Protocol):
    """Brief -> Plan: a dry run."""

    def plan(self, brief: Brief, tools: Tools, calls: CallLog) -> Plan:
        """A resolution whose every claim has a source or will have a receipt, or the reason to hand over."""
        ...


class Judge(Protocol):
    """A second opinion on whether a reply rests on its sources. It can only stop a reply, never pass one."""

    def unsupported(self, reply: str, sources: Sequence[str], calls: CallLog) -> tuple[str, ...]:
        """Sentences of the reply that the sources do not support; empty when all is well, or nobody can tell."""
        ...


@dataclass(frozen=True)
class Opinion:
    """Of a reply that was sent: whether it is `right` and answers what was asked, and whether all that it states is
    `supported` by the sources."""

    right: bool
    supported: bool


class Grader(Protocol):
    """Another model's opinion of what was sent. It sorts what people look at; it is never a label of its own."""

    def grade(self, question: str, reply: str, sources: Sequence[str], calls: CallLog) -> Opinion | None:
        """None when it cannot tell, or did not answer."""
        ...
