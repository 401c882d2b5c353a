"""What the journal tells of answers: how each message ended, from which articles, and what agents decided."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from deskhand.domain.journal_line import JournalLine


@dataclass(frozen=True)
class Cited:
    """`article` is the digest of the article as it was then, `quote` one of the words quoted; both without words."""

    source: str
    article: str
    quote: str


@dataclass(frozen=True)
class Ended:
    """The last line of one message. `reason` is that of a handoff; `untold`: citations were counted, not named."""

    ticket: str
    message: str
    at: datetime
    outcome: str
    reason: str
    procedures: tuple[str, ...]
    cited: tuple[Cited, ...]
    untold: bool


@dataclass
class Past:
    """`suggested` are the sources each suggestion cites; `decided` the state that each was settled with."""

    ended: dict[tuple[str, str], Ended] = field(default_factory=dict)
    suggested: dict[str, tuple[str, ...]] = field(default_factory=dict)
    decided: dict[str, str] = field(default_factory=dict)


def past(lines: Iterable[JournalLine]) -> Past:
    """In one pass, in the order of the journal; of a message that was told again the last line counts."""
    found = Past()
    for line in lines:
        body = line.body
        match line.kind:
            case "message.ended":
                cited = tuple(Cited(one["source"], one["article"], one["quote"]) for one in body.get("cited", ()))
                key = (line.ticket, body["message"])
                found.ended.pop(key, None)
                found.ended[key] = Ended(
                    *key,
                    line.at,
                    body["outcome"],
                    body["handoff"]["reason"] if "handoff" in body else "",
                    tuple(body["procedures"]),
                    cited,
                    bool(body["citations"]) and not cited,
                )
                if "suggestion" in body:
                    found.suggested[body["suggestion"]] = tuple(dict.fromkeys(one.source for one in cited))
            case "suggestion.settled":
                found.decided[body["suggestion"]] = body["state"]
            case _:
                pass
    return found
