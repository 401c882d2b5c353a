"""Which charges repeat an earlier one. The proof of a double charge is arithmetic of ours, never a model's."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from deskhand.domain.billing import Charge, ChargeStatus

WITHIN = timedelta(hours=72)


@dataclass(frozen=True)
class Duplicate:
    """`later` took the same money for the same thing as `original`, `gap` after it."""

    original: Charge
    later: Charge
    gap: timedelta


def duplicates(charges: Iterable[Charge]) -> tuple[Duplicate, ...]:
    """Charges that succeeded with the amount, currency and description of an earlier one, within 72 hours of it.

    Oldest first. A charge that was given back in full is nobody's original; a later one that was given back is told
    all the same (see `later.refunded`).
    """
    originals: list[Charge] = []
    found: list[Duplicate] = []
    for charge in sorted(charges, key=lambda one: (one.created_at, one.ref.id)):
        if charge.status is not ChargeStatus.SUCCEEDED:
            continue
        original = next((one for one in originals if _same(one, charge)), None)
        if original is not None:
            found.append(Duplicate(original, charge, charge.created_at - original.created_at))
        elif charge.refunded.minor < charge.amount.minor:
            originals.append(charge)
    return tuple(found)


def _same(original: Charge, later: Charge) -> bool:
    return (
        original.amount == later.amount
        and original.customer == later.customer
        and original.description == later.description
        and later.created_at - original.created_at <= WITHIN
    )
