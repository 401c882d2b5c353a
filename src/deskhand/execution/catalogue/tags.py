"""Tags of a ticket, as arguments and as facts."""

import re
from dataclasses import dataclass

MOST = 10
TAG = re.compile(r"[a-z0-9_:./-]{1,80}")
OURS = "dh_"  # marks of ours prove what was done: nobody adds or removes them


@dataclass(frozen=True)
class TagFacts:
    """`names` that are asked for; `there`: those of them that the ticket has."""

    names: list[str]
    there: list[str]


def tags(text: str) -> str:
    """In order, each once. ValueError for what cannot be a tag."""
    found = sorted(set(text.split()))
    if not 1 <= len(found) <= MOST or not all(TAG.fullmatch(one) and not one.startswith(OURS) for one in found):
        raise ValueError(f"1 to {MOST} tags of small letters, digits and _ : . / -, with spaces between them")
    return " ".join(found)
