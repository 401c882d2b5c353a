"""Walks a procedure without a model: the steps in order, on facts looked up now."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Protocol, assert_never

from deskhand.domain.action import Action, Proposal
from deskhand.domain.errors import ConnectorError
from deskhand.domain.expression import Unknown
from deskhand.domain.finding import Finding, Value
from deskhand.domain.resolution import End
from deskhand.domain.understanding import Request
from deskhand.domain.verdict import Allow, Approve, Confirm, Deny, Escalate
from deskhand.procedures.procedure import LookUp, Procedure, Step
from deskhand.procedures.template import Unfilled

QUOTED = re.compile(r"\"([^\"]*)\"|'([^']*)'")
PLACE = re.compile(r"\{\{ receipts\.(\d+)\.")


class Tools(Protocol):
    """What a walk needs: to look something up, and to hear what policy says of an action."""

    def look_up(self, name: str, arguments: Mapping[str, str | int]) -> Finding: ...

    def propose(self, action: Action) -> Proposal: ...


@dataclass(frozen=True)
class Stop:
    """Why people take over: `reason` is one word for counting, `says` what the customer is told."""

    reason: str
    because: str
    queue: str = ""
    says: str = ""


@dataclass(frozen=True)
class Walk:
    """Where a walk led. With `stop` set, `said` and `end` mean nothing; `proposals` are told all the same."""

    said: tuple[str, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    cited: tuple[str, ...] = ()
    end: End | None = None
    asks: str = ""
    stop: Stop | None = None
    trace: tuple[str, ...] = ()


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
    return _Walking(procedure, request, dict(names), tools, failures).walk()


def shifted(text: str, by: int) -> str:
    """The same text where its receipts are those of later actions: walks joined into one plan count on."""
    return PLACE.sub(lambda place: f"{{{{ receipts.{int(place[1]) + by}.", text)


class _Ended(Exception):
    def __init__(self, walk: Walk):
        self.walk = walk


@dataclass
class _Walking:
    procedure: Procedure
    request: Request
    values: dict[str, Any]
    tools: Tools
    failures: Mapping[str, str]
    tables: dict[str, tuple[Mapping[str, Value], ...]] = field(default_factory=dict)
    so_far: Walk = field(default_factory=Walk)

    def walk(self) -> Walk:
        try:
            self._prepare()
            for step in self.procedure.steps:
                self._take(step)
            raise AssertionError("the loader lets no procedure fall through")
        except _Ended as ended:
            return ended.walk
        except Unfilled as gap:
            return self._stopped(Stop("failure", f"{gap} is not known, so the reply could not be written"))

    def _prepare(self) -> None:
        scope = self.procedure.language.scope(self.values)
        for condition in self.procedure.requires:
            if condition.holds(scope) is not True:
                why = f"{condition.source} does not hold"
                raise _Ended(self._stopped(Stop("identity", f"{self.procedure.title}: {why}")))
        given = {
            f"slot.{slot.name}": self.request.slots.get(slot.name) or self.request.slots.get(slot.kind)
            for slot in self.procedure.slots
        }
        self.values |= {name: value for name, value in given.items() if value}
        for slot in self.procedure.slots:
            if not given[f"slot.{slot.name}"]:
                self._note(f"{slot.name} is missing: asked")
                raise _Ended(replace(self.so_far, said=(slot.ask,), end=End.ASKED, asks=slot.name))
        for look_up in self.procedure.look_ups:
            self._look_up(look_up)

    def _look_up(self, look_up: LookUp) -> None:
        arguments = {name: self._argument(value) for name, value in look_up.arguments.items()}
        try:
            finding = self.tools.look_up(look_up.call, arguments)
        except ConnectorError as error:
            system = look_up.call.partition(".")[0]
            stop = Stop("failure", f"{system} did not answer ({type(error).__name__}) when asked for {look_up.call}")
            raise _Ended(self._stopped(stop)) from error
        self.values[f"{look_up.name}.count"] = len(finding.rows)
        self.values |= {f"{look_up.name}.{name}": value for name, value in finding.fields.items()}
        self.tables[look_up.name] = finding.rows
        self._note(f"line {look_up.line}: {look_up.call} found {len(finding.rows)} rows in {finding.source}")

    def _argument(self, value: str | int) -> str | int:
        return str(self.values[value]) if isinstance(value, str) and value.startswith("slot.") else value

    def _take(self, step: Step) -> None:
        scope = self.procedure.language.scope(self.values)
        for condition in step.when:
            holds = condition.holds(scope)
            if holds is not True:
                told = f"unknown ({holds.why})" if isinstance(holds, Unknown) else "false"
                self._note(f"line {step.line}: {condition.source} is {told}")
                return
        self._note(f"line {step.line}: taken")
        self.so_far = replace(self.so_far, cited=self.so_far.cited + step.cite)
        if step.propose:
            for row in self.tables[step.for_each] if step.for_each else ({},):
                self._propose(step, {f"each.{name}": value for name, value in row.items()})
        elif step.say:
            self._say(step.say.render(self.values, self.tables, None))
        if step.hand_off:
            stop = Stop("rule", step.hand_off.because, step.hand_off.queue, "\n\n".join(self.so_far.said))
            raise _Ended(self._stopped(stop))
        if step.end:
            raise _Ended(replace(self.so_far, end=step.end))

    def _propose(self, step: Step, each: Mapping[str, Value]) -> None:
        values = {**self.values, **each}
        arguments = {name: self._given(text, values) for name, text in step.arguments.items()}
        try:
            proposal = self.tools.propose(Action(step.propose, arguments))
        except ConnectorError as error:
            stop = Stop("failure", f"{step.propose} could not be judged: {type(error).__name__}")
            raise _Ended(self._stopped(stop)) from error
        place = len(self.so_far.proposals)
        self.so_far = replace(self.so_far, proposals=(*self.so_far.proposals, proposal))
        self._note(f"line {step.line}: {step.propose}: {proposal.verdict.effect} by {proposal.verdict.rule}")
        if proposal.key in self.failures:
            stop = Stop("failure", f"{proposal.preview} was not done: {self.failures[proposal.key]}")
            raise _Ended(self._stopped(stop))
        match proposal.verdict:
            case Allow() | Approve():
                if step.say:
                    self._say(step.say.render(values, self.tables, place))
            case Confirm(_, says):
                question = f"{says} {proposal.preview}. Please answer yes or no."
                said = (*self.so_far.said, question)
                raise _Ended(replace(self.so_far, said=said, end=End.ASKED, asks="confirmation"))
            case Deny(_, says):
                raise _Ended(replace(self.so_far, said=(*self.so_far.said, says), end=End.ANSWERED))
            case Escalate(rule, to, says):
                raise _Ended(self._stopped(Stop("rule", f"policy rule {rule} on {step.propose}", to, says)))
            case unexpected:
                assert_never(unexpected)

    def _given(self, text: str, values: Mapping[str, Any]) -> str:
        if quoted := QUOTED.fullmatch(text):
            return quoted[1] or quoted[2] or ""
        if text not in values:
            raise Unfilled(text)
        return str(values[text])

    def _say(self, text: str) -> None:
        self.so_far = replace(self.so_far, said=(*self.so_far.said, text.strip()))

    def _note(self, line: str) -> None:
        self.so_far = replace(self.so_far, trace=(*self.so_far.trace, f"{self.procedure.id} {line}"))

    def _stopped(self, stop: Stop) -> Walk:
        return replace(self.so_far, said=(), stop=stop)
