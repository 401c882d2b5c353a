"""What an export holds: a row for each ticket as it is counted, one for each message; no texts, and nobody's name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Generic, TypeVar

from deskhand.domain.journal_line import JournalLine
from deskhand.measurement.entry import Entry

Of = TypeVar("Of")
Cell = str | int | float | bool | datetime | None


class Kind(StrEnum):
    TEXT = "text"
    WHOLE = "whole number"
    NUMBER = "number"
    FLAG = "yes or no"
    TIME = "time (UTC)"


@dataclass(frozen=True)
class Column(Generic[Of]):
    """`means` is what the documents say of it."""

    name: str
    kind: Kind
    means: str
    of: Callable[[Of], Cell]


@dataclass(frozen=True)
class TicketSeen:
    """An entry at a moment, with the window within which a return counts."""

    entry: Entry
    now: datetime
    window: timedelta


def _own(name: str) -> Callable[[TicketSeen], Cell]:
    """What stands in the entry under this name; several with + between, and nothing for an empty text."""

    def found(one: TicketSeen) -> Cell:
        value = getattr(one.entry, name)
        return ("+".join(value) if isinstance(value, tuple) else value) if value != "" and value != () else None

    return found


def _ended(one: TicketSeen) -> str | None:
    mature = one.entry.mature(one.now, one.window)
    state = None if one.entry.left_out else one.entry.state(one.window, over=mature)
    return str(state) if state else None


def _count(name: str) -> Callable[[TicketSeen], int]:
    return lambda one: one.entry.counts.get(name, 0)


def _seconds(one: Entry, until: datetime | None) -> float | None:
    found = one.seconds(until)
    return None if found is None else round(found, 3)


def _score(one: TicketSeen) -> int | None:
    return one.entry.scores[-1] if one.entry.scores else None


def _dollars(one: TicketSeen) -> float | None:
    counts = one.entry.counts
    return None if counts.get("unpriced") else round(counts.get("model_nano", 0) / 1e9, 9)


TICKETS: tuple[Column[TicketSeen], ...] = (
    Column("ticket", Kind.TEXT, "its reference", _own("ticket")),
    Column("number", Kind.WHOLE, "which stretch of the conversation, from 1", _own("number")),
    Column("left_out", Kind.TEXT, "why it is no ticket of its own; empty for one", _own("left_out")),
    Column("came_at", Kind.TIME, "the customer's first message", _own("came_at")),
    Column("channel", Kind.TEXT, "where it came from", _own("channel")),
    Column("languages", Kind.TEXT, "of its messages, with + between", _own("languages")),
    Column("procedures", Kind.TEXT, "that it followed, with + between", _own("procedures")),
    Column("tier", Kind.TEXT, "of its customer", _own("tier")),
    Column("arm", Kind.TEXT, "the group that its customer was assigned to", _own("arm")),
    Column("closed_at", Kind.TIME, "empty while it is open", _own("closed_at")),
    Column("closed_by", Kind.TEXT, "what closed it", _own("closed_by")),
    Column("handler", Kind.TEXT, "who handled it, once it is closed", _own("handler")),
    Column("outcome", Kind.TEXT, "how it ended; empty while it is open", _ended),
    Column("mature", Kind.FLAG, "whether its window is over", lambda one: one.entry.mature(one.now, one.window)),
    Column("answered", Kind.FLAG, "whether there was a meaningful response", _own("answered")),
    Column("refused", Kind.FLAG, "whether policy refused something", _own("refused")),
    Column("escalated", Kind.TEXT, "reason of its first handoff or take-over", _own("escalated")),
    Column(
        "first_response_s",
        Kind.NUMBER,
        "seconds to the first meaningful response",
        lambda one: _seconds(one.entry, one.entry.response_at),
    ),
    Column(
        "last_response_s",
        Kind.NUMBER,
        "seconds to the last one before closing",
        lambda one: _seconds(one.entry, one.entry.last_response_at),
    ),
    Column("waited_s", Kind.WHOLE, "seconds that we waited for what we had asked", _own("waited_s")),
    Column("score", Kind.WHOLE, "the last rating, 1 to 5", _score),
    Column("recontacted_at", Kind.TIME, "the return on the same issue", _own("recontacted_at")),
    Column("messages", Kind.WHOLE, "of the customer", _count("messages")),
    Column("handoffs", Kind.WHOLE, "to people", _count("handoffs")),
    Column("effects", Kind.WHOLE, "done outside", _count("effects")),
    Column("compliant_effects", Kind.WHOLE, "those of them that policy allowed", _count("compliant")),
    Column("model_calls", Kind.WHOLE, "of language models", _count("model_calls")),
    Column("model_dollars", Kind.NUMBER, "their cost; empty where a price is not known", _dollars),
    Column("agent_days", Kind.WHOLE, "days on which an agent did something", lambda one: len(one.entry.agent_days)),
)


def _text(name: str) -> Callable[[JournalLine], str | None]:
    return lambda line: str(line.body[name]) if line.body.get(name) else None


def _procedures(line: JournalLine) -> str | None:
    return "+".join(line.body["procedures"]) or None


def _flag(name: str) -> Callable[[JournalLine], bool]:
    return lambda line: bool(line.body.get(name))


def _model(name: str) -> Callable[[JournalLine], int]:
    return lambda line: int(str(_inner(line, "model").get(name) or 0))


def _inner(line: JournalLine, name: str) -> Mapping[str, object]:
    found: Mapping[str, object] = line.body.get(name) or {}
    return found


def _own_ms(line: JournalLine) -> float | None:
    took: Mapping[str, float] = line.body.get("timings_ms") or {}
    return round(max(0.0, took["total"] - took.get("model", 0.0)), 3) if "total" in took else None


def _cost(line: JournalLine) -> float | None:
    model: Mapping[str, float | None] = line.body.get("model") or {"cost": 0.0}
    cost = model.get("cost")
    return None if cost is None else float(cost)


def _handed(name: str) -> Callable[[JournalLine], str | None]:
    return lambda line: str(_inner(line, "handoff")[name]) if _inner(line, "handoff").get(name) else None


MESSAGES: tuple[Column[JournalLine], ...] = (
    Column("ticket", Kind.TEXT, "the reference of its ticket", lambda line: line.ticket),
    Column("message", Kind.TEXT, "its id within the ticket", lambda line: str(line.body["message"])),
    Column("ended_at", Kind.TIME, "when it ended, the last time", lambda line: line.at.astimezone(UTC)),
    Column("outcome", Kind.TEXT, "what became of it", _text("outcome")),
    Column("stage", Kind.TEXT, "how far the assistant was trusted", _text("stage")),
    Column(
        "procedures",
        Kind.TEXT,
        "of its requests, with + between",
        _procedures,
    ),
    Column("language", Kind.TEXT, "it was written in", _text("language")),
    Column("verified", Kind.FLAG, "whether we knew who wrote", _flag("verified")),
    Column("unknown", Kind.FLAG, "whether it asked for what no procedure covers", _flag("unknown")),
    Column("thanks", Kind.FLAG, "whether it said thanks only", _flag("thanks")),
    Column("automatic", Kind.FLAG, "whether a machine wrote it", _flag("automatic")),
    Column("citations", Kind.WHOLE, "sources that the answer names", lambda line: int(line.body.get("citations") or 0)),
    Column("actions", Kind.WHOLE, "actions proposed", lambda line: len(line.body.get("actions") or ())),
    Column("handoff_reason", Kind.TEXT, "why people got it", _handed("reason")),
    Column("handoff_queue", Kind.TEXT, "where they got it", _handed("queue")),
    Column("model_calls", Kind.WHOLE, "of language models", _model("calls")),
    Column("input_tokens", Kind.WHOLE, "that went to them", _model("input_tokens")),
    Column("output_tokens", Kind.WHOLE, "that came back", _model("output_tokens")),
    Column("model_dollars", Kind.NUMBER, "their cost; empty where a price is not known", _cost),
    Column("own_ms", Kind.NUMBER, "our own milliseconds, without those of models", _own_ms),
)
