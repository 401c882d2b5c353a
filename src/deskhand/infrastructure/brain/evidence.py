"""How well a passage answers a question: by meaning, by the notions it shares, and by the kind of answer asked for."""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from deskhand.domain.article import Hit
from deskhand.infrastructure.brain.notions import Notion, holds, named, notions
from deskhand.infrastructure.search.stop_words import STOP

# "how long", "when": a time. "how much": an amount. "how many seats", "max columns": a number of just these.
TIME = re.compile(
    r"\b(?:how (?:long|quick|quickly|fast|soon|often|much time)|until when"
    r"|how many (?:more )?(?:days?|hours?|weeks?|months?|years?|minutes?|seconds?)"
    r"|when (?:do|does|did|will|would|is|are|can|should))\b|\bwhen\W*$",
    re.IGNORECASE,
)
MONEY = re.compile(
    r"\bhow much\b(?! (?:time|longer|space|storage|disk|data))|\bcosts?\b|\bprice\b|expensive|cheap"
    r"|\bwhat (?:do|does|would|will) (?:\w+ ){1,4}?(?:pay|set)\b",
    re.IGNORECASE,
)
COUNT = re.compile(
    r"\b(?:how many|max(?:imum)?(?: number of| amount of)?|limit (?:of|on|for)|cap on(?: how many(?: of)?)?)\b"
    r"(?: of (?:my|our|your|the|those|these))? ((?:[\w'-]+ ?){1,4})",
    re.IGNORECASE,
)
SIZE = re.compile(r"\b(?:max(?:imum)?|limit|at most|biggest|largest|longest|cap|up to)\b", re.IGNORECASE)
A_TIME = re.compile(
    r"\d{1,9} (?:\w{1,40} )?(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?)|\d\d:\d\d|\bat once\b|\bonce a\b"
    r"|\bat any time\b|\ba minute\b|\bevery (?:hour|day|week|month)"
    r"|\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|\brenewal\b",
    re.IGNORECASE,
)
AN_AMOUNT = re.compile(
    r"\d[\d.,]{0,30} ?(?:USD|EUR|GBP|%|\$|€|£)|[$€£] ?\d|\bfree\b|\bcosts nothing\b|\bno (?:\w+ )?discount", re.I
)
PRICED = re.compile(r"\d[\d.,]{0,30} ?(?:USD|EUR|GBP|%|[$€£])|[$€£] ?\d[\d.,]*")  # counts nothing
TOKEN = re.compile(r"[\w.,'-]+")
DIGITS = re.compile(r"\d[\d.,]*")
NO_THING = frozenset("may should must fit fits come comes per".split())  # follows what is counted
NEAR = 3  # words between a number and what it counts


@dataclass(frozen=True)
class Evidence:
    """What speaks for one passage; each between 0 and 1, but `told` and `count`. `score`: the logit of being right.

    `kind`: 1 when the kind of answer that is asked for stands in its best stretch, 0 when it stands nowhere, 0.25 when
    elsewhere in the passage, 0.5 when any kind will do.
    """

    hit: Hit
    covered: float
    stretch: float
    missing: float
    told: float
    count: int
    kind: float

    @property
    def source(self) -> str:
        return self.hit.passage.source

    @property
    def score(self) -> float:
        return (
            BIAS
            + COSINE * self.hit.cosine
            + STRETCH * self.stretch
            + MISSING * self.missing
            + TOLD * min(self.told, MOST_TOLD)
            + KIND * (self.kind == 1)
            + NO_KIND * (self.kind < 0.5)
        )


# Fitted by logistic regression on the dev half of tests/lumen/questions.jsonl: which of the found passages hold the
# fact that was asked for.
BIAS, COSINE, STRETCH, MISSING, TOLD, KIND, NO_KIND = -5.03, 5.41, 1.6, -0.65, 0.64, 0.76, -0.91
MOST_TOLD = 6.0


def weigh(question: str, hits: Sequence[Hit], stretches: Mapping[str, Sequence[str]]) -> list[Evidence]:
    """Best first. `stretches`: by a passage's text, the pieces of it that can be quoted."""
    asked = notions(question)
    spoken = [named(whole(hit)) for hit in hits]
    rarity = {
        one: one.weight * math.log(1 + len(hits) / (0.5 + sum(bool(one.names & names) for names in spoken)))
        for one in asked
    }
    total = sum(rarity.values()) or 1.0

    def share(names: frozenset[str]) -> float:
        return sum(weight for one, weight in rarity.items() if holds(names, one)) / total

    found = []
    for hit, names in zip(hits, spoken, strict=True):
        head = named(f"{hit.passage.title}\n{hit.passage.heading}")
        pieces = [(share(named(one) | head), kind_of(question, one)) for one in stretches[hit.passage.text]]
        stretch, kind = max(pieces, key=lambda pair: pair[0] + 0.2 * pair[1], default=(0.0, 0.0))
        if kind == 0 and kind_of(question, hit.passage.text):
            kind = 0.25
        held = [one for one in asked if holds(names, one)]
        missing = max((one.weight for one in asked if one not in held), default=0.0)
        told = sum(rarity[one] for one in held)
        found.append(Evidence(hit, told / total, stretch, missing, told, len(held), kind))
    return sorted(found, key=lambda one: -one.score)


def whole(hit: Hit) -> str:
    return f"{hit.passage.title}\n{hit.passage.heading}\n{hit.passage.text}"


def kind_of(question: str, text: str) -> float:
    """Whether the text holds the kind of answer that is asked for: 1 or 0; 0.5 when any kind will do."""
    if TIME.search(question):
        return float(bool(A_TIME.search(text)))
    if counted := things_counted(question):
        return float(_counts(text, counted))
    if MONEY.search(question):
        return float(bool(AN_AMOUNT.search(text)))
    if SIZE.search(question):
        return float(bool(DIGITS.search(text)))
    return 0.5


def things_counted(question: str) -> tuple[Notion, ...]:
    """Of what a number is asked for, the thing itself last: "how many public links", "max columns"."""
    found = None if TIME.search(question) else COUNT.search(question)
    words = found[1].split() if found else []
    ends = (at for at, word in enumerate(words) if word.lower() in STOP or word.lower() in NO_THING)
    return notions(" ".join(words[: next(ends, len(words))]))


def _counts(text: str, things: tuple[Notion, ...]) -> bool:
    """A number beside the thing, in a text that says the rest of it, too: three custom roles are no three roles."""
    if not all(holds(named(text), one) for one in things):
        return False
    tokens = TOKEN.findall(PRICED.sub(" ", text))
    places = [place for place, token in enumerate(tokens) if DIGITS.fullmatch(token.rstrip(".,"))]
    return any(holds(named(" ".join(_beside(tokens, place, step))), things[-1]) for place in places for step in (-1, 1))


def _beside(tokens: Sequence[str], place: int, step: int) -> Iterator[str]:
    """The next few words before or behind a number, as far as no comma and no "and" parts them from it."""
    for at in range(place + step, place + step * (NEAR + 1), step):
        if not 0 <= at < len(tokens) or tokens[at] in ("and", "or"):
            return
        if (tokens[at] if step < 0 else tokens[at - 1])[-1] in ",.":
            return
        yield tokens[at]
