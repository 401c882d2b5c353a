"""What would have become of a ticket of the past, beside what agents did about it. Nothing of it was done."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from deskhand.domain.outcome import ModelUse


class WouldBe(StrEnum):
    """How a ticket would have ended with the assistant alone: the outcomes of a message, and three more.

    DENIED: the customer would have been refused by policy, with nothing done for them. SILENT: nothing would have been
    said, as to a machine's letter. FAILED: the story broke off; live, the ticket would be parked with people.
    """

    RESOLVED = "resolved"
    ANSWERED = "answered"
    ASKED = "asked"
    DENIED = "denied"
    AWAITING_APPROVAL = "awaiting_approval"
    HANDED_OFF = "handed_off"
    SILENT = "silent"
    FAILED = "failed"


ALONE = frozenset({WouldBe.RESOLVED, WouldBe.ANSWERED})  # nobody else would have been needed, and nothing more asked
REPLIED = frozenset({WouldBe.RESOLVED, WouldBe.ANSWERED, WouldBe.ASKED, WouldBe.DENIED, WouldBe.AWAITING_APPROVAL})


@dataclass(frozen=True)
class WouldDo:
    """An action that would have been proposed, and policy's word on it. `amount` is money as text ("29.00 USD"), ""
    where none moves."""

    name: str
    key: str
    effect: str
    rule: str
    amount: str
    preview: str


@dataclass(frozen=True)
class Agreement:
    """Our reply beside the agents' messages. None: the history does not tell, or there is no reply of ours.

    `actions`: whether both did the same, as far as their words tell. `facts`: whether every amount, date and id that
    they named is in our reply, too; `named` of them, `shared` in both. `similarity`: cosine of both texts. `same`: all
    of it together.
    """

    actions: bool | None = None
    facts: bool | None = None
    named: int = 0
    shared: int = 0
    similarity: float | None = None
    same: bool | None = None


@dataclass(frozen=True)
class Replayed:
    """One past ticket. `procedures` are those it was read as or answered by; `confidence` is that of the least sure
    request, None where there is none. `queue`, `reason` and `because` tell of a handoff.

    `response_s` and `resolution_s` are what the agents took, by the history; None where it does not tell. `ms` is our
    own time.
    """

    ticket: str
    at: datetime
    customer: str
    text: str
    language: str
    outcome: WouldBe
    procedures: tuple[str, ...]
    confidence: float | None
    reply: str
    actions: tuple[WouldDo, ...]
    queue: str
    reason: str
    because: str
    agents: str
    agreement: Agreement
    csat: int | None
    response_s: float | None
    resolution_s: float | None
    messages: int
    model: ModelUse
    ms: float
