"""The keys of an action file: one table, read by the loader and by the schema for editors."""

from typing import Any

from deskhand.execution.catalogue.own.arguments import ArgumentKind
from deskhand.execution.catalogue.own.fields import FieldKind, Unit
from deskhand.execution.kind import Nature, Recovery
from deskhand.procedures.keys import Key, Keys, Shape
from deskhand.procedures.schema import schema_of

NAME = "[a-z][a-z0-9_]{0,39}"
WORDS = "small letters, digits and underscores, a letter first"
WORD = "one word of small letters"
METHODS = ("POST", "PUT", "PATCH", "DELETE")

ARGUMENT: Keys = {
    "type": Key(Shape.TEXT, "What it is.", needed=True, one_of=tuple(ArgumentKind)),
    "most": Key(Shape.TEXT, "The most letters of a `text` (500), or the largest `integer`."),
    "least": Key(Shape.TEXT, "The smallest `integer`; 0 when left out."),
    "pattern": Key(Shape.TEXT, "A regular expression that all of a `text` or `id` must match."),
    "of": Key(Shape.TEXTS, "What a `choice` is one of.", least=1),
}
FIELD: Keys = {
    "from": Key(Shape.TEXT, "Where it stands in the answer: `customer.email`, `items.0.id`.", needed=True),
    "type": Key(Shape.TEXT, "What it is.", needed=True, one_of=tuple(FieldKind)),
    "currency": Key(Shape.TEXT, "Of an `amount`: where its currency stands in the answer, or the currency, as EUR."),
    "unit": Key(Shape.TEXT, "How an `amount` counts; `major` (29.00) when left out.", one_of=tuple(Unit)),
}
PATH = Key(Shape.TEXT, "The path behind the system's address, with `{argument}` as part of it or of its query.")
TOOL = Key(Shape.TEXT, "On an MCP system: the tool to call.")
WITH = Key(Shape.TREE, "The tool's arguments: texts, `{argument}`, or tables of them.")
LOOK: Keys = {
    "path": PATH,
    "tool": TOOL,
    "with": WITH,
    "found": Key(Shape.TEXT, "Where the answer says yes or no to there being such an object."),
}
OWNER: Keys = {
    "email": Key(Shape.TEXT, "Where the answer has the e-mail address of the customer it belongs to."),
    "id": Key(Shape.TEXT, "Where the answer has that customer's id instead."),
    "of": Key(Shape.TEXT, "Whose id it is: `stripe:customer`."),
}
ACT: Keys = {
    "method": Key(Shape.TEXT, "The HTTP method.", one_of=METHODS),
    "path": PATH,
    "body": Key(
        Shape.TREE, "The JSON that is sent: texts, `{argument}`, `{true}`, `{7}`, or tables and lists of them."
    ),
    "tool": TOOL,
    "with": WITH,
    "key_in": Key(Shape.TEXT, "Where the effect's key is put: `metadata.deskhand_key`."),
}
FIND: Keys = {
    "path": PATH,
    "tool": TOOL,
    "with": WITH,
    "list": Key(
        Shape.TEXT, "Where the answer has the list of effects, all of them; `.` for the whole answer.", needed=True
    ),
    "key": Key(Shape.TEXT, "Where an entry of that list has our key.", needed=True),
}
RECEIPT: Keys = {
    "id": Key(Shape.TEXT, "Where the answer has the reference of what was done.", needed=True),
    "details": Key(Shape.TABLE_BY_NAME, "What else a reply may state, by name.", inner=FIELD),
}
UNDO: Keys = {
    "action": Key(Shape.TEXT, "The action that takes it back."),
    "with": Key(Shape.TEXT_BY_NAME, "Its arguments: a name of ours, `receipt.<name>`, or a text in quotes of its own."),
    "within": Key(Shape.TEXT, "How long: `30m`, `72h`, `30d`, `2w`."),
    "never": Key(Shape.TEXT, "Why it cannot be taken back, and what can be done instead."),
}
ACTION: Keys = {
    "id": Key(Shape.TEXT, "The name of the file without .yaml.", needed=True, pattern=NAME, looks=WORDS),
    "title": Key(Shape.TEXT, "A few words for people.", needed=True),
    "about": Key(Shape.TEXT, "What it does, in a sentence for whoever reads the desk.", needed=True),
    "nature": Key(
        Shape.TEXT,
        "What it is to the customer; an `adverse` one always waits for a person.",
        needed=True,
        one_of=tuple(Nature),
    ),
    "system": Key(Shape.TEXT, "A system of `[systems.own]` in desk.toml.", needed=True),
    "arguments": Key(Shape.TABLE_BY_NAME, "What it needs; all of it, each time.", inner=ARGUMENT),
    "money": Key(Shape.TEXT, "The argument that is the money at stake, which limits and caps count."),
    "look": Key(Shape.TABLE, "How its object is read, each time anew.", inner=LOOK),
    "facts": Key(Shape.TABLE_BY_NAME, "What policy may ask of the object, as `order.status`.", inner=FIELD),
    "shows": Key(
        Shape.TABLE_BY_NAME,
        "What else the preview may show; policy does not see it, and no journal keeps it.",
        inner=FIELD,
    ),
    "owner": Key(Shape.TABLE, "Whose the object is; policy asks `action.own`.", inner=OWNER),
    "key": Key(Shape.TEXTS, "What names the effect: `ticket` and arguments.", needed=True, least=1),
    "sets": Key(
        Shape.TEXT,
        "`yes`: it sets what is there, so to set something else later is another effect; `no` when left out.",
        one_of=("yes", "no"),
    ),
    "subject": Key(Shape.TEXT, "What no two effects may touch at once: `order:{order}`.", needed=True),
    "preview": Key(
        Shape.TEXT,
        "What would happen, with `{argument}` and `{fact.name}`; texts stand below it.",
        needed=True,
    ),
    "act": Key(Shape.TABLE, "How it is done.", needed=True, inner=ACT),
    "recovery": Key(Shape.TEXT, "How a lost answer is made certain.", needed=True, one_of=tuple(Recovery)),
    "because": Key(Shape.TEXT, "Of `repeat` and `person`: why there is no looking."),
    "find": Key(Shape.TABLE, "Of `keyed` and `look`: how an effect is found again.", inner=FIND),
    "receipt": Key(Shape.TABLE, "What the answer proves; without it any 2xx is proof.", inner=RECEIPT),
    "deeds": Key(Shape.TEXTS, "Past participles that a reply may use once it is done: `cancelled`."),
    "undo": Key(Shape.TABLE, "How it is taken back, or why not.", needed=True, inner=UNDO),
}


def json_schema() -> dict[str, Any]:
    """Of action files, for editors. Names, paths and what goes together are the loader's to check."""
    return schema_of("Deskhand action", ACTION)
