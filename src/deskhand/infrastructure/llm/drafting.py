"""A language model writes the reply: over procedures walked, facts found and verdicts given before it is asked."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from deskhand.domain.dossier import Dossier
from deskhand.domain.example import Example, traced
from deskhand.domain.finding import LookupSpec
from deskhand.domain.guidance import traced as traced_guidance
from deskhand.domain.model_call import Purpose
from deskhand.domain.resolution import GiveUp, Plan
from deskhand.domain.understanding import Kind, Request
from deskhand.infrastructure.brain.lessons import rejected_for, why_not_again
from deskhand.infrastructure.brain.planner import BuiltInPlanner
from deskhand.infrastructure.llm.draft import HandOver, Reply, complaint, resolution
from deskhand.infrastructure.llm.library.adapter import Adapter
from deskhand.infrastructure.llm.prompts import prompt
from deskhand.infrastructure.llm.question import NoAnswer, Question
from deskhand.infrastructure.llm.table import Table
from deskhand.infrastructure.llm.told import case
from deskhand.infrastructure.llm.tools import look_ups, proposals, search
from deskhand.ports.reasoning import Brief, CallLog, Tools
from deskhand.procedures.interpret import walk
from deskhand.procedures.names import names_of
from deskhand.procedures.procedure import ActionShape
from deskhand.procedures.walked import Stop

PASSAGES = 4  # for each request


class ModelPlanner:
    """Keeps `ports.reasoning.Planner`. `own` plans when no model answers; `specs` and `actions` are what this desk has.

    One call for a typical message: the procedures have been walked, the passages found, before the model is asked.
    """

    def __init__(
        self,
        adapter: Adapter,
        own: BuiltInPlanner,
        *,
        company: str,
        specs: Mapping[str, LookupSpec],
        actions: Sequence[ActionShape],
        clock: Callable[[], datetime],
    ):
        self._adapter, self._own, self._company, self._clock = adapter, own, company, clock
        self._specs, self._actions = specs, actions
        self._system = prompt("plan")

    def plan(self, brief: Brief, tools: Tools, calls: CallLog) -> Plan:
        """See `ports.reasoning.Planner`. What a procedure or policy leaves to people goes to people unasked."""
        table = Table()
        if stop := self._prepare(brief, tools, table):
            return _given_up(stop, table)
        table.trace += [traced_guidance(one.id, "shown to the model") for one in brief.guidance]
        try:
            answer = self._adapter.ask(self._question(brief, tools, table), calls)
        except NoAnswer as no:
            return self._without(no, brief, tools, calls, table)
        if isinstance(answer, HandOver):
            return _given_up(Stop(answer.reason, f"the assistant's own judgement: {answer.because}"), table)
        assert isinstance(answer, Reply)
        return resolution(answer, table, brief.understanding.language)

    def _prepare(self, brief: Brief, tools: Tools, table: Table) -> Stop | None:
        table.trace += [traced(one, "shown to the model") for one in brief.examples]
        known = {procedure.id: procedure for procedure in brief.procedures}
        names = names_of(brief.dossier, self._clock(), brief.understanding.requests)
        for request in brief.understanding.requests:
            procedure = known.get(request.procedure or "")
            if request.kind is Kind.PROCEDURE and procedure and procedure.id not in table.walks:
                walked = walk(procedure, request, names, tools, brief.failures)
                # For whom we do not know, what anybody may read is still an answer.
                if walked.stop and walked.stop.reason != "identity":
                    table.trace += walked.trace
                    table.offered += walked.proposals
                    return walked.stop
                table.take(procedure.id, walked)
                if rejected := rejected_for(procedure.id, brief.examples):
                    return _not_again(rejected, table, brief.dossier)
            if request.kind is not Kind.SMALL_TALK:
                self._find(request, tools, table)
        return None

    def _find(self, request: Request, tools: Tools, table: Table) -> None:
        table.read(tools.search(request.english or request.quote)[:PASSAGES])
        for walked in table.walks.values():
            for source in walked.cited:
                table.read(tools.passages(source, request.english or request.quote)[:1])

    def _question(self, brief: Brief, tools: Tools, table: Table) -> Question:
        own = look_ups(self._specs, tools, table) if brief.dossier.verified else ()
        return Question(
            purpose=Purpose.PLAN,
            system=self._system,
            case=case(brief, table, company=self._company, today=self._clock()),
            answers=(Reply, HandOver),
            tools=(*own, *proposals(self._actions, tools, table), search(tools, table)),
            check=lambda answer: complaint(answer, table, brief),
            procedures=tuple(f"{one.id}@{one.digest[:12]}" for one in brief.procedures),
        )

    def _without(self, no: NoAnswer, brief: Brief, tools: Tools, calls: CallLog, table: Table) -> Plan:
        if no.why == "budget":
            return _given_up(Stop("budget", f"the limit for models on this ticket is reached: {no}"), table)
        # A draft that did not stand was the model's: the built-in brain begins anew.
        plan = self._own.plan(replace(brief, faults=(), draft=None), tools, calls)
        return replace(plan, trace=(*plan.trace, f"no model answered ({no.why}): the built-in brain planned this"))


def _not_again(example: Example, table: Table, dossier: Dossier) -> Stop:
    """One agent's word is enough to leave the next message like it to people, whichever brain plans."""
    table.trace.append(traced(example, "rejected, so it is not suggested again"))
    return Stop("rejected", why_not_again(example, dossier))


def _given_up(stop: Stop, table: Table) -> GiveUp:
    return GiveUp(
        stop.reason,
        stop.because,
        stop.queue,
        stop.says,
        proposals=tuple(table.offered),
        procedures=tuple(table.walks),
        trace=tuple(table.trace),
    )
