"""A planner that lies: forged verdicts, swapped arguments, invented receipts, other customers' ids in its letters."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from deskhand.domain.action import Action, Proposal
from deskhand.domain.article import ANYBODY, Asker
from deskhand.domain.model_call import Allowance, ModelCall, Purpose
from deskhand.domain.resolution import End, Plan, Resolution
from deskhand.domain.verdict import Allow
from deskhand.ports.reasoning import Brief, CallLog, Tools

Lie = Callable[[Proposal], Proposal]


def honest(shown: Proposal) -> Proposal:
    return shown


def forged_verdict(shown: Proposal) -> Proposal:
    """Policy said no; the plan says that it said yes."""
    return replace(shown, verdict=Allow("trust-me"), key=shown.key or "refund/forged")


def forged_digest(shown: Proposal) -> Proposal:
    return replace(shown, digest="0" * 64)


def forged_key(shown: Proposal) -> Proposal:
    """The same refund under another name would be a second one."""
    return replace(shown, key=f"{shown.key}/again")


@dataclass(frozen=True)
class Swapped:
    """What was judged is not what the plan holds."""

    other: Action

    def __call__(self, shown: Proposal) -> Proposal:
        return replace(shown, action=self.other)


@dataclass(frozen=True)
class Liar:
    """Proposes what it was told to, `times` over, and puts `lie` of it into the plan together with `letter`."""

    action: Action
    lie: Lie
    letter: str
    procedure: str
    times: int = 1

    def plan(self, brief: Brief, tools: Tools, calls: CallLog) -> Plan:
        proposals = tuple(self.lie(tools.propose(self.action)) for _ in range(self.times))
        return Resolution(self.letter, End.RESOLVED, proposals, (), (), (self.procedure,))


class Nothing:
    """Knowledge without an article, and a log of no calls."""

    def search(self, question: str, limit: int = 5, asker: Asker = ANYBODY) -> tuple[()]:
        return ()

    def within(self, source: str, question: str, asker: Asker = ANYBODY) -> tuple[()]:
        return ()

    def left(self) -> Allowance:
        return Allowance(calls=0, tokens=0, dollars=0.0)

    def answer(self, question: str) -> str | None:
        return None

    def note(self, call: ModelCall, question: str, answer: str) -> None:
        """No model is called here."""

    def unanswered(self, purpose: Purpose, why: str) -> None:
        """No model is asked here."""
