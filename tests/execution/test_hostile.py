"""Thousands of hostile proposals: no effect that the written rules forbid, and none twice.

`deskhand bench hostile` makes as many as one likes; these are enough for every kind of attack.
"""

from functools import cache
from pathlib import Path

from deskhand.entrypoints.hostile.attacks import KINDS
from deskhand.entrypoints.hostile.parcel import Parcel, Tally, company, work
from deskhand.entrypoints.hostile.world import Company

LUMEN = Path(__file__).parents[2] / "examples" / "lumen"
PROPOSALS = 3000
SEED = 6


@cache
def lumen() -> Company:
    return company(LUMEN)


@cache
def attacked() -> Tally:
    return work(Parcel(SEED, 0, PROPOSALS), lumen())


def test_no_hostile_proposal_has_a_forbidden_effect() -> None:
    tally = attacked()

    assert tally.told == []
    assert tally.made.total() == PROPOSALS
    assert set(tally.made) == {kind.__name__ for kind in KINDS}
    assert tally.effects > 200, f"too few effects to prove anything: {tally.ended}"
    assert (
        min(tally.ended[end] for end in ("stopped", "changed", "frozen", "unsure", "paused", "reviewed away")) > 20
    ), tally


def test_the_same_seed_makes_the_same_proposals() -> None:
    assert work(Parcel(5, 1, 300), lumen()) == work(Parcel(5, 1, 300), lumen())


def test_what_only_legitimate_attempts_may_do_no_attack_does() -> None:
    tally = attacked()

    never = ("foreign_object", "odd_id", "odd_sum", "odd_arguments", "unknown_action", "taken_ticket", "forged_plan")
    assert [kind for kind in never if tally.committed[kind]] == []
    assert min(tally.committed[kind] for kind in ("plain", "approved", "cancellation", "invoice", "over_the_cap")) > 5
    assert min(tally.committed[kind] for kind in ("creeping_credit", "same_effect_at_once", "swapped_policy")) > 5
