"""A procedure: how one kind of request is solved, as checked values made by `loading.py`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from deskhand.domain.errors import Fault
from deskhand.domain.expression import Expression, Language
from deskhand.domain.resolution import End
from deskhand.procedures.template import Template


class SlotKind(StrEnum):
    """What a customer may name in a message; recognised by pattern, kept as written."""

    AMOUNT = "amount"
    DATE = "date"
    EMAIL = "email"
    ORDER_NUMBER = "order_number"
    TEXT = "text"


@dataclass(frozen=True)
class Slot:
    """Something that must be known before the steps begin. `ask` is the one question when it is missing."""

    name: str
    kind: SlotKind
    ask: str


@dataclass(frozen=True)
class ActionShape:
    """What a procedure must know of an action: its arguments (str or Money) and what its receipt tells."""

    name: str
    arguments: Mapping[str, type]
    receipt: tuple[str, ...]


@dataclass(frozen=True)
class LookUp:
    """A call of a look-up: `arguments` are whole numbers, or texts; a text like "slot.order" is a reference."""

    name: str
    call: str
    arguments: Mapping[str, str | int]
    line: int


@dataclass(frozen=True)
class HandOff:
    """Give the ticket to people. `queue` is empty for the default queue; `because` is for the agent."""

    queue: str
    because: str


@dataclass(frozen=True)
class Step:
    """One step; it is taken when all of `when` hold (none: always). What cannot be told does not hold.

    In this order: cite, propose (once for each row of the look-up `for_each`, or once), say, then hand_off or end.
    `arguments` of a proposal are references ("each.charge") or quoted texts.
    """

    line: int
    when: tuple[Expression, ...] = ()
    cite: tuple[str, ...] = ()
    for_each: str = ""
    propose: str = ""
    arguments: Mapping[str, str] = field(default_factory=dict)
    say: Template | None = None
    hand_off: HandOff | None = None
    end: End | None = None


@dataclass(frozen=True)
class Procedure:
    """`requires` must all hold, or the ticket is handed over for want of them (usually `customer.verified`).

    `about` is the `when` of the file; `language` holds every name that conditions and texts may use; `notes` are worth
    a look, and no faults.
    """

    id: str
    title: str
    about: str
    examples: tuple[str, ...]
    requires: tuple[Expression, ...]
    slots: tuple[Slot, ...]
    look_ups: tuple[LookUp, ...]
    may_propose: tuple[str, ...]
    steps: tuple[Step, ...]
    language: Language
    digest: str
    notes: tuple[Fault, ...] = ()

    def words(self) -> tuple[str, ...]:
        """Everything its author has it say: a source that a reply may rest on."""
        said = [step.say.words for step in self.steps if step.say]
        return (*said, *(slot.ask for slot in self.slots))
