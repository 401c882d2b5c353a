"""The keys of a procedure file: one table, read by the loader and by the schema for editors."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum


class Shape(Enum):
    """What a value looks like; the words are used in faults."""

    TEXT = "a text"
    TEXTS = "a list of texts"
    TEXT_OR_TEXTS = "a text or a list of texts"
    TEXT_TABLE = "a table of texts"
    TABLE = "a table"
    STEPS = "a list of steps"


@dataclass(frozen=True)
class Key:
    shape: Shape
    about: str
    needed: bool = False


PROCEDURE: Mapping[str, Key] = {
    "id": Key(Shape.TEXT, "The name of the file without .yaml.", True),
    "title": Key(Shape.TEXT, "A few words for people.", True),
    "when": Key(Shape.TEXT, "What the customer says that makes this the right procedure.", True),
    "examples": Key(Shape.TEXTS, "Messages as customers write them, at least three.", True),
    "requires": Key(Shape.TEXTS, "Conditions that must hold, or people take over."),
    "slots": Key(Shape.TABLE, "What must be known; each with `kind` and the question `ask`."),
    "look_up": Key(Shape.TEXT_TABLE, "Names for look-ups, such as billing.charges(days = 60)."),
    "may_propose": Key(Shape.TEXTS, "The only actions that may be proposed here."),
    "steps": Key(Shape.STEPS, "Taken in order, until one ends or hands off.", True),
}
SLOT: Mapping[str, Key] = {
    "kind": Key(Shape.TEXT, "amount, date, email, order_number or text.", True),
    "ask": Key(Shape.TEXT, "The one question when it is missing.", True),
}
STEP: Mapping[str, Key] = {
    "when": Key(Shape.TEXT_OR_TEXTS, "Conditions that must all hold for this step to be taken."),
    "cite": Key(Shape.TEXT_OR_TEXTS, "Articles that the reply rests on."),
    "for_each": Key(Shape.TEXT, "A look-up: propose once for each of its rows."),
    "propose": Key(Shape.TEXT, "An action of `may_propose`."),
    "with": Key(Shape.TEXT_TABLE, "Arguments of the action: names in scope, or quoted texts."),
    "say": Key(Shape.TEXT, "What the customer is told; {{ name | filter }} are places for values."),
    "hand_off": Key(Shape.TABLE, "Give the ticket to people: `to` a queue, `because` for the agent."),
    "end": Key(Shape.TEXT, "resolved, answered or asked."),
}
