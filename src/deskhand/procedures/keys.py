"""The keys of a procedure file: one table, read by the loader and by the schema for editors."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from deskhand.domain.resolution import End
from deskhand.procedures.procedure import SlotKind


class Shape(Enum):
    """What a value looks like; the words are used in faults."""

    TEXT = "a text"
    TEXTS = "a list of texts"
    TEXT_OR_TEXTS = "a text or a list of texts"
    TEXT_BY_NAME = "a table of texts"
    TABLE = "a table"
    TABLE_BY_NAME = "a table of tables"
    TABLES = "a list of tables"
    TREE = "a table of values"


@dataclass(frozen=True)
class Key:
    """`one_of`: the only texts it may be; `pattern`: what its text looks like, and `looks` says so in words; `least`:
    entries a list must have; `inner`: the keys of the table, or of each of the tables."""

    shape: Shape
    about: str
    needed: bool = False
    one_of: tuple[str, ...] = ()
    pattern: str = ""
    looks: str = "small letters, digits and single hyphens"
    least: int = 0
    inner: Mapping[str, "Key"] = field(default_factory=dict)

    @property
    def meaning(self) -> str:
        """All of it in words."""
        least = f" At least {self.least}." if self.least > 1 else ""
        return f"{self.about} One of: {', '.join(self.one_of)}." if self.one_of else f"{self.about}{least}"


Keys = Mapping[str, Key]
ID = "[a-z0-9]+(-[a-z0-9]+)*"

SLOT: Keys = {
    "kind": Key(Shape.TEXT, "What it looks like in a message.", needed=True, one_of=tuple(SlotKind)),
    "ask": Key(Shape.TEXT, "The one question when it is missing.", needed=True),
}
HAND_OFF: Keys = {
    "to": Key(Shape.TEXT, "A queue of the policies; without it, the default queue."),
    "because": Key(Shape.TEXT, "Why, in words for the agent.", needed=True),
}
STEP: Keys = {
    "when": Key(Shape.TEXT_OR_TEXTS, "Conditions that must all hold for this step to be taken.", least=1),
    "cite": Key(Shape.TEXT_OR_TEXTS, "Articles that the reply rests on.", least=1),
    "for_each": Key(Shape.TEXT, "A look-up: propose once for each of its rows."),
    "propose": Key(Shape.TEXT, "An action of `may_propose`."),
    "with": Key(Shape.TEXT_BY_NAME, "Arguments of the action: names in scope, or texts in quotes of their own."),
    "say": Key(Shape.TEXT, "What the customer is told; {{ name | filter }} are places for values."),
    "hand_off": Key(Shape.TABLE, "Give the ticket to people.", inner=HAND_OFF),
    "end": Key(Shape.TEXT, "How the plan leaves the message.", one_of=tuple(End)),
}
PROCEDURE: Keys = {
    "id": Key(Shape.TEXT, "The name of the file without .yaml.", needed=True, pattern=ID),
    "title": Key(Shape.TEXT, "A few words for people.", needed=True),
    "when": Key(Shape.TEXT, "What the customer says that makes this the right procedure.", needed=True),
    "examples": Key(Shape.TEXTS, "Messages as customers write them.", needed=True, least=3),
    "requires": Key(Shape.TEXTS, "Conditions on customer.* and now that must hold, or people take over."),
    "slots": Key(Shape.TABLE_BY_NAME, "What the customer must have named before the steps begin.", inner=SLOT),
    "look_up": Key(Shape.TEXT_BY_NAME, "Names for look-ups, such as billing.charges(days = 60)."),
    "may_propose": Key(Shape.TEXTS, "The only actions that may be proposed here."),
    "steps": Key(Shape.TABLES, "Taken in order, until one ends or hands off.", needed=True, least=1, inner=STEP),
}
