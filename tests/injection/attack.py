"""The corpus: each attack with the place it stands in, the form it has, and what it is after."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

CORPUS = Path(__file__).with_name("attacks.jsonl")
# Where a planner is told of it today. Elsewhere it reaches people only, and the planner is told all the same.
READ = ("message", "earlier_message", "article", "web_page", "order_note")
NOT_READ = ("file_name", "subject", "requester_name", "agent_note")


@dataclass(frozen=True)
class Attack:
    id: str
    place: str
    language: str
    encoding: str
    goal: str
    text: str


@cache
def corpus() -> tuple[Attack, ...]:
    return tuple(Attack(**json.loads(line)) for line in CORPUS.read_text("utf-8").splitlines())


def kernel(text: str) -> str:
    """What is left of a text on any way that it can take: its letters and digits."""
    return "".join(c for c in text.casefold() if c.isalnum())


def parts(text: str) -> tuple[str, ...]:
    """Stretches by which it is known again, though masked or cut into passages."""
    return tuple(text[start : start + 20] for start in range(0, max(1, len(text) - 19), 10))
