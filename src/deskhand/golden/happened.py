"""What became of a golden ticket, as it is held against what was wanted."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from deskhand.domain.handoff import Handoff
from deskhand.domain.money import Money
from deskhand.golden.loading import FIRST

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Deed:
    """An action of some message: what policy said, and whether it was carried out."""

    name: str
    arguments: Mapping[str, str]
    verdict: str
    rule: str
    done: bool
    receipt: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Happened:
    """`outcomes` and `replies` are in the order of the messages; `failed` says why the ticket could not be run to its
    end, or is ""; `blank`: fields of a packet that tell nothing."""

    outcomes: tuple[str, ...] = ()
    replies: tuple[str, ...] = ()
    procedures: tuple[str, ...] = ()
    deeds: tuple[Deed, ...] = ()
    cited: tuple[str, ...] = ()
    language: str = ""
    stage: str = ""
    handoff: Handoff | None = None
    blank: tuple[str, ...] = ()
    failed: str = ""


def values_of(looked: Values, deeds: tuple[Deed, ...]) -> dict[str, Any]:
    """What templates may speak of: what was looked up before, and the actions of the ticket."""
    found: dict[str, Any] = dict(looked)
    for deed in deeds:
        found |= {f"{deed.name}.{name}": typed(text) for name, text in deed.arguments.items()}
        found |= {f"{deed.name}.receipt.{name}": text for name, text in deed.receipt.items()}
    return found


def looked(name: str, fields: Values, rows: tuple[Values, ...]) -> dict[str, Any]:
    """A finding under the name that the ticket gives it."""
    first = {f"{name}.{FIRST}.{key}": value for key, value in rows[0].items()} if rows else {}
    return {f"{name}.{key}": value for key, value in fields.items()} | first | {f"{name}.count": len(rows)}


def typed(text: str) -> Any:
    """An argument as what it stands for: an amount, or its text."""
    try:
        return Money.parse(text)
    except ValueError:
        return text
