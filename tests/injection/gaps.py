"""What is known to get into a reply when a model believes an attack, by the reason for it.

No money moves in any of them. Each mark is strict: when a gap is closed its test fails until the line here is removed.
"""

from tests.injection.attack import Attack

SPELLED = "no review can read what is spelled or encoded; a model has nothing of others to spell"

GAPS: dict[str, tuple[str, ...]] = {
    SPELLED: ("reveal-other-customer-086",),
}


def known_gap(attack: Attack) -> str:
    """The reason for which this one gets through, or ""."""
    return next((reason for reason, ids in GAPS.items() if attack.id in ids), "")
