"""How often a run of the tests killed a worker, told from whichever process it happened in."""

from collections.abc import Iterable, Mapping
from typing import Any

PROPERTY = "killed"


def told(outcomes: Mapping[str, Iterable[Any]]) -> int:
    """From what pytest keeps of each test's end."""
    facts = [fact for report in outcomes.get("", ()) for fact in getattr(report, "user_properties", ())]
    return sum(value for name, value in facts if name == PROPERTY)
