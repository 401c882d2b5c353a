"""How one message ended, in the exact shape that `deskhand ask --json` prints."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from deskhand.domain.action import Receipt
from deskhand.domain.article import Citation
from deskhand.domain.handoff import Handoff


class RunOutcome(StrEnum):
    RESOLVED = "resolved"
    ANSWERED = "answered"
    ASKED = "asked"
    SUGGESTED = "suggested"
    AWAITING_APPROVAL = "awaiting_approval"
    HANDED_OFF = "handed_off"


@dataclass(frozen=True)
class ToldRequest:
    quote: str
    procedure: str | None


@dataclass(frozen=True)
class ToldVerdict:
    effect: str
    rule: str
    says: str


@dataclass(frozen=True)
class ToldAction:
    name: str
    args: Mapping[str, str]
    verdict: ToldVerdict
    receipt: Receipt | None


@dataclass(frozen=True)
class ModelUse:
    """Calls of language models for this message; `cost` in US dollars, None when a price is not known."""

    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost: float | None = 0.0


@dataclass(frozen=True)
class RunResult:
    """What became of one message. `reply` is what the customer reads, or would read when `outcome` is a suggestion."""

    outcome: RunOutcome
    reply: str
    language: str
    requests: tuple[ToldRequest, ...]
    actions: tuple[ToldAction, ...]
    citations: tuple[Citation, ...]
    handoff: Handoff | None
    model: ModelUse
    timings_ms: Mapping[str, float]
