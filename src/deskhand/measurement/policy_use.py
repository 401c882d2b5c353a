"""How often policy was asked about each action, and what it said: counted over its lines of the journal."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from deskhand.domain.journal_line import JournalLine

ASKED, DECIDED = "policy.asked", "policy.decided"
KINDS = (ASKED, DECIDED)


@dataclass
class Use:
    """`asked` while a plan was made, `decided` right before a deed. `effects` and `rules` count both: what was said,
    and which rule spoke."""

    asked: int = 0
    decided: int = 0
    effects: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)

    @property
    def refused(self) -> int:
        """Denied, or given to people."""
        return self.effects["deny"] + self.effects["escalate"]

    @property
    def total(self) -> int:
        return self.asked + self.decided


@dataclass(frozen=True)
class PolicyUse:
    """By action, and how many decisions each policy text took, by its digest."""

    actions: Mapping[str, Use]
    texts: Mapping[str, int]

    def of(self, action: str) -> Use:
        return self.actions.get(action, Use())


def policy_use(lines: Iterable[JournalLine]) -> PolicyUse:
    """In one pass over the lines of `KINDS`."""
    actions: dict[str, Use] = {}
    texts: Counter[str] = Counter()
    for line in lines:
        body = line.body
        use = actions.setdefault(str(body["action"]), Use())
        if line.kind == ASKED:
            use.asked += 1
        else:
            use.decided += 1
        use.effects[str(body["effect"])] += 1
        use.rules[str(body["rule"])] += 1
        texts[str(body.get("policy", ""))] += 1
    return PolicyUse(actions, texts)
