"""Lets a planner plan, reviews the draft, has it revised once, and hands over when it does not stand."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from deskhand.domain.customer import Matched
from deskhand.domain.phrases import phrases_in
from deskhand.domain.resolution import End, GiveUp, Plan, Resolution
from deskhand.planning.checks import unsound
from deskhand.planning.grounding import sources_of, ungrounded
from deskhand.planning.leaks import leaks, tells_on
from deskhand.planning.meaning import Similarity
from deskhand.planning.workbench import Workbench
from deskhand.ports.reasoning import Brief, CallLog, Judge, Planner
from deskhand.ports.tone import Hear

JUDGED = "a second model finds no source for"


@dataclass(frozen=True)
class Earned:
    """What may be said of an action once it is done: participles ("refunded"), and the values of its receipt."""

    deeds: tuple[str, ...]
    receipt: tuple[str, ...]


@dataclass(frozen=True)
class Standards:
    """What a draft is held to. `said`: what may be told of each action; `hidden`: texts that no reply may repeat;
    `similarity` and `hear`: see `ungrounded`; `judge` is asked about a draft that code has nothing against; `hosts`:
    where a reply may send its reader, beside what the company itself says in procedures and policy."""

    said: Mapping[str, Earned]
    hidden: Sequence[str] = ()
    similarity: Similarity | None = None
    judge: Judge | None = None
    hosts: frozenset[str] = frozenset()
    hear: Hear | None = None


def plan(brief: Brief, planner: Planner, bench: Workbench, standards: Standards, calls: CallLog) -> Plan:
    """A resolution that passed review, or the reason to hand over."""
    asked = brief
    refused: tuple[tuple[str, ...], ...] = ()
    for _ in range(2):
        draft = planner.plan(asked, bench, calls)
        if isinstance(draft, GiveUp):
            return replace(_spoken_well(draft, brief, bench, standards), facts=bench.facts(), refused=refused)
        faults = review(draft, brief, bench, standards) or _judged(draft, brief, bench, standards.judge, calls)
        if not faults:
            return replace(draft, facts=bench.facts(), refused=refused)
        refused = (*refused, kinds(faults))
        asked = replace(brief, faults=faults, draft=draft)
    return GiveUp(
        reason="ungrounded",
        because="; ".join(faults),
        proposals=draft.proposals,
        facts=bench.facts(),
        procedures=draft.procedures,
        trace=draft.trace,
        refused=refused,
    )


def _spoken_well(draft: GiveUp, brief: Brief, bench: Workbench, standards: Standards) -> GiveUp:
    """Who hands over may not tell the customer what a reply may not: then only the passing on itself is told."""
    letter = Resolution(draft.says or "-", End.ANSWERED, (), (), (), ())
    faults = review(letter, brief, bench, standards) if draft.says else ()
    return replace(draft, says="", trace=(*draft.trace, "its words did not stand: left out")) if faults else draft


def kinds(faults: Iterable[str]) -> tuple[str, ...]:
    """What kinds of fault these are, each in one word and once, without anything that a draft or a customer said."""
    return tuple(dict.fromkeys(map(_kind, faults)))


def _kind(fault: str) -> str:
    if fault.startswith(JUDGED):
        return "judged"
    claim, unfounded, _ = fault.partition(" without a source")
    return claim if unfounded and claim.isalpha() else "other"


def review(draft: Resolution, brief: Brief, bench: Workbench, standards: Standards) -> tuple[str, ...]:
    """Everything that keeps this draft from being sent; empty when it may go on."""
    deeds = {name: one.deeds for name, one in standards.said.items()}
    name, email = _customer(brief)
    sources = sources_of(
        bench.findings,
        bench.hits,
        (*_written(brief, bench), email),
        draft,
        deeds,
        name=name,
        hosts=standards.hosts,
    )
    receipts = {name: one.receipt for name, one in standards.said.items()}
    return (
        *unsound(draft, brief, bench, receipts),
        *ungrounded(draft, sources, standards.similarity, standards.hear),
        *leaks(draft.reply, standards.hidden),
        *_whispered(draft, brief, bench),
    )


def _whispered(draft: Resolution, brief: Brief, bench: Workbench) -> tuple[str, ...]:
    """What of an agent's whisper would get out by the reply or an action, and is nothing that the customer or the
    company says itself."""
    if not brief.guidance:
        return ()
    told = [brief.message, *(one.text for one in brief.thread.said), *_written(brief, bench)]
    told += [hit.passage.text for hit in bench.hits]
    arguments = [value for proposal in draft.proposals for value in proposal.action.args.values()]
    whispers = [one.text for one in brief.guidance]
    return tuple(fault for text in (draft.reply, *arguments) for fault in tells_on(text, whispers, told))


def _written(brief: Brief, bench: Workbench) -> list[str]:
    """What the company itself says: in its procedures, in its policy about what was proposed, and when it asks back."""
    texts = [text for procedure in brief.procedures for text in procedure.words()]
    says = [proposal.verdict.says for proposal in bench.proposals]
    return [*texts, *says, *phrases_in(brief.understanding.language).asking_back]


def _customer(brief: Brief) -> tuple[str, str]:
    """The customer's name and e-mail address, as far as they are known."""
    identity = brief.dossier.identity
    return (identity.customer.name, identity.customer.email) if isinstance(identity, Matched) else ("", "")


def _judged(draft: Resolution, brief: Brief, bench: Workbench, judge: Judge | None, calls: CallLog) -> tuple[str, ...]:
    if judge is None:
        return ()
    facts = [f"{fact.name}: {fact.value}" for fact in bench.facts()]
    deeds = [f"{one.preview} (policy: {one.verdict.effect})" for one in draft.proposals]
    own = [*_written(brief, bench), " ".join(_customer(brief))]
    told = [*own, *(hit.passage.text for hit in bench.hits), "\n".join((*facts, *deeds))]
    sources = tuple(dict.fromkeys(text for text in told if text.strip()))
    found = judge.unsupported(draft.reply, sources, calls)
    return tuple(f"{JUDGED}: {sentence!r}" for sentence in found)
