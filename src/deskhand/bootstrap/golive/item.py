"""One point of the checklist, as it was found."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Item:
    """`evidence`: what was seen, a sentence each; never a personal value. `mend`: what to do, with the command; ""
    where nothing is missing."""

    name: str
    proven: bool
    evidence: tuple[str, ...]
    mend: str = ""


def found(name: str, seen: list[str], lacks: list[str], mend: str) -> Item:
    """Proven where nothing is lacking."""
    return Item(name, not lacks, (*lacks, *seen), mend if lacks else "")
