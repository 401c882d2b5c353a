"""Walks a procedure without a model: the steps in order, on facts looked up now."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Protocol, assert_never

from deskhand.domain.action import Action, Proposal
from deskhand.domain.errors import ConnectorError
from deskhand.domain.expression import Unknown
from deskhand.domain.finding import Value
from deskhand.domain.phrases import ENGLISH, phrases_in
from deskhand.domain.resolution import End
from deskhand.domain.understanding import Request
from deskhand.domain.verdict import Allow, Approve, Confirm, Deny, Escalate
from deskhand.procedures.gathered import Gathered, Reads
from deskhand.procedures.procedure import HandOff, Procedure, Step
from deskhand.procedures.spoken import plain
from deskhand.procedures.template import Unfilled
from deskhand.procedures.walked import Stop, Walk

QUOTED = re.compile(r"\"([^\"]*)\"|'([^']*)'")
RECEIPT = re.compile(r"\{\{ receipts\.(\d+)\.")


class Tools(Reads, Protocol):
    """What a walk needs: to look something up, and to hear what policy says of an action."""

    def propose(self, action: Action) -> Proposal: ...


def walk(
    procedure: Procedure,
    request: Request,
    names: Mapping[str, Value],
    tools: Tools,
    failures: Mapping[str, str],
) -> Walk:
    """`names`: customer.* and now. `failures`: by effect key, why an action of a former plan was not done.

    Never raises for what customers, systems or policy say: that is a `stop`.
    """
    return _Walking(procedure, request, Gathered(procedure.language, dict(names)), tools, failures).walk()


def shifted(text: str, by: int) -> str:
    """The same text where its receipts are those of later actions: walks joined into one plan count on."""
    return RECEIPT.sub(lambda place: f"{{{{ receipts.{int(place[1]) + by}.", text)


@dataclass
class _Walking:
    """Each part answers with the walk when it ends there, and with None to go on."""

    procedure: Procedure
    request: Request
    gathered: Gathered
    tools: Tools
    failures: Mapping[str, str]
    said: list[str] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)
    cited: list[str] = field(default_factory=list)
    trace: list[str] = field(default_factory=list)

    def walk(self) -> Walk:
        try:
            ended = self._refuse() or self._ask() or self._look_up() or self._take_steps()
        except Unfilled as gap:
            return self._stopped(Stop("failure", f"{gap} is not known, so the reply could not be written"))
        assert ended, "the loader lets no procedure fall through"
        return ended

    def _refuse(self) -> Walk | None:
        scope = self.gathered.scope()
        for condition in self.procedure.requires:
            if condition.holds(scope) is not True:
                self._note(f"requires {condition.source}, which does not hold")
                because = f"{self.procedure.title}: {condition.source} does not hold"
                return self._stopped(Stop("identity", because))
        return None

    def _ask(self) -> Walk | None:
        for slot in self.procedure.slots:
            value = self.request.slots.get(slot.name) or self.request.slots.get(slot.kind)
            if not value:
                self._note(f"{slot.name} is missing: asked")
                self.said.append(slot.ask)
                return self._ended(End.ASKED, asks=slot.name)
            self.gathered.values[f"slot.{slot.name}"] = value
        return None

    def _look_up(self) -> Walk | None:
        for one in self.procedure.look_ups:
            if why := self.gathered.look_up(one, self.tools):
                return self._stopped(Stop("failure", why))
            found = self.gathered.findings[-1]
            self._note(f"line {one.line}: {one.call} found {len(found.rows)} rows in {found.source}")
        return None

    def _take_steps(self) -> Walk | None:
        scope = self.gathered.scope()
        for step in self.procedure.steps:
            for condition in step.when:
                holds = condition.holds(scope)
                if holds is not True:
                    told = f"unknown ({holds.why})" if isinstance(holds, Unknown) else "false"
                    self._note(f"line {step.line}: {condition.source} is {told}")
                    break
            else:
                self._note(f"line {step.line}: taken")
                if ended := self._take(step):
                    return ended
        return None

    def _take(self, step: Step) -> Walk | None:
        if step.propose:
            for row in self.gathered.tables[step.for_each] if step.for_each else ({},):
                each = {f"each.{column}": value for column, value in row.items()}
                if ended := self._propose(step, {**self.gathered.values, **each}):
                    return ended
        else:
            self._say(step, self.gathered.values, None)
        if step.hand_off:
            return self._hand_off(step, step.hand_off)
        if not step.end:
            return None
        return self._ended(step.end, self.procedure.title if step.end is End.ASKED else "")

    def _hand_off(self, step: Step, to: HandOff) -> Walk:
        # What was said of an action is not true when people take over: nothing was done.
        said = self.said[-1:] if self.proposals and step.say else [] if self.proposals else self.said
        return self._stopped(Stop("rule", to.because, to.queue, "\n\n".join(said)))

    def _propose(self, step: Step, values: Mapping[str, Any]) -> Walk | None:
        arguments = {name: _given(text, values) for name, text in step.arguments.items()}
        try:
            proposal = self.tools.propose(Action(step.propose, arguments))
        except ConnectorError as error:
            return self._stopped(Stop("failure", f"{step.propose} could not be judged: {type(error).__name__}"))
        self.proposals.append(proposal)
        verdict = proposal.verdict
        self._note(f"line {step.line}: {step.propose}: {verdict.effect} by {verdict.rule}")
        if proposal.key in self.failures:
            why = f"{proposal.preview} was not done: {self.failures[proposal.key]}"
            return self._stopped(Stop("failure", why))
        match verdict:
            case Allow() | Approve():
                self._say(step, values, len(self.proposals) - 1)
                return None
            case Confirm(_, says):
                self.cited += step.cite
                self.said.append(plain(f"{says} {proposal.preview}. {phrases_in(ENGLISH).yes_or_no}"))
                return self._ended(End.ASKED, asks="confirmation")
            case Deny(_, says):
                self.said.append(says)
                return self._ended(End.ANSWERED, "")
            case Escalate(rule, to, says):
                return self._stopped(Stop("rule", f"policy rule {rule} on {step.propose}", to, says))
            case unexpected:
                assert_never(unexpected)

    def _say(self, step: Step, values: Mapping[str, Any], action: int | None) -> None:
        self.cited += step.cite
        if step.say:
            self.said.append(step.say.render(values, self.gathered.tables, action).strip())

    def _note(self, line: str) -> None:
        self.trace.append(f"{self.procedure.id} {line}")

    def _ended(self, end: End, asks: str) -> Walk:
        return replace(self._so_far(), said=tuple(self.said), end=end, asks=asks)

    def _stopped(self, stop: Stop) -> Walk:
        return replace(self._so_far(), stop=stop)

    def _so_far(self) -> Walk:
        return Walk(
            proposals=tuple(self.proposals),
            cited=tuple(dict.fromkeys(self.cited)),
            findings=tuple(self.gathered.findings),
            trace=tuple(self.trace),
        )


def _given(text: str, values: Mapping[str, Any]) -> str:
    """An argument as canonical text."""
    if quoted := QUOTED.fullmatch(text):
        return quoted[1] or quoted[2] or ""
    if text not in values:
        raise Unfilled(text)
    return str(values[text])
