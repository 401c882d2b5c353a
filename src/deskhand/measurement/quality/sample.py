"""Which replies of a month people are asked to grade: by strata, at random, and the same for whoever computes it."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

TWICE = 10  # of so many, one is graded by two people


@dataclass(frozen=True)
class Sent:
    """A reply that was sent. `message`: as `talk.Reply.message`; `procedure` and `channel` make its stratum. `hands`:
    people who had to do with its ticket, and so do not grade it."""

    ticket: str
    message: str
    by: str
    procedure: str
    channel: str
    hands: frozenset[str] = frozenset()

    @property
    def id(self) -> tuple[str, str]:
        return self.ticket, self.message

    @property
    def stratum(self) -> tuple[str, str]:
        return self.procedure, self.channel


@dataclass(frozen=True)
class Drawn:
    """`double`: it is graded by two people."""

    sent: Sent
    double: bool


def sample(sent: Iterable[Sent], month: str, size: int) -> list[Drawn]:
    """At least `size` of them, or all where there are fewer: from each stratum in proportion, one at least; the order
    is that in which they are graded. `month` is the seed; who wrote a reply changes nothing."""
    strata: dict[tuple[str, str], list[Sent]] = defaultdict(list)
    for one in {each.id: each for each in sent}.values():
        strata[one.stratum].append(one)
    for known in strata.values():
        known.sort(key=lambda one: (_drawn(month, "sample", one), one.id))
    room = _shares({stratum: len(known) for stratum, known in strata.items()}, size)
    chosen = [one for stratum, known in strata.items() for one in known[: room[stratum]]]
    twice = sorted(chosen, key=lambda one: (_drawn(month, "twice", one), one.id))
    double = {one.id for one in twice[: -(-len(chosen) // TWICE)]}
    order = sorted(chosen, key=lambda one: (_drawn(month, "order", one), one.id))
    return [Drawn(one, one.id in double) for one in order]


def _shares(sizes: dict[tuple[str, str], int], size: int) -> dict[tuple[str, str], int]:
    """How many of each stratum: in proportion by the largest remainder, none empty."""
    total = sum(sizes.values())
    if total <= size:
        return sizes
    exact = {stratum: size * count / total for stratum, count in sizes.items()}
    room = {stratum: max(1, int(part)) for stratum, part in exact.items()}
    by_rest = sorted(exact, key=lambda stratum: (int(exact[stratum]) - exact[stratum], stratum))
    left = size - sum(room.values())
    for stratum in by_rest:
        if left > 0 and room[stratum] < sizes[stratum] and exact[stratum] >= 1:
            room[stratum] += 1
            left -= 1
    return room


def _drawn(month: str, what: str, one: Sent) -> bytes:
    return hashlib.sha256("\x00".join((month, what, *one.id)).encode()).digest()
