"""How sure it is that an article answers, as a whole and against all others: the logit of its quotes being right."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from deskhand.infrastructure.brain.evidence import Evidence

ALONE = 0.2  # cosine: the lead of an article when no other one was found


@dataclass(frozen=True)
class Sureness:
    """`evidence`: of the best passage. `nearer`: the lead in cosine over all other articles. `share`: of the article in
    all that speaks for any. `found`: its share of the passages found; where it is large no other article was there to
    be weighed against it, so that a lead says less."""

    evidence: float
    nearer: float
    share: float
    found: float

    @property
    def logit(self) -> float:
        return BIAS + EVIDENCE * self.evidence + NEARER * self.nearer + SHARE * self.share + FOUND * self.found


# Fitted by logistic regression on tests/lumen/questions.jsonl, each asked once more without the article that answers
# it: whether what is quoted holds the fact that was asked for (docs/decisions/0053).
BIAS, EVIDENCE, NEARER, SHARE, FOUND = 0.42, 0.70, 6.82, 1.26, -2.94


def sureness(best: Evidence, weighed: Sequence[Evidence]) -> Sureness:
    """Of an answer from the article that `best` is a passage of, among all that was found."""
    own = [one for one in weighed if one.source == best.source]
    others = [one.hit.cosine for one in weighed if one.source != best.source]
    near = max(one.hit.cosine for one in own)
    return Sureness(
        best.score,
        near - max(others, default=near - ALONE),
        sum(math.exp(one.score) for one in own) / sum(math.exp(one.score) for one in weighed),
        len(own) / len(weighed),
    )
