"""What the review must know of a language to read numbers, days, money, deeds and promises in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, eq=False)
class Tongue:
    """Words are in lower case and apart by blanks; what is called a pattern is a regular expression without groups.

    `telling` are small words by which a text is known to be in this language. `deeds` and `vows` go from an English
    word, which is what sources and actions are compared by, to the words or patterns that mean it here. A vow is
    spoken of the time to come; `gifts` are what may cost the company something, whoever gives it; `soon` are deadlines
    that have no number. `ours` and `theirs` are patterns of what stands before a deed that we did, or that was done;
    `did` holds deeds of ours in one word. `joins` stands between twenty and nine.
    """

    code: str
    telling: str
    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    numbers: Mapping[str, int]
    units: Mapping[str, str]
    money: Mapping[str, str]
    percent: str
    soon: tuple[str, ...]
    ours: str
    theirs: str
    deeds: Mapping[str, str]
    vows: Mapping[str, str]
    gifts: Mapping[str, str]
    did: Mapping[str, str] = field(default_factory=dict)
    joins: str = "[- ]"


def counted(words: str, first: int = 2) -> dict[str, int]:
    """Number words in order, from `first` on."""
    return {word: number for number, word in enumerate(words.split(), first)}


def tens(words: str) -> dict[str, int]:
    """Twenty to ninety."""
    return dict(zip(words.split(), range(20, 100, 10), strict=True))


def together(ones: str, tens_: str, joint: str) -> dict[str, int]:
    """Numbers said ones first: einundzwanzig, tweeentwintig."""
    pairs = [(one, n) for n, one in enumerate(ones.split(), 1)]
    return {f"{one}{joint}{ten}": m + n for ten, m in tens(tens_).items() for one, n in pairs}


def by_unit(**words: str) -> dict[str, str]:
    """From unit -> words to word -> unit; `workday` stands for business days."""
    return {word: unit for unit, listed in words.items() for word in listed.split()}
