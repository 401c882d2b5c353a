"""Lets a planner plan, reviews the draft, has it revised once, and hands over when it does not stand."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from deskhand.domain.resolution import GiveUp, Plan, Resolution
from deskhand.planning.checks import unsound
from deskhand.planning.grounding import sources_of, ungrounded
from deskhand.planning.workbench import Workbench
from deskhand.ports.reasoning import Brief, CallLog, Planner


@dataclass(frozen=True)
class Earned:
    """What may be said of an action once it is done: participles ("refunded"), and the values of its receipt."""

    deeds: tuple[str, ...]
    receipt: tuple[str, ...]


def plan(brief: Brief, planner: Planner, bench: Workbench, said: Mapping[str, Earned], calls: CallLog) -> Plan:
    """A resolution that passed review, or the reason to hand over. `said`: what may be told of each action."""
    asked = brief
    for _ in range(2):
        draft = planner.plan(asked, bench, calls)
        if isinstance(draft, GiveUp):
            return replace(draft, facts=bench.facts())
        faults = review(draft, brief, bench, said)
        if not faults:
            return replace(draft, facts=bench.facts())
        asked = replace(brief, faults=faults, draft=draft)
    return GiveUp(
        reason="ungrounded",
        because="; ".join(faults),
        proposals=draft.proposals,
        facts=bench.facts(),
        procedures=draft.procedures,
        trace=draft.trace,
    )


def review(draft: Resolution, brief: Brief, bench: Workbench, said: Mapping[str, Earned]) -> tuple[str, ...]:
    """Everything that keeps this draft from being sent; empty when it may go on."""
    written = [text for procedure in brief.procedures for text in procedure.words()]
    written += [proposal.verdict.says for proposal in bench.proposals]
    deeds = {name: one.deeds for name, one in said.items()}
    sources = sources_of(bench.findings, bench.hits, written, draft, deeds)
    receipts = {name: one.receipt for name, one in said.items()}
    return (*unsound(draft, brief, bench, receipts), *ungrounded(draft, sources))
