"""A few thousand proposals on a database of their own, the same for the same seed wherever they are made."""

import random
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from deskhand.bootstrap import load_folder, scratch_store
from deskhand.domain.journal_line import Broken
from deskhand.entrypoints.hostile.attacker import Attacker
from deskhand.entrypoints.hostile.attacks import attack
from deskhand.entrypoints.hostile.world import Clock, Company, World
from deskhand.execution.catalogue.all_actions import schema_of_texts
from deskhand.policy.loading import compile_policies
from deskhand.settings import read_settings

ROUND = 50  # proposals to one small world, then a new one: the month's caps would close it
LEADING = {
    "refund_charge": "refund-request",
    "cancel_subscription": "cancel-subscription",
    "send_invoice": "resend-invoice",
}


@dataclass(frozen=True)
class Parcel:
    seed: int
    number: int
    proposals: int


@dataclass
class Tally:
    """Counts by kind of attack (`made`, `committed`, `forbidden`) and by how it ended; `told` is what was forbidden,
    `untrue` counts letters that told of a deed which was not done, by their words."""

    made: Counter[str] = field(default_factory=Counter)
    committed: Counter[str] = field(default_factory=Counter)
    forbidden: Counter[str] = field(default_factory=Counter)
    ended: Counter[str] = field(default_factory=Counter)
    untrue: Counter[str] = field(default_factory=Counter)
    effects: int = 0
    told: list[str] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        for mine, theirs in (
            (self.made, other.made),
            (self.committed, other.committed),
            (self.forbidden, other.forbidden),
            (self.ended, other.ended),
            (self.untrue, other.untrue),
        ):
            mine.update(theirs)
        self.effects += other.effects
        self.told += other.told


def company(folder: Path) -> Company:
    """What is attacked: the policy and the procedures of this desk folder."""
    loaded = load_folder(read_settings(folder))
    known = {one.id: one for one in loaded.procedures}
    texts = dict(loaded.policy.texts)
    first = min(name for name in texts if name.startswith("policies/"))
    texts[first] += "\n# The same rules, on another day.\n"
    again = compile_policies(texts, schema_of_texts(texts))
    return Company(loaded.policy, again, {action: known[name] for action, name in LEADING.items()})


def work(parcel: Parcel, attacked: Company) -> Tally:
    """Attack world after world, then hold ledger and journal against what really happened."""
    dice = random.Random(f"{parcel.seed}/{parcel.number}")
    tally = Tally()
    with tempfile.TemporaryDirectory(prefix="deskhand-hostile-") as place, scratch_store(Path(place)) as scratch:
        clock, left = Clock(), parcel.proposals
        while left > 0:
            world = World(f"{left}", attacked, scratch.store, clock, dice)
            _round(world, min(ROUND, left), tally)
            left -= ROUND
        proof = scratch.queries.verify()
    if isinstance(proof, Broken):
        tally.forbidden["journal"] += 1
        tally.told.append(f"the journal is broken at line {proof.seq}: {proof.why}")
    return tally


def _round(world: World, proposals: int, tally: Tally) -> None:
    attacker, forbidden = Attacker(world), world.witness.forbidden
    for _ in range(proposals):
        before, done = len(forbidden), len(world.bank.done)
        kind, ended = attack(attacker)
        if ended == "done" and len(world.bank.done) == done:
            ended = "done before"  # nothing happened now: it was told what had
        tally.made[kind] += 1
        tally.ended[ended] += 1
        tally.committed[kind] += ended == "done"
        tally.forbidden[kind] += len(forbidden) - before
    before = len(forbidden)
    world.end()
    world.reconcile()
    tally.forbidden["reconciled"] += len(forbidden) - before
    tally.effects += len(world.bank.done)
    tally.untrue.update(world.witness.untrue)
    tally.told += forbidden
