"""What happened on a ticket since a suggestion was made: told to whoever decides too late, or on what is old."""

from dataclasses import dataclass
from datetime import datetime

from deskhand.domain.journal_line import JournalLine
from deskhand.domain.suggestion import Suggestion
from deskhand.ports.store import Store

KINDS = (
    "message.received",
    "suggestion.approved_as",
    "suggestion.settled",
    "suggestion.replaced",
    "message.ended",
    "ticket.given",
    "agent.replied",
)


@dataclass(frozen=True)
class Change:
    """`what` is the name of a change, `by` who made it, or why it came; "" where nobody did."""

    what: str
    by: str
    at: datetime


def changed_since(store: Store, suggestion: Suggestion) -> tuple[Change, ...]:
    """In order; empty when nothing is known to have changed."""
    with store.begin() as tx:
        lines = tx.journal.of_ticket(suggestion.ticket, KINDS)
    made = next((place for place, line in enumerate(lines) if _made(line, suggestion)), None)
    since = [one for one in lines if one.at >= suggestion.created_at] if made is None else lines[made + 1 :]
    return tuple(change for line in since if (change := _change(line, suggestion)))


def _made(line: JournalLine, suggestion: Suggestion) -> bool:
    return line.kind == "message.ended" and line.body.get("suggestion") == suggestion.id


def _change(line: JournalLine, suggestion: Suggestion) -> Change | None:
    body, mine = line.body, line.body.get("suggestion") == suggestion.id
    match line.kind:
        case "message.received" if body["message"] != suggestion.heard.message:
            return Change("wrote again", "", line.at)
        case "suggestion.approved_as" if mine:
            return Change("approved as", f"{body['by']} ({body['role']})", line.at)
        case "suggestion.settled" if mine:
            return Change(str(body["state"]), str(body["by"]), line.at)
        case "suggestion.replaced" if mine:
            return Change("whispered", str(body["by"]), line.at)
        case "message.ended" if body.get("note") and body["message"] == suggestion.heard.message:
            return Change("made anew", str(body["note"]), line.at)
        case "ticket.given":
            return Change("given", f"{body['to']} ({body['by']})", line.at)
        case "agent.replied" if body["public"]:
            return Change("answered", str(body["by"]), line.at)
        case _:
            return None
