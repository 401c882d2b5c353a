"""The packet an agent gets with a ticket: complete by construction, nothing has to be asked again."""

from dataclasses import dataclass
from datetime import datetime

from deskhand.domain.action import Receipt
from deskhand.domain.customer import Strength
from deskhand.domain.finding import Fact

CORRECTED = "the customer corrected"  # the name of what they set right on the summary that they were shown
NO_WORDS = "none, because the message has no words"
EARLIER = "none, because an earlier version made this packet"


@dataclass(frozen=True)
class Who:
    """Whom we take the writer for, and on what ground. `customer` is a `Ref` as text, empty when nobody fits, or
    several; `by` names the hint that fits, and `proven_at` is when a one-time code came back."""

    name: str
    strength: Strength
    by: str
    customer: str = ""
    proven_at: datetime | None = None


@dataclass(frozen=True)
class Handoff:
    """Every field is filled; where there is nothing to tell, it says "none, because ...".

    `reason` is one word for counting (asked, rule, loop, deadline, failure, no_source, unforeseen, language, identity,
    budget, predicted, rejected, restricted); `summary` is what the customer may read of it. `requests` are those of
    this message, then those of earlier ones that are still open; `stated` is all that the customer told, by sentence;
    `deeds` says in words what `done` proves; `promises` are our own sentences, with their time; `policy` is each
    verdict with its rule and the values that led to it; `guidance` is what agents whispered, for agents only.
    """

    queue: str
    reason: str
    because: str
    identity: str
    requests: tuple[str, ...]
    procedures: tuple[str, ...]
    facts: tuple[Fact, ...]
    done: tuple[Receipt, ...]
    tried: tuple[str, ...]
    refused: tuple[str, ...]
    pending: tuple[str, ...]
    promised: str
    open_question: str
    next_step: str
    sentiment: str
    urgency: str
    language: str
    deadline: str
    attachments: tuple[str, ...]
    summary: str
    # What packets of earlier versions lack: those are still read.
    who: Who = Who(EARLIER, Strength.UNKNOWN, EARLIER)
    stated: tuple[Fact, ...] = ()
    deeds: tuple[str, ...] = (EARLIER,)
    promises: tuple[Fact, ...] = ()
    policy: tuple[str, ...] = (EARLIER,)
    trend: str = EARLIER
    channel: str = EARLIER
    guidance: tuple[str, ...] = ()

    @property
    def asked(self) -> tuple[str, ...]:
        """`requests` that are the customer's words."""
        return tuple(one for one in self.requests if one != NO_WORDS)
