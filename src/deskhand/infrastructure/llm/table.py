"""What lies on the table while a model plans: every proposal and passage under the short name it is called by."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from deskhand.domain.action import Proposal
from deskhand.domain.article import Hit, Passage
from deskhand.domain.finding import Finding
from deskhand.procedures.walked import Walk

T = TypeVar("T")


@dataclass
class Table:
    """`walks` by procedure, in order. Proposals are called P1, P2 ...; passages S1, S2 ... `near`: how well each of
    these fits what was looked for."""

    walks: dict[str, Walk] = field(default_factory=dict)
    first: dict[str, int] = field(default_factory=dict)
    offered: list[Proposal] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    near: dict[Passage, float] = field(default_factory=dict)
    found: list[Finding] = field(default_factory=list)
    trace: list[str] = field(default_factory=list)

    def take(self, procedure: str, walked: Walk) -> None:
        """A procedure that was walked. `first` is the place of its first proposal."""
        self.walks[procedure], self.first[procedure] = walked, len(self.offered)
        self.offered += walked.proposals
        self.trace += walked.trace

    def offer(self, proposal: Proposal) -> str:
        """The name of a proposal; the same action twice has one name."""
        if proposal.key and (known := [n for n, one in enumerate(self.offered) if one.key == proposal.key]):
            self.offered[known[0]] = proposal
            return f"P{known[0] + 1}"
        self.offered.append(proposal)
        return f"P{len(self.offered)}"

    def read(self, hits: Iterable[Hit]) -> list[str]:
        """The names of the passages of these hits; a passage has one name."""
        names = []
        for hit in hits:
            if hit.passage not in self.passages:
                self.passages.append(hit.passage)
            self.near[hit.passage] = max(hit.score, self.near.get(hit.passage, hit.score))
            names.append(f"S{self.passages.index(hit.passage) + 1}")
        return names

    def leave_one_out(self) -> bool:
        """The passage that fits least, as long as there is another one. Only before any name was told."""
        if len(self.passages) < 2:
            return False
        self.passages.remove(min(reversed(self.passages), key=lambda one: self.near[one]))
        return True

    def proposal(self, name: str) -> Proposal | None:
        return _named("P", name, self.offered)

    def passage(self, name: str) -> Passage | None:
        return _named("S", name, self.passages)


def _named(letter: str, name: str, of: list[T]) -> T | None:
    number = name.removeprefix(letter)
    place = int(number) - 1 if number.isascii() and number.isdigit() and len(number) < 4 else -1
    return of[place] if 0 <= place < len(of) else None
