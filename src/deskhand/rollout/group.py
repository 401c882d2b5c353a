"""Which group a customer is in: always the same one, whoever asks and however often."""

import hashlib
from collections.abc import Sequence
from datetime import timedelta

from deskhand.domain.digest import canonical
from deskhand.domain.sighting import Sighting
from deskhand.domain.stage import Stage, least

WEEK = timedelta(days=7)
BUCKETS = 10_000


def slot(who: str, procedure: str, salt: str = "") -> float:
    """From 0.00 to 99.99; for another procedure the same customer stands elsewhere."""
    return _bucket(["slot", salt, procedure, who]) / (BUCKETS / 100)


def held_out(who: str, percent: float, salt: str = "") -> bool:
    """Whether only people answer this customer, in every procedure."""
    return _bucket(["hold-out", salt, who]) / (BUCKETS / 100) < percent


def variant_b(who: str, trial: str, percent: float, salt: str = "") -> bool:
    """Whether this customer gets the second version of a trial."""
    return _bucket(["trial", salt, trial, who]) / (BUCKETS / 100) < percent


def kept(stage: Stage, seen: Sequence[Sighting]) -> Stage:
    """Who was answered at a stage within the last week gets no higher one: `seen` are those sightings."""
    return least(stage, *(one.stage for one in seen))


def _bucket(named: Sequence[str]) -> int:
    """Of a hash that is the same on every machine. 64 bits over 10,000 buckets are even to one part in 10^15."""
    return int.from_bytes(hashlib.sha256(canonical(list(named)).encode()).digest()[:8]) % BUCKETS
