"""The tools a planner works with, and the record of all it was given: what is not on it has no source."""

from collections.abc import Callable, Mapping

from deskhand.domain.action import Action, Proposal
from deskhand.domain.article import ANYBODY, Asker, Hit
from deskhand.domain.errors import Invalid
from deskhand.domain.finding import Fact, Finding
from deskhand.domain.verdict import Deny
from deskhand.ports.search import Knowledge

LookUp = Callable[[str, Mapping[str, str | int]], Finding]
MOST_LOOK_UPS = 20  # one plan never needs more; a loop of a model ends here


class Workbench:
    """`look_up` is bound to the ticket's customer, or None when nobody is known; `may_propose` names the actions of
    the procedures in play, and no other action gets past this bench. `asker` is for whom articles are looked for."""

    def __init__(
        self,
        look_up: LookUp | None,
        propose: Callable[[Action], Proposal],
        knowledge: Knowledge,
        may_propose: frozenset[str],
        gathered: tuple[Finding, ...] = (),
        asker: Asker = ANYBODY,
    ):
        self._look_up, self._propose, self._knowledge, self._may_propose = look_up, propose, knowledge, may_propose
        self._asker = asker
        self.findings: list[Finding] = list(gathered)
        self.proposals: list[Proposal] = []
        self.hits: list[Hit] = []
        self._left = MOST_LOOK_UPS

    def look_up(self, name: str, arguments: Mapping[str, str | int]) -> Finding:
        """See `ports.reasoning.Tools`. `Invalid` when nobody is known, or after too many look-ups."""
        self._left -= 1
        if self._look_up is None or self._left < 0:
            raise Invalid(f"look-up {name} is not available here")
        finding = self._look_up(name, arguments)
        self.findings.append(finding)
        return finding

    def propose(self, action: Action) -> Proposal:
        """See `ports.reasoning.Tools`. An action that no procedure in play names is denied unasked."""
        if action.name not in self._may_propose:
            denied = Deny("procedure", "That is something I cannot do here.")
            proposal = Proposal(action, "", "", denied, "")
        else:
            proposal = self._propose(action)
        self.proposals.append(proposal)
        return proposal

    def search(self, question: str) -> tuple[Hit, ...]:
        """See `ports.reasoning.Tools`."""
        hits = self._knowledge.search(question, asker=self._asker)
        self._read(hits)
        return hits

    def passages(self, source: str, question: str) -> tuple[Hit, ...]:
        """See `ports.reasoning.Tools`."""
        hits = self._knowledge.within(source, question, self._asker)
        self._read(hits)
        return hits

    def _read(self, hits: tuple[Hit, ...]) -> None:
        """Each passage once: the parts of a message often lead to the same ones."""
        known = {hit.passage for hit in self.hits}
        self.hits += [hit for hit in hits if hit.passage not in known]

    def facts(self) -> tuple[Fact, ...]:
        """Everything that was read, as people read it; the first reading of each name."""
        told: dict[str, Fact] = {}
        for finding in self.findings:
            for name, value in finding.fields.items():
                fact = Fact(f"{finding.name}.{name}", str(value), finding.source, finding.read_at)
                told.setdefault(fact.name, fact)
            for place, row in enumerate(finding.rows[:10], 1):
                text = ", ".join(f"{name} {value}" for name, value in row.items())
                fact = Fact(f"{finding.name}[{place}]", text, finding.source, finding.read_at)
                told.setdefault(fact.name, fact)
            if finding.more:
                what = f"others beside these {len(finding.rows)}; nobody counted them"
                fact = Fact(f"{finding.name}.more", what, finding.source, finding.read_at)
                told.setdefault(fact.name, fact)
        return tuple(told.values())
