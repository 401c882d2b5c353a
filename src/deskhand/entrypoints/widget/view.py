"""What a visitor's chat shows of a conversation, as JSON: words, sources and receipts, and how things stand."""

from collections.abc import Mapping, Sequence
from typing import Any

from deskhand.bootstrap import Installation
from deskhand.domain.journal_line import JournalLine
from deskhand.domain.outcome import RunOutcome
from deskhand.domain.ticket import Author
from deskhand.domain.visitor import Visitor
from deskhand.entrypoints.conversation import step_of

LONGEST = 400  # characters of a quote
ASSISTANT = "assistant"
WAITS = frozenset({RunOutcome.SUGGESTED, RunOutcome.AWAITING_APPROVAL})
ANSWERS = frozenset({RunOutcome.RESOLVED, RunOutcome.ANSWERED})
WEB = ("https://", "http://")


def view(installation: Installation, ticket: str, visitor: Visitor) -> dict[str, Any]:
    """`step`: what is being done about the newest message ("" for nothing; "person": people look at an answer first);
    `people`: they have the conversation; `solve`: the customer may say whether that solved it; `summary`: there is
    one of what people were given; `ended`: what was asked for is done."""
    desk = installation.desk
    seen = installation.widget.talks.glance(ticket, desk.clock())
    cited = frozenset(one.source for each in seen.said if each.result for one in each.result.citations)
    titles = installation.widget.talks.titles(cited)
    received = next((line for line in reversed(seen.lines) if line.kind == "message.received"), None)
    outcome = _outcome(seen.lines, received)
    people = seen.owner not in ("", ASSISTANT)
    answered = bool(seen.said) and seen.said[-1].author != Author.CUSTOMER
    step = "" if people or received is None or outcome else str(step_of(seen.lines))
    if outcome in WAITS and not answered:
        step = "person"
    return {
        "messages": [
            {
                "id": one.id,
                "number": one.number,
                "author": one.author,
                "text": one.text,
                "sent_at": one.sent_at.isoformat(),
                "sent_as": one.outer if one.author == Author.CUSTOMER else "",
                "sources": _sources(one.result.citations, titles) if one.result else [],
                "receipts": _receipts(installation, one.result.actions) if one.result else [],
                "files": [{"name": file.name, "size": file.size} for file in one.attachments],
            }
            for one in seen.said
        ],
        "step": step,
        "people": people,
        "confirm": [
            {
                "key": one.key,
                "digest": one.digest,
                "action": one.action.name,
                "title": desk.actions[one.action.name].title if one.action.name in desk.actions else one.action.name,
            }
            for one in seen.asked
            if not people and not step
        ],
        "summary": people and any("handoff" in line.body for line in seen.lines if line.kind == "message.ended"),
        "solve": outcome in ANSWERS and answered and not people and not _said_solved(seen.lines),
        "ended": outcome == RunOutcome.RESOLVED and answered and not people,
        "rated": seen.rated,
        "transcript": visitor.signed_in and desk.proving.sends,
    }


def _outcome(lines: Sequence[JournalLine], received: JournalLine | None) -> str:
    """How the newest message ended, "" while it has not."""
    if received is None:
        return ""
    ended = (one for one in reversed(lines) if one.kind == "message.ended")
    return next((one.body["outcome"] for one in ended if one.body["message"] == received.body["message"]), "")


def _said_solved(lines: Sequence[JournalLine]) -> bool:
    """Whether they said so, or not, since they last wrote."""
    told = [line.kind for line in lines if line.kind in ("solved.said", "message.received")]
    return bool(told) and told[-1] == "solved.said"


def _sources(citations: Sequence[Any], titles: Mapping[str, str]) -> list[dict[str, str]]:
    """A link only where an article has an address that anybody can open: it is named by it then."""
    return [
        {
            "title": titles.get(one.source, one.source),
            "quote": one.quote[:LONGEST],
            "link": one.source if one.source.startswith(WEB) else "",
        }
        for one in citations
    ]


def _receipts(installation: Installation, actions: Sequence[Any]) -> list[dict[str, str]]:
    desk = installation.desk
    return [
        {
            "title": desk.actions[one.name].title if one.name in desk.actions else one.name,
            "id": one.receipt.id,
            "amount": one.receipt.details.get("amount", ""),
            "link": desk.receipt_link(one.receipt.key),
        }
        for one in actions
        if one.receipt
    ]
