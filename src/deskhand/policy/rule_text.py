"""One rule as it is written, once its keys make sense together; its conditions are still text."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from deskhand.domain.lined_yaml import Items, Map, Text
from deskhand.policy.nearest import meant, one_of
from deskhand.policy.policy import RuleEffect

Complain = Callable[[int, str], None]

KEYS = frozenset({"id", "on", "effect", "when", "require", "say", "by", "count", "four_eyes", "to"})
LISTS = frozenset({"on", "when", "require"})
NEEDS = {
    RuleEffect.ALLOW: (),
    RuleEffect.APPROVE: ("by",),
    RuleEffect.CONFIRM: ("say",),
    RuleEffect.DENY: ("say",),
    RuleEffect.ESCALATE: ("say", "to"),
}
MOST = 9  # people who can be wanted for one approval
BELONGS = {
    "by": RuleEffect.APPROVE,
    "count": RuleEffect.APPROVE,
    "four_eyes": RuleEffect.APPROVE,
    "to": RuleEffect.ESCALATE,
}
WANTED = ("id", "on", "effect")
MEANT = {
    "by": "the role that has to approve",
    "say": "what the customer reads",
    "to": "the queue that takes over",
}
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
DEFAULT = "default"  # the rule that speaks when none permits
EVERY = "*"
TURN = "turn"  # the pseudo-action: may the assistant answer at all


@dataclass(frozen=True)
class RuleText:
    """`who`: the role of an `approve`, the queue of an `escalate`, else None; `count` and `four_eyes`: see `Rule`."""

    id: Text
    line: int
    effect: RuleEffect
    on: tuple[Text, ...]
    when: tuple[Text, ...]
    require: tuple[Text, ...]
    say: str
    who: Text | None
    count: int
    four_eyes: bool


def rule_text(raw: Map, complain: Complain) -> RuleText | None:
    """None when it cannot be told what the rule is about; whatever is wrong with it goes to `complain`."""
    name = raw.get("id", "(rule without id)")

    def fault(line: int, what: str) -> None:
        complain(line, f"{name}: {what}")

    if not _shaped(raw, fault):
        return None
    effect = RuleEffect(raw["effect"])
    _check_keys(raw, effect, fault)
    _check_actions(raw, effect, fault)
    on, when, require = (tuple(_listed(raw.get(key, Items()))) for key in ("on", "when", "require"))
    who = raw.get("by", raw.get("to"))
    count, four_eyes = int(raw.get("count", "1")) if _is_count(raw) else 1, raw.get("four_eyes") == "true"
    return RuleText(raw["id"], raw.line, effect, on, when, require, str(raw.get("say", "")), who, count, four_eyes)


def _shaped(raw: Map, fault: Complain) -> bool:
    sound = True
    for key, value in raw.items():
        if key not in KEYS:
            fault(getattr(key, "line", raw.line), f"unknown key {str(key)!r}{one_of(key, KEYS)}")
        elif isinstance(value, Text) or (key in LISTS and _is_texts(value)):
            if not (value.strip() if isinstance(value, Text) else value):
                fault(value.line, f"`{key}` is empty; fill it in or leave it out")
            continue
        else:
            fault(
                getattr(key, "line", raw.line),
                f"`{key}` is not of the right shape: it is one text{' or a list of texts' if key in LISTS else ''}",
            )
        sound = False
    if missing := [key for key in WANTED if key not in raw]:
        fault(raw.line, f"lacks {', '.join(missing)}; every rule says {', '.join(WANTED)}")
        return False
    if sound and raw["effect"] not in list(RuleEffect):
        close = meant(raw["effect"], map(str, RuleEffect))
        fault(raw["effect"].line, f"{str(raw['effect'])!r} is not one of {', '.join(RuleEffect)}{close}")
        return False
    return sound


def _check_keys(raw: Map, effect: RuleEffect, fault: Complain) -> None:
    if not ID.fullmatch(raw["id"]) or raw["id"] == DEFAULT:
        fault(raw["id"].line, f"an id is small letters, digits and single hyphens, and not `{DEFAULT}`")
    if missing := [key for key in NEEDS[effect] if key not in raw]:
        keys = " and ".join(missing)
        fault(raw.line, f"a rule that says `{effect}` needs {keys}: {', '.join(MEANT[key] for key in missing)}")
    for key, home in BELONGS.items():
        if key in raw and effect is not home:
            fault(raw[key].line, f"`{key}` has no meaning in a rule that says `{effect}`; it belongs to `{home}`")
    if "count" in raw and not _is_count(raw):
        fault(raw["count"].line, f"`count` is how many people must approve: a whole number from 1 to {MOST}")
    if "four_eyes" in raw and raw["four_eyes"] not in ("true", "false"):
        fault(raw["four_eyes"].line, "`four_eyes` is `true` or `false`")
    if effect is RuleEffect.ALLOW and "require" in raw:
        fault(raw.line, "`allow` takes `when`; what must hold is a `deny` rule with `require`")


def _is_count(raw: Map) -> bool:
    count = raw.get("count", "1")
    return count.isascii() and count.isdecimal() and 1 <= int(count[:9]) <= MOST


def _check_actions(raw: Map, effect: RuleEffect, fault: Complain) -> None:
    actions = _listed(raw["on"])
    if effect is RuleEffect.ALLOW and EVERY in actions:
        fault(raw.line, "`allow` names its actions, or the next action would be allowed unseen")
    if effect is RuleEffect.CONFIRM and TURN in actions:
        fault(raw.line, "`confirm` has no meaning on turn: there is nothing to confirm yet")


def _is_texts(value: Any) -> bool:
    return isinstance(value, Items) and all(isinstance(each, Text) for each in value)


def _listed(value: Any) -> list[Text]:
    return [value] if isinstance(value, Text) else list(value)
