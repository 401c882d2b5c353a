"""Replay: what suggestions are worth to an agent with a fixed mind, before and after they have told it.

`python -m tests.stories.feedback_replay` prints the figures of docs/performance.md.
"""

import json
import re
import shutil
import tempfile
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tests.stories.lumen import Lumen, opened

from deskhand.domain.outcome import RunOutcome, RunResult
from deskhand.domain.stage import Stage

HERE = Path(__file__).parent
LUMEN = HERE.parents[1] / "examples" / "lumen"
MOST = 9  # messages of a topic that the agent sees
# What the agent sends instead of an answer from this article.
WORDS = {
    "account/invite-people": (
        "Open Settings > People, choose Invite and enter their e-mail addresses. Viewer is the safest choice of a role."
    ),
    "features/scheduled-reports": (
        "Open the dashboard, choose Share > Schedule and pick the days and the time. Recipients need no Lumen account."
    ),
}
# Why the agent rejects everything on this topic. What stands in neither table they approve.
REASONS = {
    "change-plan": "Plans are not changed before the new prices are out.",
    "refund-request": "Refunds on request are the billing team's.",
    "workspace-usage: seats": "The number of seats is wrong until Monday.",
    "billing/payment-methods": "The list of cards changes this month.",
}


@dataclass(frozen=True)
class Letter:
    """A message, who writes it (an address, or a situation of the made-up company), and its topic ("" for others)."""

    sender: str
    text: str
    topic: str = ""


@dataclass(frozen=True)
class Found:
    """What became of a letter: the reply as it is suggested, without the letter around it, or the handoff's reason."""

    outcome: RunOutcome
    said: str
    reason: str

    def wanted(self, topic: str, before: "Found") -> bool:
        """Whether the agent has nothing to do but to approve, or to answer what they keep to themselves."""
        if topic in REASONS:
            return self.reason == "rejected"
        return self.said == WORDS[topic] if topic in WORDS else self == before

    def unwanted(self, topic: str) -> bool:
        """Whether the agent would reject or edit the suggestion, again."""
        return self.outcome is RunOutcome.SUGGESTED and (topic in REASONS or self.said != WORDS.get(topic, self.said))


@dataclass(frozen=True)
class Worth:
    """Of so many held-back messages of a topic: what the agent would change, and what is just as they want it."""

    of: int
    examples: int
    unwanted: tuple[int, int]
    wanted: tuple[int, int]


@dataclass(frozen=True)
class Replay:
    """`changed` are the messages of no topic, of `others`, that end otherwise after the agent's decisions."""

    topics: Mapping[str, Worth]
    changed: tuple[str, ...]
    others: int


def replay(lumen: Lumen, most_others: int) -> Replay:
    """All of it read-only: nothing but the examples differs between before and after."""
    held = [Letter(one["sender"], text, name) for name, one in topics().items() for text in one["held_back"]]
    others = [letter for letter in demo_letters() if not letter.topic][:most_others]
    before, quiet = _heard(lumen, held), _heard(lumen, others)
    kept = {name: sum(_judged(lumen, letter) for letter in _seen(name)) for name in topics()}
    after, later = _heard(lumen, held), _heard(lumen, others)
    told = list(zip(held, before, after, strict=True))
    worth = {}
    for name in topics():
        mine = [(one, two) for letter, one, two in told if letter.topic == name]
        unwanted = sum(one.unwanted(name) for one, _ in mine), sum(two.unwanted(name) for _, two in mine)
        wanted = sum(one.wanted(name, one) for one, _ in mine), sum(two.wanted(name, one) for one, two in mine)
        worth[name] = Worth(len(mine), kept[name], unwanted, wanted)
    changed = tuple(letter.text for letter, one, two in zip(others, quiet, later, strict=True) if one != two)
    return Replay(worth, changed, len(others))


@cache
def topics() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads((HERE / "paraphrases.toml").read_text("utf-8"))


@cache
def demo_letters() -> tuple[Letter, ...]:
    """The demo company's messages. Those of a topic are not unrelated, whether the agent sees them or not."""
    written = {text: name for name, one in topics().items() for text in one.get("seen", ())}
    lines = map(json.loads, (LUMEN / "messages.jsonl").read_text("utf-8").splitlines())
    found = []
    for line in lines:
        procedure = line["expect"]["procedure"] or ""
        within = next((name for name in topics() if procedure and name.startswith(procedure)), "")
        found.append(Letter(line["from"].removeprefix("customer:"), line["text"], written.get(line["text"], within)))
    return tuple(found)


def _seen(topic: str) -> Sequence[Letter]:
    one = topics()[topic]
    if "seen" in one:
        return [Letter(one["sender"], text, topic) for text in one["seen"]]
    return [letter for letter in demo_letters() if letter.topic == topic][:MOST]


def _heard(lumen: Lumen, letters: Sequence[Letter]) -> list[Found]:
    return [_found(lumen.say(_address(lumen, letter), letter.text, stage=Stage.READ_ONLY).result) for letter in letters]


def _judged(lumen: Lumen, letter: Letter) -> bool:
    """Let the agent decide about the suggestion for this letter, if there is one; whether it became an example."""
    told = lumen.say(_address(lumen, letter), letter.text, stage=Stage.READ_ONLY)
    if not (waiting := lumen.pending(told.ticket)):
        return False
    (suggestion,) = waiting
    if letter.topic in REASONS:
        decided = lumen.decide(suggestion, "rejected", by="ana", text=REASONS[letter.topic])
    elif letter.topic in WORDS:
        words = suggestion.resolution.reply.replace(_found(told.result).said, WORDS[letter.topic])
        decided = lumen.decide(suggestion, "edited", by="ana", text=words)
    else:
        decided = lumen.decide(suggestion, "approved", by="ana")
    assert decided.stands
    lumen.settled(suggestion)
    with lumen.installation.store.begin() as tx:
        return tx.examples.get(suggestion.id) is not None


def _found(result: RunResult) -> Found:
    body = result.reply.partition("\n\n")[2].rpartition("\n\n")[0]
    return Found(result.outcome, body, result.handoff.reason if result.handoff else "")


def _address(lumen: Lumen, letter: Letter) -> str:
    """The first customer in that situation: in read-only nothing becomes of them."""
    return letter.sender if "@" in letter.sender else lumen.installation.people_of_the_world()[letter.sender][0]


def desk(folder: Path) -> Path:
    """The demo company's desk in a new folder, with customers in every situation but fewer of them."""
    shutil.copytree(LUMEN, folder, ignore=shutil.ignore_patterns(".deskhand"))
    recipe = folder / "twins.toml"
    recipe.write_text(re.sub(r"(?m)^customers = .*$", "customers = 300", recipe.read_text("utf-8")), "utf-8")
    # Here one customer writes what many would: that it is their fourth ticket on the same means nothing.
    rules = folder / "policies" / "escalation.yaml"
    rules.write_text(rules.read_text("utf-8").replace("talk.contacts >= 4", "talk.contacts >= 400"), "utf-8")
    return folder


def main() -> None:
    with tempfile.TemporaryDirectory() as place, opened(desk(Path(place) / "desk")) as lumen:
        done = replay(lumen, most_others=10_000)
    print("| topic | examples | held back | would change again | as wanted |\n|---|---|---|---|---|")
    for name, one in done.topics.items():
        change, want = (f"{a} -> {b}" for a, b in (one.unwanted, one.wanted))
        print(f"| {name} | {one.examples} | {one.of} | {change} | {want} |")
    print(f"\nOthers that changed: {len(done.changed)} of {done.others}", *done.changed, sep="\n- ")


if __name__ == "__main__":
    main()
