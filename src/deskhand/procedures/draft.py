"""A draft of a procedure, from past messages of one meaning: it lies in `drafts/`, where nothing in it ever acts."""

import json
import re
from collections.abc import Collection
from dataclasses import dataclass

from deskhand.procedures.keys import PROCEDURE

DRAFTS = "drafts"
FEWEST = PROCEDURE["examples"].least  # a draft with fewer would be a fault as soon as it is moved
LONGEST_ID = 48
MASKED = re.compile(r"\[[^\]]*\]")
NO_NAME = re.compile(r"[^a-z0-9]+")
STEPS = """\
# What is to be said and done nobody has written yet: until somebody does, it only hands over.
steps:
  - hand_off: {because: "Nobody has written yet how this is solved"}
"""


@dataclass(frozen=True)
class Seen:
    """What `count` past tickets show of one kind of request, without what is personal. `examples`: the most central
    first; `tickets`: those whose words stand in the draft, so that it is erased with what is erased of them."""

    count: int
    tickets: tuple[str, ...]
    examples: tuple[str, ...]
    answers: tuple[str, ...]


def draft_id(example: str, taken: Collection[str]) -> str:
    """The name of its file, from how somebody asked; none of those that are taken."""
    words = NO_NAME.sub("-", MASKED.sub(" ", example).lower())[:LONGEST_ID]
    name = (words.rpartition("-")[0] if len(words) == LONGEST_ID else words).strip("-") or "unnamed"
    numbers = (f"{name}-{number}" for number in range(2, len(taken) + 3))
    return next(one for one in (name, *numbers) if one not in taken)


def draft(id: str, seen: Seen, source: str) -> str:
    """The text of the file. `source`: where the tickets are from, in a word."""
    first = seen.examples[0]
    told = [
        f"# A draft from {seen.count} tickets of {_line(source)}. It does nothing here. Write its title, when it",
        "# holds and its steps, take out what is no example of it, then move the file to procedures/ and run",
        "# `deskhand check`. How a procedure is written: docs/procedures.md of Deskhand.",
        "#",
        *(f"# How agents answered: {_line(one)}" for one in seen.answers),
        f"# Tickets: {', '.join(map(_line, seen.tickets))}",
        f"id: {id}",
        f"title: {_text(first)}",
        f"when: {_text(f'The customer writes something like: {first}')}",
        "examples:",
        *(f"  - {_text(one)}" for one in seen.examples),
        STEPS,
    ]
    return "\n".join(told)


def _line(words: str) -> str:
    """For a comment, which ends where its line does."""
    return " ".join("".join(one if one.isprintable() else " " for one in words).split())


def _text(words: str) -> str:
    """As YAML and JSON write a text alike."""
    return json.dumps(words, ensure_ascii=False)
