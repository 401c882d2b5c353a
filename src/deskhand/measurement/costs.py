"""What language models cost: by model, by procedure and by ticket, each a sum over the journal."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from deskhand.domain.journal_line import JournalLine

UNWRITTEN = "answers"  # messages that follow no procedure


@dataclass
class Spent:
    """`dollars` is the sum of the known prices, `unpriced` the number of calls whose price nobody knows."""

    calls: int = 0
    failed: int = 0
    input_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0
    dollars: float = 0.0
    unpriced: int = 0

    @property
    def cached_share(self) -> float | None:
        """Of the tokens read, those that the provider had cached."""
        return self.cached_tokens / self.input_tokens if self.input_tokens else None

    def add(self, body: Mapping[str, Any]) -> None:
        """One call, as its journal line tells it."""
        self.calls += 1
        self.failed += bool(body["failed"])
        self.input_tokens += body["input_tokens"]
        self.cached_tokens += body["cached_tokens"]
        self.output_tokens += body["output_tokens"]
        self.dollars += body["dollars"] or 0.0
        self.unpriced += body["dollars"] is None


@dataclass
class Costs:
    """`by_procedure`: messages that follow several are told under "one + other"; each call counts once."""

    all: Spent = field(default_factory=Spent)
    by_model: dict[str, Spent] = field(default_factory=lambda: defaultdict(Spent))
    by_procedure: dict[str, Spent] = field(default_factory=lambda: defaultdict(Spent))
    by_ticket: dict[str, Spent] = field(default_factory=lambda: defaultdict(Spent))


def costs(lines: Iterable[JournalLine]) -> Costs:
    """In one pass, in the order of the journal."""
    found, calls = Costs(), list[tuple[tuple[str, str], Mapping[str, Any]]]()
    followed: dict[tuple[str, str], str] = {}
    for line in lines:
        message = (line.ticket, str(line.body.get("message", "")))
        match line.kind:
            case "model.called":
                calls.append((message, line.body))
            case "message.ended":
                followed[message] = " + ".join(line.body["procedures"]) or UNWRITTEN
            case _:
                pass
    for message, body in calls:
        of = (found.by_model[body["model"]], found.by_procedure[followed.get(message, UNWRITTEN)])
        for spent in (found.all, *of, found.by_ticket[message[0]]):
            spent.add(body)
    return found
