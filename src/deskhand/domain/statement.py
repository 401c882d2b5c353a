"""A statement: one sentence of an article with the figures in it, in a form that can be compared with another's."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """A number that means something. `of` and `unit` tell what is counted: figures that share both can disagree.

    `value` holds one number, or the two ends of a range; `near` are the words of the same part of the sentence; `bound`
    is "upper" or "lower" for a limit, and "" otherwise.
    """

    of: str
    unit: str
    value: tuple[object, ...]
    text: str
    near: frozenset[str]
    bound: str


@dataclass(frozen=True)
class Statement:
    """`text` as it stands in the article `source`, in its line `line` under `heading`; `gapped` has a mark for each
    figure.

    `words` are its stems but those of grammar, `strong` those that are not fit for any subject, `topic` the strong ones
    of title and headings. `names` have a capital inside the sentence, `around` are names in title and headings, and
    `opening` is the first word, which may be one. `rates` are lengths that something is counted by (a month);
    `hedged`: it says "usually", or the like.
    """

    source: str
    heading: str
    line: int
    text: str
    gapped: str
    figures: tuple[Figure, ...]
    words: frozenset[str]
    strong: frozenset[str]
    topic: frozenset[str]
    names: frozenset[str]
    opening: str
    around: frozenset[str]
    rates: frozenset[object]
    hedged: bool
