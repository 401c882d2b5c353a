"""A small desk to measure: its journal, its articles, and a likeness that needs no model."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from deskhand.domain.article import Article
from deskhand.domain.digest import digest
from deskhand.domain.journal_line import JournalLine
from deskhand.measurement.knowledge.gaps import Question
from deskhand.measurement.knowledge.past import Past, past

START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


class Overlap:
    """Keeps `ports.likeness.Likeness`: the share of words that two texts have in common."""

    def pairs(self, texts: Sequence[str], above: float) -> Iterator[tuple[int, int, float]]:
        for i, one in enumerate(texts):
            for j in range(i + 1, len(texts)):
                if (found := shared(one, texts[j])) >= above:
                    yield i, j, found

    def groups(self, texts: Sequence[str], above: float) -> tuple[tuple[int, ...], ...]:
        left, found = list(range(len(texts))), []
        while left:
            taken = tuple(place for place in left if shared(texts[left[0]], texts[place]) >= above)
            found.append(taken)
            left = [place for place in left if place not in taken]
        return tuple(sorted(found, key=lambda group: -len(group)))


def shared(one: str, other: str) -> float:
    ours, theirs = set(one.lower().split()), set(other.lower().split())
    return len(ours & theirs) / len(ours | theirs)


class Desk:
    """Messages end a day apart, each on a ticket of its own unless told otherwise."""

    def __init__(self) -> None:
        self.lines: list[JournalLine] = []
        self.questions: dict[tuple[str, str], tuple[Question, ...]] = {}

    def add(self, kind: str, ticket: str, **body: Any) -> "Desk":
        at = START + timedelta(days=len(self.lines))
        self.lines.append(JournalLine(len(self.lines) + 1, at, kind, ticket, body, ""))
        return self

    def ended(
        self,
        outcome: str,
        *asked: str,
        ticket: str = "",
        reason: str = "",
        cites: Sequence[tuple[str, str, str]] = (),
        procedures: Sequence[str] = (),
        suggestion: str = "",
    ) -> "Desk":
        ticket = ticket or f"t{len(self.lines) + 1}"
        self.questions[ticket, "m"] = tuple(Question(one, one) for one in asked)
        cited = [{"source": source, "article": version, "quote": quote} for source, version, quote in cites]
        body: dict[str, Any] = {"message": "m", "outcome": outcome, "procedures": list(procedures)}
        body |= {"citations": len(cited), "cited": cited}
        body |= {"handoff": {"reason": reason, "queue": "q", "completeness": 1.0}} if reason else {}
        body |= {"suggestion": suggestion} if suggestion else {}
        return self.add("message.ended", ticket, **body)

    def settled(self, suggestion: str, state: str) -> "Desk":
        return self.add("suggestion.settled", "t", suggestion=suggestion, state=state, by="ana")

    @property
    def past(self) -> Past:
        return past(self.lines)


def article(source: str, text: str = "", *, title: str = "", days: int = 0, **more: Any) -> Article:
    """Changed so many days before the journal begins."""
    audience = more.pop("audience", "public")
    updated = START - timedelta(days=days)
    return Article(source, title or source, text, audience, updated, digest(text), **more)
