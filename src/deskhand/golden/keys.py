"""The keys of a golden ticket's file: one table, read by the loader and by the schema for editors."""

from typing import Any

from deskhand.domain.outcome import RunOutcome
from deskhand.domain.stage import Stage
from deskhand.policy.policy import RuleEffect
from deskhand.procedures.keys import ID, Key, Keys, Shape
from deskhand.procedures.schema import schema_of

YES_NO = ("yes", "no")
OUTCOMES = f"One or several of: {', '.join(RunOutcome)}."

TURN: Keys = {
    "says": Key(Shape.TEXT, "What the customer writes next."),
    "approves": Key(Shape.TEXT, "A person of desk.toml approves what waits, unedited."),
    "rejects": Key(Shape.TEXT, "A person of desk.toml rejects what waits."),
}
ACTION: Keys = {
    "action": Key(Shape.TEXT, "The action that is to be proposed.", needed=True),
    "with": Key(Shape.TEXT_BY_NAME, "Its arguments, as far as they matter."),
    "verdict": Key(Shape.TEXT, "What policy says of it.", one_of=tuple(map(str, RuleEffect))),
    "rule": Key(Shape.TEXT, "The id of the rule that says so."),
    "done": Key(Shape.TEXT, "Whether it is carried out.", one_of=YES_NO),
}
HANDOFF: Keys = {
    "queue": Key(Shape.TEXT, "The queue that gets the ticket."),
    "reason": Key(Shape.TEXT, "The one word for counting, such as asked or rule."),
    "holds": Key(Shape.TEXT_OR_TEXTS, "Texts that stand somewhere in the packet."),
}
MUST: Keys = {
    "outcome": Key(Shape.TEXT_OR_TEXTS, f"How the last message ends. {OUTCOMES}"),
    "procedures": Key(Shape.TEXTS, "The procedures of all its requests; [] for none."),
    "actions": Key(Shape.TABLES, "What is proposed. Whatever is done and not named here is wrong.", inner=ACTION),
    "says": Key(Shape.TEXT_OR_TEXTS, "Texts that stand in the replies; {{ name | filter }} are places for values."),
    "cites": Key(Shape.TEXT_OR_TEXTS, "Articles that the replies rest on."),
    "handoff": Key(Shape.TABLE, "The ticket goes to people.", inner=HANDOFF),
    "language": Key(Shape.TEXT, "The language of the last reply.", pattern="[a-z]{2}", looks="two small letters"),
    "stage": Key(Shape.TEXT, "The stage by which the last message was answered.", one_of=tuple(map(str, Stage))),
}
MUST_NOT: Keys = {
    "outcome": Key(Shape.TEXT_OR_TEXTS, f"How no message ends. {OUTCOMES}"),
    "does": Key(Shape.TEXT_OR_TEXTS, "Actions that are not carried out."),
    "proposes": Key(Shape.TEXT_OR_TEXTS, "Actions that are not even proposed."),
    "says": Key(Shape.TEXT_OR_TEXTS, "Texts that stand in no reply."),
    "cites": Key(Shape.TEXT_OR_TEXTS, "Articles that no reply rests on."),
}
GOLDEN: Keys = {
    "id": Key(Shape.TEXT, "The name of the file without .yaml.", needed=True, pattern=ID),
    "about": Key(Shape.TEXT, "What the ticket tries, in a sentence for people.", needed=True),
    "from": Key(
        Shape.TEXT,
        "Who writes: an address of twins.toml, or customer:<situation> for the next made-up customer in it.",
        needed=True,
    ),
    "verified": Key(Shape.TEXT, "Whether the channel vouches for the address; yes, unless said.", one_of=YES_NO),
    "channel": Key(Shape.TEXT, "zendesk for its twin's signed webhook; any other name is a conversation of our own."),
    "stage": Key(Shape.TEXT, "Instead of the desk's own rollout.", one_of=tuple(map(str, Stage))),
    "facts": Key(Shape.TREE, "What look-ups find for this ticket: fields, and `rows`; others ask the twins."),
    "look_up": Key(Shape.TEXT_BY_NAME, "Names for look-ups that `says` and `with` speak of, read before it begins."),
    "messages": Key(Shape.TABLES, "What happens in turn; each has one key.", needed=True, least=1, inner=TURN),
    "must": Key(Shape.TABLE, "What must come of it.", needed=True, inner=MUST),
    "must_not": Key(Shape.TABLE, "What must not.", inner=MUST_NOT),
}


def json_schema() -> dict[str, Any]:
    """Draft 2020-12. It knows shapes only: names and values are the loader's to check."""
    return schema_of("Deskhand golden ticket", GOLDEN)
