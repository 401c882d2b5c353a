"""What knowledge would say to a question: found and quoted as the built-in brain does it, and nothing of it is sent."""

from collections.abc import Sequence
from dataclasses import dataclass

from deskhand.domain.article import Asker, Citation, Hit
from deskhand.infrastructure.brain.extract import gather, look
from deskhand.ports.search import Knowledge


@dataclass(frozen=True)
class Trial:
    """`hits` are the nearest passages, best first. `citations` are what an answer would quote; without any there is no
    answer, because `between` two articles fit equally well or because none fits."""

    hits: Sequence[Hit]
    citations: Sequence[Citation]
    between: bool
    near: Sequence[str]


def try_question(knowledge: Knowledge, question: str, asker: Asker) -> Trial:
    """A language model, where a desk has one, chooses among the same passages and may choose otherwise."""
    hits = gather(question, lambda words: knowledge.search(words, asker=asker))
    found = look(question, hits)
    return Trial(hits, found.citations, found.between, found.near)
