"""At which stage a message is handled: what desk.toml gives, what people promoted, what stepped back, and the group
that its customer is in."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from deskhand.domain.customer import Identity, Matched
from deskhand.domain.digest import digest
from deskhand.domain.heard import Heard
from deskhand.domain.journal_line import Broken
from deskhand.domain.scope import Message
from deskhand.domain.sighting import Sighting
from deskhand.domain.stage import Stage, least
from deskhand.domain.verdict import Deny
from deskhand.measurement.stretch import TESTS
from deskhand.ports.store import Transaction
from deskhand.rollout.book import Book, book
from deskhand.rollout.control import most
from deskhand.rollout.group import WEEK, held_out, kept, slot, variant_b
from deskhand.rollout.stage import HOLD_OUT, Rollout
from deskhand.workflows.desk import Desk
from deskhand.workflows.unapproved import lowered_by_control, why_held_back

ASSISTANT, HELD_OUT, OVERRIDE = "assistant", "hold-out", "override"
FIRST, SECOND = "a", "b"
LOWERED = "stage.lowered"  # in place of a policy rule


@dataclass(frozen=True)
class Placed:
    """`arm`: "hold-out" for customers whom only people answer, "override" where a person named the stage, else
    "assistant". `trials`: which version of each trial the customer gets; empty where nobody's is counted."""

    stage: Stage
    arm: str = ASSISTANT
    trials: Mapping[str, str] = field(default_factory=dict)


def place(desk: Desk, heard: Heard, identity: Identity, procedures: Iterable[str]) -> Placed:
    """The least trusted stage among these procedures, for this customer; they are noted as answered at it."""
    now, keys = desk.clock(), keys_of(heard, identity)
    tried = heard.channel in TESTS
    with desk.store.begin() as tx:
        changes = tx.stages.changes()
        if isinstance(changes, Broken):
            return Placed(Stage.READ_ONLY)
        told = book(changes)
        stages = []
        for name in procedures:
            seen = () if tried else tx.stages.seen(keys, name, now - WEEK)
            stands = seen[0].slot if seen else slot(keys[0], name, desk.rollout.salt)
            here = Message(heard.channel, _segment(identity), heard.understanding.language, stands)
            stage = kept(stage_of(desk.rollout, told, name, here), seen)
            if not tried:
                tx.stages.see(keys, name, Sighting(stage, stands, now))
            stages.append(stage)
        stage = least(*stages)
        if stage is Stage.AUTONOMOUS:
            stage = most(desk.control, tx.changes.changes())
    if tried:
        return Placed(stage)
    salt = desk.rollout.salt
    if isinstance(identity, Matched) and held_out(keys[0], _share(desk.rollout, told), salt):
        return Placed(least(stage, Stage.ASSISTED), HELD_OUT)
    seconds = {one.name: variant_b(keys[0], one.name, one.percent, salt) for one in desk.trials}
    return Placed(stage, trials={name: SECOND if second else FIRST for name, second in seconds.items()})


def overridden(desk: Desk, stage: str) -> Placed:
    """Where a person named the stage: past the rollout, and not past what nobody approved."""
    return Placed(lowered_by_control(desk.control, Stage(stage), desk.store), OVERRIDE)


def stage_of(rollout: Rollout, told: Book, procedure: str, one: Message) -> Stage:
    """For this message, whoever was answered before."""
    high = told.of(procedure).stage(rollout.given(procedure, one), one)
    return least(high, rollout.most(procedure))


def top_of(rollout: Rollout, told: Book, procedure: str) -> Stage:
    """The highest that anybody has in this procedure."""
    return least(told.of(procedure).top(rollout.top(procedure)), rollout.most(procedure))


def keys_of(heard: Heard, identity: Identity) -> Sequence[str]:
    """Under what a customer is known again, the surest first, as digests: the record of a system, their address, the
    ticket. Who was met by address only keeps their group when their record is found within the week."""
    names = [f"ticket/{heard.ticket}"]
    if heard.requester.email:
        names.insert(0, f"address/{heard.requester.email.strip().lower()}")
    if isinstance(identity, Matched):
        names.insert(0, f"customer/{identity.customer.ref}")
    return [digest(name)[:32] for name in names]


def not_lowered(desk: Desk, stage: Stage, procedures: Iterable[str], tx: Transaction) -> Deny | None:
    """In the transaction that reserves: an effect of the assistant alone is refused when one of its procedures has
    stepped back since it was planned, or when nobody approved the desk folder."""
    if stage is not Stage.AUTONOMOUS:
        return None
    if why := why_held_back(desk.control, tx):
        return Deny(LOWERED, f"{why}.")
    changes = tx.stages.changes()
    if isinstance(changes, Broken):
        return Deny(LOWERED, f"Line {changes.seq} of the journal: {changes.why}.")
    told = book(changes)
    for name in procedures:
        if (top := top_of(desk.rollout, told, name)) is not Stage.AUTONOMOUS:
            return Deny(LOWERED, f"{name} stepped back to {top}.")
    return None


def _segment(identity: Identity) -> str:
    return (identity.customer.tier or "") if isinstance(identity, Matched) else ""


def _share(rollout: Rollout, told: Book) -> float:
    """How many percent of customers are held out."""
    if rollout.hold_out is not None:
        return rollout.hold_out
    stepwise = rollout.steps or any(one.promoted for one in told.kept.values())
    return HOLD_OUT if stepwise else 0.0
