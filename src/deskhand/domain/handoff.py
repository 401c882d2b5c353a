"""The packet an agent gets with a ticket: complete by construction, nothing has to be asked again."""

from dataclasses import dataclass

from deskhand.domain.action import Receipt
from deskhand.domain.finding import Fact


@dataclass(frozen=True)
class Handoff:
    """Every field is filled; where there is nothing to tell, it says "none, because ...".

    `reason` is one word for counting (asked, rule, loop, deadline, failure, no_source, unforeseen, language, identity,
    budget, predicted, rejected); `summary` is what the customer may read of it.
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
