"""One effect in the outside world, as our ledger remembers it: reserved once, then settled."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from deskhand.domain.action import Receipt
from deskhand.domain.money import Money

CODE = "code"  # a letter with a one-time code: nobody keeps its words
TRANSCRIPT = "transcript"  # a letter with what was said in a conversation: its words are kept there
LETTER = "letter"  # one e-mail beside a conversation of ours, about that
LETTERS = frozenset({CODE, LETTER, TRANSCRIPT})  # by e-mail; the ledger keeps neither their words nor their address
ASSIGN = "assign"  # a handoff's queue and person, written back to the help desk
ALERT = "alert"  # what people of the company are told of by itself: nothing of a customer
RESTORED = "backup.restored"  # the line of the journal from which on effects may be forgotten ones
AGENTS = "agent/"  # how the keys begin of what people wrote in the workspace

BY_AI = ("mail/", "proactive/")  # how the keys begin of letters whose words are the assistant's
# Letters, alerts, and notes about who works on what; all other effects are actions of the catalogue.
WORDS = frozenset({"reply", "note", ALERT, ASSIGN}) | LETTERS


def by_ai(key: str) -> bool:
    """Whether the words of this effect are the assistant's, also where a person approved or edited them."""
    return not key.startswith(AGENTS)


def letter_by_ai(key: str) -> bool:
    """The same for a letter beside conversations: codes, alerts and transcripts hold nobody's words."""
    return key.startswith(BY_AI)


class EffectState(StrEnum):
    """RESERVED and UNCONFIRMED are open: it may have happened, it counts under every cap, its subject is locked.
    UNDONE: it was done, and taken back by another effect, whose key is its `reason`."""

    RESERVED = "reserved"
    UNCONFIRMED = "unconfirmed"
    DONE = "done"
    DECLINED = "declined"
    UNDONE = "undone"

    @property
    def open(self) -> bool:
        return self in (EffectState.RESERVED, EffectState.UNCONFIRMED)


@dataclass(frozen=True)
class Effect:
    """`key` names the effect, never an attempt. `args` are sent as they were reserved, whatever a newer plan says.

    `subject` is what no two open effects may touch at once ("charge:ch_1"). `alone`: no person approved it.
    """

    key: str
    ticket: str
    customer: str
    action: str
    subject: str
    args: Mapping[str, str]
    amount: Money | None
    alone: bool
    state: EffectState
    at: datetime
    receipt: Receipt | None = None
    reason: str = ""

    @property
    def by_agent(self) -> bool:
        """Whether a person wrote it: words that are theirs, whatever sent them."""
        return self.key.startswith(AGENTS)


@dataclass(frozen=True)
class Forgotten:
    """The database was put back `at` from a backup, so that what was done between the two is not known here. `until`:
    when nothing of that time is taken up any more, a day after a person resumed the desk; None before."""

    at: datetime
    until: datetime | None


@dataclass(frozen=True)
class Past:
    """What was done for one customer within a day and a month: minor units in one currency, moved `alone` (without a
    person) or in `total`, and how many `times` one action was done."""

    alone_day: int
    alone_month: int
    total_day: int
    total_month: int
    times_day: int
    times_month: int
