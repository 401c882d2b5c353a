"""A plan may hold only what was really asked and answered: nothing forged, nothing out of its procedures' reach."""

import re
from collections.abc import Mapping

from deskhand.domain.resolution import Resolution
from deskhand.planning.workbench import Workbench
from deskhand.ports.reasoning import Brief

BRACES = re.compile(r"\{\{.*?\}\}|\{\{|\}\}", re.DOTALL)
PLACE = re.compile(r"\{\{ receipts\.(\d{1,3})\.(\w+) \}\}")
MASKED = re.compile(r"\[(?:email|phone|ip|name) \d{1,4}\]")  # given back in the letter
LONGEST = 10_000  # characters of a reply: nobody reads more


def unsound(
    draft: Resolution, brief: Brief, bench: Workbench, receipts: Mapping[str, tuple[str, ...]]
) -> tuple[str, ...]:
    """What is wrong with the draft, in short sentences; empty when all is well. `receipts`: what each one tells."""
    known = {procedure.id: procedure for procedure in brief.procedures}
    faults = [f"procedure {name} is not in play" for name in draft.procedures if name not in known]
    reach = {name for one in draft.procedures if one in known for name in known[one].may_propose}
    for proposal in draft.proposals:
        if proposal not in bench.proposals:
            faults.append(f"{proposal.action.name} carries a verdict that policy did not give")
        elif proposal.action.name not in reach:
            faults.append(f"{proposal.action.name} is named by none of the procedures followed")
    keys = [proposal.key for proposal in draft.proposals if proposal.key]
    faults += [f"{key} is proposed more than once" for key in sorted(set(keys)) if keys.count(key) > 1]
    read = [(hit.passage.source, hit.passage.text) for hit in bench.hits]
    for citation in draft.citations:
        if not any(citation.source == source and citation.quote in text for source, text in read):
            faults.append(f"{citation.source} does not say {citation.quote[:60]!r}")
    faults += [f"{place!r} is no value of a receipt to come" for place in _strange_places(draft, receipts)]
    said = "\n".join((brief.message, *(one.text for one in brief.thread.said)))
    faults += [
        f"{place} stands for nothing that was written" for place in MASKED.findall(draft.reply) if place not in said
    ]
    if not draft.reply.strip():
        faults.append("the reply is empty")
    if len(draft.reply) > LONGEST:
        faults.append(f"the reply is longer than {LONGEST} characters")
    return tuple(faults)


def _strange_places(draft: Resolution, receipts: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Places that no receipt of this plan will fill: of an action that is not carried out, or of a value it lacks."""
    strange = []
    for braces in BRACES.findall(draft.reply):
        place = PLACE.fullmatch(braces)
        number = int(place[1]) if place else len(draft.proposals)
        if place is None or number >= len(draft.proposals):
            strange.append(braces)
            continue
        proposal = draft.proposals[number]
        told = receipts.get(proposal.action.name, ()) if proposal.verdict.effect in ("allow", "approve") else ()
        strange += [] if place[2] in told else [braces]
    return strange
