"""Facts that only ever hold one of a few words: comparing one with any other word is a mistake of the pen."""

import re
from collections.abc import Iterator, Mapping

from deskhand.domain.billing import ChargeStatus, InvoiceStatus, SubscriptionStatus
from deskhand.domain.stage import Stage
from deskhand.domain.understanding import Sentiment, Urgency

VOCABULARY: Mapping[str, tuple[str, ...]] = {
    "actor": ("assistant", "agent"),
    "charge.status": tuple(map(str, ChargeStatus)),
    "invoice.status": tuple(map(str, InvoiceStatus)),
    "signal.risks": ("legal", "safety", "self_harm", "fraud", "privacy", "press"),
    "signal.sentiment": tuple(map(str, Sentiment)),
    "signal.urgency": tuple(map(str, Urgency)),
    "stage": tuple(map(str, Stage)),
    "subscription.status": tuple(map(str, SubscriptionStatus)),
}
QUOTED = r"\"[^\"\\]*\"|'[^'\\]*'"
FACT = r"[a-z_]\w*(?:\.\w+)*"
COMPARED = re.compile(rf"(?<![\w.])({FACT})\s*[=!]=\s*({QUOTED})")
TURNED = re.compile(rf"({QUOTED})\s*(?:[=!]=|in)\s*({FACT})(?![\w.(])")
LISTED = re.compile(rf"(?<![\w.])({FACT})\s+in\s*\[([^\]]*)\]")
EACH = re.compile(rf"(?<![\w.])({FACT})\.(?:exists|all|exists_one)\s*\(\s*(\w+)\s*,")


def strange_words(condition: str) -> Iterator[tuple[str, str]]:
    """Facts with a word that they never hold, as far as the comparison is written plainly."""
    spoken = {found[2]: found[1] for found in EACH.finditer(condition)}  # `risk` of exists(risk, ...) is one of a list
    for name, words in _compared(condition):
        fact = spoken.get(name, name)
        for word in words:
            if fact in VOCABULARY and word not in VOCABULARY[fact]:
                yield fact, word


def _compared(condition: str) -> Iterator[tuple[str, list[str]]]:
    for found in COMPARED.finditer(condition):
        yield found[1], [found[2][1:-1]]
    for found in TURNED.finditer(condition):
        yield found[2], [found[1][1:-1]]
    for found in LISTED.finditer(condition):
        yield found[1], [word[1:-1] for word in re.findall(QUOTED, found[2])]
