"""A plan may hold only what was really asked and answered: nothing forged, nothing out of its procedures' reach."""

from deskhand.domain.resolution import Resolution
from deskhand.planning.workbench import Workbench
from deskhand.ports.reasoning import Brief


def unsound(draft: Resolution, brief: Brief, bench: Workbench) -> tuple[str, ...]:
    """What is wrong with the draft, as short sentences; empty when all is well."""
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
    if not draft.reply.strip():
        faults.append("the reply is empty")
    return tuple(faults)
